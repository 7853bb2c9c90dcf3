"""Documents in the log: what an event holds, what a refusal leaves, and that the index can be made again."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import lrs.commands.change_document as command
from lrs.app import open_parts
from lrs.commands.change_document import Change, change_document
from lrs.document.address import Address, Resource
from lrs.document.etag import etag
from lrs.document.merge import JSON, MergedTooLarge, NotMergeable
from lrs.document.precondition import (
    DocumentExists,
    PreconditionFailed,
    PreconditionMissing,
    Preconditions,
)
from lrs.event_log.append import Head
from lrs.event_log.read import Event, read_events
from lrs.event_log.tables import content, event_log
from lrs.event_log.upcast import lift
from lrs.http.parts import Parts
from lrs.index.rebuild import reindex
from lrs.index.tables import TABLES
from lrs.queries.read_documents import list_documents, read_document, read_document_content
from tests.lrs.installation import Installation

AGENT = {"mbox": "mailto:an@example.org"}
ACTIVITY = "https://example.org/activities/1"
REGISTRATION = "abcdef00-0000-4000-8000-00000000000a"
STATE = Address(Resource.STATE, ACTIVITY, AGENT, None, "one")
REFUSALS = (DocumentExists, PreconditionFailed, PreconditionMissing, NotMergeable)


@pytest.fixture
def parts(tmp_path: Path, installation: Installation) -> Iterator[Parts]:
    parts = open_parts(installation(tmp_path))
    yield parts
    parts.database.close()


def a_change(
    parts: Parts, method: str, address: Address = STATE, body: bytes | None = b"{}", **members: Any
) -> Change:
    made = Change(method, address, "default", "key", parts.keys, "1.0.3", content=body, content_type=JSON)
    return made._replace(**members)


def change(
    parts: Parts, method: str, address: Address = STATE, body: bytes | None = b"{}", **members: Any
) -> Head:
    return change_document(parts.writer, a_change(parts, method, address, body, **members))


def events(parts: Parts) -> list[Event]:
    with parts.database.reading() as connection:
        return read_events(connection, 0, 1000)


def index(parts: Parts) -> dict[str, list[tuple[Any, ...]]]:
    return rows(parts, *TABLES)


def rows(parts: Parts, *tables: sa.Table) -> dict[str, list[tuple[Any, ...]]]:
    with parts.database.reading() as connection:
        return {t.name: sorted(map(tuple, connection.execute(sa.select(t))), key=repr) for t in tables}


def served(parts: Parts, address: Address, store: str = "default") -> tuple[bytes, str] | None:
    """The document at an address and its type; what is said of it by its tag is true."""
    with parts.database.reading() as connection:
        found = read_document(connection, address, store=store, keys=parts.keys)
        if found is None:
            return None
        body = read_document_content(connection, found, store=store)
    assert found.etag == etag(body)
    return body, found.content_type


def test_each_change_is_an_event_that_finds_the_content_again(parts: Parts) -> None:
    change(parts, "PUT", body=b'{"a":1}')
    change(parts, "POST", body=b'{"b":2}')
    head = change(parts, "DELETE", body=None)
    stored, merged, deleted = events(parts)
    assert [e.kind for e in (stored, merged, deleted)] == [
        "document_stored",
        "document_merged",
        "document_deleted",
    ]
    address = {"resource": "state", "activity_id": ACTIVITY, "agent": AGENT, "document_id": "one"}
    both = b'{"a":1,"b":2}'
    assert lift(merged) == {
        **address, "content_type": JSON, "sha2": hashlib.sha256(both).hexdigest(), "length": len(both),
        "etag": etag(both),
    }  # fmt: skip
    assert lift(deleted) == address
    assert head == Head(deleted.position, deleted.stored)
    assert {e.credential for e in events(parts)} == {"key"}


def test_one_content_is_kept_once(parts: Parts) -> None:
    for name in ("one", "two"):
        change(parts, "PUT", STATE._replace(document_id=name), b"x" * 2_500_000)
    change(parts, "PUT", STATE, b"y")
    change(parts, "PUT", STATE, b"x" * 2_500_000)
    sizes = sorted(len(row[3]) for row in rows(parts, content)["content"])
    assert sizes == [1, 2_500_000 - 2 * 1024 * 1024, 1024 * 1024, 1024 * 1024]
    assert served(parts, STATE) == (b"x" * 2_500_000, JSON)


def test_the_same_put_again_is_a_change_of_its_date(parts: Parts) -> None:
    first, second = change(parts, "PUT"), change(parts, "PUT")
    assert second.position == first.position + 1
    with parts.database.reading() as connection:
        (found,) = list_documents(
            connection, STATE._replace(document_id=None), store="default", keys=parts.keys, since=first.stored
        )
    assert found.updated == second.stored


def test_deleting_what_is_not_there_tells_where_the_log_ends(parts: Parts) -> None:
    head = change(parts, "PUT", STATE._replace(document_id="other"))
    assert change(parts, "DELETE", body=None) == head


def test_a_refusal_leaves_nothing_while_others_of_its_commit_go_on(parts: Parts) -> None:
    """Several callers whose work goes into one commit: each is told of its own, in their order."""
    other = STATE._replace(document_id="other")
    new, known = Preconditions(if_none_match="*"), Preconditions(if_match=etag(b"{}"))
    changes = [
        a_change(parts, "PUT", preconditions=new),
        a_change(parts, "PUT", preconditions=new),
        a_change(parts, "POST", body=b'{"a":1}', preconditions=known),
        a_change(parts, "PUT", preconditions=known),
        a_change(parts, "POST", body=b"{}", content_type="text/plain"),
        a_change(parts, "PUT", other, body=b"x"),
        a_change(parts, "DELETE", body=None, preconditions=Preconditions(if_match=etag(b'{"a":1}'))),
    ]
    with parts.database.writing() as connection:
        outcomes, head = command._change_each(connection, Head(0, 0), changes)
    assert [type(outcome) for outcome in outcomes] == [
        Head, PreconditionFailed, Head, PreconditionFailed, NotMergeable, Head, Head,
    ]  # fmt: skip
    assert [e.position for e in events(parts)] == [1, 2, 3, 4]
    assert head == outcomes[-1]
    assert (served(parts, STATE), served(parts, other)) == (None, (b"x", JSON))


def test_a_document_does_not_grow_over_the_limit_by_posts(parts: Parts) -> None:
    change(parts, "POST", body=b'{"a":"' + b"x" * 80 + b'"}', most_bytes=100)
    before = rows(parts, event_log, content, *TABLES)
    with pytest.raises(MergedTooLarge, match="100"):
        change(parts, "POST", body=b'{"b":"' + b"x" * 80 + b'"}', most_bytes=100)
    assert rows(parts, event_log, content, *TABLES) == before
    change(parts, "POST", body=b'{"a":1}', most_bytes=100)
    assert served(parts, STATE) == (b'{"a":1}', JSON)


def test_a_deletion_of_many_is_one_event_and_stays_done_after_a_reindex(parts: Parts) -> None:
    registered = STATE._replace(registration=REGISTRATION)
    for address in (STATE, registered, STATE._replace(document_id="two")):
        change(parts, "PUT", address)
    change(parts, "DELETE", registered._replace(document_id=None), body=None)
    change(parts, "PUT", registered._replace(document_id="three"))
    change(parts, "DELETE", STATE._replace(document_id=None), body=None)
    change(parts, "PUT", registered, b"last")
    assert [e.kind for e in events(parts)].count("document_deleted") == 2
    live = index(parts)
    reindex(parts.database, parts.keys, parts.profiles)
    assert index(parts) == live
    assert [row[6] for row in live["document"]] == ["one"]


def test_the_form_that_projections_read_says_nothing_of_whom_or_what(parts: Parts) -> None:
    change(parts, "PUT", body=b'{"secret":"text"}')
    (_, _, form), *_ = index(parts)["analytic_form"]
    assert json.loads(form) == {"resource": "state", "activity": ACTIVITY, "agent": parts.keys.key(AGENT)}
