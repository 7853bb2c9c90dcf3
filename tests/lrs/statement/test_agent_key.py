"""Agent keys: one for each agent, and nothing of the agent in it."""

import hashlib
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.agent_key import AgentKeys
from tests.lrs.statement.full_statements import A_GROUP, AN_AGENT, AN_IDENTIFIED_GROUP, BEN, CAS, DINA

KEYS = AgentKeys(b"a secret", 3)


@pytest.mark.parametrize("agent", [AN_AGENT, BEN, CAS, DINA, A_GROUP, AN_IDENTIFIED_GROUP])
def test_a_key_is_a_version_and_32_hex_digits(agent: dict[str, Any]) -> None:
    assert re.fullmatch("3-[0-9a-f]{32}", KEYS.key(agent))
    assert KEYS.key(agent) == KEYS.key(agent) == AgentKeys(b"a secret", 3).key(agent)


def test_different_agents_and_secrets_have_different_keys() -> None:
    agents: list[dict[str, Any]] = [AN_AGENT, BEN, CAS, DINA, A_GROUP, AN_IDENTIFIED_GROUP]
    other = AgentKeys(b"another secret", 3)
    keys = [each.key(agent) for each in (KEYS, other) for agent in agents]
    assert len(set(keys)) == len(keys)


def test_a_mailbox_meets_its_sha1_in_either_case() -> None:
    sha1 = hashlib.sha1(b"mailto:an@example.org").hexdigest()  # noqa: S324
    assert KEYS.key({"mbox_sha1sum": sha1}) == KEYS.key({"mbox_sha1sum": sha1.upper()}) == KEYS.key(AN_AGENT)


def test_names_and_members_of_an_identified_group_do_not_count() -> None:
    assert KEYS.key({**DINA, "name": "Dina", "objectType": "Agent"}) == KEYS.key(DINA)
    assert KEYS.key({**AN_IDENTIFIED_GROUP, "member": [BEN]}) == KEYS.key(AN_IDENTIFIED_GROUP)


def test_an_account_is_home_page_and_name_together() -> None:
    accounts = [
        ("https://a.org", "b c"),
        ("https://a.org/b", "c"),
        ("https://a.org", "b"),
        ("https://A.org", "b"),
    ]
    keys = {KEYS.key({"account": {"homePage": page, "name": name}}) for page, name in accounts}
    assert len(keys) == len(accounts)


@given(st.permutations([AN_AGENT, BEN, CAS, DINA]))
def test_an_anonymous_group_is_the_set_of_its_members(members: list[dict[str, Any]]) -> None:
    assert KEYS.key({"objectType": "Group", "member": members}) == KEYS.key(A_GROUP)
    assert KEYS.key({"objectType": "Group", "member": members[1:]}) != KEYS.key(A_GROUP)


def test_what_is_remembered_is_bounded() -> None:
    keys = AgentKeys(b"a secret", 1, most_remembered=10)
    agents = [{"openid": f"https://example.org/{number}"} for number in range(35)]
    agents.append({"openid": "https://example.org/" + "x" * 10_000})
    first = [keys.key(agent) for agent in agents]
    assert len(keys._known) <= 10
    assert sum(map(len, keys._known)) < 10_000
    assert [keys.key(agent) for agent in agents] == first
