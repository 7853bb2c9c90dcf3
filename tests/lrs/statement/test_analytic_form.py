"""The analytic form: what projections need, and nothing by which a person could be found."""

import json
import re
from decimal import Decimal
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest

from lrs.statement.agent_key import AgentKeys
from lrs.statement.analytic_form import analytic_form
from lrs.statement.check import check_statement
from lrs.statement.json_text import parse_object
from tests.lrs.statement.full_statements import (
    A_GROUP,
    AN_AGENT,
    AN_ID,
    AN_IDENTIFIED_GROUP,
    ANOTHER_ID,
    BEN,
    CAS,
    DINA,
    a_full_statement,
    a_sub_statement,
    about,
)

KEYS = AgentKeys(b"a secret", 1)
AUTHORITY = "1-" + "0" * 32
HAPPENED = 1_795_428_123_456_000
GSL, TLA = "https://w3id.org/xapi/gsl/extensions/", "https://w3id.org/xapi/tla/extensions/"
TC = "http://id.tincanapi.com/extension/"
SCHEMA = jsonschema_rs.validator_for(
    json.loads(files("schemas").joinpath("xapi/analytic_form.json").read_text("utf-8"))
)


def form_of(statement: dict[str, Any], happened: int | None = HAPPENED) -> dict[str, Any]:
    form = json.loads(analytic_form(statement, AN_ID, happened, KEYS, AUTHORITY))
    SCHEMA.validate(form)
    return form  # type: ignore[no-any-return]


def test_a_full_statement_keeps_what_can_be_counted() -> None:
    assert form_of(a_full_statement("2.0.0")) == {
        "timestamp": HAPPENED,
        "id": AN_ID,
        "actor": {"objectType": "Agent", "key": KEYS.key(AN_AGENT)},
        "verb": "http://adlnet.gov/expapi/verbs/answered",
        "object": {"objectType": "Activity", "id": "https://example.org/questions/1"},
        "result": {
            "success": True,
            "completion": False,
            "duration_ms": 90_250,
            "scaled": "0.5",
            "raw": "5",
            "min": "0",
            "max": "10",
        },
        "context": {
            "registration": ANOTHER_ID.lower(),
            "instructor": KEYS.key(DINA),
            "team": KEYS.key(A_GROUP),
            "platform": "Leerplein",
            "language": "nl-BE",
            "statement": AN_ID,
            "parent": ["https://example.org/tests/1"],
            "grouping": ["https://example.org/courses/1", "https://example.org/courses/2"],
            "category": ["https://example.org/profile"],
        },
        "types": [["https://example.org/questions/1", "http://adlnet.gov/expapi/activities/cmi.interaction"]],
        "authority": AUTHORITY,
    }


def test_a_small_statement_has_no_empty_members() -> None:
    statement = {"actor": BEN, "verb": {"id": "x:did"}, "object": {"id": "x:it"}, "result": {}, "context": {}}
    assert set(form_of(statement, None)) == {"id", "actor", "verb", "object", "authority"}


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (
            {"objectType": "StatementRef", "id": ANOTHER_ID},
            {"objectType": "StatementRef", "id": ANOTHER_ID.lower()},
        ),
        (
            {**BEN, "objectType": "Agent"},
            {"objectType": "Agent", "key": KEYS.key(BEN), "id": KEYS.key(BEN)},
        ),
        (
            AN_IDENTIFIED_GROUP,
            {
                "objectType": "Group",
                "key": KEYS.key(AN_IDENTIFIED_GROUP),
                "id": KEYS.key(AN_IDENTIFIED_GROUP),
            },
        ),
        (a_sub_statement(), {"objectType": "SubStatement"}),
    ],
)
def test_objects_of_every_kind_have_a_form(thing: dict[str, Any], expected: dict[str, Any]) -> None:
    assert form_of(about(thing))["object"] == expected


