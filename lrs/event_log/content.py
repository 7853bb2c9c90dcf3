"""Content that is not text of an event: attachments and documents, kept once by their SHA-256 in the log's database.

Written in the transaction of the event that names it; the event, the feed and Kafka carry the SHA-256 only.
"""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from lrs.event_log.prepared import fetch_all, write_rows
from lrs.event_log.tables import content

# Small enough to pass through memory and a database's wire one at a time, large enough to be few.
CHUNK_BYTES = 1024 * 1024
_AT_ONCE = 500


def keep_content(connection: sa.Connection, store: str, sha2: str, chunks: Iterable[bytes]) -> None:
    """Keep content under its SHA-256 (lower-case hex), in chunks of at most CHUNK_BYTES; nothing if it is kept already.

    The caller has checked that the bytes have this hash. Empty content is kept as one empty chunk.
    """
    if has_content(connection, store, sha2):
        return
    number = 0
    for chunk in chunks:
        write_rows(connection, content, [(store, sha2, number, chunk)])
        number += 1
    if number == 0:
        write_rows(connection, content, [(store, sha2, 0, b"")])


def has_content(connection: sa.Connection, store: str, sha2: str) -> bool:
    """Whether content of this SHA-256 is kept in the store."""
    return bool(fetch_all(connection, _FIRST, [store, sha2, 0]))


def kept_contents(connection: sa.Connection, store: str, sha2s: Sequence[str]) -> set[str]:
    """Which of these are kept in the store."""
    found: set[str] = set()
    for start in range(0, len(sha2s), _AT_ONCE):
        some = content.c.sha2.in_(sha2s[start : start + _AT_ONCE])
        here = (content.c.store == store, content.c.number == 0, some)
        found.update(row.sha2 for row in connection.execute(sa.select(content.c.sha2).where(*here)))
    return found


def read_chunk(connection: sa.Connection, store: str, sha2: str, number: int) -> bytes | None:
    """One chunk of content, None after the last one."""
    rows = fetch_all(connection, _CHUNK, [store, sha2, number])
    return bytes(rows[0][0]) if rows else None


def read_content(connection: sa.Connection, store: str, sha2: str) -> Iterator[bytes]:
    """The chunks of content, one at a time, so that memory does not grow with it.

    Raises KeyError when it is not kept.
    """
    number = 0
    while (chunk := read_chunk(connection, store, sha2, number)) is not None:
        yield chunk
        number += 1
    if number == 0:
        raise KeyError(sha2)


_NAMED = (
    content.c.store == sa.bindparam("store"),
    content.c.sha2 == sa.bindparam("sha2"),
    content.c.number == sa.bindparam("number"),
)
_FIRST = sa.select(content.c.number).where(*_NAMED)
_CHUNK = sa.select(content.c.bytes).where(*_NAMED)
