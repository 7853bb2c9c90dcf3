"""The few statements of the write path, compiled once and handed to the driver itself.

SQLAlchemy Core takes about as long to build, compile and wrap a small statement as SQLite takes to run it; under the
writer lock that time is everybody's. The texts still come from Core, so they are right for each database.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from typing import Any

import sqlalchemy as sa

# Rows go in by the dozen: each call of a driver lets other threads in, and on a busy server that costs more than the
# row. Powers of two, so that a few texts serve every number of rows; 64 x 12 columns stay under every driver's limit.
MOST_ROWS_AT_ONCE = 64
# From so many rows on, PostgreSQL takes them faster by COPY than as values.
FEWEST_COPIED = 4

Rows = Sequence[tuple[Any, ...]]


def write_rows(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    """Insert rows, each a tuple of all columns in the table's order. Raises sqlalchemy.exc.DBAPIError."""
    write_tables(connection, [(table, rows)])


def write_tables(connection: sa.Connection, tables: Sequence[tuple[sa.Table, Rows]]) -> None:
    """Insert rows into several tables, on PostgreSQL a few rows of all of them at once. Raises DBAPIError."""
    write = _write_postgresql if connection.dialect.name == "postgresql" else _write_values
    with driver_errors(connection):
        write(connection, [(table, rows) for table, rows in tables if rows])


def fetch_all(
    connection: sa.Connection, query: sa.Select[Any], values: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a query whose parameters are bindparams alone, given in their order."""
    with driver_errors(connection), _cursor(connection) as cursor:
        cursor.execute(_select_text(query, connection.dialect), tuple(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


@contextmanager
def driver_errors(connection: sa.Connection) -> Iterator[None]:
    """Raise the driver's errors as SQLAlchemy's; a connection that is lost is not used again."""
    dialect = connection.dialect
    try:
        yield
    except dialect.loaded_dbapi.Error as error:
        if dialect.is_disconnect(error, connection.connection.dbapi_connection, None):
            connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(None, None, error, dialect.loaded_dbapi.Error) from error


def _write_postgresql(connection: sa.Connection, tables: Sequence[tuple[sa.Table, Rows]]) -> None:
    few = [(table, rows) for table, rows in tables if len(rows) < FEWEST_COPIED]
    if few:
        # One statement for all of them: each way to the server and back is spent under the writer lock.
        text = _inserts_text(tuple((table, len(rows)) for table, rows in few), connection.dialect)
        with _cursor(connection) as cursor:
            cursor.execute(text, tuple(value for _, rows in few for row in rows for value in row))
    for table, rows in tables:
        if len(rows) >= FEWEST_COPIED:
            _copy(connection, table, rows)


def _copy(connection: sa.Connection, table: sa.Table, rows: Rows) -> None:
    with _cursor(connection) as cursor, cursor.copy(_copy_text(table)) as copy:
        for row in rows:
            copy.write_row(row)


def _write_values(connection: sa.Connection, tables: Sequence[tuple[sa.Table, Rows]]) -> None:
    with _cursor(connection) as cursor:
        for table, rows in tables:
            start = 0
            while start < len(rows):
                size = min(MOST_ROWS_AT_ONCE, 1 << (len(rows) - start).bit_length() - 1)
                values = tuple(chain.from_iterable(rows[start : start + size]))
                cursor.execute(_insert_text(table, size, connection.dialect), values)
                start += size


@contextmanager
def _cursor(connection: sa.Connection) -> Iterator[Any]:
    cursor = connection.connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()


@lru_cache(maxsize=256)
def _insert_text(table: sa.Table, rows: int, dialect: sa.Dialect) -> str:
    names = [column.name for column in table.columns]
    one = str(table.insert().compile(dialect=_positional(dialect), column_keys=names))
    head, values = one.split(" VALUES ")
    return f"{head} VALUES {', '.join([values] * rows)}"


@lru_cache(maxsize=256)
def _inserts_text(tables: tuple[tuple[sa.Table, int], ...], dialect: sa.Dialect) -> str:
    *others, last = [_insert_text(table, rows, dialect) for table, rows in tables]
    named = [f"w{i} AS ({text})" for i, text in enumerate(others)]
    return f"WITH {', '.join(named)} {last}" if named else last


@lru_cache(maxsize=64)
def _copy_text(table: sa.Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return f"COPY {table.name} ({names}) FROM STDIN"


@lru_cache(maxsize=64)
def _select_text(query: sa.Select[Any], dialect: sa.Dialect) -> str:
    return str(query.compile(dialect=_positional(dialect)))


def _positional(dialect: sa.Dialect) -> sa.Dialect:
    return dialect if dialect.positional else type(dialect)(paramstyle="format")  # type: ignore[call-arg]
