"""Files for readers: they never touch the writer's file.

`learners-<position>.duckdb` holds facts, goals and indicators, `schools-<position>.duckdb` what schools may see after
the small-cell rule; beside each a folder of Parquet. Two links name the newest; the two last publications are kept, so
that whoever has one open keeps it.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from lrs import __version__
from lrs.settings import Settings
from projections.catalog import Projection
from projections.checkpoint import Checkpoint, read_checkpoint
from projections.materialise import drop
from projections.small_cells import withhold
from projections.warehouse import FILE, Warehouse, open_duckdb

SCHOOLS = "schools"
LEARNERS = "learners"
KEPT = 2
ROWS_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published: the position it states, and its two files."""

    position: int
    learners: Path
    schools: Path


def publish(warehouse: Warehouse, catalog: Sequence[Projection]) -> Publication:
    """Publish the warehouse as it is, between two batches. A crash on the way leaves the former publication whole.

    Raises OSError when the disk is full or the folder cannot be written; the former publication stays.
    """
    settings, folder = warehouse.settings, published_folder(warehouse.settings, warehouse.store)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep_drafts(folder)
    at = read_checkpoint(warehouse.connection)
    schools = [p for p in catalog if p.folder == SCHOOLS]
    learners = _write_learners(warehouse, folder, at, schools)
    published = _write_schools(warehouse, folder, at, schools)
    for name, path in ((LEARNERS, learners), (SCHOOLS, published)):
        if settings.publish_parquet:
            _write_parquet(path, folder / f"{name}-{at.position}", settings)
            _link(folder / f"{name}-parquet", folder / f"{name}-{at.position}")
        _link(folder / f"{name}.duckdb", path)
    _drop_old(folder)
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
    for projection in schools:
        drop(connection, projection.name)
    _write_meta(connection, warehouse, at)
    return _finish(connection, draft, folder / f"{LEARNERS}-{at.position}.duckdb")


def _write_schools(warehouse: Warehouse, folder: Path, at: Checkpoint, schools: Sequence[Projection]) -> Path:
    draft = folder / f".draft-{SCHOOLS}.duckdb"
    connection = open_duckdb(draft, warehouse.settings)
    for projection in schools:
        table = warehouse.connection.sql(f"from {projection.name} order by all").to_arrow_table()
        connection.register("withheld", withhold(table, projection, warehouse.settings.small_cell))
        connection.execute(f"create table {projection.name} as from withheld")
        connection.unregister("withheld")
        _describe(connection, projection)
    _write_meta(connection, warehouse, at)
    return _finish(connection, draft, folder / f"{SCHOOLS}-{at.position}.duckdb")


def _describe(connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
    meanings = {**projection.columns, "withheld": "whether the row rests on too few learners to be shown"}
    connection.execute(f"comment on table {projection.name} is {_quoted(projection.purpose)}")
    for column, meaning in meanings.items():
        connection.execute(f"comment on column {projection.name}.{column} is {_quoted(meaning)}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write_meta(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, at: Checkpoint) -> None:
    """One row that says of what moment the file is, and how it was made."""
    connection.execute(
        "create or replace table meta (store varchar, position bigint, stored timestamp, published_at timestamp, "
        "leerspoor_version varchar, duckdb_version varchar, small_cell integer)"
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    values = [warehouse.store, at.position, at.stored, now, __version__, duckdb.__version__]
    connection.execute(
        "insert into meta values (?, ?, make_timestamp(?), ?, ?, ?, ?)",
        [*values, warehouse.settings.small_cell],
    )
    connection.execute(
        "comment on table meta is 'One row: of what moment this file is, and how it was made.'"
    )


def _finish(connection: duckdb.DuckDBPyConnection, draft: Path, path: Path) -> Path:
    connection.execute("checkpoint")
    connection.close()
    draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    os.replace(draft, path)
    return path


def _write_parquet(path: Path, folder: Path, settings: Settings) -> None:
    """Every table and view of a published file as Parquet, with its descriptions in the schema's metadata."""
    shutil.rmtree(folder, ignore_errors=True)
    draft = folder.with_name(f".draft-{folder.name}")
    draft.mkdir()
    connection = open_duckdb(path, settings)
    query = "select table_name, comment from duckdb_tables() where schema_name = 'main' and database_name = 'warehouse'"
    views = (
        query.replace("table_name", "view_name")
        .replace("duckdb_tables()", "duckdb_views() as v")
        .replace("'warehouse'", "'warehouse' and not internal")
    )
    for name, comment in connection.execute(f"{query} union all {views}").fetchall():
        _write_table(connection, name, comment or "", draft / f"{name}.parquet")
    connection.close()
    os.replace(draft, folder)


def _write_table(connection: duckdb.DuckDBPyConnection, name: str, comment: str, path: Path) -> None:
    described = "select column_name, comment from duckdb_columns() where database_name = 'warehouse' and table_name = ?"
    comments = dict(connection.execute(described, [name]).fetchall())
    reader = connection.sql(f"from {name}").to_arrow_reader(ROWS_AT_ONCE)
    fields = [f.with_metadata({"description": comments.get(f.name) or ""}) for f in reader.schema]
    schema = pa.schema(fields, metadata={"description": comment})
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(pa.record_batch(batch.columns, schema=schema))


def _link(link: Path, target: Path) -> None:
    """Point a link elsewhere in one step: there is never a moment without it."""
    draft = link.with_name(f".draft-{link.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target.name)
    os.replace(draft, link)


def _drop_old(folder: Path) -> None:
    for name in (LEARNERS, SCHOOLS):
        files = [p for p in folder.glob(f"{name}-*.duckdb") if not p.is_symlink()]
        for old in sorted(files, key=_position)[:-KEPT]:
            old.unlink()
            shutil.rmtree(folder / old.stem, ignore_errors=True)


def _position(path: Path) -> int:
    return int(path.stem.rsplit("-", 1)[1])


def _sweep_drafts(folder: Path) -> None:
    """What a publication that was cut off has left."""
    for draft in folder.glob(".draft-*"):
        if draft.is_dir() and not draft.is_symlink():
            shutil.rmtree(draft)
        else:
            draft.unlink()
