"""The profile follows the rules that the xAPI Profiles specification 1.0 has for its authors."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from lrs.profile.location import Location
from lrs.statement.iri import is_iri
from schemas.xapi.profiles.gsl_authoring.document import FILE, text
from tests.schemas.xapi.profiles.examples import DOCUMENT

PROFILE = "https://w3id.org/xapi/gsl"
# The properties that the specification's JSON-LD context knows (xAPI Profiles 1.0, Structure).
TERMS = {
    "@context", "id", "type", "prefLabel", "definition", "nl", "en", "fr", "conformsTo", "seeAlso",
    "versions", "author", "name", "url", "concepts", "templates", "patterns", "generatedAtTime",
    "wasRevisionOf", "inScheme", "deprecated", "broader", "broadMatch", "narrower", "narrowMatch",
    "related", "relatedMatch", "exactMatch", "recommendedActivityTypes", "recommendedVerbs", "context",
    "schema", "inlineSchema", "activityDefinition", "verb", "objectActivityType",
    "contextGroupingActivityType", "contextParentActivityType", "contextOtherActivityType",
    "contextCategoryActivityType", "attachmentUsageType", "objectStatementRefTemplate",
    "contextStatementRefTemplate", "rules", "location", "selector", "presence", "any", "all", "none",
    "scopeNote", "primary", "alternates", "optional", "oneOrMore", "sequence", "zeroOrMore", "contentType",
}  # fmt: skip
CONCEPTS, TEMPLATES, PATTERNS = DOCUMENT["concepts"], DOCUMENT["templates"], DOCUMENT["patterns"]
PARTS = [*CONCEPTS, *TEMPLATES, *PATTERNS]
EXTENSIONS = [concept for concept in CONCEPTS if concept["type"].endswith("Extension")]
RULES = [(template["id"], rule) for template in TEMPLATES for rule in template.get("rules", ())]
KINDS_OF_PATTERN = ("sequence", "alternates", "oneOrMore", "zeroOrMore", "optional")


def everything(value: Any, path: str = "$") -> Iterator[tuple[str, Any]]:
    """Each value in the document with its path."""
    yield path, value
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        yield from everything(member, f"{path}.{key}")


def members(pattern: dict[str, Any]) -> list[str]:
    [kind] = [kind for kind in KINDS_OF_PATTERN if kind in pattern]
    return pattern[kind] if isinstance(pattern[kind], list) else [pattern[kind]]


def test_the_file_is_what_its_authors_files_give() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "python -m schemas.xapi.profiles.gsl_authoring"


def test_it_says_what_it_is_and_which_specification_it_conforms_to() -> None:
    assert DOCUMENT["@context"] == "https://w3id.org/xapi/profiles/context"
    assert (DOCUMENT["id"], DOCUMENT["type"]) == (PROFILE, "Profile")
    assert DOCUMENT["conformsTo"] == "https://w3id.org/xapi/profiles#1.0"
    assert DOCUMENT["author"]["type"] in ("Organization", "Person") and DOCUMENT["author"]["name"]


def test_no_value_is_null_or_empty() -> None:
    assert [path for path, value in everything(DOCUMENT) if value in (None, "") or value in ({}, [])] == []


def test_every_property_is_a_term_of_the_json_ld_context() -> None:
    used = {name for _, value in everything(DOCUMENT) if isinstance(value, dict) for name in value}
    assert used <= TERMS


def test_ids_are_unique_absolute_and_lie_inside_the_profile() -> None:
    ids = [part["id"] for part in PARTS] + [version["id"] for version in DOCUMENT["versions"]] + [PROFILE]
    assert len(ids) == len(set(ids))
    assert all(is_iri(each) and (each == PROFILE or each.startswith(PROFILE + "/")) for each in ids)


def test_versions_are_dated_and_each_but_the_first_names_what_it_revises() -> None:
    versions = sorted(DOCUMENT["versions"], key=lambda version: str(version["generatedAtTime"]))
    known = {version["id"] for version in versions}
    assert "wasRevisionOf" not in versions[0]
    assert all(set(version["wasRevisionOf"]) <= known for version in versions[1:])


def test_every_part_is_in_the_scheme_of_the_latest_version() -> None:
    latest = max(DOCUMENT["versions"], key=lambda version: str(version["generatedAtTime"]))
    assert {part["inScheme"] for part in PARTS} == {latest["id"]}


def test_labels_and_definitions_are_in_dutch_english_and_french() -> None:
    maps = [
        value
        for path, value in everything(DOCUMENT)
        if path.endswith(("prefLabel", "definition", "scopeNote"))
    ]
    assert len(maps) > 200
    assert all(set(each) == {"nl", "en", "fr"} for each in maps)
    assert [
        part["id"] for part in [*CONCEPTS, *TEMPLATES] if not {"prefLabel", "definition"} <= set(part)
    ] == []


@pytest.mark.parametrize(
    ("kinds", "allowed"),
    [
        ({"Verb", "ActivityType"}, {"broadMatch", "relatedMatch"}),
        ({"ContextExtension", "ResultExtension"}, {"recommendedVerbs", "inlineSchema"}),
        ({"ActivityExtension"}, {"recommendedActivityTypes", "inlineSchema"}),
    ],
)
def test_a_concept_has_only_the_properties_of_its_type(kinds: set[str], allowed: set[str]) -> None:
    allowed = allowed | {"id", "type", "inScheme", "prefLabel", "definition"}
    found = [concept for concept in CONCEPTS if concept["type"] in kinds]
    assert found
    assert [concept["id"] for concept in found if not set(concept) <= allowed] == []


def test_matches_of_a_concept_are_concepts_of_other_profiles() -> None:
    names = [iri for c in CONCEPTS for kind in ("broadMatch", "relatedMatch") for iri in c.get(kind, ())]
    assert names
    assert [iri for iri in names if not is_iri(iri) or iri.startswith(PROFILE)] == []


def test_what_the_profile_names_of_its_own_is_defined_in_it() -> None:
    defined = {part["id"] for part in PARTS} | {version["id"] for version in DOCUMENT["versions"]} | {PROFILE}
    named = {
        value for _, value in everything(DOCUMENT) if isinstance(value, str) and value.startswith(PROFILE)
    }
    in_rules = {name for _, rule in RULES for name in rule["location"].split("'") if name.startswith(PROFILE)}
    assert in_rules
    assert (named | in_rules) - defined == set()


def test_a_template_has_determining_properties_and_no_two_have_the_same() -> None:
    properties = ("verb", "objectActivityType", "contextParentActivityType", "contextCategoryActivityType")
    determined = [tuple(str(template.get(name)) for name in properties) for template in TEMPLATES]
    assert all(any(value != "None" for value in each) for each in determined)
    assert len(determined) == len(set(determined))
    assert not [t for t in TEMPLATES if "objectStatementRefTemplate" in t and "objectActivityType" in t]


def test_references_between_templates_are_to_templates_of_this_version() -> None:
    ids = {template["id"] for template in TEMPLATES}
    named = [iri for template in TEMPLATES for iri in template.get("contextStatementRefTemplate", ())]
    assert named and set(named) <= ids


@pytest.mark.parametrize(("template", "rule"), RULES)
def test_a_rule_is_well_formed(template: str, rule: dict[str, Any]) -> None:
    Location(rule["location"])
    assert rule.keys() & {"presence", "any", "all", "none"}
    assert rule.get("presence", "included") in ("included", "excluded", "recommended")
    assert not (rule.get("presence") == "excluded" and rule.keys() & {"any", "all", "none"})


@pytest.mark.parametrize(
    "extension", EXTENSIONS, ids=lambda extension: str(extension["id"].rsplit("/", 1)[1])
)
def test_an_inline_schema_is_a_valid_draft_07_schema(extension: dict[str, Any]) -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(extension["inlineSchema"]))


def test_a_pattern_has_exactly_one_kind_of_members_and_a_primary_one_words() -> None:
    ids = {part["id"] for part in [*TEMPLATES, *PATTERNS]}
    for pattern in PATTERNS:
        assert sum(kind in pattern for kind in KINDS_OF_PATTERN) == 1, pattern["id"]
        assert set(members(pattern)) <= ids
        if "sequence" in pattern or "alternates" in pattern:
            assert len(members(pattern)) >= 2
        if pattern.get("primary"):
            assert {"prefLabel", "definition"} <= set(pattern)


def test_no_pattern_includes_itself_at_any_depth() -> None:
    by_id = {pattern["id"]: pattern for pattern in PATTERNS}

    def parts(name: str, above: frozenset[str]) -> set[str]:
        assert name not in above
        inner = members(by_id[name]) if name in by_id else []
        return {name}.union(*(parts(each, above | {name}) for each in inner))

    used = set().union(*(parts(p["id"], frozenset()) for p in PATTERNS if p.get("primary")))
    assert set(by_id) <= used  # and none is left over


def test_alternates_have_nothing_directly_in_them_that_may_be_absent() -> None:
    by_id = {pattern["id"]: pattern for pattern in PATTERNS}
    inner = [by_id[name] for p in PATTERNS for name in p.get("alternates", ()) if name in by_id]
    assert not [pattern["id"] for pattern in inner if {"optional", "zeroOrMore"} & set(pattern)]
