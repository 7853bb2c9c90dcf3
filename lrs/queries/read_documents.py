"""Read documents: one with its content, or the ids of many."""

from collections.abc import Iterator

import sqlalchemy as sa

from lrs.document.address import Address
from lrs.event_log.content import read_content
from lrs.index.documents import StoredDocument, find_documents, place_of
from lrs.statement.agent_key import AgentKeys


def read_document(
    connection: sa.Connection, address: Address, *, store: str, keys: AgentKeys
) -> StoredDocument | None:
    """The document at an address; None when there is none."""
    found = find_documents(connection, place_of(address, store, keys))
    return found[0] if found else None


def read_document_content(connection: sa.Connection, document: StoredDocument, *, store: str) -> bytes:
    """The document's bytes, as they were sent or merged."""
    pieces: Iterator[bytes] = read_content(connection, store, document.sha2)
    return b"".join(pieces)


def list_documents(
    connection: sa.Connection, context: Address, *, store: str, keys: AgentKeys, since: int | None = None
) -> list[StoredDocument]:
    """The documents of a context, oldest change first; with `since` (microseconds) those changed after it.

    Without a registration these are the documents of every registration and of none (Communication 2.3).
    """
    return find_documents(connection, place_of(context, store, keys), since)
