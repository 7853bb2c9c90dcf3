"""Ask the published files: every table by its bare name, whichever of the two files it lies in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from lrs.settings import Settings
from projections.publish import LEARNERS, SCHOOLS, published_folder


class NothingPublished(RuntimeError):
    """The store has no published files yet; the text says how to make them."""


class Answer(NamedTuple):
    """Column names and rows."""

    columns: list[str]
    rows: Sequence[tuple[Any, ...]]


def open_published(settings: Settings, store: str) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory with both published files attached, read-only. Raises NothingPublished."""
    folder = published_folder(settings, store)
    connection = duckdb.connect()
    for name in (SCHOOLS, LEARNERS):
        link = folder / f"{name}.duckdb"
        if not link.exists():
            raise NothingPublished(
                f"store {store} has nothing published yet: "
                "start `lrs up`, or run `lrs project run --once` and `lrs publish`"
            )
        # The real path: DuckDB keeps an opened file by its path, and would give the old rows after a new publication.
        path = str(Path(link).resolve()).replace("'", "''")
        connection.execute(f"attach '{path}' as {name} (read_only)")
    connection.execute(f"use {LEARNERS}")
    connection.execute(f"set search_path = '{LEARNERS},{SCHOOLS}'")
    return connection


def query(settings: Settings, sql: str, store: str) -> Answer:
    """Run one query over the published files. Raises duckdb.Error, NothingPublished."""
    connection = open_published(settings, store)
    try:
        result = connection.execute(_show_tables(sql))
        columns = [column[0] for column in result.description or []]
        return Answer(columns, result.fetchall())
    finally:
        connection.close()


def _show_tables(sql: str) -> str:
    """`show tables` of both files, with what a row of each is; anything else as it stands."""
    if " ".join(sql.lower().split()).rstrip("; ") != "show tables":
        return sql
    return (
        "select table_name as name, comment as meaning from duckdb_tables() "
        f"where schema_name = 'main' and database_name in ('{LEARNERS}', '{SCHOOLS}') "
        "union select view_name, comment from duckdb_views() where schema_name = 'main' and not internal "
        f"and database_name in ('{LEARNERS}', '{SCHOOLS}') order by all"
    )
