"""From an event to its rows in the index: prepared outside the writer lock, written under it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from lrs.document.address import Address, Resource
from lrs.event_log.prepared import write_tables
from lrs.index.activities import Said, learn
from lrs.index.documents import DocumentChange, apply_change, place_of
from lrs.index.reference import ReferenceRow, fill_reference, reference_row
from lrs.index.references import Link, follow_references
from lrs.index.tables import (
    agent_link,
    analytic_form,
    iri_digest,
    statement_activity,
    statement_agent,
    statement_index,
    voiding,
)
from lrs.profile.conformance import record
from lrs.profile.profiles import Finding
from lrs.reference.form import form_of
from lrs.statement.agent_key import AgentKeys
from lrs.statement.analytic_form import FORM_VERSION
from lrs.statement.analytic_form import analytic_form as make_form
from lrs.statement.mentions import definitions, mentions
from lrs.statement.thing_id import thing_id
from lrs.statement.verbatim_json import verbatim_json

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


class Entry(NamedTuple):
    """Everything the index holds of one event but its position and, in `form`, the time it was stored."""

    store: str
    statement: (
        tuple[str, str, bool, bytes, str | None] | None
    )  # id, credential, is it voiding, verb, registration
    agents: list[tuple[str, bool]]
    activities: list[tuple[bytes, bool]]
    voids: str | None
    form: str
    needs_timestamp: bool
    refers_to: str | None = None
    document: DocumentChange | None = None
    definitions: tuple[Said, ...] = ()
    reference: ReferenceRow | None = None
    links: tuple[tuple[str, str], ...] = ()


def statement_entry(
    value: dict[str, Any],
    *,
    store: str,
    statement_id: str,
    happened: int | None,
    credential: str,
    keys: AgentKeys,
    authority_key: str,
    findings: Sequence[Finding],
    may_define: bool,
) -> Entry:
    """The index entry of a statement; `happened` is its timestamp in microseconds, None when the client sent none."""
    named = mentions(value, keys, authority_key)
    verb = value["verb"]["id"]
    registration = value.get("context", {}).get("registration")
    thing = value["object"]
    refers_to = thing["id"].lower() if thing.get("objectType") == "StatementRef" else None
    return Entry(
        store=store,
        statement=(
            statement_id,
            credential,
            verb == VOIDED,
            iri_digest(verb),
            registration and registration.lower(),
        ),
        agents=named.agents,
        activities=[(iri_digest(iri), related) for iri, related in named.activities],
        voids=refers_to if verb == VOIDED else None,
        form=make_form(value, statement_id, happened, keys, authority_key, record(findings)),
        needs_timestamp=happened is None,
        refers_to=refers_to,
        definitions=tuple(_said(value, store)) if may_define else (),
    )


def _said(value: dict[str, Any], store: str) -> Iterator[Said]:
    for activity_id, definition in definitions(value):
        yield Said(store, activity_id, verbatim_json(definition))


def person_link_entry(agent_keys: list[str], *, store: str) -> Entry:
    """The index entry of a `person_linked` event: only what projections need."""
    form = orjson.dumps({"agents": agent_keys}).decode()
    first, *others = agent_keys
    links = {pair for other in others if other != first for pair in ((first, other), (other, first))}
    return Entry(store, None, [], [], None, form, needs_timestamp=False, links=tuple(sorted(links)))


def reference_entry(entity_type: str, content: dict[str, Any], *, store: str, keys: AgentKeys) -> Entry:
    """The index entry of an event that records an entity of the reference data."""
    form, row = form_of(entity_type, content, keys), reference_row(entity_type, content, keys)
    return Entry(store, None, [], [], None, form, needs_timestamp=False, reference=row)


def document_entry(payload: dict[str, Any], *, store: str, keys: AgentKeys) -> Entry:
    """The index entry of a document event, by its payload; its form says that there was one, and nothing of it."""
    names = ("activity_id", "agent", "registration", "document_id")
    address = Address(Resource(payload["resource"]), *map(payload.get, names))
    place = place_of(address, store, keys)
    change = DocumentChange(
        place, payload.get("content_type", ""), payload.get("sha2"), payload.get("etag", "")
    )
    activity = thing_id(address.activity_id, keys) if address.activity_id else None
    told = {"resource": place.resource, "activity": activity, "agent": place.agent_key or None}
    form = orjson.dumps({name: value for name, value in told.items() if value is not None}).decode()
    return Entry(store, None, [], [], None, form, needs_timestamp=False, document=change)


def fill(connection: sa.Connection, entries: Sequence[tuple[Entry, int, int]]) -> None:
    """Write the entries of events, each with the position and the `stored` (microseconds) of its event."""
    rows: dict[sa.Table, list[tuple[Any, ...]]] = {
        statement_index: [], statement_agent: [], statement_activity: [], voiding: [], analytic_form: [],
        agent_link: [],
    }  # fmt: skip
    recorded = []
    for entry, position, stored in entries:
        _add(rows, entry, position, stored)
        if entry.reference is not None:
            recorded.append((entry.store, entry.reference, position))
    fill_reference(connection, recorded)
    write_tables(connection, list(rows.items()))
    learn(connection, [said for entry, _, _ in entries for said in entry.definitions])
    for entry, _, stored in entries:
        if entry.document is not None:
            apply_change(connection, entry.document, stored)
    follow_references(
        connection, [_link(entry, position) for entry, position, _ in entries if entry.statement]
    )


def _link(entry: Entry, position: int) -> Link:
    assert entry.statement is not None  # noqa: S101  asked by the caller
    return Link(entry.store, position, entry.statement[0], entry.refers_to)


def _add(rows: dict[sa.Table, list[tuple[Any, ...]]], entry: Entry, position: int, stored: int) -> None:
    store = entry.store
    if entry.statement is not None:
        rows[statement_index].append((position, position, 0, store, *entry.statement))
    for key, related in entry.agents:
        rows[statement_agent].append((store, key, position, position, related))
    for activity, related in entry.activities:
        rows[statement_activity].append((store, activity, position, position, related))
    for one, other in entry.links:
        rows[agent_link].append((store, one, other, position))
    if entry.voids is not None:
        rows[voiding].append((store, entry.voids, position))
    # A statement without a timestamp happened when it was stored (Data 2.4.7), known only now.
    form = f'{{"timestamp":{stored},{entry.form[1:]}' if entry.needs_timestamp else entry.form
    rows[analytic_form].append((position, FORM_VERSION, form))
