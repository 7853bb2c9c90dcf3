"""Files for readers: they never touch the writer's file.

`learners-<position>.duckdb` holds facts, goals and indicators, `schools-<position>.duckdb` what schools may see after
the small-cell rule; beside each a folder of Parquet. Links name the newest; the two last publications are kept, so that
whoever has one open keeps it.
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from lrs import __version__
from lrs.settings import Settings
from projections.catalog import Projection
from projections.checkpoint import Checkpoint, read_checkpoint
from projections.materialise import drop
from projections.published_file import drop_old, finish, link, quoted, sweep_drafts
from projections.published_parquet import is_beside, publish_parquet
from projections.small_cells import Thresholds, above_of, withhold
from projections.warehouse import FILE, Warehouse, open_duckdb
from projections.withheld import Withheld

SCHOOLS = "schools"
LEARNERS = "learners"
# The column that a school view has in its published form only.
WITHHELD = "withheld"
META = {
    "store": ("varchar", "the controller's store"),
    "position": ("bigint", "position in the log up to which events are in this file"),
    "stored": ("timestamp", "UTC; when the event of that position was stored; 1970 for an empty store"),
    "published_at": ("timestamp", "UTC; when this file was made"),
    "leerspoor_version": ("varchar", "the release that made it"),
    "duckdb_version": ("varchar", "the DuckDB that wrote it; every DuckDB since 1.2 reads it"),
    "small_cell": ("integer", "fewest distinct learners of a cell that schools see"),
    "small_cell_sensitive": ("integer", "fewest distinct learners of such a cell on a sensitive matter"),
    "edition": (
        "varchar",
        "closed weeks, views and thresholds of a schools file, as one hash; NULL elsewhere",
    ),
}


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the position it states, and its two files."""

    position: int
    learners: Path
    schools: Path


def publish(warehouse: Warehouse, catalog: Sequence[Projection], with_parquet: bool = True) -> Publication:
    """Publish the warehouse as it is, between two batches. A crash on the way leaves the former publication whole.

    Without Parquet, that of learners stays as it was: its table `meta` says of what moment it is.

    Raises OSError when the disk is full or the folder cannot be written; the former publication stays.
    """
    settings, folder = warehouse.settings, published_folder(warehouse.settings, warehouse.store)
    folder.mkdir(parents=True, exist_ok=True)
    sweep_drafts(folder)
    at = read_checkpoint(warehouse.connection)
    schools = [p for p in catalog if p.folder == SCHOOLS]
    learners = _write_learners(warehouse, folder, at, schools)
    edition = _edition(warehouse, schools)
    former = _of_edition(folder / f"{SCHOOLS}.duckdb", edition)
    published = former or _write_schools(warehouse, folder, at, schools, edition)
    for name, path in ((LEARNERS, learners), (SCHOOLS, published)):
        parquet = folder / f"{name}-parquet"
        is_wanted = settings.publish_parquet and (with_parquet or name == SCHOOLS)
        if is_wanted and not (path == former and is_beside(path, parquet)):
            publish_parquet(path, parquet, settings)
        if not settings.publish_parquet:
            parquet.unlink(missing_ok=True)  # what is not kept up would be taken for what holds now
        link(folder / f"{name}.duckdb", path)
    drop_old(folder, SCHOOLS, LEARNERS)
    return Publication(at.position, learners, published)


def published_folder(settings: Settings, store: str) -> Path:
    return settings.home / "published" / store


def _write_learners(
    warehouse: Warehouse, folder: Path, at: Checkpoint, schools: Sequence[Projection]
) -> Path:
    """A byte copy of the warehouse, which is faster than copying tables, without what schools see."""
    draft = folder / f".draft-{LEARNERS}.duckdb"
    warehouse.connection.execute("checkpoint")
    shutil.copyfile(warehouse.folder / FILE, draft)
    connection = open_duckdb(draft, warehouse.settings)
    connection.execute("begin")
    for projection in schools:
        drop(connection, projection.name)
    _write_meta(connection, warehouse, at)
    connection.execute("commit")
    return finish(connection, draft, folder / f"{LEARNERS}-{at.position}.duckdb")


