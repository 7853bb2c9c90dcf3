"""A table from a projection: whole, appended to, or only the touched learners' rows."""

import importlib.util
from collections.abc import Iterable, Sequence
from typing import Any

import duckdb

from projections.catalog import BATCH, Projection

TOUCHED = "touched_learner"


def create(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    """Make the projection's empty table, or its view, with its descriptions; an older one of that name goes.

    Raises duckdb.Error when the select does not run, ValueError when a column is not described or is missing.
    """
    name = projection.name
    drop(connection, name)
    if projection.kind == "batch":
        return
    if projection.kind == "view":
        connection.execute(f"create view {name} as {projection.body}")
    elif projection.is_python:
        _create_from_arrow(connection, projection)
    else:
        first = projection.header.get("starts as", projection.body)
        connection.execute(f"create table {name} as select * from ({first}\n) as made limit 0")
    _describe(connection, projection)


def drop(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    query = (
        "select table_type from information_schema.tables "
        "where table_catalog = current_database() and table_schema = 'main' and table_name = ?"
    )
    for (kind,) in connection.execute(query, [name]).fetchall():
        connection.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {name}")


def fill_whole(connection: duckdb.DuckDBPyConnection, projection: Projection) -> bool:
    """Make the table's rows anew from all it reads; returns whether that changed anything."""
    name, draft = projection.name, f"whole_{projection.name}"
    with_rows = _run(connection, projection, draft)
    changed = connection.execute(
        f"select exists (from {with_rows} except all from {name}) or exists (from {name} except all from {with_rows})"
    ).fetchall()[0][0]
    if changed:
        connection.execute(f"delete from {name}")
        connection.execute(f"insert into {name} by name from {with_rows}")
    connection.execute(f"drop table temp.{draft}")
    return bool(changed)


def refill(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    """Make a table's rows anew without asking whether they changed: after a rebuild or a change of its file."""
    if projection.is_python:
        fill_whole(connection, projection)
        return
    connection.execute(f"delete from {projection.name}")
    connection.execute(f"insert into {projection.name} by name {projection.body}")


def append(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    """Add the rows that the batch gives, or make the batch's own table."""
    if projection.kind == "batch":
        connection.execute(f"create or replace temp table {projection.name} as {projection.body}")
    else:
        connection.execute(f"insert into {projection.name} by name {projection.body}")


def fill_touched(
    connection: duckdb.DuckDBPyConnection, projection: Projection, shadows: dict[str, str]
) -> None:
    """Make the touched learners' rows anew.

    The select runs as it stands, but each table in `shadows` (name -> temp table) is seen through a copy that holds
    the touched learners' statements only. What it then says of learners who are not touched, such as the other
    members of a group, is incomplete and left out.
    """
    name, draft = projection.name, f"touched_{projection.name}"
    seen = ", ".join(
        f"{each} as (from temp.{copy})" for each, copy in shadows.items() if each in projection.reads
    )
    connection.execute(
        f"create or replace temp table {draft} as {'with ' + seen if seen else ''} "
        f"select * from ({projection.body}\n) as made where learner_key in (from temp.{TOUCHED})"
    )
    connection.execute(f"delete from {name} where learner_key in (from temp.{TOUCHED})")
    connection.execute(f"insert into {name} by name from temp.{draft}")


def copy_touched(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> dict[str, str]:
    """Copies of tables and views that have positions, of the statements in which a touched learner takes part."""
    copies = {}
    for name in names:
        copies[name] = f"touched_{name}"
        connection.execute(
            f"create or replace temp table touched_{name} as "
            f"from {name} where position in (from temp.touched_position)"
        )
    return copies


def drop_drafts(connection: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select table_name from information_schema.tables where table_catalog = 'temp' and table_name != ?"
    )
    for (name,) in connection.execute(query, [BATCH]).fetchall():
        connection.execute(f"drop table temp.{name}")


def _run(connection: duckdb.DuckDBPyConnection, projection: Projection, draft: str) -> str:
    if not projection.is_python:
        connection.execute(f"create or replace temp table {draft} as {projection.body}")
        return f"temp.{draft}"
    connection.register("made_in_python", _project(connection, projection))
    connection.execute(f"create or replace temp table {draft} as from made_in_python")
    connection.unregister("made_in_python")
    return f"temp.{draft}"


def _project(connection: duckdb.DuckDBPyConnection, projection: Projection) -> Any:
    """Call a .py projection: Arrow in, Arrow out."""
    spec = importlib.util.spec_from_file_location(f"projections._loaded.{projection.name}", projection.path)
    assert spec is not None and spec.loader is not None  # noqa: S101  a .py file has both
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    inputs = {name: connection.sql(f"from {name}").to_arrow_table() for name in projection.reads}
    return module.project(inputs)


def _create_from_arrow(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    connection.register("made_in_python", _project(connection, projection))
    connection.execute(f"create table {projection.name} as from made_in_python limit 0")
    connection.unregister("made_in_python")


def _describe(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    name = projection.name
    query = (
        "select column_name from information_schema.columns "
        "where table_catalog = current_database() and table_schema = 'main' and table_name = ?"
    )
    there = {column for (column,) in connection.execute(query, [name]).fetchall()}
    if odd := sorted(there ^ set(projection.columns)):
        problem = "is not described" if odd[0] in there else "is described and not there"
        raise ValueError(f"{projection.path}: column {odd[0]} {problem}")
    kind = "view" if projection.kind == "view" else "table"
    connection.execute(f"comment on {kind} {name} is {_quoted(projection.purpose)}")
    for column, meaning in projection.columns.items():
        connection.execute(f"comment on column {name}.{column} is {_quoted(meaning)}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def shadowed(projections: Sequence[Projection]) -> list[str]:
    """The tables and views that have positions and are read by projections that are kept by learner."""
    by_name = {p.name: p for p in projections}
    read = {r for p in projections if p.by == "learner_key" for r in p.reads if r in by_name}
    return sorted(n for n in read if "position" in by_name[n].grain and by_name[n].by != "learner_key")