def test_a_group_gives_its_members_keys() -> None:
    form = form_of({**a_full_statement(), "actor": A_GROUP})
    assert form["actor"] == {
        "objectType": "Group",
        "key": KEYS.key(A_GROUP),
        "member": [KEYS.key(each) for each in (AN_AGENT, BEN, CAS, DINA)],
    }


def test_both_spellings_of_an_activity_stream_iri_become_the_short_one() -> None:
    statement = a_full_statement()
    statement["verb"]["id"] = "http://activitystrea.ms/schema/1.0/read"
    statement["object"]["definition"]["type"] = "http://activitystrea.ms/schema/1.0/article"
    form = form_of(statement)
    assert (form["verb"], form["types"][0][1]) == (
        "http://activitystrea.ms/read",
        "http://activitystrea.ms/article",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.50", "0.50"),
        ("1e2", "100"),
        ("1e400", "1E+400"),
        ("1e-999999999999", "1E-999999999999"),
        ("12345678901234567890", "12345678901234567890"),
        ("1" + "0" * 400, "1" + "0" * 400),
    ],
)
def test_scores_are_decimal_texts_of_a_length_one_can_store(text: str, expected: str) -> None:
    statement = {**a_full_statement(), "result": {"score": {"raw": parse_object(text)}}}
    raw = form_of(statement)["result"]["raw"]
    assert Decimal(raw) == Decimal(expected)
    assert len(raw) <= 410


def test_more_than_a_thousand_years_is_left_out() -> None:
    statement = {**a_full_statement(), "result": {"duration": "P1100Y"}}
    assert "result" not in form_of(statement)


@pytest.mark.parametrize(
    ("platform", "is_kept"),
    [
        ("Leerplein", True),
        ("moodle-4.1", True),
        ("an@example.org", False),
        ("laptop of An", False),
        ("", False),
    ],
)
def test_a_platform_is_kept_when_it_is_one_word_and_no_address(platform: str, is_kept: bool) -> None:
    statement = a_full_statement()
    statement["context"]["platform"] = platform
    assert ("platform" in form_of(statement)["context"]) == is_kept


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("nl", "nl"),
        ("nl-BE", "nl-BE"),
        ("zh-Hant-TW", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("nl-BE-x-wilhelm", "nl-BE"),
        ("nl-x-wilhelm", "nl"),
        ("x-wilhelm", None),
    ],
)
def test_of_a_language_words_of_ones_own_stay_behind(tag: str, kept: str | None) -> None:
    statement = a_full_statement()
    statement["context"]["language"] = tag
    check_statement(statement, "1.0.3")
    assert form_of(statement)["context"].get("language") == kept


@pytest.mark.parametrize(
    "iri",
    [
        "mailto:an@example.org",
        "https://example.org/users/an.peeters@example.org/goals/1",
        "https://example.org/users/an.peeters%40example.org",
        "https://example.org/login?next=%2Fusers%2Fan%2540example.org",
        "https://an:secret@example.org/goals/1",
        "https://example.org/users/an\uff20example.org",
    ],
)
def test_a_thing_whose_id_may_hold_a_mailbox_has_one_key_wherever_it_is_named(iri: str) -> None:
    statement = about({"id": iri, "definition": {"type": iri}})
    statement["verb"] = {"id": iri}
    statement["context"] |= {
        "contextActivities": {"parent": [{"id": iri}], "other": [{"id": "https://example.org/other"}]},
        "extensions": {f"{GSL}checklist": iri},
    }
    check_statement(statement, "1.0.3")
    form = form_of(statement)
    key = form["object"]["id"]
    assert re.fullmatch(r"urn:leerspoor:thing:1-[0-9a-f]{32}", key)
    assert (form["verb"], form["context"]["parent"]) == (key, [key])
    assert (form["types"], form["extensions"]["checklist"]) == ([[key, key]], key)
    assert form["context"]["other"] == ["https://example.org/other"]
    assert key != json.loads(analytic_form(statement, AN_ID, HAPPENED, AgentKeys(b"b", 1), AUTHORITY))["verb"]