def _write_schools(
    warehouse: Warehouse, folder: Path, at: Checkpoint, schools: Sequence[Projection], edition: str
) -> Path:
    """What schools may see. Views that stand under another one come after it."""
    draft = folder / f".draft-{SCHOOLS}.duckdb"
    connection, withheld = open_duckdb(draft, warehouse.settings), Withheld.read(warehouse.folder)
    thresholds = Thresholds(warehouse.settings.small_cell, warehouse.settings.small_cell_sensitive)
    shown: dict[str, pa.Table] = {}
    connection.execute("begin")  # one commit for all: each description would be one
    for projection in sorted(schools, key=lambda p: "under" in p.header):
        if "over" not in projection.header:
            table = warehouse.connection.sql(f"from {projection.name} order by all").to_arrow_table()
            above = shown.get(above_of(projection)[0])
            shown[projection.name] = withhold(table, projection, thresholds, withheld, above)
            connection.register("withheld", shown[projection.name])
            connection.execute(f"create table {projection.name} as from withheld")
            connection.unregister("withheld")
            _describe(connection, projection)
    _write_over_shown(connection, warehouse, schools)
    _write_meta(connection, warehouse, at, edition)
    connection.execute("commit")
    # before the file: what was withheld once is remembered, also when nobody gets to see this publication
    withheld.write(warehouse.folder)
    return finish(connection, draft, folder / f"{SCHOOLS}-{at.position}.duckdb")


def _edition(warehouse: Warehouse, schools: Sequence[Projection]) -> str:
    """What makes a publication for schools another one: the weeks that are closed, the views and the thresholds.

    Published more often than once a school week, two editions would show the difference that one learner's day makes.
    """
    closed = warehouse.connection.execute("select max(closed_until) from closed_year").fetchall()[0][0]
    settings = warehouse.settings
    parts = [closed, settings.small_cell, settings.small_cell_sensitive, *sorted(p.hash for p in schools)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _of_edition(link: Path, edition: str) -> Path | None:
    """The file that the link names, when it is of this edition."""
    if not link.exists():
        return None
    path, connection = link.resolve(), duckdb.connect()
    try:
        connection.execute(f"attach {quoted(str(path))} as published (read_only)")
        known = connection.execute("select edition from published.meta").fetchall()
    except duckdb.Error:  # not of this form: there is nothing to keep
        return None
    finally:
        connection.close()
    return path if known == [(edition,)] else None


def _write_over_shown(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, schools: Sequence[Projection]
) -> None:
    """Views made of other school views (`over: shown`): made anew of what is shown of those, so they tell no more."""
    names = {p.name for p in schools}
    for projection in schools:
        if "over" in projection.header:
            others = sorted(set(projection.reads) - names)
            for name in others:
                connection.register(name, warehouse.connection.sql(f"from {name}").to_arrow_table())
            connection.execute(f"create table {projection.name} as {projection.body}")
            for name in others:
                connection.unregister(name)
            _describe(connection, projection)


def published_columns(projection: Projection) -> dict[str, str]:
    """Columns of a school view as schools get it, with their meanings."""
    if "over" in projection.header:
        return projection.columns
    return {**projection.columns, WITHHELD: "whether the row rests on too few learners to be shown"}


def _describe(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    connection.execute(f"comment on table {projection.name} is {quoted(projection.purpose)}")
    for column, meaning in published_columns(projection).items():
        connection.execute(f"comment on column {projection.name}.{column} is {quoted(meaning)}")


def create_meta(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table `meta`; an older one goes."""
    columns = ", ".join(f"{name} {kind}" for name, (kind, _) in META.items())
    connection.execute(f"create or replace table meta ({columns})")
    connection.execute(
        "comment on table meta is 'One row: of what moment this file is, and how it was made.'"
    )
    for name, (_, meaning) in META.items():
        connection.execute(f"comment on column meta.{name} is {quoted(meaning)}")


def _write_meta(
    connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, at: Checkpoint, edition: str | None = None
) -> None:
    create_meta(connection)
    now = datetime.now(UTC).replace(tzinfo=None)
    values = [warehouse.store, at.position, at.stored, now, __version__, duckdb.__version__]
    connection.execute(
        "insert into meta values (?, ?, make_timestamp(?), ?, ?, ?, ?, ?, ?)",
        [*values, warehouse.settings.small_cell, warehouse.settings.small_cell_sensitive, edition],
    )
