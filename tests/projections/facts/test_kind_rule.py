"""The table of kinds is well made: one rule at most decides, and every word in it is known."""

from collections import Counter
from hashlib import sha256
from typing import Any

import pytest

from projections.facts import kind_rule

RULES: list[dict[str, Any]] = kind_rule.project({}).to_pylist()
WORDS = {"level", "learner", "statement", "route"}


def test_a_change_of_the_rules_changes_the_projection_so_that_it_is_rebuilt() -> None:
    assert sha256(kind_rule.RULES.read_bytes()).hexdigest() == kind_rule.RULES_SHA256


def test_no_two_rules_say_the_same_of_one_verb_type_and_context() -> None:
    rules = Counter((rule["verb"], rule["object_type"], *rule["context"]) for rule in RULES)
    assert [rule for rule, times in rules.items() if times > 1] == []


def test_two_rules_that_can_fit_one_statement_differ_in_precedence() -> None:
    undecided = [
        (one["verb"], one["precedence"])
        for n, one in enumerate(RULES)
        for other in RULES[:n]
        if (one["verb"], one["precedence"]) == (other["verb"], other["precedence"])
        and (one["object_type"] == other["object_type"] or "*" in (one["object_type"], other["object_type"]))
    ]
    assert undecided == []


def test_conditions_are_known_words_or_activity_types() -> None:
    conditions = {condition for rule in RULES for condition in rule["context"]}
    assert {condition for condition in conditions if ":" not in condition} <= WORDS


def test_activitystreams_verbs_are_in_the_short_spelling_of_the_analytic_form() -> None:
    assert not [rule["verb"] for rule in RULES if "activitystrea.ms/schema" in rule["verb"]]


def test_verbs_that_no_vocabulary_has_are_unknown() -> None:
    strays = {"http://adlnet.gov/expapi/verbs/planned", "http://id.tincanapi.com/verb/planned"}
    assert strays.isdisjoint(rule["verb"] for rule in RULES)


@pytest.mark.parametrize(
    ("flag", "kinds"),
    [
        ("planning", {"set", "scheduled", "revised", "prioritised", "estimated"}),
        ("monitoring", {"progress_viewed", "item_ticked", "self_assessed"}),
        ("gives_level", {"level_given", "self_assessed", "achieved", "not_achieved"}),
    ],
)
def test_a_flag_marks_just_these_kinds(flag: str, kinds: set[str]) -> None:
    assert {rule["kind"] for rule in RULES if rule[flag]} == kinds


@pytest.mark.parametrize(
    ("verb", "object_type", "kind"),
    [
        ("http://adlnet.gov/expapi/verbs/completed", "http://id.tincanapi.com/activitytype/goal", "achieved"),
        (
            "http://adlnet.gov/expapi/verbs/completed",
            "http://id.tincanapi.com/activitytype/checklist-item",
            "item_ticked",
        ),
        ("http://adlnet.gov/expapi/verbs/completed", "*", "worked"),
        (
            "http://adlnet.gov/expapi/verbs/failed",
            "http://id.tincanapi.com/activitytype/goal",
            "not_achieved",
        ),
        ("https://w3id.org/xapi/tla/verbs/deselected", "*", "dropped"),
    ],
)
def test_a_verb_means_different_things_on_different_objects(verb: str, object_type: str, kind: str) -> None:
    assert [r["kind"] for r in RULES if (r["verb"], r["object_type"]) == (verb, object_type)] == [kind]
