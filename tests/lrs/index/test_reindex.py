"""The index is droppable: rebuilt from the log it is the live one, whatever came in which order."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

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
from lrs.settings import Settings
from lrs.statement.json_text import parse_statements
from tests.lrs.conftest import a_statement

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
voidings = st.builds(voiding, st.integers(10, 14), st.integers(0, 14))
statements = st.lists(st.one_of(plain, voidings), max_size=25)


def store(parts: Parts, statement: dict[str, Any]) -> None:
    sender = Sender("default", "key", json.dumps(AUTHORITY), parts.keys.key(AUTHORITY))
    parsed, _ = parse_statements(json.dumps(statement).encode())
    prepared = prepare(parsed[0], version="1.0.3", sender=sender, keys=parts.keys)
    store_statements(parts.writer, [prepared], skip_conflicts=True)


def contents(parts: Parts) -> dict[str, list[tuple[Any, ...]]]:
    with parts.database.reading() as connection:
        return {t.name: sorted(map(tuple, connection.execute(sa.select(t))), key=repr) for t in TABLES}


def found(parts: Parts) -> set[str]:
    with parts.database.reading() as connection:
        page = find_statements(connection, Filters("default", 1000), snapshot=10**9)
    return {json.loads(statement.text)["id"] for statement in page.statements}


@settings(max_examples=25, deadline=None)
@given(statements)
def test_the_index_equals_the_reindexed_index(given: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as folder:
        parts = open_parts(Settings(home=Path(folder)))
        for statement in given:
            store(parts, statement)
        link_person(parts.writer, [{"mbox": "mailto:p0@example.org"}, {"mbox": "mailto:p1@example.org"}],
                    store="default", credential="test", keys=parts.keys)  # fmt: skip
        live = contents(parts)
        assert reindex(parts.database, parts.keys) == len(live["analytic_form"])
        assert contents(parts) == live
        parts.database.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(plain, voidings), max_size=12, unique_by=lambda s: s["id"]), st.randoms())
def test_any_order_of_arrival_gives_the_same_valid_statements(
    given: list[dict[str, Any]], shuffle: Any
) -> None:
    other = list(given)
    shuffle.shuffle(other)
    answers = []
    for order in (given, other):
        with TemporaryDirectory() as folder:
            parts = open_parts(Settings(home=Path(folder)))
            for statement in order:
                store(parts, statement)
            answers.append(found(parts))
            parts.database.close()
    assert answers[0] == answers[1]
