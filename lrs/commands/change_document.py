"""Put, post or delete a document; its preconditions are checked under the writer lock, where nothing can change."""

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from lrs.document.address import Address
from lrs.document.etag import UNTAGGED, etag
from lrs.document.merge import MergedTooLarge, NotMergeable, check_posted, merge
from lrs.document.precondition import (
    DocumentExists,
    PreconditionFailed,
    PreconditionMissing,
    Preconditions,
    check_preconditions,
)
from lrs.event_log.append import Head, NewEvent, append
from lrs.event_log.content import CHUNK_BYTES, keep_content, read_content
from lrs.event_log.upcast import CURRENT_VERSION, DOCUMENT_DELETED, DOCUMENT_MERGED, DOCUMENT_STORED
from lrs.event_log.writer import Writer
from lrs.index.documents import StoredDocument, find_documents, place_of
from lrs.index.fill import document_entry, fill
from lrs.statement.agent_key import AgentKeys

# What a client is told of a change that may not be made.
_REFUSALS = (PreconditionFailed, PreconditionMissing, DocumentExists, NotMergeable, MergedTooLarge)


class Change(NamedTuple):
    """What a request wants done to the document at an address; `content` is None for a DELETE."""

    method: str  # PUT, POST or DELETE
    address: Address
    store: str
    credential: str
    keys: AgentKeys
    version: str  # of xAPI
    preconditions: Preconditions = Preconditions()
    content: bytes | None = None
    content_type: str = ""
    most_bytes: int | None = None  # what a document may grow to; None for any size


def change_document(writer: Writer, change: Change) -> Head:
    """Make the change and return once it is on disk; a DELETE of what is not there appends nothing.

    Raises PreconditionFailed, PreconditionMissing, DocumentExists, NotMergeable or MergedTooLarge; nothing is then
    changed.
    """
    if change.method == "POST" and change.content is not None:
        check_posted(change.content, change.content_type)
    return writer.run(_change_each, change)


def _change_each(
    connection: sa.Connection, head: Head, changes: Sequence[Change]
) -> tuple[list[Head | Exception], Head]:
    outcomes: list[Head | Exception] = []
    for change in changes:
        try:
            head = _change(connection, head, change)
            outcomes.append(head)
        except _REFUSALS as refusal:
            outcomes.append(refusal)
    return outcomes, head


def _change(connection: sa.Connection, head: Head, change: Change) -> Head:
    place = place_of(change.address, change.store, change.keys)
    there = find_documents(connection, place)
    check_preconditions(
        change.preconditions, _tag(change.address, there),
        method=change.method, resource=change.address.resource, version=change.version,
    )  # fmt: skip
    if change.content is None:
        return _append(connection, head, change, DOCUMENT_DELETED, None) if there else head
    if change.method == "POST" and there:
        merged = _merged(connection, change, there[0])
        return _append(connection, head, change, DOCUMENT_MERGED, merged)
    return _append(connection, head, change, DOCUMENT_STORED, change.content)


def _tag(address: Address, there: Sequence[StoredDocument]) -> str | None:
    """The entity tag of what is there. Many documents have none that a client could name, other than by `*`."""
    if not there:
        return None
    return there[0].etag if address.document_id is not None else UNTAGGED


def _merged(connection: sa.Connection, change: Change, there: StoredDocument) -> bytes:
    existing = b"".join(read_content(connection, change.store, there.sha2))
    merged = merge(existing, there.content_type, change.content or b"", change.content_type)
    if change.most_bytes is not None and len(merged) > change.most_bytes:
        raise MergedTooLarge(f"merged, the document would be larger than {change.most_bytes} bytes")
    return merged


def _append(connection: sa.Connection, head: Head, change: Change, kind: str, content: bytes | None) -> Head:
    payload = _payload(change, content)
    if content is not None:
        pieces = (content[at : at + CHUNK_BYTES] for at in range(0, len(content), CHUNK_BYTES))
        keep_content(connection, change.store, payload["sha2"], pieces)
    agent = change.address.agent
    event = NewEvent(
        store=change.store, kind=kind, version=CURRENT_VERSION[kind], body=orjson.dumps(payload).decode(),
        agent_keys=(change.keys.key(agent),) if agent is not None else (), credential=change.credential,
    )  # fmt: skip
    head = append(connection, [event], head)
    entry = document_entry(payload, store=change.store, keys=change.keys)
    fill(connection, [(entry, head.position, head.stored)])
    return head


def _payload(change: Change, content: bytes | None) -> dict[str, Any]:
    """The event's payload: the address, and of the content what finds it again."""
    payload = {name: value for name, value in change.address._asdict().items() if value is not None}
    if content is not None:
        sha2 = hashlib.sha256(content).hexdigest()
        payload |= {
            "content_type": change.content_type,
            "sha2": sha2,
            "length": len(content),
            "etag": etag(content),
        }
    return payload
