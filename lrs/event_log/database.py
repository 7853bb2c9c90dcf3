"""One SQL database, opened for reading or for the one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

_WRITING = "leerspoor_writing"
# Any number will do, as long as every process of an installation takes the same: "lrs" in ASCII.
_ADVISORY_LOCK = 0x6C7273


class DatabaseUnusable(RuntimeError):
    """The database cannot be opened; the text says what to do."""


class Database:
    """Connections to the event log: `reading()` a snapshot, `writing()` under the writer lock."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one moment of the log and writes nothing."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that holds the writer lock from before its first read to its commit.

        Sequence numbers are handed out before commit; without the lock a reader that follows the log could step over
        a row that commits late, and never see it.
        """
        with self.engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
            if self.engine.dialect.name == "postgresql":
                # Its own statement: the snapshot of the next one is then taken after the lock was given.
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str, *, pool_size: int = 16) -> Database:
    """Open the database at a SQLAlchemy address; a SQLite file and its folder are made when missing.

    Raises DatabaseUnusable when the folder cannot be written or the kind of database is not supported.
    """
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        return Database(_open_sqlite(address, pool_size))
    if address.get_backend_name() == "postgresql":
        driver = address.set(drivername="postgresql+psycopg")
        return Database(sa.create_engine(driver, pool_size=pool_size, pool_pre_ping=True))
    raise DatabaseUnusable(f"{address.get_backend_name()} is not supported: use sqlite or postgresql")


def _open_sqlite(address: sa.URL, pool_size: int) -> sa.Engine:
    if not address.database or address.database == ":memory:":
        raise DatabaseUnusable(
            "the event log needs a file: an SQLite database in memory is gone with its process"
        )
    _make_folder(Path(address.database).parent)
    engine = sa.create_engine(
        address, pool_size=pool_size, max_overflow=0, connect_args={"timeout": 30, "check_same_thread": False}
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusable(
            f"{folder} cannot be made ({error.strerror}); set LRS_HOME to a folder of yours"
        ) from error


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, below
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # an acknowledged statement survives the loss of power
        "cache_size=-16384",
        "wal_autocheckpoint=4000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
