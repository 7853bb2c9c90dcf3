"""A table from a projection: whole, appended to, or only the touched learners' rows."""

import importlib.util
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
    if changed := _differ(connection, with_rows, name):
        connection.execute(f"delete from {name}")
        connection.execute(f"insert into {name} by name from {with_rows}")
    connection.execute(f"drop table temp.{draft}")
    return changed


def refill(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    """Make a table's rows anew without asking whether they changed: after a rebuild or a change of its file."""
    if projection.is_python:
        fill_whole(connection, projection)
        return
    connection.execute(f"delete from {projection.name}")
    connection.execute(f"insert into {projection.name} by name {projection.body}")


def append(connection: duckdb.DuckDBPyConnection, projection: Projection) -> int:
    """Add the rows that the batch gives, or make the batch's own table; returns how many."""
    if projection.kind == "batch":
        made = f"create or replace temp table {projection.name} as {projection.body}"
    else:
        made = f"insert into {projection.name} by name {projection.body}"
    return int(connection.execute(made).fetchall()[0][0])


def fill_touched(
    connection: duckdb.DuckDBPyConnection, projection: Projection, copies: dict[str, str], compare: bool
) -> bool:
    """Make the touched learners' rows anew; returns whether that changed anything, True when not asked to compare.

    The select runs as it stands, but each table in `copies` (name -> temp table) is seen through a copy that holds
    the touched learners' rows only. What it then says of learners who are not touched, such as the other members of a
    group, is incomplete and left out.
    """
    name, draft = projection.name, f"temp.made_{projection.name}"
    seen = ", ".join(f"{each} as (from {copy})" for each, copy in copies.items() if each in projection.reads)
    connection.execute(
        f"create or replace temp table made_{name} as {'with ' + seen if seen else ''} "
        f"select * from ({projection.body}\n) as made where learner_key in (from temp.{TOUCHED})"
    )
    there = f"(from {name} where learner_key in (from temp.{TOUCHED}))"
    if changed := not compare or _differ(connection, draft, there):
        connection.execute(f"delete from {name} where learner_key in (from temp.{TOUCHED})")
        connection.execute(f"insert into {name} by name from {draft}")
    return changed


def copy_touched(connection: duckdb.DuckDBPyConnection, projection: Projection) -> str | None:
    """A copy of what is kept by learner or by position, of the touched learners and of the statements in which they
    take part; None for what is read whole."""
    name, copy = projection.name, f"touched_{projection.name}"
    if projection.by == "learner_key":
        of_touched = f"learner_key in (from temp.{TOUCHED})"
    elif "position" in projection.grain:
        of_touched = "position in (from temp.touched_position)"
    else:
        return None
    connection.execute(f"create or replace temp table {copy} as from {name} where {of_touched}")
    return f"temp.{copy}"


def _differ(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> bool:
    """Whether two tables of the same columns hold other rows, or a row another number of times."""
    # Each row is counted up on one side and down on the other: a quarter of the time of two times `except all`.
    both = f"select *, 1 as _times from {one} union all select *, -1 from {other}"
    counted = f"select * exclude (_times), sum(_times) as _times from ({both}) group by all"
    return bool(connection.execute(f"select exists (from ({counted}) where _times != 0)").fetchall()[0][0])


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
