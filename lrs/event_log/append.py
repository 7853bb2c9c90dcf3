"""Append events at the head of the log, inside the writer's transaction."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from lrs.event_log.prepared import fetch_all, write_tables
from lrs.event_log.tables import event_log, event_payload
from lrs.event_log.writer_lock import clock

# A head that far ahead of the clock means that the clock was set back; waiting is better than inventing times.
LARGEST_LEAD_US = 5_000_000


class ClockBehind(RuntimeError):
    """The clock is more than 5 s behind the log's last `stored`; try again later (503)."""


@dataclass(slots=True)
class NewEvent:
    """An event that is not in the log yet: all of it but position and `stored`, which the log gives."""

    store: str
    kind: str
    version: int
    body: str
    agent_keys: tuple[str, ...]
    credential: str
    statement_id: str | None = None
    happened: int | None = None
    equality_hash: bytes | None = None
    given: int = 0
    authority: str | None = None
    xapi_version: str | None = None
    payload_hash: bytes = field(default=b"", init=False)

    def __post_init__(self) -> None:
        self.payload_hash = hash_payload(self.body)


class Head(NamedTuple):
    """Where the log ends: the last position, and its `stored` in microseconds; 0 and 0 when it is empty."""

    position: int
    stored: int


def hash_payload(body: str) -> bytes:
    return hashlib.sha256(body.encode()).digest()


def read_head(connection: sa.Connection, store: str | None = None) -> Head:
    """The head of the whole log, or of one store's part of it."""
    rows = fetch_all(connection, _HEAD) if store is None else fetch_all(connection, _HEAD_OF_STORE, [store])
    return Head(*rows[0]) if rows else Head(0, 0)


_last = event_log.alias("last")
_HEAD = sa.select(event_log.c.position, event_log.c.stored).where(
    event_log.c.position == sa.select(sa.func.max(_last.c.position)).scalar_subquery()
)
_HEAD_OF_STORE = sa.select(event_log.c.position, event_log.c.stored).where(
    event_log.c.position
    == sa.select(sa.func.max(_last.c.position))
    .where(_last.c.store == sa.bindparam("store"))
    .scalar_subquery()
)


def append(connection: sa.Connection, events: Sequence[NewEvent], head: Head) -> Head:
    """Write events after `head` and return the new head: event i has position head.position + 1 + i.

    `stored` rises by at least a microsecond from event to event, so that `since`, `until` and a polling client never
    meet two statements of one instant. The caller holds the writer lock and has read `head` under it.

    Raises ClockBehind when the log's last `stored` is more than 5 s in the future.
    """
    first_stored = _next_stored(connection, head)
    envelopes, payloads = [], []
    for i, event in enumerate(events):
        envelopes.append(_envelope(event, head.position + 1 + i, first_stored + i))
        payloads.append((head.position + 1 + i, event.body, event.given, event.authority, event.xapi_version))
    write_tables(connection, [(event_log, envelopes), (event_payload, payloads)])
    return Head(head.position + len(events), first_stored + len(events) - 1)


def _next_stored(connection: sa.Connection, head: Head) -> int:
    now = clock(connection)
    if head.stored - now > LARGEST_LEAD_US:
        raise ClockBehind(f"the clock is {(head.stored - now) / 1e6:.1f} s behind the last stored statement")
    return max(now, head.stored + 1)


def _envelope(event: NewEvent, position: int, stored: int) -> tuple[Any, ...]:
    return (
        position, event.store, event.kind, event.version, event.statement_id, stored, event.happened,
        json.dumps(event.agent_keys), event.credential, event.payload_hash, event.equality_hash,
    )  # fmt: skip
