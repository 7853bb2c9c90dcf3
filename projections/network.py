"""What leaves the stores for the network: their published school figures side by side, in one file.

Only `schools.duckdb` of each store is read: aggregates after the small-cell rule. What is withheld there is withheld
here, and nothing is added up over stores, so the file tells no more than those files together.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from lrs.settings import Settings
from projections.publish import SCHOOLS
from projections.published_file import drop_old, finish, link, quoted, sweep_drafts
from projections.published_parquet import publish_parquet
from projections.query import NothingPublished
from projections.warehouse import open_duckdb

NETWORK = "network"


@dataclass(frozen=True, slots=True)
class NetworkPublication:
    """The file of the network, and the stores that are in it."""

    path: Path
    stores: tuple[str, ...]


def publish_network(settings: Settings) -> NetworkPublication:
    """Unite the school files of all stores into `network/network.duckdb` of LRS_HOME, Parquet beside it, in one step.

    Raises NothingPublished when no store has one.
    """
    files = {
        path.parent.name: path.resolve()
        for path in sorted(settings.home.glob(f"published/*/{SCHOOLS}.duckdb"))
    }
    if not files:
        raise NothingPublished(
            "no store has published anything yet: lrs publish --store STORE, for each of them"
        )
    folder = settings.home / NETWORK
    folder.mkdir(exist_ok=True)
    sweep_drafts(folder)
    draft = folder / f".draft-{NETWORK}.duckdb"
    connection = open_duckdb(draft, settings)
    _unite(connection, files)
    path = finish(connection, draft, folder / f"{NETWORK}-{datetime.now(UTC):%Y%m%d%H%M%S%f}.duckdb")
    if settings.publish_parquet:
        publish_parquet(path, folder / f"{NETWORK}-parquet", settings)
    link(folder / f"{NETWORK}.duckdb", path)
    drop_old(folder, NETWORK)
    return NetworkPublication(path, tuple(files))


def _unite(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path]) -> None:
    """Table by table: a store of an older release may lack one, or a column, and then has no rows, or NULL."""
    having = defaultdict(list)
    for number, (store, path) in enumerate(files.items()):
        connection.execute(f"attach {quoted(str(path))} as store_{number} (read_only)")
        for table in _tables(connection, f"store_{number}"):
            having[table].append((f"store_{number}", store))
    for table, places in sorted(having.items()):
        parts = [_rows(connection, database, store, table) for database, store in places]
        united = " union all by name ".join(f"({part})" for part in parts)
        connection.execute(f"create table {table} as from ({united}) order by all")
        _describe(connection, table, [database for database, _ in places])
    for number in range(len(files)):
        connection.execute(f"detach store_{number}")


def _tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    query = "select table_name from duckdb_tables() where database_name = ? and schema_name = 'main'"
    return [name for (name,) in connection.execute(query, [database]).fetchall()]


def _rows(connection: duckdb.DuckDBPyConnection, database: str, store: str, table: str) -> str:
    """A table's rows, with the store before them where they do not name it."""
    query = "select column_name from duckdb_columns() where database_name = ? and table_name = ?"
    columns = [name for (name,) in connection.execute(query, [database, table]).fetchall()]
    named = "" if "store" in columns else f"{quoted(store)} as store, "
    return f"select {named}* from {database}.main.{table}"


def _describe(connection: duckdb.DuckDBPyConnection, table: str, databases: list[str]) -> None:
    """The words of the stores' own files."""
    for database in databases:
        told = connection.execute(
            "select comment from duckdb_tables() where database_name = ? and table_name = ?",
            [database, table],
        ).fetchall()
        connection.execute(f"comment on table {table} is {quoted(told[0][0] or '')}")
        columns = connection.execute(
            "select column_name, comment from duckdb_columns() where database_name = ? and table_name = ?",
            [database, table],
        ).fetchall()
        for column, meaning in columns:
            if meaning:
                connection.execute(f"comment on column {table}.{column} is {quoted(meaning)}")
    if table == "meta":
        connection.execute(
            "comment on table meta is 'One row for each store: of what moment its figures are.'"
        )
