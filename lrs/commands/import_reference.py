"""Record what a file of reference data changes: one event per changed entity, all of a file in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import sqlalchemy as sa

from lrs.event_log.append import Head, NewEvent, append
from lrs.event_log.database import Database
from lrs.event_log.upcast import CURRENT_VERSION, PERSON_LINKED
from lrs.event_log.writer import Writer
from lrs.index.fill import Entry, fill, person_link_entry, reference_entry
from lrs.index.reference import Known
from lrs.reference.difference import Difference, difference
from lrs.reference.entity import PERSON, ROSTER, Entity, Reading, kind_of
from lrs.reference.form import agent_keys_of
from lrs.statement.agent_key import AgentKeys

EVENTS_AT_ONCE = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Import:
    """What is to be imported, whereto, in whose name; `as_of` is the first day of what the file leaves undated."""

    reading: Reading
    store: str
    credential: str
    as_of: date
    keys: AgentKeys
    accept_rejects: bool = False
    progress: Progress = lambda recorded, of: None


def preview(database: Database, wanted: Import) -> Difference:
    """What an import would change; nothing is written."""
    with database.reading() as connection:
        return difference(wanted.reading, Known(connection, wanted.store), wanted.as_of)


def remembered_accounts(database: Database, store: str, source: str) -> list[str]:
    """The account mapping with which a roster of this source was imported last; empty when it never was."""
    with database.reading() as connection:
        known = Known(connection, store).contents(ROSTER, [source])
    return list(known.get(source, {}).get("accounts", []))


def import_reference(writer: Writer, wanted: Import) -> Difference:
    """Record what a reading changes; a second import of the same file records nothing.

    When a row was rejected nothing is recorded, unless `accept_rejects`. The difference is made under the writer lock,
    so that two imports at a time cannot each undo the other's.
    """
    return writer.run(_import_all, wanted)


def _import_all(
    connection: sa.Connection, head: Head, imports: Sequence[Import]
) -> tuple[list[Difference], Head]:
    found = []
    for wanted in imports:
        known = Known(connection, wanted.store)
        made = difference(wanted.reading, known, wanted.as_of)
        if made.to_record and (wanted.accept_rejects or not made.rejected):
            head = _record(connection, head, wanted, _events(wanted, made, known))
        found.append(made)
    return found, head


def _events(wanted: Import, made: Difference, known: Known) -> list[tuple[NewEvent, Entry]]:
    people = {each.key for each in made.changed if each.type == PERSON}
    before = known.contents(PERSON, people)
    events = []
    for each in made.to_record:
        events.append(_recorded(wanted, each))
        agents = each.content.get("agents", [])
        if each.type == PERSON and len(agents) > 1 and agents != before.get(each.key, {}).get("agents"):
            events.append(_linked(wanted, agents))
    return events


def _recorded(wanted: Import, each: Entity) -> tuple[NewEvent, Entry]:
    entry = reference_entry(each.type, each.content, store=wanted.store, keys=wanted.keys)
    keys = agent_keys_of(each.type, each.content, wanted.keys)
    return _event(wanted, kind_of(each.type), each.content, keys), entry


def _linked(wanted: Import, agents: list[dict[str, Any]]) -> tuple[NewEvent, Entry]:
    keys = [wanted.keys.key(agent) for agent in agents]
    return _event(wanted, PERSON_LINKED, {"agents": agents}, keys), person_link_entry(
        keys, store=wanted.store
    )


def _event(wanted: Import, kind: str, content: dict[str, Any], keys: Iterable[str]) -> NewEvent:
    return NewEvent(
        store=wanted.store,
        kind=kind,
        version=CURRENT_VERSION[kind],
        body=orjson.dumps(content).decode(),
        agent_keys=tuple(sorted(set(keys))),
        credential=wanted.credential,
    )


def _record(
    connection: sa.Connection, head: Head, wanted: Import, events: Sequence[tuple[NewEvent, Entry]]
) -> Head:
    for start in range(0, len(events), EVENTS_AT_ONCE):
        page = events[start : start + EVENTS_AT_ONCE]
        first = head.position + 1
        head = append(connection, [event for event, _ in page], head)
        stored = head.stored - len(page) + 1
        fill(connection, [(entry, first + n, stored + n) for n, (_, entry) in enumerate(page)])
        wanted.progress(start + len(page), len(events))
    return head
