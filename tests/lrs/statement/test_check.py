"""Which statements are refused, where and by which rule; and that nothing else is."""

from copy import deepcopy
from typing import Any

import pytest

from lrs.statement.check import InvalidStatement, check_agent, check_statement
from lrs.statement.json_text import parse_object
from tests.lrs.statement.full_statements import (
    A_GROUP,
    A_QUESTION,
    AN_AGENT,
    AN_ID,
    AN_IDENTIFIED_GROUP,
    AN_OAUTH_GROUP,
    BEN,
    CAS,
    DINA,
    VERSIONS,
    VOIDED,
    a_full_statement,
    a_sub_statement,
    about,
    put,
)

LANGUAGE_TAGS = (
    "nl", "nl-BE", "vgt", "EN-us", "es-419", "zh-Hant-HK", "zh-min-nan", "sl-rozaj-biske", "de-CH-1901",
    "en-a-bbb-x-ccc", "x-dialect", "i-klingon", "sgn-BE-NL", "en-GB-oed",
)  # fmt: skip
both = pytest.mark.parametrize("version", VERSIONS)


def refusal(value: Any, version: str) -> InvalidStatement:
    with pytest.raises(InvalidStatement) as caught:
        check_statement(value, version)
    return caught.value


def changed(path: str, new: Any, version: str = "1.0.3") -> dict[str, Any]:
    statement = a_full_statement(version)
    put(statement, path, deepcopy(new))
    return statement


@both
@pytest.mark.parametrize(
    "thing",
    [
        A_QUESTION,
        {"id": "urn:isbn:9789"},
        AN_AGENT,
        A_GROUP,
        AN_IDENTIFIED_GROUP,
        {"objectType": "StatementRef", "id": AN_ID},
    ],
)
def test_a_statement_that_uses_every_member_is_accepted(version: str, thing: dict[str, Any]) -> None:
    check_statement(about(thing, version), version)


@both
def test_a_sub_statement_that_uses_every_member_is_accepted(version: str) -> None:
    check_statement(about(a_sub_statement(version), version), version)


@both
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("actor", {"objectType": "Group", "mbox": "mailto:team@example.org"}),
        ("actor", {**AN_IDENTIFIED_GROUP, "member": []}),
        ("actor.mbox", "mailto:Zoë.O'Neill+x@École.example"),
        ("authority", AN_OAUTH_GROUP),
        ("authority", ...),
        ("verb.display", {}),
        ("verb.display", dict.fromkeys(LANGUAGE_TAGS, "x")),
        ("object.id", "urn:uuid:7d4f3c70-1e79-4243-9b7d-166076ce8bfb"),
        ("object.id", "course-v1:FUN-MOOC+00002+session01"),
        ("object.id", "https://example.org/vóór?q=ü#é"),
        ("object.definition.correctResponsesPattern", []),
        ("object.definition.extensions", {}),
        ("result.score", {"raw": -3}),
        ("result.score", {"scaled": -1, "raw": 10, "max": 10}),
        ("result.extensions", {"https://example.org/e": None}),
        ("context.contextActivities.parent", {"id": "https://example.org/alone"}),
        ("context.contextActivities", {}),
        ("context.instructor", A_GROUP),
        ("context.team", AN_IDENTIFIED_GROUP),
        ("attachments", []),
        ("attachments.0.contentType", 'multipart/x-mixed; boundary="a b"'),
        ("attachments.0.fileUrl", ...),
        ("attachments.0.length", 0),
        ("version", "1.0"),
        ("version", "1.0.9"),
        ("timestamp", "2999-01-01T00:00:00Z"),
        ("id", AN_ID.upper()),
    ],
)  # fmt: skip
def test_these_are_accepted_too(version: str, path: str, value: Any) -> None:
    check_statement(changed(path, value, version), version)


@both
@pytest.mark.parametrize("value", [None, 1, "statement", [], [{}]])
def test_a_statement_is_an_object(version: str, value: Any) -> None:
    assert refusal(value, version).path == "$"


@both
@pytest.mark.parametrize("name", ["id", "stored", "version", "authority"])
def test_a_sub_statement_has_nothing_that_the_store_sets(version: str, name: str) -> None:
    sub = {**a_sub_statement(version), name: a_full_statement(version)[name]}
    error = refusal(about(sub, version), version)
    assert (error.rule, error.path) == ("unknown-property", "$.object")


@both
def test_a_sub_statement_holds_no_sub_statement(version: str) -> None:
    inner = a_sub_statement(version)
    error = refusal(about({**inner, "object": inner}, version), version)
    assert (error.rule, error.path) == ("object-type", "$.object.object.objectType")


@both
@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("actor.mbox", "an", "mbox"),
        ("result.score.raw", 11, "score-range"),
        ("result.duration", "P1", "duration"),
        ("timestamp", "today", "timestamp"),
        ("object.definition.source", [{"id": "a"}, {"id": "a"}], "component-ids"),
        ("context.language", "a_b", "language-tag"),
        ("attachments.0.length", ..., "missing-property"),
    ],
)
def test_a_sub_statement_keeps_the_rules_of_a_statement(
    version: str, path: str, value: Any, rule: str
) -> None:
    sub = a_sub_statement(version)
    put(sub, path, value)
    error = refusal(about(sub, version), version)
    assert error.rule == rule
    assert error.path.startswith("$.object.")


