"""The newest publication of each store, open for as long as somebody reads it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lrs.settings import Settings
from projections.publish import SCHOOLS
from projections.report.published import open_schools, schools_file

# The path, and what differs when another file lies there: a publication may be made twice of one position.
_Identity = tuple[str, int, int, int]


@dataclass
class _Open:
    identity: _Identity
    connection: duckdb.DuckDBPyConnection
    readers: int = 0
    is_former: bool = False

    def close_when_unread(self) -> None:
        if self.is_former and self.readers == 0:
            self.connection.close()


class Publications:
    """Looks on each reading whether there is a newer file; the former one is closed when its last reader is done.

    Closing a connection of DuckDB closes its cursors too, so one that is in use by another thread has to wait.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._mutex = threading.Lock()
        self._newest: dict[str, _Open] = {}

    @contextmanager
    def reading(self, store: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own on the newest publication. Raises NothingPublished, duckdb.Error."""
        opened = self._take(store)
        try:
            with opened.connection.cursor() as cursor:
                cursor.execute(f"use {SCHOOLS}")
                yield cursor
        finally:
            with self._mutex:
                opened.readers -= 1
                opened.close_when_unread()

    def close(self) -> None:
        """Close what is open, now or when its last reader is done."""
        with self._mutex:
            for opened in self._newest.values():
                self._retire(opened)
            self._newest.clear()

    def _take(self, store: str) -> _Open:
        path = schools_file(self._settings, store)
        with self._mutex:
            opened = self._newest.get(store)
            if opened is None or opened.identity != _identity(path):
                opened = self._renew(store, path)
            opened.readers += 1
            return opened

    def _renew(self, store: str, path: Path) -> _Open:
        made = _Open(_identity(path), open_schools(path))
        former = self._newest.get(store)
        self._newest[store] = made
        if former is not None:
            self._retire(former)
        return made

    def _retire(self, opened: _Open) -> None:
        opened.is_former = True
        opened.close_when_unread()


def _identity(path: Path) -> _Identity:
    found = path.stat()
    return str(path), found.st_ino, found.st_mtime_ns, found.st_size
