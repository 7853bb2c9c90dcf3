"""A table from a projection: whole, appended to, or only the touched learners' rows."""

import importlib.util
from collections.abc import Mapping
from typing import Any

import duckdb

from projections.catalog import BATCH, Projection


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


def fill_some(
    connection: duckdb.DuckDBPyConnection, projection: Projection, seen: Mapping[str, str], which: str
) -> bool:
    """Make some of the rows anew, those for which the condition `which` holds; returns whether that changed anything.

    The select runs as it stands, but each table in `seen` (name -> select) is seen through that select, which leaves
    out what is of no matter to these rows. What it then says of other rows is incomplete and left out. Only rows that
    differ are written; temp.changed_<name> keeps them, those that went and those that came.
    """
    name, changes = projection.name, f"temp.changed_{projection.name}"
    some = _some(projection, seen, which)
    # Each row is counted up where it is made and down where it is there; what is left over came or went.
    both = (
        f"select *, 1 as _times, null::bigint as _row from ({some}) union all "
        f"select *, -1, rowid from {name} where {which}"
    )
    made = connection.execute(
        f"create or replace temp table changed_{name} as "
        f"select * exclude (_times, _row), sum(_times) as _times, max(_row) as _row from ({both}) "
        "group by all having sum(_times) != 0"
    )
    if not made.fetchall()[0][0]:
        return False
    connection.execute(f"delete from {name} where rowid in (select _row from {changes} where _times < 0)")
    connection.execute(
        f"insert into {name} by name select * exclude (_times, _row) from {changes} where _times > 0"
    )
    return True


def add_some(
    connection: duckdb.DuckDBPyConnection, projection: Projection, seen: Mapping[str, str], which: str
) -> None:
    """Add the rows for which the condition `which` holds, made as in `fill_some`."""
    connection.execute(f"insert into {projection.name} by name {_some(projection, seen, which)}")


def _some(projection: Projection, seen: Mapping[str, str], which: str) -> str:
    given = ", ".join(f"{each} as ({select})" for each, select in seen.items())
    return f"{'with ' + given if given else ''} select * from ({projection.body}\n) as made where {which}"


def _differ(connection: duckdb.DuckDBPyConnection, one: str, other: str) -> bool:
    """Whether two tables of the same columns hold other rows, or a row another number of times."""
    # Each row is counted up on one side and down on the other: a quarter of the time of two times `except all`.
    both = f"select *, 1 as _times from {one} union all select *, -1 from {other}"
    counted = f"select * exclude (_times), sum(_times) as _times from ({both}) group by all"
    return bool(connection.execute(f"select exists (from ({counted}) where _times != 0)").fetchall()[0][0])


def drop_drafts(connection: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select table_name, table_type from information_schema.tables "
        "where table_catalog = 'temp' and table_name != ? order by table_type"
    )
    for name, kind in connection.execute(query, [BATCH]).fetchall():
        connection.execute(f"drop {'view' if kind == 'VIEW' else 'table'} temp.{name}")


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
    # information_schema.columns looks at every column of the file
    there = {column for column, *_ in connection.execute(f"describe {name}").fetchall()}
    if odd := sorted(there ^ set(projection.columns)):
        problem = "is not described" if odd[0] in there else "is described and not there"
        raise ValueError(f"{projection.path}: column {odd[0]} {problem}")
    kind = "view" if projection.kind == "view" else "table"
    connection.execute(f"comment on {kind} {name} is {_quoted(projection.purpose)}")
    for column, meaning in projection.columns.items():
        connection.execute(f"comment on column {name}.{column} is {_quoted(meaning)}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
