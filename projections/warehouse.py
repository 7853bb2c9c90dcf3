"""One DuckDB file per store, with one owner at a time."""

import fcntl
import os
from pathlib import Path

import duckdb

from lrs.settings import Settings

# Old enough for every DuckDB since 1.2 to open what is published.
STORAGE_VERSION = "v1.2.0"
FILE, DRAFT, LOCK, SPILL = "warehouse.duckdb", "rebuild.duckdb", "warehouse.lock", ".spill"
# Gigabytes: enough for a log of any length, since tables are made some learners at a time; more would only be cache.
MEMORY = 3
_UNITS = ("GiB", "TiB", "PiB")


class WarehouseOwned(RuntimeError):
    """Another process owns the warehouse; the text names it."""


class Warehouse:
    """A store's warehouse, owned by this process from opening to closing.

    DuckDB gives a file to one process; the lock says so with a name instead of an error code, and also holds while
    the file is swapped for a rebuilt one.
    """

    def __init__(self, settings: Settings, store: str) -> None:
        """Raises WarehouseOwned when another process has it, OSError when the folder cannot be written."""
        self.settings, self.store = settings, store
        self.folder = settings.home / "warehouse" / store
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _take(self.folder / LOCK)
        try:
            _remove(self.folder / DRAFT)  # of a rebuild that was cut off
            self.connection = self._open(self.folder / FILE)
        except BaseException:
            os.close(self._lock)
            raise

    def close(self) -> None:
        try:
            self.connection.close()
        finally:
            os.close(self._lock)

    def begin_rebuild(self) -> duckdb.DuckDBPyConnection:
        """A connection to an empty file beside the warehouse."""
        _remove(self.folder / DRAFT)
        return self._open(self.folder / DRAFT)

    def end_rebuild(self, rebuilt: duckdb.DuckDBPyConnection) -> None:
        """Put the rebuilt file in the place of the warehouse."""
        rebuilt.execute("checkpoint")
        rebuilt.close()
        self.connection.close()
        _remove_wal(self.folder / FILE)  # before the swap: an old log must never be applied to the new file
        os.replace(self.folder / DRAFT, self.folder / FILE)
        self.connection = self._open(self.folder / FILE)

    def _open(self, path: Path) -> duckdb.DuckDBPyConnection:
        return open_duckdb(path, self.settings)


def open_duckdb(path: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """Open or make a DuckDB file that every release since 1.2 can read; `main` is the file's own schema."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        # what does not fit into memory goes there, and not into the folder that the process happens to run in
        "temp_directory": str(path.parent / SPILL),
    }
    if settings.duckdb_threads:
        config["threads"] = str(settings.duckdb_threads)
    if settings.duckdb_memory:
        config["memory_limit"] = settings.duckdb_memory
    connection = duckdb.connect(config=config)
    if not settings.duckdb_memory and _gigabytes(connection) > MEMORY:
        connection.execute(f"set memory_limit = '{MEMORY}GiB'")
    target = str(path).replace("'", "''")
    connection.execute(f"attach '{target}' as warehouse (storage_version '{STORAGE_VERSION}')")
    connection.execute("use warehouse")
    connection.execute("set preserve_insertion_order = false")
    return connection


def _gigabytes(connection: duckdb.DuckDBPyConnection) -> float:
    """The memory that DuckDB would take: 80 % of what the machine, or the container, has."""
    size, unit = _told(connection).split()
    return float(size) * 1024 ** _UNITS.index(unit) if unit in _UNITS else 0.0


def _told(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute("select current_setting('memory_limit')").fetchall()[0][0])


def _take(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        owner = os.read(descriptor, 32).decode() or "unknown"
        os.close(descriptor)
        raise WarehouseOwned(f"{path.parent} belongs to process {owner}, which projects into it") from error
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
    except OSError:
        os.close(descriptor)  # without room for a name, nobody owns it
        raise
    return descriptor


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _remove_wal(path)


def _remove_wal(path: Path) -> None:
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
