"""One relay at a time: of several that run, one holds a lock, and another gets it within seconds when that one dies."""

import fcntl
import os
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

# Any number will do that differs from the writer lock's, as long as every relay takes the same: "relay" in ASCII.
_ADVISORY_LOCK = 0x72656C6179
# A node that is gone without a word (a cable, a power cut) is noticed by the database within some ten seconds.
_KEEPALIVE = {"tcp_keepalives_idle": 4, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}


class Election(Protocol):
    """Whether this process is the one that relays, now."""

    def is_won(self) -> bool:
        """Try to win, or see that what was won is still ours."""
        ...

    def resign(self) -> None: ...


class FileElection:
    """By a file beside an SQLite database, held with flock: the system lets go of it when its process dies."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-relay")
        self._held: int | None = None

    def is_won(self) -> bool:
        if self._held is None:
            self._held = _lock(self._path)
        return self._held is not None

    def resign(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None


class AdvisoryElection:
    """By a session advisory lock of PostgreSQL, on a connection of its own that lives as long as the lock."""

    def __init__(self, url: sa.URL) -> None:
        # Nobody else's statement may run on it, and a pool would keep the lock for whoever comes next.
        self._engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool, isolation_level="AUTOCOMMIT"
        )
        self._held: sa.Connection | None = None

    def is_won(self) -> bool:
        try:
            if self._held is None:
                self._held = self._try_to_win()
            else:
                self._held.execute(sa.select(1))  # the lock is gone with its connection
        except sa.exc.DBAPIError:
            self.resign()
        return self._held is not None

    def _try_to_win(self) -> sa.Connection | None:
        connection = self._engine.connect()
        for name, seconds in _KEEPALIVE.items():
            connection.exec_driver_sql(f"set {name} = {seconds}")
        if connection.execute(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY_LOCK))).scalar_one():
            return connection
        connection.close()
        return None

    def resign(self) -> None:
        if self._held is not None:
            self._held.invalidate()  # closed without a word to a server that may be gone
            self._held.close()
            self._held = None


def open_election(database_url: str) -> Election:
    """The election among all relays of one database."""
    address = sa.make_url(database_url)
    if address.get_backend_name() == "sqlite":
        return FileElection(Path(address.database or ""))
    return AdvisoryElection(address)


def _lock(path: Path) -> int | None:
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file
