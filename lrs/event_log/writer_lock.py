"""The writer lock: one writer at a time in all processes of an installation, and a way to ask whether there is one.

Sequence numbers are handed out before commit; without the lock a reader that follows the log could step over a row that
commits late, and never see it.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import sqlalchemy as sa

from lrs.event_log.postgresql import lift_limits
from lrs.event_log.prepared import fetch_all

# Any number will do, as long as every process of an installation takes the same: "lrs" in ASCII.
_ADVISORY_LOCK = 0x6C7273


class FileLock:
    """The lock of an SQLite database: a file beside it, held with flock, so that a process that dies lets go of it."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-writer")

    @contextmanager
    def before(self) -> Iterator[None]:
        """Hold it around a transaction."""
        lock = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def inside(self, connection: sa.Connection, *, patient: bool) -> None:
        """Nothing is left to do inside of it: whoever waits for a file waits patiently."""

    def quiet_moment(self) -> int | None:
        """The clock (microseconds) at a moment when nobody held the lock; None when somebody did."""
        lock = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return time.time_ns() // 1000
        except BlockingIOError:
            return None
        finally:
            os.close(lock)


class AdvisoryLock:
    """The lock of a PostgreSQL database, let go of when its transaction ends; the clock is the database's."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def before(self) -> AbstractContextManager[None]:
        """It cannot be taken before the transaction that it is bound to."""
        return nullcontext()

    def inside(self, connection: sa.Connection, *, patient: bool) -> None:
        """Take it, and hold it to the end of the transaction.

        Raises OperationalError when others have held it for longer than lock_timeout, unless `patient`.
        """
        if patient:
            lift_limits(connection)
        # Its own statement: the snapshot of the next one is then taken after the lock was given.
        fetch_all(connection, _TAKE)

    def quiet_moment(self) -> int | None:
        """The clock (microseconds) at a moment when nobody held the lock; None when somebody did."""
        with self._engine.connect() as connection:
            # A transaction of one statement: it lets go of the lock as soon as it has read the clock.
            connection.execution_options(isolation_level="AUTOCOMMIT")
            ((moment,),) = fetch_all(connection, _QUIET)
        return None if moment is None else int(moment)


def clock(connection: sa.Connection) -> int:
    """Microseconds since 1970 UTC by the one clock that all writers share."""
    if connection.dialect.name == "postgresql":
        ((moment,),) = fetch_all(connection, _CLOCK)
        return int(moment)
    return time.time_ns() // 1000


_MICROSECONDS = sa.cast(
    sa.func.extract("epoch", sa.func.clock_timestamp()) * sa.literal_column("1000000"), sa.BigInteger
)
_CLOCK = sa.select(_MICROSECONDS)
_KEY: sa.ColumnClause[int] = sa.literal_column(str(_ADVISORY_LOCK))
_TAKE = sa.select(sa.func.pg_advisory_xact_lock(_KEY))
_QUIET = sa.select(sa.case((sa.func.pg_try_advisory_xact_lock_shared(_KEY), _MICROSECONDS)))
