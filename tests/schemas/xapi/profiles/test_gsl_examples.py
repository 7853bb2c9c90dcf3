"""Every template has a worked example that the store takes; every rule of it can be broken."""

import json
from typing import Any

import pytest

from lrs.profile.files import read_profiles
from lrs.profile.location import Location
from lrs.profile.profiles import Profiles
from lrs.statement.check import check_statement
from lrs.statement.extensions import EXTENSIONS
from tests.schemas.xapi.profiles.examples import DOCUMENT, EXAMPLES, TEMPLATES, an_example

GSL = "https://w3id.org/xapi/gsl/"
# What an outcome looks like where a rule forbids one.
OUTCOMES = {"$.result.success": True, "$.result.completion": True, "$.result.score": {"scaled": 1}}
BREAKABLE = [
    (slug, number)
    for slug, template in TEMPLATES.items()
    for number, rule in enumerate(template.get("rules", ()))
    if rule.get("presence") != "recommended" or rule.keys() & {"any", "all", "none"}
]


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return read_profiles()


def test_there_is_one_example_for_each_template() -> None:
    assert set(EXAMPLES) == set(TEMPLATES)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_example_is_a_valid_statement_and_follows_just_its_template(slug: str, profiles: Profiles) -> None:
    statement = an_example(slug)
    check_statement(statement, "1.0.3")
    check_statement(statement, "2.0.0")
    assert [(finding.of, finding.broken) for finding in profiles.check(statement)] == [
        (f"{GSL}templates/{slug}", [])
    ]


@pytest.mark.parametrize("slug", EXAMPLES)
def test_an_example_names_the_version_that_it_follows_and_has_an_id_of_its_own(slug: str) -> None:
    statement = an_example(slug)
    categories = [activity["id"] for activity in statement["context"]["contextActivities"]["category"]]
    assert DOCUMENT["versions"][0]["id"] in categories
    assert [other for other in EXAMPLES if other != slug and an_example(other)["id"] == statement["id"]] == []


@pytest.mark.parametrize(("slug", "number"), BREAKABLE)
def test_each_rule_is_broken_by_a_counter_example(slug: str, number: int, profiles: Profiles) -> None:
    rule = TEMPLATES[slug]["rules"][number]
    statement, check = against(rule, an_example(slug))
    check_statement(statement, "1.0.3")
    broken = {each.rule for finding in profiles.check(statement) for each in finding.broken}
    assert f"{check} {rule['location']}" in broken


def against(rule: dict[str, Any], statement: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The statement changed so that it breaks the rule, and the check that fails then."""
    locations = rule["location"].split(" | ")
    if rule.get("presence") == "included":
        for location in locations:
            remove(statement, location)
        return statement, "included"
    if rule.get("presence") == "excluded":
        put(statement, locations[0], OUTCOMES[locations[0]])
        return statement, "excluded"
    wrong = rule["none"][0] if "none" in rule else "no such word"
    put(statement, locations[0], wrong)
    return statement, "none" if "none" in rule else "all"


def steps(location: str) -> list[str]:
    """The names of a path such as $.result.extensions['iri']."""
    plain, _, iri = location.removeprefix("$.").partition("['")
    return [*plain.split("."), *([iri.removesuffix("']")] if iri else [])]


def remove(statement: dict[str, Any], location: str) -> None:
    if Location(location).values(statement):
        *above, last = steps(location)
        for step in above:
            statement = statement[step]
        del statement[last]


def put(statement: dict[str, Any], location: str, value: Any) -> None:
    *above, last = steps(location)
    for step in above:
        statement = statement.setdefault(step, {})
    statement[last] = value


@pytest.mark.parametrize(
    ("slug", "where", "value", "rule", "path"),
    [
        (
            "goal-set",
            "$.context.extensions['https://w3id.org/xapi/gsl/extensions/horizon']",
            "month",
            "all $.context.extensions['https://w3id.org/xapi/gsl/extensions/horizon']",
            '$.context.extensions["https://w3id.org/xapi/gsl/extensions/horizon"]',
        ),
        ("goal-set", "$.result.completion", False, None, "$.result.completion"),
        ("goal-passed", "$.result.success", False, "none $.result.success", "$.result.success"),
        ("worked-failed", "$.result.success", True, "none $.result.success", "$.result.success"),
    ],
)
def test_a_broken_rule_names_the_place_in_the_statement(
    slug: str, where: str, value: Any, rule: str | None, path: str, profiles: Profiles
) -> None:
    statement = an_example(slug)
    put(statement, where, value)
    [broken] = profiles.check(statement)[0].broken
    assert broken.path == path
    assert rule is None or broken.rule == rule


def test_an_answer_without_the_request_that_it_answers_breaks_its_template(profiles: Profiles) -> None:
    statement = an_example("question-answered")
    del statement["context"]["statement"]
    [finding] = profiles.check(statement)
    assert [broken.rule for broken in finding.broken] == ["statement-ref $.context.statement"]


@pytest.mark.parametrize(
    ("name", "place", "value", "good"),
    [
        ("level", "result", 3, True),
        ("level", "result", "3", False),
        ("level", "context", 3, False),
        ("framework-goals", "context", ["92301"], True),
        ("framework-goals", "context", "92301", False),
        ("entered-by-hand", "context", True, True),
        ("entered-by-hand", "context", 30, True),
        ("entered-by-hand", "context", -1, False),
        ("class", "context", "4B", True),
        ("class", "context", "An Peeters", False),
        ("checklist", "context", "https://doelen.voorbeeld.be/doel/1", True),
        ("checklist", "context", "doel 1", False),
        ("rating-scale", "result", {"min": 1, "max": 5}, True),
        ("rating-scale", "result", {"min": 1}, False),
        ("intervention", "context", {"id": "a", "date": "2026-10-05", "classes": ["3A"]}, True),
        ("intervention", "context", {"id": "a", "date": "5/10/2026", "classes": ["3A"]}, False),
    ],
)
def test_an_extension_is_held_to_its_place_and_its_schema(
    name: str, place: str, value: Any, good: bool, profiles: Profiles
) -> None:
    iri = f"{GSL}extensions/{name}"
    statement = an_example("progress-viewed")
    put(statement, f"$.{place}.extensions['{iri}']", value)
    wrong = [finding.of for finding in profiles.check(statement) if finding.of == iri]
    assert wrong == ([] if good else [iri])


def test_the_analytic_form_and_the_profile_know_the_same_extensions() -> None:
    defined = {c["id"] for c in DOCUMENT["concepts"] if c["type"].endswith("Extension")}
    read = {iri for iri in EXTENSIONS if iri.startswith(GSL)}
    assert defined == read


def test_examples_are_written_the_same_way() -> None:
    for path in EXAMPLES.values():
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