def test_things_whose_ids_hold_different_mailboxes_are_different_things() -> None:
    ids = [form_of(about({"id": f"mailto:{name}@example.org"}))["object"]["id"] for name in ("an", "bo")]
    assert len(set(ids)) == 2


PLANTED = "Wilhelmina"


def planted(version: str = "2.0.0") -> dict[str, Any]:
    """A statement with a recognisable name wherever a client may write about people or in its own words."""
    name = PLANTED
    agents: list[dict[str, Any]] = [
        {"objectType": "Agent", "name": f"{name} 1", "mbox": f"mailto:{name}2@example.org"},
        {"name": f"{name} 3", "openid": f"https://{name}4.example.org/"},
        {"name": f"{name} 5", "account": {"homePage": f"https://example.org/{name}6", "name": f"{name}7"}},
    ]
    group = {"objectType": "Group", "name": f"{name} 8", "member": agents}
    words = {"nl": f"{name} 9"}
    free = {f"https://example.org/{name}10": {name: [name, {name: name}]}}
    definition = {
        "name": words,
        "description": words,
        "moreInfo": f"https://example.org/{name}11",
        "type": "https://example.org/type",
        "interactionType": "choice",
        "correctResponsesPattern": [name],
        "choices": [{"id": name, "description": words}],
        "extensions": free | {f"{GSL}criterion": f"{name} 12", f"{GSL}skill": f"voor {name}"},
    }
    activity = {"id": "https://example.org/a", "definition": definition}
    attachment = {**a_full_statement()["attachments"][0], "display": words, "description": words}
    attachment |= {"usageType": f"https://example.org/{name}13", "fileUrl": f"https://example.org/{name}14"}
    vocabulary = {
        f"{GSL}class": f"{name}@example.org",
        f"{GSL}route": f"{name} 15",
        f"{TLA}learner": agents[0],
    }
    vocabulary |= {
        f"{TC}reflection": f"{name} 16",
        f"{GSL}level-scheme": [name],
        f"{GSL}intervention": {"id": name},
    }
    context = {
        **a_full_statement()["context"],
        "instructor": agents[1],
        "team": group,
        "revision": name,
        "platform": f"de tablet van {name}",
        "contextActivities": {"parent": [activity], "other": activity},
        "extensions": free | vocabulary,
    }
    if version == "2.0.0":
        context["contextAgents"] = [
            {"objectType": "contextAgent", "agent": agents[0], "relevantTypes": [f"x:{name}17"]}
        ]
        context["contextGroups"] = [{"objectType": "contextGroup", "group": group}]
    return {
        **a_full_statement(version),
        "actor": group,
        "verb": {"id": "https://example.org/did", "display": words},
        "object": activity,
        "result": {"response": f"{name} 18", "success": True, "extensions": free},
        "context": context,
        "authority": agents[2],
        "attachments": [attachment],
    }


@pytest.mark.parametrize("kind", ["Activity", "SubStatement", "Agent", "Group"])
def test_nothing_of_a_person_is_in_the_form(kind: str) -> None:
    statement = planted()
    if kind == "SubStatement":
        sub = {
            name: value
            for name, value in planted().items()
            if name not in ("id", "stored", "version", "authority")
        }
        statement["object"] = {"objectType": kind, **sub}
    elif kind != "Activity":
        statement["object"] = statement["actor"] if kind == "Group" else statement["actor"]["member"][0]
    if kind != "Activity":
        del statement["context"]["revision"], statement["context"]["platform"]
    check_statement(statement, "2.0.0")
    assert json.dumps(statement).count(PLANTED) > 50
    text = json.dumps(form_of(statement)).lower()
    for trace in (PLANTED.lower(), "@", "mailto", "openid", "homepage"):
        assert trace not in text
