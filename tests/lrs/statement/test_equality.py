"""When a statement that comes again is the same one, and when it conflicts."""

import hashlib
import json
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.equality import equality_hash
from lrs.statement.json_text import parse_object
from tests.lrs.statement.full_statements import (
    A_GROUP,
    AN_AGENT,
    AN_ATTACHMENT,
    AN_ID,
    BEN,
    CAS,
    DINA,
    a_full_statement,
    a_sub_statement,
    about,
    put,
)


def hash_of(statement: dict[str, Any], **changes: Any) -> bytes:
    """The hash after a journey through JSON; `changes` are set at their paths, with __ for a dot."""
    changed = deepcopy(statement)
    for path, value in changes.items():
        put(changed, path.replace("__", "."), value)
    return equality_hash(parse_object(json.dumps(changed)))


SAME = [
    ("id", AN_ID.upper()),
    ("id", ...),
    ("stored", "2020-01-01T00:00:00Z"),
    ("timestamp", ...),
    ("authority", ...),
    ("version", ...),
    ("actor.name", "Somebody else"),
    ("verb.display", {"nl": "iets anders"}),
    ("object.definition", ...),
    ("object.objectType", ...),
    ("context.registration", "a1b2c3d4-0000-4000-8000-00000000000f"),
    ("context.language", "NL-be"),
    ("context.statement.id", AN_ID.upper()),
    ("context.team.name", "4C"),
    ("context.team.member", [DINA, CAS, AN_AGENT, BEN]),
    ("context.team.member.1.mbox_sha1sum", BEN["mbox_sha1sum"].upper()),
    (
        "context.contextActivities.grouping",
        [{"id": "https://example.org/courses/2"}, {"id": "https://example.org/courses/1", "definition": {}}],
    ),
    ("context.contextActivities.parent", {"id": "https://example.org/tests/1"}),
    ("context.contextActivities.category", [{"id": "https://example.org/profile"}] * 2),
    ("result.duration", "PT90.25S"),
    ("result.duration", "PT90.2599S"),
    ("result.score.raw", 5.0),
    ("attachments.0.sha2", AN_ATTACHMENT["sha2"].upper()),  # type: ignore[attr-defined]
]
DIFFERENT = [
    ("actor", BEN),
    ("actor.mbox", "mailto:AN@example.org"),
    ("actor", {"objectType": "Group", **BEN}),
    ("verb.id", "http://adlnet.gov/expapi/verbs/asked"),
    ("object.id", "https://example.org/questions/2"),
    ("object", {"objectType": "StatementRef", "id": AN_ID}),
    ("object", AN_AGENT),
    ("result", ...),
    ("result.success", False),
    ("result.success", ...),
    ("result.response", "A[.]1"),
    ("result.score.raw", 5.000001),
    ("result.duration", "PT90.26S"),
    ("result.extensions", {"https://example.org/ext": False}),
    ("context", ...),
    ("context.registration", AN_ID),
    ("context.platform", "leerplein"),
    ("context.team.member", [DINA, CAS, AN_AGENT]),
    ("context.team", {**A_GROUP, "mbox": "mailto:team@example.org"}),
    ("context.instructor", BEN),
    ("context.contextActivities.parent", [{"id": "https://example.org/tests/2"}]),
    ("context.contextActivities", {"other": [{"id": "https://example.org/tests/1"}]}),
    ("attachments", ...),
    ("attachments.0.length", 28),
    ("attachments.0.display", {"nl": "Ander opstel"}),
]


@pytest.mark.parametrize(("path", "value"), SAME)
def test_what_the_store_sets_or_may_replace_is_no_difference(path: str, value: Any) -> None:
    statement = a_full_statement()
    assert hash_of(statement, **{path: value}) == hash_of(statement)


@pytest.mark.parametrize(("path", "value"), DIFFERENT)
def test_anything_else_is_a_difference(path: str, value: Any) -> None:
    statement = a_full_statement()
    assert hash_of(statement, **{path: value}) != hash_of(statement)


INSIDE_TOO = [
    row
    for row in SAME + DIFFERENT
    if row[0] not in ("id", "stored", "authority", "version", "timestamp", "object")
]


@pytest.mark.parametrize(("path", "value"), INSIDE_TOO)
def test_a_sub_statement_is_compared_as_a_statement_is(path: str, value: Any) -> None:
    statement = about(a_sub_statement())
    is_same = hash_of(statement, **{f"object.{path}": value}) == hash_of(statement)
    assert is_same == ((path, value) in SAME)


def test_the_timestamp_of_a_sub_statement_is_a_moment() -> None:
    statement = about(a_sub_statement())
    assert hash_of(statement, object__timestamp="2026-11-23T09:00:00.123Z") == hash_of(statement)
    assert hash_of(statement, object__timestamp="2026-11-23T09:00:00.124Z") != hash_of(statement)
    assert hash_of(statement, object__timestamp=...) != hash_of(statement)


