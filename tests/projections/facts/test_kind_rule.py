"""The table of kinds is well made: one rule at most decides, and every word in it is known."""

from collections import Counter
from hashlib import sha256
from typing import Any

import pytest

from lrs.statement.extensions import EXTENSIONS
from lrs.statement.iri import one_spelling
from projections.facts import kind_rule
from tests.schemas.xapi.profiles.examples import EXAMPLES, TEMPLATES, an_example

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


def kind_of(statement: dict[str, Any]) -> str | None:
    """The kind that the rules give a statement: of those that fit, the one of the lowest precedence."""
    context = statement.get("context", {})
    thing, verb = statement["object"], one_spelling(statement["verb"]["id"])
    object_type = thing.get("definition", {}).get("type")
    named = [a for activities in context.get("contextActivities", {}).values() for a in activities]
    parts = (thing.get("definition", {}), context, statement.get("result", {}))
    stated = {EXTENSIONS[iri][0] for part in parts for iri in part.get("extensions", {}) if iri in EXTENSIONS}
    holds = (
        stated
        | {a["definition"]["type"] for a in named if "definition" in a}
        | ({"statement"} & set(context))
    )
    fitting = [
        rule
        for rule in RULES
        if rule["verb"] == verb
        and rule["object_type"] in ("*", object_type)
        and set(rule["context"]) <= holds
    ]
    return min(fitting, key=lambda rule: int(rule["precedence"]))["kind"] if fitting else None


KINDS_OF_TEMPLATES = {slug: kind_of(an_example(slug)) for slug in EXAMPLES}


def test_every_template_of_the_profile_says_a_kind_of_fact_and_every_kind_has_a_template() -> None:
    assert set(KINDS_OF_TEMPLATES.values()) == {rule["kind"] for rule in RULES}


@pytest.mark.parametrize(
    ("kind", "templates"),
    [
        ("set", {"goal-set"}),
        ("assigned", {"goal-assigned", "goal-directed"}),
        ("dropped", {"goal-dropped"}),
        ("level_given", {"level-scored", "level-given"}),
        ("item_ticked", {"item-ticked"}),
        ("help_asked", {"attention-requested", "question-asked"}),
        ("help_answered", {"question-answered", "question-replied"}),
        ("data_commented", {"own-data-noted"}),
        ("route_chosen", {"route-chosen"}),
        ("support_given", {"support-mentored", "support-attended"}),
        ("three_way_conversation", {"three-way-talked", "three-way-mentored"}),
        ("cycle_decided", {"cycle-decided"}),
        ("not_achieved", {"goal-failed"}),
        (
            "achieved",
            {
                "goal-mastered",
                "goal-tla-mastered",
                "goal-achieved",
                "goal-satisfied",
                "goal-passed",
                "goal-completed",
            },
        ),
        ("worked", {slug for slug in EXAMPLES if slug.startswith("worked-")}),
    ],
)
def test_a_kind_is_said_by_just_these_templates(kind: str, templates: set[str]) -> None:
    assert {slug for slug, said in KINDS_OF_TEMPLATES.items() if said == kind} == templates


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule['verb']} {rule['object_type']} {rule['context']}"
)
def test_every_rule_has_a_template_that_is_about_such_statements(rule: dict[str, Any]) -> None:
    types = {condition for condition in rule["context"] if ":" in condition}

    def is_about(template: dict[str, Any]) -> bool:
        same_type = rule["object_type"] in ("*", template.get("objectActivityType"))
        categories = set(template.get("contextCategoryActivityType", ()))
        return one_spelling(template["verb"]) == rule["verb"] and same_type and types <= categories

    said = {KINDS_OF_TEMPLATES[slug] for slug, template in TEMPLATES.items() if is_about(template)}
    assert rule["kind"] in said
