"""How far Kafka is behind the log, store by store."""

from collections.abc import Iterator
from typing import NamedTuple

from lrs.event_log.database import Database
from lrs.feed import Feed
from lrs.relay.checkpoint import RelayCheckpoint, read_checkpoints


class RelayStatus(NamedTuple):
    """A store's place: lag in events and in seconds of the log; `problem` says why it stands still, and the remedy."""

    store: str
    position: int
    head: int
    lag_events: int
    problem: str | None


def read_status(database: Database) -> Iterator[RelayStatus]:
    """One for each store that has an event, by store."""
    feed, known = Feed(database), read_checkpoints(database)
    for store in feed.stores():
        at = known.get(store, RelayCheckpoint(store, 0))
        head = feed.head(store).position
        behind = feed.count_after(store, at.position) if head > at.position else 0
        yield RelayStatus(store, at.position, head, behind, at.problem)
