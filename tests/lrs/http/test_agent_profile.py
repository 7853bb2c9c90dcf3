"""/xAPI/agents/profile (Communication 2.6)."""

import hashlib
import json
from typing import Any

import pytest

from lrs.http.parts import Parts
from tests.lrs.conftest import Client
from tests.lrs.http.document_resource import NEW, Resource, agent_profile_of, everything

SHA1 = hashlib.sha1(b"mailto:an@example.org", usedforsecurity=False).hexdigest()
AGENTS: list[dict[str, Any]] = [
    {"mbox": "mailto:an@example.org"},
    {"openid": "https://an.example.org"},
    {"account": {"homePage": "https://example.org", "name": "an"}},
    {"account": {"homePage": "https://example.org", "name": "An"}},
    {"account": {"homePage": "https://elsewhere.example.org", "name": "an"}},
]


@pytest.fixture
def profile(client: Client) -> Resource:
    return agent_profile_of(client)


def test_each_agent_has_profiles_of_its_own(profile: Resource) -> None:
    each = [profile.at(agent=json.dumps(agent)) for agent in AGENTS]
    for number, resource in enumerate(each):
        assert resource.put("one", str(number).encode()) == 204
    assert [resource.text("one") for resource in each] == list("01234")
    assert each[0].delete("one") == 204
    assert [resource.ids() for resource in each] == [[], *[["one"]] * 4]


def test_one_agent_may_be_written_in_several_ways(profile: Resource) -> None:
    profile.put("one", b"x")
    for written in (
        {"name": "An", "mbox": "mailto:an@example.org"},
        {"mbox_sha1sum": SHA1},
        {"mbox_sha1sum": SHA1.upper(), "objectType": "Agent"},
        {"objectType": "Group", "mbox": "mailto:an@example.org"},
    ):
        assert profile.at(agent=json.dumps(written)).text("one") == "x", written


def test_all_profiles_are_never_deleted_at_once(profile: Resource, shared: Parts) -> None:
    profile.put("one", b"1")
    before = everything(shared)
    answer = profile.send("DELETE")
    assert (answer.status_code, answer.json["path"]) == (400, "?profileId")
    assert everything(shared) == before


@pytest.mark.parametrize("name", ["registration", "activityId", "stateId"])
def test_what_belongs_to_state_is_unknown_here(profile: Resource, name: str) -> None:
    for method in ("PUT", "GET", "DELETE"):
        body = b"{}" if method == "PUT" else None
        answer = profile.send(method, "one", body, query={name: "x"}, headers=NEW)
        assert (answer.status_code, answer.json["path"]) == (400, f"?{name}")


def test_no_identifier_of_an_agent_is_in_the_index(profile: Resource, shared: Parts) -> None:
    profile.put("one", b"x")
    profile.delete("one")
    profile.put("one", b"y")
    assert "an@example.org" not in repr(everything(shared))
