"""Read the log by position."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from lrs.event_log.append import read_head
from lrs.event_log.prepared import fetch_all
from lrs.event_log.tables import event_log, event_payload


class Event(NamedTuple):
    """An event as logged: envelope and payload side by side."""

    position: int
    store: str
    kind: str
    version: int
    statement_id: str | None
    stored: int
    happened: int | None
    agent_keys: str
    credential: str
    payload_hash: bytes
    equality_hash: bytes | None
    body: str | None
    given: int | None
    authority: str | None
    xapi_version: str | None


_EVENTS = sa.select(*event_log.c, *[c for c in event_payload.c if c.name != "position"]).select_from(
    event_log.outerjoin(event_payload, event_payload.c.position == event_log.c.position)
)


def read_events(
    connection: sa.Connection,
    after: int = 0,
    limit: int = 1000,
    *,
    store: str | None = None,
    until: int | None = None,
) -> list[Event]:
    """Up to `limit` events with a position over `after` (and at most `until`), by position."""
    query = _EVENTS.where(event_log.c.position > after).order_by(event_log.c.position).limit(limit)
    if store is not None:
        query = query.where(event_log.c.store == store)
    if until is not None:
        query = query.where(event_log.c.position <= until)
    return [Event(*row) for row in connection.execute(query)]


def follow(
    connection: sa.Connection,
    after: int = 0,
    page: int = 1000,
    *,
    store: str | None = None,
    until: int | None = None,
) -> Iterator[Event]:
    """All events after a position, read page by page so that memory does not grow with the log."""
    while events := read_events(connection, after, page, store=store, until=until):
        yield from events
        after = events[-1].position


def count_events(connection: sa.Connection, after: int = 0, *, store: str | None = None) -> int:
    query = sa.select(sa.func.count()).select_from(event_log).where(event_log.c.position > after)
    return connection.execute(
        query if store is None else query.where(event_log.c.store == store)
    ).scalar_one()


def stores(connection: sa.Connection) -> list[str]:
    """The stores that have an event, in alphabetical order; one index probe each, however long the log."""
    found: list[str] = []
    following = sa.select(sa.func.min(event_log.c.store))
    name = connection.execute(following).scalar()
    while name is not None:
        found.append(name)
        name = connection.execute(following.where(event_log.c.store > name)).scalar()
    return found


def last_position_at(connection: sa.Connection, instant: int) -> int:
    """The last position that was stored at or before an instant (microseconds); 0 when there is none.

    Positions have no gaps and `stored` rises with them, so some twenty probes by position find it in any log, and no
    index on `stored` has to be kept.
    """
    low, high = 0, read_head(connection).position
    while low < high:
        middle = (low + high + 1) // 2
        (stored,) = fetch_all(connection, _STORED_AT, [middle])[0]
        low, high = (middle, high) if stored <= instant else (low, middle - 1)
    return low


_STORED_AT = sa.select(event_log.c.stored).where(event_log.c.position == sa.bindparam("position"))


def read_events_at(connection: sa.Connection, store: str, positions: Sequence[int]) -> list[Event]:
    """The events of a store at these positions, by position; positions of other stores give nothing."""
    here = (event_log.c.store == store, event_log.c.position.in_(positions))
    query = _EVENTS.where(*here).order_by(event_log.c.position)
    return [Event(*row) for row in connection.execute(query)]
