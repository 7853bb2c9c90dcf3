"""Answers of multipart/mixed: statements in the first part, then the content of each of their attachments once.

Contents pass through memory a chunk at a time, each read in a transaction of its own, so that a slow reader holds
nothing: what is kept under a SHA-2 never changes.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

from lrs.event_log.content import read_chunk
from lrs.event_log.database import Database
from lrs.queries.find_attachments import Attached

# What a client wrote into its statement becomes a header's value only if it can be nothing else.
_MEDIA_TYPE = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,250}")


def mixed(text: str, attached: Sequence[Attached], *, database: Database, store: str) -> Response:
    """The answer of a statement, or of a StatementResult, with the contents that are kept of its attachments."""
    boundary = secrets.token_hex(16)
    stream = _stream(boundary, text, attached, database, store)
    return Response(stream, content_type=f'multipart/mixed; boundary="{boundary}"')


def _stream(
    boundary: str, text: str, attached: Iterable[Attached], database: Database, store: str
) -> Iterator[bytes]:
    yield f"--{boundary}\r\nContent-Type: application/json\r\n\r\n{text}".encode()
    for each in attached:
        media_type = (
            each.content_type if _MEDIA_TYPE.fullmatch(each.content_type) else "application/octet-stream"
        )
        yield (
            f"\r\n--{boundary}\r\nContent-Type: {media_type}\r\nContent-Transfer-Encoding: binary\r\n"
            f"X-Experience-API-Hash: {each.sha2}\r\n\r\n"
        ).encode()
        yield from _chunks(database, store, each.sha2)
    yield f"\r\n--{boundary}--\r\n".encode()


def _chunks(database: Database, store: str, sha2: str) -> Iterator[bytes]:
    number = 0
    while True:
        with database.reading() as connection:
            chunk = read_chunk(connection, store, sha2, number)
        if chunk is None:
            return
        yield chunk
        number += 1
