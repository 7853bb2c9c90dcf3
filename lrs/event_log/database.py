"""One SQL database, opened for reading or for the one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lrs.event_log.postgresql import postgresql_engines
from lrs.event_log.writer_lock import AdvisoryLock, FileLock


class DatabaseUnusable(RuntimeError):
    """The database cannot be opened; the text says what to do."""


class Database:
    """Connections to the event log: `reading()` a snapshot, `writing()` under the writer lock.

    Every write of a process goes through one connection: there is one writer at a time anyhow, and this one's cache
    stays warm and valid, whereas a commit empties the cache of all the others.
    """

    def __init__(self, engine: sa.Engine, writers: sa.Engine, lock: FileLock | AdvisoryLock) -> None:
        self.engine = engine
        self.writers = writers
        self._lock = lock

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one moment of the log and writes nothing."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, patient: bool = False) -> Iterator[sa.Connection]:
        """A transaction that holds the writer lock from before its first read to its commit.

        What the connection's `info` remembers of the database is forgotten when the transaction is taken back. A
        `patient` one waits for others, and takes itself, as long as it needs; it is for what an operator starts.
        """
        with self.writers.connect() as connection, self._lock.before():
            try:
                with connection.begin():
                    self._lock.inside(connection, patient=patient)
                    yield connection
            except BaseException:
                connection.info.clear()
                raise

    def quiet_moment(self) -> int | None:
        """The clock (microseconds) at a moment when nobody was writing, None when somebody was.

        Whatever is stored up to that moment is in every transaction that begins after this call, and whatever comes
        later is stored later.
        """
        return self._lock.quiet_moment()

    def close(self) -> None:
        self.engine.dispose()
        self.writers.dispose()


def open_database(url: str, *, pool_size: int = 16) -> Database:
    """Open the database at a SQLAlchemy address; a SQLite file and its folder are made when missing.

    Raises DatabaseUnusable when the folder cannot be written, the kind of database is not supported, or the address is
    none.
    """
    try:
        address = sa.make_url(url)
    except (
        sa.exc.ArgumentError,
        ValueError,
    ) as error:  # a port that is no number: perhaps a part of a password
        raise DatabaseUnusable(
            "LRS_DATABASE is no address such as postgresql://user@host/database or sqlite:////folder/file; of a "
            "password, : / @ and % are written %3A %2F %40 and %25"
        ) from error
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address, pool_size)
    if address.get_backend_name() == "postgresql":
        return _open_postgresql(address, pool_size)
    raise DatabaseUnusable(f"{address.get_backend_name()} is not supported: use sqlite or postgresql")


def _open_postgresql(address: sa.URL, pool_size: int) -> Database:
    try:
        engine, writers = postgresql_engines(address, pool_size)
    except ModuleNotFoundError as error:
        raise DatabaseUnusable(
            "PostgreSQL needs its driver: install leerspoor[postgres], which brings psycopg"
        ) from error
    return Database(engine, writers, AdvisoryLock(engine))


def _open_sqlite(address: sa.URL, pool_size: int) -> Database:
    if not address.database or address.database == ":memory:":
        raise DatabaseUnusable(
            "the event log needs a file: an SQLite database in memory is gone with its process"
        )
    file = Path(address.database)
    _make_folder(file.parent)
    engine, writers = (
        _sqlite_engine(address, pool_size, "BEGIN"),
        _sqlite_engine(address, 1, "BEGIN IMMEDIATE"),
    )
    return Database(engine, writers, FileLock(file))


def _sqlite_engine(address: sa.URL, pool_size: int, begin: str) -> sa.Engine:
    engine = sa.create_engine(
        address, pool_size=pool_size, max_overflow=0, pool_use_lifo=True,
        connect_args={"timeout": 30, "check_same_thread": False, "cached_statements": 256},
        hide_parameters=True,  # what is bound to a statement names people; an error must not repeat it
    )  # fmt: skip
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(
            f"{folder} cannot be made ({error.strerror}); set LRS_HOME to a folder of yours"
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin as the engine says
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged statement survives the loss of power
        "cache_size=-16384",
        "wal_autocheckpoint=4000",
        "temp_store=MEMORY",  # or each insert of several rows keeps its undo pages in a file
    ):
        connection.execute(f"PRAGMA {pragma}")
