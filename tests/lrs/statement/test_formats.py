"""The formats ids and canonical."""

import json
from typing import Any

from lrs.statement.formats import activity_ids, canonical, ids_only, without_later_members
from tests.lrs.statement.full_statements import a_full_statement

AGENT = {"objectType": "Agent", "name": "An", "mbox": "mailto:an@example.org"}
GROUP = {
    "objectType": "Group",
    "name": "Team",
    "member": [AGENT, {"name": "Bo", "openid": "https://bo.example.org"}],
}
NAMES = {"nl": "Breuken", "en": "Fractions"}
ACTIVITY = {
    "objectType": "Activity",
    "id": "https://e.org/a",
    "definition": {"name": NAMES, "type": "https://e.org/t"},
}
VERB = {"id": "https://e.org/v", "display": {"nl": "deed", "en": "did"}}


def a_statement(**members: Any) -> dict[str, Any]:
    return {"actor": AGENT, "verb": VERB, "object": ACTIVITY, **members}


def ids(statement: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(ids_only(json.dumps(statement)))
    return made


def in_english(statement: dict[str, Any], **definitions: Any) -> dict[str, Any]:
    known = {f"https://e.org/{name}": definition for name, definition in definitions.items()}
    made: dict[str, Any] = json.loads(canonical(json.dumps(statement), known, [("en", 1.0)]))
    return made


def test_ids_keep_what_identifies_and_nothing_else() -> None:
    made = ids(a_statement(authority=AGENT, result={"success": True}))
    assert made["actor"] == made["authority"] == {"objectType": "Agent", "mbox": "mailto:an@example.org"}
    assert made["verb"] == {"id": "https://e.org/v"}
    assert made["object"] == {"id": "https://e.org/a"}
    assert made["result"] == {"success": True}


def test_ids_of_a_group_without_an_identifier_are_its_members() -> None:
    anonymous = ids(a_statement(actor=GROUP))["actor"]
    assert anonymous == {
        "objectType": "Group",
        "member": [
            {"objectType": "Agent", "mbox": "mailto:an@example.org"},
            {"openid": "https://bo.example.org"},
        ],
    }
    identified = {**GROUP, "mbox": "mailto:team@example.org"}
    assert ids(a_statement(actor=identified))["actor"] == {
        "objectType": "Group",
        "mbox": "mailto:team@example.org",
    }


def test_ids_reach_into_context_and_substatement() -> None:
    context = {
        "instructor": AGENT,
        "team": GROUP,
        "contextActivities": {"parent": [ACTIVITY]},
        "contextAgents": [
            {"objectType": "contextAgent", "agent": AGENT, "relevantTypes": ["https://e.org/r"]}
        ],
    }
    inner = {"objectType": "SubStatement", **a_statement(object=GROUP, context=context)}
    made = ids(a_statement(object=inner, context=context))
    for part in (made, made["object"]):
        assert "name" not in json.dumps(part)
        assert part["context"]["contextActivities"] == {"parent": [{"id": "https://e.org/a"}]}
        assert part["context"]["contextAgents"][0]["relevantTypes"] == ["https://e.org/r"]


def test_a_reference_stays_in_every_format() -> None:
    reference = {"objectType": "StatementRef", "id": "00000000-0000-4000-8000-000000000001"}
    assert ids(a_statement(object=reference))["object"] == reference
    assert in_english(a_statement(object=reference))["object"] == reference


def test_canonical_gives_one_language_in_each_map() -> None:
    steps = [{"id": "1", "description": NAMES}, {"id": "2"}]
    task = {**ACTIVITY, "definition": {"name": NAMES, "description": NAMES, "steps": steps}}
    made = in_english(a_statement(object=task, context={"contextActivities": {"parent": [ACTIVITY]}}))
    assert made["verb"]["display"] == {"en": "did"}
    definition = made["object"]["definition"]
    assert definition["name"] == definition["description"] == {"en": "Fractions"}
    assert definition["steps"] == [{"id": "1", "description": {"en": "Fractions"}}, {"id": "2"}]
    assert made["context"]["contextActivities"]["parent"][0]["definition"]["name"] == {"en": "Fractions"}
    assert made["actor"] == AGENT


def test_canonical_gives_the_definition_that_the_store_holds() -> None:
    held = {"name": {"en": "Fractions, part 2"}, "type": "https://e.org/t"}
    bare = {"id": "https://e.org/a"}
    assert in_english(a_statement(object=bare), a=held)["object"] == {
        "id": "https://e.org/a",
        "definition": held,
    }
    assert in_english(a_statement(object=bare))["object"] == bare


def test_numbers_keep_their_digits_in_every_format() -> None:
    text = '{"actor":{"mbox":"mailto:an@e.org"},"verb":{"id":"v"},"object":{"id":"a"},"result":{"n":[1.10,1e400,%s]}}'
    text %= "12345678901234567890123"
    for made in (ids_only(text), canonical(text, {}, [])):
        assert '"n":[1.10,1E+400,12345678901234567890123]' in made


def test_a_statement_of_2_0_is_readable_for_a_client_of_1_0_3() -> None:
    sent = {**a_full_statement("2.0.0"), "version": "2.0.0"}
    made = json.loads(without_later_members(json.dumps(sent)))
    assert made["version"] == "1.0.3"
    assert not {"contextAgents", "contextGroups"} & set(made["context"])
    assert {n: v for n, v in made.items() if n not in ("version", "context")} == {
        n: v for n, v in sent.items() if n not in ("version", "context")
    }


def test_the_activities_of_a_statement_are_named_once_each() -> None:
    other = {"id": "https://e.org/b"}
    context = {"contextActivities": {"parent": [ACTIVITY, other]}}
    inner = {"objectType": "SubStatement", **a_statement()}
    assert activity_ids(json.dumps(a_statement(object=inner, context=context))) == [
        "https://e.org/a",
        "https://e.org/b",
    ]