@both
def test_context_activities_keep_the_rules_of_activities(version: str) -> None:
    repeated = deepcopy(A_QUESTION)
    put(repeated, "definition.target", [{"id": "1"}, {"id": "1"}])
    error = refusal(changed("context.contextActivities.grouping", [A_QUESTION, repeated], version), version)
    assert error.path == "$.context.contextActivities.grouping[1].definition.target"
    error = refusal(changed("context.contextActivities.category", repeated, version), version)
    assert error.path == "$.context.contextActivities.category.definition.target"


@both
@pytest.mark.parametrize("name", ["revision", "platform"])
@pytest.mark.parametrize("thing", [AN_AGENT, A_GROUP, {"objectType": "StatementRef", "id": AN_ID}])
def test_revision_and_platform_are_for_activities(version: str, name: str, thing: dict[str, Any]) -> None:
    statement = about(thing, version)
    statement["context"][name] = "x"
    assert refusal(statement, version).path == f"$.context.{name}"
    inner = {**a_sub_statement(version), "object": thing, "context": {name: "x"}}
    assert refusal(about(inner, version), version).path == f"$.object.context.{name}"


@both
@pytest.mark.parametrize("thing", [A_QUESTION, AN_AGENT])
def test_a_voiding_statement_is_about_a_statement_ref(version: str, thing: dict[str, Any]) -> None:
    voiding = {"actor": AN_AGENT, "verb": {"id": VOIDED}, "object": thing}
    assert refusal(voiding, version).rule == "voiding-object"
    check_statement({**voiding, "object": {"objectType": "StatementRef", "id": AN_ID}}, version)


@pytest.mark.parametrize("name", ["contextAgents", "contextGroups"])
def test_context_agents_and_groups_are_of_version_2(name: str) -> None:
    statement = a_full_statement("2.0.0") | {"version": "1.0.0"}
    check_statement(statement, "2.0.0")
    assert refusal(statement, "1.0.3").rule == "unknown-property"


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("contextAgents", {}, "type"),
        ("contextAgents.0.objectType", "Agent", "object-type"),
        ("contextAgents.0.objectType", ..., "missing-property"),
        ("contextAgents.0.agent", ..., "missing-property"),
        ("contextAgents.0.agent", A_GROUP, "object-type"),
        ("contextAgents.0.relevantTypes", [], "empty-list"),
        ("contextAgents.0.relevantTypes", ["buddy"], "iri"),
        ("contextAgents.0.role", "buddy", "unknown-property"),
        ("contextGroups.0.objectType", "Group", "object-type"),
        ("contextGroups.0.group", AN_AGENT, "object-type"),
        ("contextGroups.0.group", {"objectType": "Group"}, "anonymous-group"),
        ("contextGroups.0.relevantTypes", "x:y", "type"),
    ],
)
def test_context_agents_and_groups_have_their_rules(path: str, value: Any, rule: str) -> None:
    assert refusal(changed(f"context.{path}", value, "2.0.0"), "2.0.0").rule == rule


@pytest.mark.parametrize(
    ("text", "accepted_in"),
    [
        ("2026-11-23T10:00:00Z", {"1.0.3", "2.0.0"}),
        ("2026-11-23T10:00:00.123456789+01:00", {"1.0.3", "2.0.0"}),
        ("2026-11-23t10:00:00z", {"1.0.3", "2.0.0"}),
        ("2026-11-23 10:00:00Z", {"2.0.0"}),
        ("2026-11-23T10:00:00", {"1.0.3"}),
        ("2026-11-23T10:00Z", {"1.0.3"}),
        ("2026-11-23T10:00:00+0100", {"1.0.3"}),
        ("20261123T100000Z", {"1.0.3"}),
        ("2026-11-23T10:00:00,5Z", {"1.0.3"}),
    ],
)
def test_version_2_asks_for_the_timestamps_of_rfc_3339(text: str, accepted_in: set[str]) -> None:
    for version in VERSIONS:
        statement = changed("timestamp", text, version)
        if version in accepted_in:
            check_statement(statement, version)
        else:
            assert refusal(statement, version).rule == "timestamp"


def test_a_version_1_request_takes_no_version_2_statement() -> None:
    assert refusal(changed("version", "2.0.0"), "1.0.3").rule == "version"
    check_statement(changed("version", "2.0.1", "2.0.0"), "2.0.0")


@both
def test_scores_of_any_size_and_precision_are_compared_exactly(version: str) -> None:
    score = '{"min": 0, "raw": 1e400, "max": 1.0000000000000000000000001e400}'
    statement = changed("result.score", parse_object(score), version)
    check_statement(statement, version)
    statement["result"]["score"] = parse_object('{"raw": 20000000000000000001, "max": 20000000000000000000}')
    assert refusal(statement, version).rule == "score-range"
    statement["result"]["score"] = parse_object('{"scaled": 1.00000000000000000000000000000000001}')
    assert refusal(statement, version).rule == "number-range"


@both
def test_a_refusal_is_short_and_repeats_no_whole_object(version: str) -> None:
    long = "x" * 10_000
    for path, value in (
        ("actor", {"name": long}),
        ("id", long),
        ("object", [long]),
        (long, 1),
        ("result", long),
    ):
        assert len(refusal(changed(path, value, version), version).message) < 200
    assert long[:200] not in refusal(changed("actor", {"name": long}, version), version).message


def test_an_agent_parameter_names_somebody() -> None:
    for agent in (AN_AGENT, BEN, CAS, DINA, AN_IDENTIFIED_GROUP):
        check_agent(agent)
    for nobody in (A_GROUP, {"objectType": "Group"}, {}, {"name": "An"}, {**BEN, **CAS}, "An", None):
        with pytest.raises(InvalidStatement):
            check_agent(nobody)
