"""A published file: drafted, put in its place in one step, linked, with Parquet beside it, and two editions kept."""

import os
import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from lrs.settings import Settings
from projections.warehouse import open_duckdb

KEPT = 2
ROWS_AT_ONCE = 100_000


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def finish(connection: duckdb.DuckDBPyConnection, draft: Path, path: Path) -> Path:
    """Close a draft and put it in its place."""
    connection.execute("checkpoint")
    connection.close()
    draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    os.replace(draft, path)
    return path


def write_parquet(path: Path, folder: Path, settings: Settings) -> None:
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
    described = (
        "select column_name, comment from duckdb_columns() "
        "where database_name = 'warehouse' and schema_name = 'main' and table_name = ?"
    )
    comments = dict(connection.execute(described, [name]).fetchall())
    reader = connection.sql(f"from {name}").to_arrow_reader(ROWS_AT_ONCE)
    fields = [f.with_metadata({"description": comments.get(f.name) or ""}) for f in reader.schema]
    schema = pa.schema(fields, metadata={"description": comment})
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(pa.record_batch(batch.columns, schema=schema))


def link(name: Path, target: Path) -> None:
    """Point a link elsewhere in one step: there is never a moment without it."""
    draft = name.with_name(f".draft-{name.name}")
    draft.unlink(missing_ok=True)
    draft.symlink_to(target.name)
    os.replace(draft, name)


def drop_old(folder: Path, *names: str) -> None:
    """Of each name, keep the last two editions, so that whoever has one open keeps it."""
    for name in names:
        files = [p for p in folder.glob(f"{name}-*.duckdb") if not p.is_symlink()]
        for old in sorted(files, key=_number)[:-KEPT]:
            old.unlink()
            shutil.rmtree(folder / old.stem, ignore_errors=True)


def _number(path: Path) -> int:
    return int(path.stem.rsplit("-", 1)[1])


def sweep_drafts(folder: Path) -> None:
    """What a publication that was cut off has left."""
    for draft in folder.glob(".draft-*"):
        if draft.is_dir() and not draft.is_symlink():
            shutil.rmtree(draft)
        else:
            draft.unlink()
