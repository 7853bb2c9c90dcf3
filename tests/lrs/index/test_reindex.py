"""The index is droppable: rebuilt from the log it is the live one, whatever came in which order."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from lrs.app import open_parts
from lrs.commands.link_person import link_person
from lrs.commands.prepare_statements import Sender, prepare
from lrs.commands.store_statements import store_statements
from lrs.http.parts import Parts
from lrs.index.rebuild import reindex
from lrs.index.tables import TABLES
from lrs.queries.find_statements import Filters, find_statements
from lrs.statement.json_text import parse_statements
from tests.lrs.conftest import a_statement
from tests.lrs.installation import Installation

AUTHORITY = {"account": {"homePage": "http://lrs.example.org", "name": "key"}}


def id_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def voiding(number: int, target: int) -> dict[str, Any]:
    verb, reference = (
        "http://adlnet.gov/expapi/verbs/voided",
        {"objectType": "StatementRef", "id": id_of(target)},
    )
    return a_statement(id=id_of(number), verb={"id": verb}, object=reference)


plain = st.builds(
    lambda number, activity, person, timed: a_statement(
        id=id_of(number),
        actor={"mbox": f"mailto:p{person}@example.org"},
        object={"id": f"https://example.org/activities/{activity}"},
        timestamp="2026-01-01T10:00:00Z" if timed else None,
        context={"contextActivities": {"parent": [{"id": f"https://example.org/parents/{activity % 2}"}]}},
    ),
    st.integers(0, 9),
    st.integers(0, 2),
    st.integers(0, 2),
    st.booleans(),
)
# A learner's estimate of a duration: half of them break a rule of its template, by not saying how long.
estimates = st.builds(
    lambda number, said: a_statement(
        id=id_of(number),
        verb={"id": "http://id.tincanapi.com/verb/estimated-duration"},
        result={"duration": "PT1H"} if said else None,
    ),
    st.integers(25, 29),
    st.booleans(),
)
voidings = st.builds(voiding, st.integers(10, 14), st.integers(0, 14))
references = st.builds(
    lambda number, target, person: a_statement(
        id=id_of(number),
        actor={"mbox": f"mailto:p{person}@example.org"},
        object={"objectType": "StatementRef", "id": id_of(target)},
    ),
    st.integers(15, 24),
    st.integers(0, 24),
    st.integers(0, 2),
)
one_of_them = st.one_of(plain, voidings, references, estimates)
statements = st.lists(one_of_them, max_size=25)


def store(parts: Parts, *statements: dict[str, Any]) -> None:
    sender = Sender("default", "key", json.dumps(AUTHORITY), parts.keys.key(AUTHORITY))
    parsed, _ = parse_statements(json.dumps(statements).encode())
    prepared = [
        prepare(p, version="1.0.3", sender=sender, keys=parts.keys, profiles=parts.profiles) for p in parsed
    ]
    store_statements(parts.writer, prepared, skip_conflicts=True)


def contents(parts: Parts) -> dict[str, list[tuple[Any, ...]]]:
    with parts.database.reading() as connection:
        return {t.name: sorted(map(tuple, connection.execute(sa.select(t))), key=repr) for t in TABLES}


@settings(max_examples=max(20, settings.default.max_examples // 4))
@given(statements)
def test_the_index_equals_the_reindexed_index(
    installation: Installation, given: list[dict[str, Any]]
) -> None:
    with TemporaryDirectory() as folder:
        parts = open_parts(installation(Path(folder)))
        for statement in given:
            store(parts, statement)
        link_person(parts.writer, [{"mbox": "mailto:p0@example.org"}, {"mbox": "mailto:p1@example.org"}],
                    store="default", credential="test", keys=parts.keys)  # fmt: skip
        live = contents(parts)
        assert reindex(parts.database, parts.keys, parts.profiles) == len(live["analytic_form"])
        assert contents(parts) == live
        parts.database.close()


FILTERS: list[dict[str, Any]] = [
    {},
    {"activity": "https://example.org/activities/1"},
    {"activity": "https://example.org/parents/1", "related_activities": True},
    {"verb": "http://adlnet.gov/expapi/verbs/completed"},
    {"verb": "http://adlnet.gov/expapi/verbs/voided"},
    {"mbox": "mailto:p1@example.org"},
    {"mbox": "mailto:p1@example.org", "activity": "https://example.org/activities/1"},
    {"mbox": "mailto:p0@example.org", "verb": "http://adlnet.gov/expapi/verbs/completed"},
]


def found(parts: Parts, wanted: dict[str, Any]) -> list[str]:
    named = {name: value for name, value in wanted.items() if name != "mbox"}
    if "mbox" in wanted:
        named["agent_key"] = parts.keys.key({"mbox": wanted["mbox"]})
    with parts.database.reading() as connection:
        page = find_statements(connection, Filters("default", 1000, **named), snapshot=10**9)
    return sorted(json.loads(statement.text)["id"] for statement in page.statements)


def expected(statements: list[dict[str, Any]], wanted: dict[str, Any]) -> list[str]:
    """The specification's words, one statement at a time: it matches, or what it refers to does (transitively)."""
    by_id = {s["id"]: s for s in statements}

    def target_of(statement: dict[str, Any]) -> dict[str, Any] | None:
        return by_id.get(statement["object"]["id"]) if is_reference(statement) else None

    def matches(statement: dict[str, Any]) -> bool:
        activities = [] if is_reference(statement) else [statement["object"]["id"]]
        if wanted.get("related_activities"):
            kinds = statement.get("context", {}).get("contextActivities", {}).values()
            activities += [activity["id"] for kind in kinds for activity in kind]
        return (
            wanted.get("verb", statement["verb"]["id"]) == statement["verb"]["id"]
            and wanted.get("mbox", statement["actor"]["mbox"]) == statement["actor"]["mbox"]
            and ("activity" not in wanted or wanted["activity"] in activities)
        )

    def is_found(statement: dict[str, Any]) -> bool:
        seen: list[str] = []
        each: dict[str, Any] | None = statement
        while each is not None and each["id"] not in seen:
            if matches(each):
                return True
            seen.append(each["id"])
            each = target_of(each)
        return False

    voided = {s["object"]["id"] for s in statements if is_voiding(s)}
    valid = [s for s in statements if s["id"] not in voided or is_voiding(s)]
    return sorted(s["id"] for s in valid if is_found(s))