def test_context_agents_and_groups_have_no_order() -> None:
    statement = a_full_statement("2.0.0")
    buddy, coach = ({"objectType": "contextAgent", "agent": agent} for agent in (BEN, DINA))
    one = hash_of(statement, context__contextAgents=[buddy, coach])
    assert one == hash_of(statement, context__contextAgents=[coach, buddy])
    assert one != hash_of(statement, context__contextAgents=[buddy])
    types = ["https://example.org/a", "https://example.org/b"]
    one = hash_of(
        statement,
        context__contextGroups=[{"objectType": "contextGroup", "group": A_GROUP, "relevantTypes": types}],
    )
    swapped = {**A_GROUP, "member": A_GROUP["member"][::-1]}
    other = [{"objectType": "contextGroup", "group": swapped, "relevantTypes": types[::-1]}]
    assert one == hash_of(statement, context__contextGroups=other)


@pytest.mark.parametrize(
    ("one", "other", "are_equal"),
    [
        ("P1W", "P7D", True),
        ("P1W", "P2W", False),
        ("PT60S", "PT1M", True),
        ("P1Y", "P12M", True),
        ("P1M", "P30D", False),
        ("PT0.29S", "PT0.28S", False),
        ("PT0.29S", "PT0,290S", True),
        ("PT1.004S", "PT1.009S", True),
        ("PT1.009S", "PT1.01S", False),
    ],
)
def test_durations_are_compared_to_a_hundredth_of_a_second(one: str, other: str, are_equal: bool) -> None:
    statement = a_full_statement()
    assert (
        hash_of(statement, result__duration=one) == hash_of(statement, result__duration=other)
    ) == are_equal


@pytest.mark.parametrize(
    "texts",
    [
        ["1", "1.0", "1e0", "10e-1", "1.000000000000000000000000000000000000"],
        ["0", "-0", "0.0", "-0e7", "0E-999999999"],
        ["-2.5", "-25e-1"],
        ["1000000000000000000", "1e18"],
        ["18446744073709551616", "1.8446744073709551616e19"],
        ["12345678901234567890", "12345678901234567890.0"],
        ["12345678901234567891"],
        ["1e400", "10e399", "1" + "0" * 400],
        ["1e401"],
        ["1e-400", "0.1e-399"],
        ["1e999999999999", "10e999999999998"],
        ["0.1", "0.10"],
        ["0.1000000000000000055511151231257827"],
        ['"1"'],
        ["true"],
        ["[1]"],
        ['{"1":1}'],
    ],
)
def test_numbers_are_compared_by_value_and_with_nothing_else(texts: list[str]) -> None:
    def hash_with(text: str) -> bytes:
        plain = json.dumps(a_full_statement())
        return equality_hash(
            parse_object(
                plain.replace('"https://example.org/ext": null', f'"https://example.org/ext": {text}')
            )
        )

    hashes = {hash_with(text) for text in texts}
    assert len(hashes) == 1
    assert not hashes & {hash_with(text) for text in ("2", '"1E+400"', "null", "[true]", '{"1":2}', "1E+402")}


integers = st.integers(-(10**30), 10**30)


@given(integers, st.integers(0, 5), integers)
def test_an_integer_equals_its_decimal_and_no_other(number: int, zeros: int, other: int) -> None:
    def hash_with(value: Any) -> bytes:
        return equality_hash({**a_full_statement(), "result": {"score": {"raw": value}}})

    assert (
        hash_with(number)
        == hash_with(Decimal(f"{number}.{'0' * zeros}"))
        == hash_with(Decimal(f"{number}0e-1"))
    )
    assert (hash_with(number) == hash_with(other)) == (number == other)


@given(st.randoms(use_true_random=False), st.sampled_from(["1.0.3", "2.0.0"]), st.booleans())
def test_order_counts_only_where_a_list_has_one(order: Any, version: str, is_nested: bool) -> None:
    statement = about(a_sub_statement(version), version) if is_nested else a_full_statement(version)
    assert equality_hash(_shuffled(statement, order)) == equality_hash(statement)


def _shuffled(value: Any, order: Any, name: str = "") -> Any:
    """The value with its objects' members and its unordered lists in another order."""
    if isinstance(value, dict):
        members = [(each, _shuffled(member, order, each)) for each, member in value.items()]
        order.shuffle(members)
        return dict(members)
    if isinstance(value, list):
        found = [_shuffled(each, order) for each in value]
        if name in ("member", "parent", "grouping", "category", "other", "contextAgents", "contextGroups"):
            order.shuffle(found)
        return found
    return value


def test_a_list_in_an_extension_has_an_order() -> None:
    statement = a_full_statement()
    one, other = ({"https://example.org/ext": {"member": list(members)}} for members in ([1, 2], [2, 1]))
    assert hash_of(statement, result__extensions=one) != hash_of(statement, result__extensions=other)


def test_a_mailbox_and_its_sha1_are_one_agent() -> None:
    statement = a_full_statement()
    sha1 = hashlib.sha1(b"mailto:an@example.org").hexdigest()  # noqa: S324
    assert hash_of(statement, actor={"mbox_sha1sum": sha1}) == hash_of(statement)
    assert len(hash_of(statement)) == 16
