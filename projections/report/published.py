"""The newest `schools.duckdb` of a store, and nothing else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from lrs.settings import Settings
from projections.publish import SCHOOLS, published_folder
from projections.query import NothingPublished
from projections.report.model import Publication

# Views that have a row for each school and year of which there is anything at all.
_YEARS = ("inclusion", "attainment", "quality_cycle", "feedback", "side_effects", "effect")
Row = dict[str, Any]


class UnknownSchool(LookupError):
    """There is no such school, or nothing of that year; the text says which there are."""


def schools_file(settings: Settings, store: str) -> Path:
    """The real path of the newest publication for schools. Raises NothingPublished."""
    link = published_folder(settings, store) / f"{SCHOOLS}.duckdb"
    if not link.exists():
        raise NothingPublished(
            f"store {store} has nothing published yet: "
            "start `lrs up`, or run `lrs project run --once` and `lrs publish`"
        )
    return link.resolve()


def open_schools(path: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory with one published file attached, read-only, as its default.

    Attached and not opened: DuckDB keeps opened files by their path, and a file that was replaced would stay the old.
    Raises duckdb.Error when it cannot be read.
    """
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "threads": 1})
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(f"attach '{quoted}' as {SCHOOLS} (read_only)")
        connection.execute(f"use {SCHOOLS}")
    except duckdb.Error:
        connection.close()
        raise
    return connection


@contextmanager
def reading_schools(settings: Settings, store: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The newest publication, for as long as it takes. Raises NothingPublished, duckdb.Error."""
    connection = open_schools(schools_file(settings, store))
    try:
        yield connection
    finally:
        connection.close()


def rows(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """The rows of a query, each by column name."""
    result = connection.execute(sql, list(values))
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def read_publication(connection: duckdb.DuckDBPyConnection) -> Publication:
    meta = rows(connection, "from meta")[0]
    return Publication(
        meta["store"], meta["position"], meta["stored"], meta["published_at"], meta["leerspoor_version"],
        meta["edition"] or "", meta["small_cell"], meta["small_cell_sensitive"],
    )  # fmt: skip


def school_years(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The schools by key, each with its school years, the oldest first; what is of no known school comes last."""
    views = " union ".join(f"select school_key, school_year from {view}" for view in _YEARS)
    found: dict[str, list[str]] = {}
    order = "order by school_key = 'unknown', school_key, school_year"
    for row in rows(connection, f"select school_key, school_year from ({views}) {order}"):
        found.setdefault(row["school_key"], []).append(row["school_year"])
    return found


def choose(known: dict[str, list[str]], school: str, year: str | None) -> str:
    """The school year that is asked for, the newest when none is. Raises UnknownSchool."""
    if school not in known:
        there = ", ".join(known) or "none yet: their first school week is not closed"
        raise UnknownSchool(f"there is no school {school}; there are: {there}")
    years = known[school]
    if year is None:
        return years[-1]
    wanted = written_year(year)
    if wanted not in years:
        raise UnknownSchool(f"there is nothing of school {school} in {wanted}; there are: {', '.join(years)}")
    return wanted


def written_year(year: str) -> str:
    """A school year as the tables write it: 2025 and 2025-2026 are the same one."""
    return f"{year}-{int(year) + 1}" if year.isascii() and year.isdigit() and len(year) == 4 else year


def year_before(year: str) -> str:
    return f"{int(year[:4]) - 1}-{year[:4]}"
