"""Drop the index and fill it again from the log."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import orjson
import sqlalchemy as sa

from lrs.credential.credentials import profile_checks, who_may_not_define
from lrs.event_log.database import Database
from lrs.event_log.read import Event, read_events
from lrs.event_log.upcast import DOCUMENT_KINDS, PERSON_LINKED, lift
from lrs.index.activities import new_state
from lrs.index.fill import Entry, document_entry, fill, person_link_entry, reference_entry, statement_entry
from lrs.index.renewal import emptied
from lrs.index.tables import INDEX_VERSION, index_metadata, index_state
from lrs.profile.conformance import OFF
from lrs.profile.profiles import Profiles
from lrs.reference.entity import KINDS, type_of
from lrs.statement.agent_key import AgentKeys

EVENTS_AT_ONCE = 2000
TABLES_GROW = 4


def reindex(
    database: Database,
    keys: AgentKeys,
    profiles: Profiles,
    progress: Callable[[int], None] = lambda position: None,
) -> int:
    """Make the whole index again, in one transaction: readers keep the old one until it is done. Returns the events.

    Writers wait meanwhile. `progress` is called with the position reached. What statements break is what they break of
    the profiles given now, whatever was loaded when they came; a credential whose check is off stays unchecked.
    """
    with database.writing(patient=True) as connection:
        senders = _Senders(
            frozenset(key for key, check in profile_checks(connection).items() if check == OFF),
            who_may_not_define(connection),
        )
        with emptied(connection):
            connection.execute(index_state.insert().values(version=INDEX_VERSION, definitions=new_state()))
            return _fill_all(connection, lambda event: entry_of(event, keys, profiles, senders), progress)


def _fill_all(
    connection: sa.Connection, entry: Callable[[Event], Entry], progress: Callable[[int], None]
) -> int:
    events, counted = 0, 1
    for page in _pages(connection):
        fill(connection, [(entry(event), event.position, event.stored) for event in page])
        events += len(page)
        if events >= counted * TABLES_GROW:
            counted = events
            count_rows(connection)
        progress(page[-1].position)
    return events


def count_rows(connection: sa.Connection) -> None:
    """Tell PostgreSQL how large the tables have become: it would go on as planned when they were empty."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ANALYZE {', '.join(index_metadata.tables)}")


def _pages(connection: sa.Connection) -> Iterable[list[Event]]:
    after = 0
    while page := read_events(connection, after, EVENTS_AT_ONCE):
        yield page
        after = page[-1].position


class _Senders(NamedTuple):
    """Credentials whose statements are held to no profile, and those whose definitions do not count."""

    unchecked: frozenset[str]
    not_defining: frozenset[str]


def entry_of(event: Event, keys: AgentKeys, profiles: Profiles, senders: _Senders) -> Entry:
    """The index entry of a logged event: equal to the one that was filled when it was appended."""
    payload = lift(event)
    if event.kind == PERSON_LINKED:
        return person_link_entry([keys.key(agent) for agent in payload["agents"]], store=event.store)
    if event.kind in KINDS:
        return reference_entry(type_of(event.kind), payload, store=event.store, keys=keys)
    if event.kind in DOCUMENT_KINDS:
        return document_entry(payload, store=event.store, keys=keys)
    assert event.statement_id is not None and event.authority is not None  # noqa: S101  statements have both
    return statement_entry(
        payload,
        store=event.store,
        statement_id=event.statement_id,
        happened=event.happened,
        credential=event.credential,
        keys=keys,
        authority_key=keys.key(orjson.loads(event.authority)),
        findings=[] if event.credential in senders.unchecked else profiles.check(payload),
        may_define=event.credential not in senders.not_defining,
    )
