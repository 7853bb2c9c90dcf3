"""Statements by position, as their senders wrote them: without those that are voided or erased since."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa

from lrs.directory.store_index import Opened, pages
from lrs.event_log.read import Event, read_events_at
from lrs.event_log.upcast import STATEMENT, lift
from lrs.index.tables import voiding


class Written(NamedTuple):
    """A statement's position, when it happened (microseconds since 1970 UTC) and what it says."""

    position: int
    happened: int
    statement: dict[str, Any]


def statements_at(opened: Opened, positions: Iterable[int]) -> Iterator[Written]:
    """The statements at positions, by position, a page of them in memory at a time."""
    for some in pages(sorted(positions)):
        events = [
            event
            for event in read_events_at(opened.connection, opened.store, some)
            if event.kind == STATEMENT and event.body is not None
        ]
        ids = [event.statement_id for event in events if event.statement_id]
        voided = _voided(opened, ids) if ids else set()
        yield from (_written(event) for event in events if event.statement_id not in voided)


def _voided(opened: Opened, statement_ids: list[str]) -> set[str]:
    here = (voiding.c.store == opened.store, voiding.c.target_id.in_(statement_ids))
    return set(opened.connection.execute(sa.select(voiding.c.target_id).where(*here)).scalars())


def _written(event: Event) -> Written:
    happened = event.stored if event.happened is None else event.happened
    return Written(event.position, happened, lift(event))
