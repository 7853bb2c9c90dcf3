"""The documents that there are now, by their address."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from lrs.document.address import Address
from lrs.index.tables import document as table
from lrs.index.tables import iri_digest
from lrs.statement.agent_key import AgentKeys


class Place(NamedTuple):
    """An address as the index keeps it: no identifiers, nothing longer than a key may be.

    None for a registration or a document means all of them.
    """

    store: str
    resource: str
    activity: bytes
    agent_key: str
    registration: str | None
    document_id: str | None


class StoredDocument(NamedTuple):
    """A document as it is now; `updated` in microseconds."""

    document_id: str
    content_type: str
    sha2: str
    etag: str
    updated: int


class DocumentChange(NamedTuple):
    """What an event does: set the document at a place, or, with None for `sha2`, delete what is at it."""

    place: Place
    content_type: str = ""
    sha2: str | None = None
    etag: str = ""


def place_of(address: Address, store: str, keys: AgentKeys) -> Place:
    """The place of an address; one document's registration is "" when it has none, that of many is then any."""
    return Place(
        store,
        address.resource.value,
        iri_digest(address.activity_id) if address.activity_id is not None else b"",
        keys.key(address.agent) if address.agent is not None else "",
        address.registration if address.document_id is None else address.registration or "",
        address.document_id,
    )


def apply_change(connection: sa.Connection, change: DocumentChange, stored: int) -> None:
    """Make the change of an event that was stored at an instant (microseconds)."""
    connection.execute(sa.delete(table).where(*_at(change.place)))
    place = change.place
    if change.sha2 is not None and place.document_id is not None:
        row = place._asdict() | {"document": iri_digest(place.document_id), "updated": stored}
        row |= {"content_type": change.content_type, "sha2": change.sha2, "etag": change.etag}
        connection.execute(sa.insert(table).values(row))


def find_documents(connection: sa.Connection, place: Place, since: int | None = None) -> list[StoredDocument]:
    """What is at a place, oldest change first; with `since` only what was changed after that instant."""
    columns = (table.c.document_id, table.c.content_type, table.c.sha2, table.c.etag, table.c.updated)
    query = sa.select(*columns).where(*_at(place)).order_by(table.c.updated)
    if since is not None:
        query = query.where(table.c.updated > since)
    return [StoredDocument(*row) for row in connection.execute(query)]


def _at(place: Place) -> list[sa.ColumnElement[Any]]:
    found = [
        table.c.store == place.store,
        table.c.resource == place.resource,
        table.c.activity == place.activity,
        table.c.agent_key == place.agent_key,
    ]
    if place.registration is not None:
        found.append(table.c.registration == place.registration)
    if place.document_id is not None:
        found.append(table.c.document == iri_digest(place.document_id))
    return found
