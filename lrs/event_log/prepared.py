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


def write_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, each a tuple of all columns in the table's order. Raises sqlalchemy.exc.DBAPIError."""
    with _cursor(connection) as cursor:
        start = 0
        while start < len(rows):
            size = min(MOST_ROWS_AT_ONCE, 1 << (len(rows) - start).bit_length() - 1)
            values = tuple(chain.from_iterable(rows[start : start + size]))
            cursor.execute(_insert_text(table, size, connection.dialect), values)
            start += size


def fetch_all(
    connection: sa.Connection, query: sa.Select[Any], values: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a query whose parameters are bindparams alone, given in their order."""
    with _cursor(connection) as cursor:
        cursor.execute(_select_text(query, connection.dialect), tuple(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


@contextmanager
def _cursor(connection: sa.Connection) -> Iterator[Any]:
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        raise sa.exc.DBAPIError.instance(None, None, error, connection.dialect.loaded_dbapi.Error) from error
    finally:
        cursor.close()


@lru_cache(maxsize=256)
def _insert_text(table: sa.Table, rows: int, dialect: sa.Dialect) -> str:
    names = [column.name for column in table.columns]
    one = str(table.insert().compile(dialect=_positional(dialect), column_keys=names))
    head, values = one.split(" VALUES ")
    return f"{head} VALUES {', '.join([values] * rows)}"


@lru_cache(maxsize=64)
def _select_text(query: sa.Select[Any], dialect: sa.Dialect) -> str:
    return str(query.compile(dialect=_positional(dialect)))


def _positional(dialect: sa.Dialect) -> sa.Dialect:
    return dialect if dialect.positional else type(dialect)(paramstyle="format")  # type: ignore[call-arg]
