"""What the store knows of each activity: the definitions of all statements whose senders may define, put together.

Most statements say again what is known. The writing connection remembers which definitions changed nothing, so that
they cost no look-up; what it remembers holds as long as nobody else has changed any, which one number tells.
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from lrs.event_log.prepared import fetch_all
from lrs.index.tables import activity as table
from lrs.index.tables import index_state, iri_digest
from lrs.statement.definitions import Definition, merge_definitions
from lrs.statement.json_text import parse_object
from lrs.statement.verbatim_json import verbatim_json

_MEMORY = "leerspoor definitions"
_MOST_REMEMBERED = 50_000
_AT_ONCE = 100


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
    """Take in the definitions of new statements, in their order."""
    if not definitions:
        return
    memory: _Memory = connection.info.setdefault(_MEMORY, _Memory())
    ((state,),) = fetch_all(connection, _STATE)
    if memory.state != state or len(memory.known) > _MOST_REMEMBERED:
        memory.known.clear()
        memory.state = state
    for said in definitions:
        if said not in memory.known:
            if _learn_one(connection, said):
                memory.known.clear()  # what was said before may now be a change again
                memory.state = _new_state(connection)
            memory.known.add(said)


def _learn_one(connection: sa.Connection, said: Said) -> bool:
    """Whether it said anything new."""
    digest = iri_digest(said.activity_id)
    rows = fetch_all(connection, _KNOWN, [said.store, digest])
    if not rows:
        values = {"store": said.store, "activity": digest, "definition": said.definition}
        connection.execute(sa.insert(table).values(activity_id=said.activity_id, **values))
        return False  # about this activity nothing else is remembered
    known = parse_object(rows[0][0])
    merged = merge_definitions(known, parse_object(said.definition))
    if merged == known:
        return False
    here = (table.c.store == said.store, table.c.activity == digest)
    connection.execute(sa.update(table).where(*here).values(definition=verbatim_json(merged)))
    return True


def _new_state(connection: sa.Connection) -> int:
    """Tell all processes that what they remember may be wrong; a random number, since a failed commit takes it back."""
    state = secrets.randbits(62)
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


_STATE = sa.select(index_state.c.definitions)
_KNOWN = sa.select(table.c.definition).where(
    table.c.store == sa.bindparam("store"), table.c.activity == sa.bindparam("activity")
)
