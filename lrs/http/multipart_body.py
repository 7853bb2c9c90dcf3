"""Requests of multipart/mixed: statements in the first part, the contents of attachments in the others.

The statements are held in memory, the contents in files of no name, which are gone when the request is.
"""

import hashlib
import re
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser

from lrs.event_log.content import CHUNK_BYTES
from lrs.http.body import pieces_of_body, too_large
from lrs.http.errors import Refused
from lrs.http.parts import parts

MULTIPART = "multipart/mixed"
SPEC = "Communication 1.5.2"
MOST_PARTS = 10_000
_HASHES = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}  # by hex digits
_AS_THEY_ARE = ("", "binary", "8bit", "7bit")
_JSON_TYPES = ("", "application/json")
Headers = dict[str, str]


def _refused(problem: str, rule: str = "multipart", status: int = 400) -> Refused:
    return Refused(status, problem, rule, SPEC)


class ReceivedContent:
    """The content of one part (lrs/statement/attachments.py: Content), checked against the SHA-2 in its header."""

    def __init__(self, number: int, headers: Headers) -> None:
        self.sha2 = headers.get("x-experience-api-hash", "").strip().lower()
        self.content_type = headers.get("content-type", "").strip() or None
        self.content_length = headers.get("content-length", "").strip() or None
        self._length = 0
        if not re.fullmatch(r"[0-9a-f]+", self.sha2) or len(self.sha2) not in _HASHES:
            problem = f"part {number} needs X-Experience-API-Hash: its content's SHA-2 in hexadecimal"
            raise _refused(problem, "attachment-hash")
        if headers.get("content-transfer-encoding", "").strip().lower() not in _AS_THEY_ARE:
            raise _refused(f"part {number}: Content-Transfer-Encoding is binary", "attachment-encoding")
        self._number, self._hash = number, _HASHES[len(self.sha2)]()
        self._file = SpooledTemporaryFile(max_size=CHUNK_BYTES)  # noqa: SIM115  closed by Received

    def take(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > (most := parts().settings.max_attachment_bytes):
            problem = f"part {self._number} is larger than LRS_MAX_ATTACHMENT_BYTES allows ({most} bytes)"
            raise _refused(problem, "max-attachment-bytes", 413)
        self._hash.update(piece)
        self._file.write(piece)

    def end(self) -> None:
        if self._hash.hexdigest() != self.sha2:
            problem = f"part {self._number}: its content has another SHA-2 than X-Experience-API-Hash says"
            raise _refused(problem, "attachment-hash")

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the beginning, in pieces of CHUNK_BYTES."""
        self._file.seek(0)
        while piece := self._file.read(CHUNK_BYTES):
            yield piece

    def close(self) -> None:
        self._file.close()


class Received:
    """A request of multipart/mixed as it comes in; a context manager, which lets go of the contents at its end."""

    def __init__(self) -> None:
        self.statements = bytearray()
        self.contents: dict[str, ReceivedContent] = {}
        self._number = 0
        self._headers: Headers = {}
        self._name, self._value = bytearray(), bytearray()
        self._current: ReceivedContent | None = None
        self._ended = False

    def __enter__(self) -> "Received":
        return self

    def __exit__(self, *_: object) -> None:
        for content in (self._current, *self.contents.values()):
            if content is not None:
                content.close()

    def read(self) -> None:
        """Take in the body. Raises Refused 400 for what is no multipart/mixed, 413 when something is over a limit."""
        boundary = request.mimetype_params.get("boundary")
        if not boundary:
            raise _refused("Content-Type names no boundary")
        try:
            parser = MultipartParser(boundary.encode("latin-1", "replace"), self._events())
            for piece in pieces_of_body(parts().settings.max_upload_bytes, "LRS_MAX_UPLOAD_BYTES"):
                parser.write(piece)
        except FormParserError as error:
            raise _refused(f"the body is no multipart/mixed with this boundary: {error}") from error
        if not self._ended:
            raise _refused("the body ends before its last boundary")

    def _events(self) -> Any:
        return {
            "on_part_begin": self._begin, "on_header_field": self._field, "on_header_value": self._text,
            "on_header_end": self._header, "on_headers_finished": self._headers_end, "on_part_data": self._data,
            "on_part_end": self._part_end, "on_end": self._end,
        }  # fmt: skip

    def _begin(self) -> None:
        self._number += 1
        self._headers = {}
        if self._number > MOST_PARTS:
            raise _refused(f"more than {MOST_PARTS} parts in one request", "max-parts", 413)

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _text(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._value.decode("latin-1")
        self._name.clear()
        self._value.clear()

    def _headers_end(self) -> None:
        if self._number > 1:
            self._current = ReceivedContent(self._number, self._headers)
        elif self._headers.get("content-type", "").partition(";")[0].strip().lower() not in _JSON_TYPES:
            raise _refused("the first part is the statements: its Content-Type is application/json")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._current is not None:
            self._current.take(data[start:end])
            return
        self.statements += data[start:end]
        if len(self.statements) > parts().settings.max_body_bytes:
            raise too_large()

    def _part_end(self) -> None:
        if self._current is None:
            return
        self._current.end()
        if self._current.sha2 in self.contents:
            self._current.close()  # the same bytes once more
        else:
            self.contents[self._current.sha2] = self._current
        self._current = None

    def _end(self) -> None:
        self._ended = True
