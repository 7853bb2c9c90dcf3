"""The tables of a published file as Parquet beside it, for readers who take a part of one table.

A table with rows of many school years is a folder with a file for each year, named as Hive does; others are one file:

    goal_progress/school_year=2025-2026/part-0.parquet
    learner.parquet

The year is told by the folder and not repeated in the file; readers give rows under `__HIVE_DEFAULT_PARTITION__` back
with NULL. A file never changes: a year in which no row changed is the same file in the next publication (a hard link).
"""

import os
from contextlib import closing
from itertools import count
from pathlib import Path

import duckdb

from lrs.settings import Settings
from projections.parquet_file import MODULUS, OF_ROW, OF_YEAR, File, by_year, known_of
from projections.published_file import link
from projections.published_table import Table, tables_of
from projections.published_year import NO_YEAR, latest_year
from projections.warehouse import open_duckdb

ROWS_AT_ONCE = 100_000


def publish_parquet(path: Path, name: Path, settings: Settings) -> None:
    """Write every table and view of the published file `path`, and point the link `name` at the folder, in one step.

    The folder is a new one each time, so that whoever reads the former one goes on with it. Raises OSError.
    """
    folder = _unused(path.with_suffix(""))
    draft = folder.with_name(f".draft-{folder.name}")
    draft.mkdir()
    with closing(open_duckdb(path, settings)) as connection:
        for table in tables_of(connection):
            _lay_down(connection, table, draft, name)
    os.replace(draft, folder)
    link(name, folder)


def is_beside(path: Path, name: Path) -> bool:
    """Whether the link names a folder of Parquet that was made of this published file."""
    return name.exists() and name.resolve().name.split(".")[0] == path.stem


def _unused(folder: Path) -> Path:
    """The folder's name, with a number behind it when the same position was published before."""
    names = (folder if n == 0 else folder.with_name(f"{folder.name}.{n}") for n in count())
    return next(each for each in names if not each.exists())


def _lay_down(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, former: Path) -> None:
    """Link the years in which no row changed since the former publication, and write the others.

    Not worth it for a view: asking for its rows takes longer than writing them.
    """
    counts = {} if table.is_view else _counts(connection, table)
    linked = {
        year
        for year in _unchanged(connection, table, counts, former)
        if _link(former / table.path(year), folder / table.path(year))
    }
    if table.is_view or not counts or linked != set(counts):
        _write(connection, table, folder, linked)


def _counts(connection: duckdb.DuckDBPyConnection, table: Table) -> dict[str, int]:
    return dict(
        connection.execute(f"select {table.year}, count(*) from {table.name} as one group by all").fetchall()
    )


def _unchanged(
    connection: duckdb.DuckDBPyConnection, table: Table, counts: dict[str, int], former: Path
) -> list[str]:
    """The years with the rows of the former publication. Only those with as many rows are digested: the running year
    has more of them, as a rule."""
    known = {year: known_of(former / table.path(year)) for year in counts}
    alike = [year for year, rows in counts.items() if known[year][:2] == (rows, table.form)]
    if not alike:
        return []
    digests = connection.execute(
        f"select {table.year} as {OF_YEAR}, sum(hash(one)) % {MODULUS} from {table.name} as one "
        f"where list_contains($years, {OF_YEAR}) group by {OF_YEAR}",
        {"years": alike},
    ).fetchall()
    return [year for year, digest in digests if known[year].digest == digest]


def _link(former: Path, path: Path) -> bool:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(former.resolve(), path)
    except OSError:  # a file system without links, or too many of them: it is written again
        return False
    return True


def _write(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, linked: set[str]) -> None:
    """Write the other years, in one go over the table; of an empty table a file too, so that its columns are known."""
    rows = connection.sql(
        f"select {', '.join(table.written)}, {table.year} as {OF_YEAR}, hash(one) as {OF_ROW} "
        f"from {table.name} as one where not list_contains($linked, {OF_YEAR})",
        params={"linked": sorted(linked)},
    ).to_arrow_reader(ROWS_AT_ONCE)
    files: dict[str, File] = {}

    def file_of(year: str) -> File:
        if year not in files:
            files[year] = File(folder / table.path(year), table.schema(rows.schema), table.form)
        return files[year]

    for batch in rows:
        for year, part in by_year(batch):
            file_of(year).write(part)
    if not {*files, *linked} - {NO_YEAR}:  # of a year that is always NULL readers cannot tell the type
        file_of(latest_year(connection) if table.is_of_years else "")
    for file in files.values():
        file.close()
