"""What leaves the LRS: logged events by position, in their identifier-free analytic form.

Projectors and the relay read this and nothing else; names, mailboxes and free text stay behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import sqlalchemy as sa

from lrs.event_log import read
from lrs.event_log.append import read_head
from lrs.event_log.database import Database, open_database
from lrs.event_log.prepared import fetch_all
from lrs.event_log.tables import event_log
from lrs.event_log.trouble import passes
from lrs.index.tables import analytic_form
from lrs.settings import Settings


class LogAway(RuntimeError):
    """The log cannot be read now, by no fault of the reader; it is worth asking again."""


class LoggedEvent(NamedTuple):
    """One event: `stored` in microseconds since 1970 UTC, `form` its analytic form as JSON text."""

    position: int
    store: str
    kind: str
    version: int
    statement_id: str | None
    stored: int
    form: str


class Head(NamedTuple):
    """Where a store's part of the log ends; 0 and 0 when it is empty."""

    position: int
    stored: int


class Feed:
    """The log as other parts may see it. Reading never waits for writers, nor makes them wait.

    All that reads raises LogAway while the database is away.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, settings: Settings) -> "Feed":
        return cls(open_database(settings.database_url, pool_size=4))

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._database.reading() as connection:
                yield connection
        except sa.exc.SQLAlchemyError as error:
            if passes(error):
                raise LogAway(f"the log cannot be read now: {_first_line(error)}") from error
            raise

    def stores(self) -> list[str]:
        """The stores that have an event."""
        with self._reading() as connection:
            return read.stores(connection) if _exists(connection) else []

    def head(self, store: str) -> Head:
        with self._reading() as connection:
            return Head(*_head(connection, store))

    def read(self, store: str, after: int, limit: int) -> list[LoggedEvent]:
        """Up to `limit` events of a store with a position over `after`, by position."""
        with self._reading() as connection:
            return list(map(LoggedEvent._make, fetch_all(connection, _EVENTS, [store, after, limit, 0])))

    def count_after(self, store: str, after: int) -> int:
        """How many events a reader at `after` still has before it."""
        with self._reading() as connection:
            return read.count_events(connection, after, store=store)


_log = event_log.c
_EVENTS = (
    sa.select(
        _log.position,
        _log.store,
        _log.kind,
        _log.version,
        _log.statement_id,
        _log.stored,
        analytic_form.c.form,
    )
    .join_from(event_log, analytic_form, analytic_form.c.position == _log.position)
    .where(_log.store == sa.bindparam("store"), _log.position > sa.bindparam("after"))
    .order_by(_log.position)
    .limit(sa.bindparam("page", type_=sa.Integer))
    .offset(
        sa.bindparam("skipped", type_=sa.Integer)
    )  # given, since SQLite's dialect would add one of its own
)


def _exists(connection: sa.Connection) -> bool:
    # A projector may be started before the LRS has ever been: that is an empty log, not an error.
    return sa.inspect(connection).has_table(event_log.name)


def _first_line(error: sa.exc.SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).splitlines() or [type(cause).__name__])[0]


def _head(connection: sa.Connection, store: str) -> tuple[int, int]:
    head = read_head(connection, store)
    return head.position, head.stored
