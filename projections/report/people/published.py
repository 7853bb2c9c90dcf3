"""The published `learners.duckdb`: keys and figures, asked one query file at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from lrs.settings import Settings
from projections.publish import LEARNERS, published_folder
from projections.query import NothingPublished

Row = dict[str, Any]


class Published:
    """One publication of one store, read-only."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, store: str) -> None:
        self._connection = connection
        self.given(store=store)

    def given(self, **values: Any) -> "Published":
        """Set what query files ask for as `getvariable('name')`: text, days, lists of text.

        A list is never empty: DuckDB 1.5 does not know of what an empty one is.
        """
        for name, value in values.items():
            self._connection.execute(f"set variable {name} = ?", [value])
        return self

    def ask(self, name: str) -> list[Row]:
        """The rows of the query file of that name."""
        asked = self._connection.execute((files(__package__) / "sql" / f"{name}.sql").read_text("utf-8"))
        columns = [column[0] for column in asked.description or []]
        return [dict(zip(columns, row, strict=True)) for row in asked.fetchall()]

    def one(self, name: str) -> Any:
        """The first value of the first row; None when there is none."""
        return next((value for row in self.ask(name) for value in row.values()), None)


@contextmanager
def open_learners(settings: Settings, store: str) -> Iterator[Published]:
    """The newest publication of a store. Raises NothingPublished."""
    link = published_folder(settings, store) / f"{LEARNERS}.duckdb"
    if not link.exists():
        raise NothingPublished(
            f"store {store} has nothing published yet: "
            "start `lrs up`, or run `lrs project run --once` and `lrs publish`"
        )
    # The real path: DuckDB keeps an opened file by its path, and would give the old rows after a new publication.
    connection = duckdb.connect(str(Path(link).resolve()), read_only=True)
    try:
        yield Published(connection, store)
    finally:
        connection.close()
