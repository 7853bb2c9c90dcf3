"""How far the tables are, kept in the same file and written in the same transaction as the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import duckdb

from projections.catalog import Projection

SCHEMA = "_leerspoor"
_TABLES = {
    "checkpoint": (
        "One row: how far the log is in the tables; none before the first event.",
        {
            "position": ("bigint", "position of the last event that is in the tables"),
            "stored": ("bigint", "microseconds since 1970, UTC; when that event was stored"),
        },
    ),
    "projection": (
        "One row per projection: of which file its table was made, and its last run.",
        {
            "name": ("varchar", "the table"),
            "hash": ("varchar", "hash of its file and of all that it reads"),
            "rows": ("bigint", "rows after its last run"),
            "seconds": ("double", "seconds that its last run took"),
            "last_run": ("timestamp", "UTC; when it last ran; NULL before it did"),
        },
    ),
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The last position that is in the tables, and its `stored` (microseconds); 0 and 0 at the beginning."""

    position: int
    stored: int


@dataclass(frozen=True, slots=True)
class Run:
    """What one projection's last run did."""

    name: str
    rows: int
    seconds: float
    last_run: datetime | None


def create_checkpoint(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the checkpoint's tables when they are not there."""
    connection.execute(f"create schema if not exists {SCHEMA}")
    for table, (purpose, columns) in _TABLES.items():
        listed = ", ".join(f"{name} {kind}" for name, (kind, _) in columns.items())
        connection.execute(f"create table if not exists {SCHEMA}.{table} ({listed})")
        connection.execute(f"comment on table {SCHEMA}.{table} is '{purpose}'")
        for name, (_, meaning) in columns.items():
            connection.execute(f"comment on column {SCHEMA}.{table}.{name} is '{meaning}'")


def read_checkpoint(connection: duckdb.DuckDBPyConnection) -> Checkpoint:
    rows = connection.execute(f"select position, stored from {SCHEMA}.checkpoint").fetchall()
    return Checkpoint(*rows[0]) if rows else Checkpoint(0, 0)


def write_checkpoint(connection: duckdb.DuckDBPyConnection, checkpoint: Checkpoint) -> None:
    """Raises ValueError when it would go back: a position is folded once."""
    before = read_checkpoint(connection)
    if checkpoint.position < before.position:
        raise ValueError(f"checkpoint {checkpoint.position} is before {before.position}")
    connection.execute(f"delete from {SCHEMA}.checkpoint")
    connection.execute(
        f"insert into {SCHEMA}.checkpoint values (?, ?)", [checkpoint.position, checkpoint.stored]
    )


def read_hashes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The hash of each projection's file (and of all it reads) with which its table was made."""
    return dict(connection.execute(f"select name, hash from {SCHEMA}.projection").fetchall())


def write_hashes(connection: duckdb.DuckDBPyConnection, projections: Sequence[Projection]) -> None:
    known = {
        name: rest for name, *rest in connection.execute(f"select * from {SCHEMA}.projection").fetchall()
    }
    connection.execute(f"delete from {SCHEMA}.projection")
    for each in projections:
        _, *run = known.get(each.name, (None, 0, 0.0, None))
        connection.execute(
            f"insert into {SCHEMA}.projection values (?, ?, ?, ?, ?)", [each.name, each.hash, *run]
        )


def write_runs(
    connection: duckdb.DuckDBPyConnection, seconds: dict[str, float], rows: dict[str, int]
) -> None:
    """Note when each projection ran, for how long, and the rows it has now.

    The parameters are numbered: DuckDB 1.5 counts a bare ``?`` of ``from`` before one of ``set``.
    """
    now: Any = datetime.now(UTC).replace(tzinfo=None)
    names = list(seconds)
    connection.execute(
        f"update {SCHEMA}.projection as p set rows = r.rows, seconds = r.seconds, last_run = $1 "
        "from (select unnest($2::varchar[]) as name, unnest($3::bigint[]) as rows, "
        "unnest($4::double[]) as seconds) as r where p.name = r.name",
        [now, names, [rows.get(name, 0) for name in names], list(seconds.values())],
    )


def read_runs(connection: duckdb.DuckDBPyConnection) -> list[Run]:
    query = f"select name, rows, seconds, last_run from {SCHEMA}.projection order by name"
    return [Run(*row) for row in connection.execute(query).fetchall()]
