"""What a statement reaches through StatementRefs: filters find it by that too (Communication 2.1.3).

A statement and what it refers to may come in any order. Whichever comes, all pairs that it completes are written: those
that lead to it, with all that it leads to. A statement refers to at most one other, so each pair has one way.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from lrs.event_log.prepared import fetch_all, write_rows
from lrs.event_log.read import read_events
from lrs.event_log.tables import event_log
from lrs.event_log.upcast import lift
from lrs.index.tables import (
    iri_digest,
    statement_activity,
    statement_agent,
    statement_index,
    statement_reference,
)
from lrs.statement.mentions import activities

# So many references deep do filters look. Chains of two are usual; without a limit a chain of n would take n * n rows.
DEEPEST = 20
_AT_ONCE = 50


class Link(NamedTuple):
    """A statement that was just written, and the id of the one it refers to."""

    store: str
    position: int
    statement_id: str
    refers_to: str | None


class _Reached(NamedTuple):
    position: int
    distance: int


def follow_references(connection: sa.Connection, links: Sequence[Link]) -> None:
    """Write what new statements, whose own rows are there, reach and let others reach. `links` are by position."""
    awaited = _awaited(connection, links)
    for link in links:
        if link.refers_to is None and (link.store, link.statement_id) not in awaited:
            continue
        sources = [_Reached(link.position, 0), *_targets(connection, link)]
        if len(sources) > 1:
            _write(connection, link.store, link.position, sources[1:])
        for referrer in _referrers(connection, link):
            further = [_Reached(s.position, s.distance + referrer.distance) for s in sources]
            _write(connection, link.store, referrer.position, further)
        if link.refers_to is not None:
            write_rows(connection, statement_reference, [(link.store, link.refers_to, link.position)])
            awaited.add((link.store, link.refers_to))


def _awaited(connection: sa.Connection, links: Sequence[Link]) -> set[tuple[str, str]]:
    """Which of the new statements an earlier one refers to."""
    found: set[tuple[str, str]] = set()
    for store in {link.store for link in links}:
        ids = [link.statement_id for link in links if link.store == store]
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            some += some[:1] * (_AT_ONCE - len(some))  # one text serves every number of ids
            found.update((store, row[0]) for row in fetch_all(connection, _AWAITED, [store, *some]))
    return found


def _targets(connection: sa.Connection, link: Link) -> list[_Reached]:
    """What a statement leads to, as far as it came before: one that comes later finds its referrers itself."""
    if link.refers_to is None:
        return []
    rows = fetch_all(connection, _REACHED, [link.store, link.refers_to, link.position])
    return [_Reached(source, distance + 1) for source, distance in rows if source != link.position]


def _referrers(connection: sa.Connection, link: Link) -> list[_Reached]:
    """What leads to a statement, nearest first."""
    found: dict[int, _Reached] = {}
    nearest = [(link.position, link.statement_id)]
    for distance in range(1, DEEPEST + 1):
        rows = [row for _, name in nearest for row in fetch_all(connection, _REFERRERS, [link.store, name])]
        nearest = [row for row in rows if row[0] not in found and row[0] != link.position]
        found |= {position: _Reached(position, distance) for position, _ in nearest}
        if not nearest:
            break
    return list(found.values())


def _write(connection: sa.Connection, store: str, position: int, reached: Iterable[_Reached]) -> None:
    """Give the statement at a position the rows of those that it reaches and did not reach yet."""
    known = {source for (source,) in fetch_all(connection, _SOURCES, [position])}
    for source, distance in reached:
        if source not in known and distance <= DEEPEST:
            _write_pair(connection, store, position, source, distance)


def _write_pair(connection: sa.Connection, store: str, position: int, source: int, distance: int) -> None:
    ((own_id, credential, voiding),) = fetch_all(connection, _OWN, [position, position])
    ((verb, registration),) = fetch_all(connection, _NAMED, [source, source])
    row = (position, source, distance, store, own_id, credential, voiding, verb, registration)
    write_rows(connection, statement_index, [row])
    agents, named = _mentions(connection, store, source)
    rows: list[tuple[Any, ...]] = [(store, key, position, source, related) for key, related in agents]
    write_rows(connection, statement_agent, rows)
    rows = [(store, iri_digest(iri), position, source, related) for iri, related in named]
    write_rows(connection, statement_activity, rows)


def _mentions(
    connection: sa.Connection, store: str, position: int
) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """The agents and activities that a statement names itself: by its envelope and payload, at its own position."""
    (event,) = read_events(connection, position - 1, 1)
    agent = statement_agent.c
    own = sa.select(agent.agent_key, agent.related).where(
        agent.store == store, agent.agent_key.in_(orjson.loads(event.agent_keys)),
        agent.position == position, agent.source == position,
    )  # fmt: skip
    agents = [(key, related) for key, related in connection.execute(own)]
    payload = lift(event)
    return agents, activities(payload) if payload is not None else []


_index, _reference = statement_index.c, statement_reference.c
_AWAITED = (
    sa.select(_reference.target_id)
    .distinct()
    .where(
        _reference.store == sa.bindparam("store"),
        _reference.target_id.in_([sa.bindparam(f"id_{i}") for i in range(_AT_ONCE)]),
    )
)
_REACHED = (
    sa.select(_index.source, _index.distance)
    .join_from(event_log, statement_index, _index.position == event_log.c.position)
    .where(
        event_log.c.store == sa.bindparam("store"),
        event_log.c.statement_id == sa.bindparam("id"),
        event_log.c.position < sa.bindparam("before", type_=sa.BigInteger),
    )
)
_REFERRERS = (
    sa.select(_index.position, _index.statement_id)
    .join_from(
        statement_reference,
        statement_index,
        (_index.position == _reference.position) & (_index.source == _reference.position),
    )
    .where(_reference.store == sa.bindparam("store"), _reference.target_id == sa.bindparam("id"))
)
_SOURCES = sa.select(_index.source).where(_index.position == sa.bindparam("position"))
_HERE = (_index.position == sa.bindparam("position"), _index.source == sa.bindparam("source"))
_OWN = sa.select(_index.statement_id, _index.credential, _index.voiding).where(*_HERE)
_NAMED = sa.select(_index.verb, _index.registration).where(*_HERE)
