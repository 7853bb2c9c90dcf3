"""A table or view of a published file: its columns, what they mean, and of what school year a row is."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import duckdb
import pyarrow as pa

from lrs import __version__
from projections.published_year import NO_YEAR, YEAR, year_of

PARQUET = ".parquet"


class Column(NamedTuple):
    """A column: its name, its SQL type and what it means."""

    name: str
    kind: str
    meaning: str


class Table:
    """What is needed to write it; a row of it is `one` in the SQL that is given here."""

    def __init__(
        self, name: str, meaning: str, columns: Sequence[Column], year: str | None, is_view: bool
    ) -> None:
        """`year` is the school year of a row, in SQL; None for a table whose rows are of none."""
        self.name, self.meaning, self.columns, self.is_view = name, meaning, columns, is_view
        self.is_of_years = year is not None
        self.year = f"coalesce({year}, '{NO_YEAR}')" if year else "''"

    def path(self, year: str) -> Path:
        """The file of a year, as Hive names it, or of all rows."""
        if not self.is_of_years:
            return Path(self.name + PARQUET)
        return Path(self.name, f"{YEAR}={quote(year, safe='')}", "part-0.parquet")

    @property
    def written(self) -> list[str]:
        """The columns that are in the files: the year is in their names."""
        return [column.name for column in self.columns if not (self.is_of_years and column.name == YEAR)]

    @cached_property
    def form(self) -> str:
        """A hash of all that decides how rows are written, and how they are hashed."""
        known = [
            self.name,
            self.meaning,
            self.columns,
            self.year,
            __version__,
            duckdb.__version__,
            pa.__version__,
        ]
        return hashlib.sha256(repr(known).encode()).hexdigest()[:32]

    def schema(self, found: pa.Schema) -> pa.Schema:
        """Of the files: what the table and its columns mean, beside the types that were found."""
        meanings = {column.name: column.meaning for column in self.columns}
        about = {"description": self.meaning}
        if self.is_of_years:
            about |= {
                "partitioned_by": YEAR,
                YEAR: meanings.get(YEAR, f"1 September to 31 August: {self.year}"),
            }
        fields = [found.field(name).with_metadata({"description": meanings[name]}) for name in self.written]
        return pa.schema(fields, metadata=about)


def tables_of(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """All tables and views of the published file that is open."""
    named = connection.execute(
        "select table_name, coalesce(comment, ''), false from duckdb_tables() "
        "where schema_name = 'main' and database_name = 'warehouse' "
        "union all select view_name, coalesce(comment, ''), true from duckdb_views() "
        "where schema_name = 'main' and database_name = 'warehouse' and not internal order by all"
    ).fetchall()
    names, found = {name for name, *_ in named}, []
    for name, meaning, is_view in named:
        columns = _columns(connection, name)
        year = year_of({column.name: column.kind for column in columns}, names)
        found.append(Table(name, meaning, columns, year, is_view))
    return found


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[Column]:
    told = connection.execute(
        "select column_name, data_type, coalesce(comment, '') from duckdb_columns() "
        "where database_name = 'warehouse' and schema_name = 'main' and table_name = ? order by column_index",
        [table],
    ).fetchall()
    return [Column(*each) for each in told]
