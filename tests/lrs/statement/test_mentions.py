"""Which agents and activities a statement is found by, and which only through the related_ filters."""

from typing import Any

from lrs.statement.agent_key import AgentKeys
from lrs.statement.mentions import definitions, mentions
from tests.lrs.statement.full_statements import (
    A_GROUP,
    A_QUESTION,
    AN_AGENT,
    AN_ID,
    AN_IDENTIFIED_GROUP,
    BEN,
    CAS,
    DINA,
    VOIDED,
    a_full_statement,
    a_sub_statement,
    about,
)

KEYS = AgentKeys(b"a secret", 1)
AUTHORITY = "1-" + "0" * 32
EXAMPLE = "https://example.org/"


def agents_of(statement: dict[str, Any]) -> dict[str, bool]:
    found = mentions(statement, KEYS, AUTHORITY).agents
    assert len(found) == len(dict(found))
    return dict(found)


def activities_of(statement: dict[str, Any]) -> dict[str, bool]:
    found = mentions(statement, KEYS, AUTHORITY).activities
    assert len(found) == len(dict(found))
    return dict(found)


def plain(actor: dict[str, Any], thing: dict[str, Any], **context: Any) -> dict[str, Any]:
    return {"actor": actor, "verb": {"id": "x:did"}, "object": thing, "context": context}


def test_actor_and_object_are_direct_and_the_authority_is_related() -> None:
    assert agents_of(plain(AN_AGENT, {**BEN, "objectType": "Agent"})) == {
        KEYS.key(AN_AGENT): False,
        KEYS.key(BEN): False,
        AUTHORITY: True,
    }


def test_members_of_a_group_are_as_direct_as_the_group() -> None:
    for statement in (plain(A_GROUP, {"id": "x:y"}), plain(AN_AGENT, A_GROUP)):
        found = agents_of(statement)
        assert {found[KEYS.key(each)] for each in (A_GROUP, AN_AGENT, BEN, CAS, DINA)} == {False}


def test_instructor_and_team_and_its_members_are_related() -> None:
    found = agents_of(plain(AN_AGENT, {"id": "x:y"}, instructor=AN_IDENTIFIED_GROUP, team=A_GROUP))
    assert {found[KEYS.key(each)] for each in (AN_IDENTIFIED_GROUP, A_GROUP, BEN, CAS, DINA)} == {True}
    assert found[KEYS.key(AN_AGENT)] is False


def test_context_agents_and_groups_are_related() -> None:
    found = agents_of(
        plain(
            AN_AGENT,
            {"id": "x:y"},
            contextAgents=[{"agent": BEN}],
            contextGroups=[{"group": {**A_GROUP, "member": [CAS]}}],
        )
    )
    assert (found[KEYS.key(BEN)], found[KEYS.key(CAS)]) == (True, True)


def test_being_named_directly_wins_over_being_related() -> None:
    found = agents_of(plain(AN_AGENT, {**BEN, "objectType": "Agent"}, instructor=BEN))
    assert found[KEYS.key(BEN)] is False
    assert agents_of({**plain(AN_AGENT, {"id": "x:y"})})[KEYS.key(AN_AGENT)] is False
    assert dict(mentions(plain(AN_AGENT, {"id": "x:y"}), KEYS, KEYS.key(AN_AGENT)).agents) == {
        KEYS.key(AN_AGENT): False
    }


def test_agents_of_a_sub_statement_are_related() -> None:
    sub = {"objectType": "SubStatement", **plain(BEN, {**CAS, "objectType": "Agent"}, instructor=DINA)}
    assert agents_of(plain(AN_AGENT, sub)) == {
        KEYS.key(AN_AGENT): False,
        KEYS.key(BEN): True,
        KEYS.key(CAS): True,
        KEYS.key(DINA): True,
        AUTHORITY: True,
    }


def test_the_object_is_direct_and_context_activities_are_related() -> None:
    assert activities_of(a_full_statement()) == {
        f"{EXAMPLE}questions/1": False,
        f"{EXAMPLE}tests/1": True,
        f"{EXAMPLE}courses/1": True,
        f"{EXAMPLE}courses/2": True,
        f"{EXAMPLE}profile": True,
    }


def test_activities_of_a_sub_statement_are_related() -> None:
    found = activities_of(about(a_sub_statement()))
    assert found[f"{EXAMPLE}questions/1"] is True
    assert found[f"{EXAMPLE}tests/1"] is True


def test_a_statement_ref_and_an_agent_are_no_activities() -> None:
    for thing in ({"objectType": "StatementRef", "id": AN_ID}, {**BEN, "objectType": "Agent"}):
        assert activities_of({"actor": AN_AGENT, "verb": {"id": VOIDED}, "object": thing}) == {}


def test_definitions_are_those_of_the_statement_s_own_activities() -> None:
    typed = {"id": "x:parent", "definition": {"type": "x:type"}}
    statement = plain(AN_AGENT, A_QUESTION, contextActivities={"parent": typed, "other": [{"id": "x:bare"}]})
    assert definitions(statement) == [
        (A_QUESTION["id"], A_QUESTION["definition"]),
        ("x:parent", {"type": "x:type"}),
    ]
    inside = {"objectType": "SubStatement", **statement}
    assert definitions(plain(AN_AGENT, inside)) == []
