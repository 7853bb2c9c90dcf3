"""`lrs log verify`: is the log whole?"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from lrs.event_log.append import hash_payload
from lrs.event_log.read import Event, follow


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the log at one position."""

    position: int
    text: str


def verify(connection: sa.Connection) -> Iterator[Fault | int]:
    """Walk the whole log; yields a Fault for each gap, disorder or changed payload, and the position after each event.

    Checks decision by decision: positions are gapless from 1, `stored` strictly rises, each payload still hashes to
    what its envelope says.
    """
    position, stored = 0, 0
    for event in follow(connection):
        yield from _faults(event, position, stored)
        position, stored = event.position, event.stored
        yield position


def _faults(event: Event, position: int, stored: int) -> Iterator[Fault]:
    if event.position != position + 1:
        yield Fault(event.position, f"gap: {event.position - position - 1} positions are missing before it")
    if event.stored <= stored:
        yield Fault(event.position, "order: its stored is not after that of the position before")
    if event.body is None:
        yield Fault(event.position, "payload: missing")
    elif hash_payload(event.body) != event.payload_hash:
        yield Fault(event.position, "payload: its hash is not the one in the envelope")
