"""What the store knows of each activity: the definitions of all statements whose senders may define, put together.

Most statements say again what is known. The writing connection remembers which definitions changed nothing, so that
they cost no look-up; what it remembers holds as long as nobody else has changed any, which one number tells.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from lrs.event_log.prepared import fetch_all, write_rows
from lrs.index.tables import activity as table
from lrs.index.tables import index_state, iri_digest
from lrs.index.version import state_of_definitions
from lrs.statement.canonical_json import canonical_json
from lrs.statement.definitions import Definition, merge_definitions
from lrs.statement.json_text import parse_object
from lrs.statement.verbatim_json import verbatim_json

_MEMORY = "leerspoor definitions"
_MOST_REMEMBERED = 50_000
_AT_ONCE = 50
_Key = tuple[str, bytes]  # of a store and an activity


class Said(NamedTuple):
    """A definition that a statement gives: of which activity, its JSON text, and whose store it is."""

    store: str
    activity_id: str
    definition: str


class _Memory:
    """Definitions that changed nothing when they were last met, and the state of the table that this holds for."""

    def __init__(self) -> None:
        self.state = -1
        self.known: set[Said] = set()


def learn(connection: sa.Connection, definitions: Sequence[Said]) -> None:
    """Take in the definitions of new statements, in their order. Raises OtherIndex, also when there are none."""
    state = state_of_definitions(connection)
    if not definitions:
        return
    memory: _Memory = connection.info.setdefault(_MEMORY, _Memory())
    if memory.state != state or len(memory.known) > _MOST_REMEMBERED:
        memory.known.clear()
        memory.state = state
    news = [said for said in dict.fromkeys(definitions) if said not in memory.known]
    there = _there(connection, news)
    now, contradicted = _learn(news, there)
    if contradicted:
        # The later word counts, so each counts in its place: also one that is known, or that was said before.
        there = _there(connection, definitions)
        now, _ = _learn(definitions, there)
        memory.known.clear()  # what was said before may now be a change again
        memory.state = _tell_new_state(connection)
    else:
        memory.known.update(news)
    _write(connection, now, there)


def _learn(said_in_order: Iterable[Said], there: dict[_Key, str]) -> tuple[dict[_Key, Said], bool]:
    """What is known now of activities of which it is new, and whether any of it differs from what was known before.

    The first word on an activity is no difference.
    """
    now: dict[_Key, Said] = {}
    contradicted = False
    for said in said_in_order:
        key = _key(said)
        before = now[key].definition if key in now else there.get(key)
        together = said.definition if before is None else _put_together(before, said.definition)
        contradicted |= before is not None and together != before
        if together != before:
            now[key] = said._replace(definition=together)
    return now, contradicted


def _put_together(before: str, said: str) -> str:
    if before == said:
        return before
    known = parse_object(before)
    merged = merge_definitions(known, parse_object(said))
    # Not by ==, to which true and 1 are the same.
    return before if canonical_json(merged) == canonical_json(known) else verbatim_json(merged)


def _key(said: Said) -> _Key:
    return said.store, iri_digest(said.activity_id)


def _there(connection: sa.Connection, definitions: Iterable[Said]) -> dict[_Key, str]:
    """The definitions that are there already, of the activities of these."""
    digests: dict[str, list[bytes]] = {}
    for store, digest in dict.fromkeys(map(_key, definitions)):
        digests.setdefault(store, []).append(digest)
    found: dict[_Key, str] = {}
    for store, wanted in digests.items():
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            some += some[:1] * (_AT_ONCE - len(some))  # one text serves every number of them
            rows = fetch_all(connection, _KNOWN, [store, *some])
            found.update(((store, bytes(digest)), definition) for digest, definition in rows)
    return found


def _write(connection: sa.Connection, now: dict[_Key, Said], there: dict[_Key, str]) -> None:
    rows = [(*key, said.activity_id, said.definition) for key, said in now.items() if key not in there]
    write_rows(connection, table, rows)
    for (store, digest), said in now.items():
        if (store, digest) in there:
            here = (table.c.store == store, table.c.activity == digest)
            connection.execute(sa.update(table).where(*here).values(definition=said.definition))


def new_state() -> int:
    """A state of the table that no process remembers; random, since a failed commit takes it back."""
    return secrets.randbits(62)


def _tell_new_state(connection: sa.Connection) -> int:
    """Tell all processes that what they remember may be wrong."""
    state = new_state()
    connection.execute(sa.update(index_state).values(definitions=state))
    return state


def read_definitions(connection: sa.Connection, store: str, iris: Iterable[str]) -> dict[str, Definition]:
    """What is known of activities, by id; those of which nothing is known are left out."""
    wanted, found = list(dict.fromkeys(iris)), dict[str, Definition]()
    for start in range(0, len(wanted), _AT_ONCE):
        digests = [iri_digest(iri) for iri in wanted[start : start + _AT_ONCE]]
        query = sa.select(table.c.activity_id, table.c.definition)
        rows: Any = connection.execute(query.where(table.c.store == store, table.c.activity.in_(digests)))
        found |= {iri: parse_object(definition) for iri, definition in rows}
    return found


_KNOWN = sa.select(table.c.activity, table.c.definition).where(
    table.c.store == sa.bindparam("store"),
    table.c.activity.in_([sa.bindparam(f"activity_{i}") for i in range(_AT_ONCE)]),
)
