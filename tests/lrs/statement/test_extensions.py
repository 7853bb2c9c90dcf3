"""The extensions of the vocabulary in the analytic form: each held to its kind of value."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.check import check_statement
from lrs.statement.extensions import EXTENSIONS
from lrs.statement.json_text import parse_object
from tests.lrs.statement.full_statements import A_GROUP, DINA, a_full_statement
from tests.lrs.statement.test_analytic_form import GSL, KEYS, TC, TLA, form_of
from tests.lrs.statement.test_json_text import values

CMI5, AX = "https://w3id.org/xapi/cmi5/result/extensions/", "https://w3id.org/xapi/acrossx/extensions/"


def extended(**extensions: Any) -> dict[str, Any]:
    """The extensions of the form of a statement with these in its context; __ stands for the part of an IRI."""
    roots = {"gsl": GSL, "tla": TLA, "tc": TC, "cmi5": CMI5, "ax": AX}
    named = {roots[name.split("__")[0]] + name.split("__")[1]: value for name, value in extensions.items()}
    statement = a_full_statement()
    statement["context"]["extensions"] = parse_object(json.dumps(named))
    check_statement(statement, "1.0.3")
    found: dict[str, Any] = form_of(statement).get("extensions", {})
    return found


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("tla__due_date", "2026-11-23T11:00:00+01:00", {"due_date": 1_795_428_000_000_000}),
        ("tc__planned-start-time", "2026-11-23T10:00:00Z", {"planned_start": 1_795_428_000_000_000}),
        ("tc__planned-duration", "PT1H30M", {"planned_duration_ms": 5_400_000}),
        ("cmi5__progress", 66.5, {"progress": "66.5"}),
        (
            "gsl__intervention",
            {
                "id": "lessons",
                "date": "2026-10-05",
                "classes": ["3A", "Jan Peeters"],
                "comparisonClasses": ["3B"],
                "indicator": "persistence",
                "note": "free text",
            },
            {
                "intervention": {
                    "id": "lessons",
                    "date": "2026-10-05",
                    "classes": ["3A"],
                    "comparison_classes": ["3B"],
                    "indicator": "persistence",
                }
            },
        ),
        ("gsl__intervention", {"id": "lessons", "date": "2026-10-05", "classes": ["3A"]}, {}),
        (
            "gsl__intervention",
            {"id": "a b", "date": "x", "classes": [], "comparisonClasses": [], "indicator": ""},
            {},
        ),
        ("gsl__level", 2, {"level": 2}),
        ("gsl__level", 2.0, {"level": 2}),
        ("gsl__level-scheme", "brons-zilver-goud", {"level_scheme": "brons-zilver-goud"}),
        ("gsl__target-level", 3, {"target_level": 3}),
        ("gsl__criterion", "ik kan drie breuken ordenen", {"criterion": True}),
        ("gsl__horizon", "week", {"horizon": "week"}),
        ("gsl__evidence-source", "portfolio", {"evidence_source": "portfolio"}),
        ("gsl__assessment-purpose", "formative", {"assessment_purpose": "formative"}),
        ("gsl__regulator", "peer", {"regulator": "peer"}),
        (
            "gsl__framework-goals",
            ["https://x.org/1", "LP-7", "no token"],
            {"framework_goals": ["https://x.org/1", "LP-7"]},
        ),
        ("gsl__checklist", "https://x.org/goals/1", {"checklist": "https://x.org/goals/1"}),
        ("gsl__checklist-size", 5, {"checklist_size": 5}),
        ("gsl__agreed-actions", 0, {"agreed_actions": 0}),
        ("gsl__rating-scale", {"min": 1, "max": 5.5}, {"rating_min": "1", "rating_max": "5.5"}),
        ("gsl__entered-by-hand", True, {"entered_by_hand": 0}),
        ("gsl__entered-by-hand", 45, {"entered_by_hand": 45}),
        ("gsl__skill", "plannen", {"skill": "plannen"}),
        ("gsl__route", "verdieping:2", {"route": "verdieping:2"}),
        ("gsl__class", "4B", {"class": "4B"}),
        ("ax__school", "school/12#a", {"school": "school/12#a"}),
        ("tc__reflection", "Ik vond het moeilijk", {"reflection": True}),
        ("tla__learner", DINA, {"learner": KEYS.key(DINA)}),
    ],
)
def test_extensions_of_the_vocabulary_come_under_their_short_names(
    name: str, value: Any, expected: Any
) -> None:
    assert extended(**{name: value}) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tla__due_date", "tomorrow"),
        ("tla__due_date", 5),
        ("tc__planned-duration", "an hour"),
        ("tc__planned-duration", "P1100Y"),
        ("cmi5__progress", 101),
        ("cmi5__progress", "50"),
        ("cmi5__progress", True),
        ("gsl__level", 2.5),
        ("gsl__level", 2**31),
        ("gsl__level", "2"),
        ("gsl__level", True),
        ("gsl__level-scheme", "brons en zilver"),
        ("gsl__criterion", None),
        ("gsl__criterion", ""),
        ("gsl__horizon", "weeks"),
        ("gsl__horizon", ["week"]),
        ("gsl__framework-goals", []),
        ("gsl__framework-goals", {"id": 1}),
        ("gsl__checklist", "goal"),
        ("gsl__rating-scale", [1, 5]),
        ("gsl__rating-scale", {"min": 5, "max": 1}),
        ("gsl__rating-scale", {"min": 1}),
        ("gsl__class", "an@example.org"),
        ("gsl__class", "x" * 201),
        ("gsl__skill", "-x"),
        ("ax__school", 12),
        ("tla__learner", "An"),
        ("tla__learner", {"mbox": 5}),
        ("tla__learner", {"name": "An"}),
        ("tla__learner", {"account": {"homePage": "x"}}),
        ("tla__learner", A_GROUP),
    ],
)
def test_a_value_that_is_not_of_its_kind_is_left_out(name: str, value: Any) -> None:
    assert extended(**{name: value}) == {}


def test_extensions_come_from_definition_context_and_result_and_the_result_wins() -> None:
    statement = a_full_statement()
    statement["object"]["definition"]["extensions"] = {
        f"{GSL}level": 1,
        f"{GSL}skill": "a",
        f"{GSL}route": "a",
    }
    statement["context"]["extensions"] = {f"{GSL}level": 2, f"{GSL}skill": "b"}
    statement["result"]["extensions"] = {f"{GSL}level": 3}
    assert form_of(statement)["extensions"] == {"level": 3, "skill": "b", "route": "a"}


@given(st.sampled_from(sorted(EXTENSIONS)), values)
def test_whatever_an_extension_holds_the_form_is_of_its_schema(iri: str, value: Any) -> None:
    statement = a_full_statement()
    statement["context"]["extensions"] = {iri: parse_object(json.dumps(value))}
    form_of(statement)