def is_reference(statement: dict[str, Any]) -> bool:
    return bool(statement["object"].get("objectType") == "StatementRef")


def is_voiding(statement: dict[str, Any]) -> bool:
    return bool(statement["verb"]["id"].endswith("voided"))


@settings(max_examples=max(20, settings.default.max_examples // 2))
@given(st.lists(one_of_them, max_size=14, unique_by=lambda s: s["id"]), st.integers(1, 14))
def test_any_order_of_arrival_gives_what_the_specification_says(
    installation: Installation, given: list[dict[str, Any]], at_once: int
) -> None:
    with TemporaryDirectory() as folder:
        parts = open_parts(installation(Path(folder)))
        for start in range(0, len(given), at_once):
            store(parts, *given[start : start + at_once])
        for wanted in FILTERS:
            assert found(parts, wanted) == expected(given, wanted), wanted
        parts.database.close()


def chain(length: int) -> list[dict[str, Any]]:
    """Each refers to the one before; the first one alone names the activity."""
    first = a_statement(id=id_of(0))
    reference = [{"objectType": "StatementRef", "id": id_of(n)} for n in range(length - 1)]
    others = [a_statement(id=id_of(n + 1), object=each) for n, each in enumerate(reference)]
    return [first, *others]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_chain_of_references_is_followed_20_deep_whichever_end_came_first(
    tmp_path: Path, installation: Installation, backwards: bool
) -> None:
    parts = open_parts(installation(tmp_path))
    for statement in reversed(chain(30)) if backwards else chain(30):
        store(parts, statement)
    assert found(parts, {"activity": "https://example.org/activities/1"}) == [id_of(n) for n in range(21)]
    parts.database.close()
