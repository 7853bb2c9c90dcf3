"""A school in a few words, for tests of school views."""

from collections.abc import Iterable
from typing import Any

import duckdb

from tests.projections.a_statement import a_statement

Rows = list[tuple[Any, ...]]


def in_school(verb: str, thing: str, at: str, **more: Any) -> dict[str, Any]:
    """A statement at the school `north`; another one when `school` says so."""
    return a_statement(verb, thing, at, **{"school": "north", **more})


def weeks_closed(until: str = "2025-09-08 08:00") -> dict[str, Any]:
    """Somebody at another school does something, so that the school weeks before that moment are closed."""
    return a_statement("experienced", "lesson:elsewhere", until, by="somebody", school="elsewhere")


def people(count: int, first: int = 1) -> list[str]:
    return [f"p{number:02d}" for number in range(first, first + count)]


def present(names: Iterable[str], at: str = "2025-09-01 09:00", **more: Any) -> list[dict[str, Any]]:
    """They did something at school, no more."""
    return [in_school("experienced", "lesson:1", at, by=name, **more) for name in names]


def rows(warehouse: duckdb.DuckDBPyConnection, view: str, columns: str, where: str = "true") -> Rows:
    """What a view says of the school `north`, in order."""
    return warehouse.execute(
        f"select {columns} from {view} where school_key = 'north' and {where} order by all"
    ).fetchall()
