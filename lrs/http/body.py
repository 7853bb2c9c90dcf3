"""Request bodies: of a known length or chunked, plain or packed by gzip or deflate, never over the limit unpacked."""

import io
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from flask import request

from lrs.http.errors import Refused
from lrs.http.parts import parts

_PIECE = 64 * 1024
_PACKINGS: dict[str, Callable[[], Any]] = {
    "gzip": lambda: zlib.decompressobj(wbits=31),
    "x-gzip": lambda: zlib.decompressobj(wbits=31),
    "deflate": lambda: zlib.decompressobj(),
}


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a packed body; the limit of the body's size holds for them."""

    def __init__(self, source: Any, unpacker: Any, most: int) -> None:
        self._source, self._unpacker, self._left = source, unpacker, most
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._next(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise too_large()
        buffer[: len(piece)] = piece
        return len(piece)

    def _next(self, most: int) -> bytes:
        """At most so many bytes, none at the end."""
        while not self._unpacker.eof:
            packed = self._waiting or self._source.read(_PIECE)
            if not packed:
                raise _broken("it ends early")
            try:
                piece: bytes = self._unpacker.decompress(packed, most)
            except zlib.error as error:
                raise _broken(str(error)) from error
            self._waiting = self._unpacker.unconsumed_tail
            if piece:
                return piece
        if self._unpacker.unused_data or self._source.read(1):
            raise _broken("something follows its end")
        return b""


def unpack_body() -> None:
    """Let the rest of the request read an unpacked body, whatever Content-Encoding it came in (RFC 9110, 8.4).

    Raises Refused 415 for an encoding that is not known; reading raises Refused 400 for a broken one and 413 for one
    that unpacks to more than LRS_MAX_BODY_BYTES.
    """
    encoding = request.environ.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    if encoding in ("", "identity"):
        return
    if encoding not in _PACKINGS:
        problem = f"Content-Encoding {encoding[:40]!r} is not spoken here: gzip or deflate"
        raise Refused(415, problem, "content-encoding", "RFC 9110 8.4")
    environ, most = request.environ, parts().settings.max_body_bytes
    environ["wsgi.input"] = io.BufferedReader(_Unpacked(request.stream, _PACKINGS[encoding](), most), _PIECE)
    environ["wsgi.input_terminated"] = True
    environ.pop("CONTENT_LENGTH", None)
    request.__dict__.pop("stream", None)  # opened anew over the unpacked bytes


def read_body() -> bytes:
    """The whole body. Raises Refused 413 when it is over LRS_MAX_BODY_BYTES, 400 when the client broke off."""
    environ, most = request.environ, parts().settings.max_body_bytes
    given = environ.get("CONTENT_LENGTH")
    if not given:
        return _read_to_the_end(most)
    if not given.isdecimal():
        raise Refused(400, "Content-Length is not a number", "content-length", "RFC 9110 8.6")
    if int(given) > most:
        raise too_large()
    content: bytes = environ["wsgi.input"].read(int(given))
    if len(content) < int(given):
        raise Refused(400, "the body ends before its Content-Length", "content-length", "RFC 9110 8.6")
    return content


def _read_to_the_end(most: int) -> bytes:
    """A chunked or unpacked body; a server that cannot tell where a body ends gives none."""
    if not request.environ.get("wsgi.input_terminated"):
        return b""
    pieces, size = [], 0
    while piece := request.environ["wsgi.input"].read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise too_large()
    return b"".join(pieces)


def pieces_of_body(most: int, setting: str) -> Iterator[bytes]:
    """The body piece by piece, for what need not be in memory as a whole.

    Raises Refused 413 once it is over `most` bytes, naming the setting, and 400 when the client broke off.
    """
    given = request.environ.get("CONTENT_LENGTH") or ""
    if not given and not request.environ.get("wsgi.input_terminated"):
        return
    expected = int(given) if given.isdecimal() else None
    size = 0
    while expected is None or size < expected:
        piece = request.environ["wsgi.input"].read(
            _PIECE if expected is None else min(_PIECE, expected - size)
        )
        if not piece:
            break
        size += len(piece)
        if size > most:
            raise Refused(
                413, f"the request is larger than {setting} allows ({most} bytes)", "max-upload-bytes"
            )
        yield piece
    if expected is not None and size < expected:
        raise Refused(400, "the body ends before its Content-Length", "content-length", "RFC 9110 8.6")


def too_large() -> Refused:
    """The refusal of a body over the limit."""
    problem = "the request body is larger than LRS_MAX_BODY_BYTES allows"
    return Refused(413, f"{problem} ({parts().settings.max_body_bytes} bytes)", "max-body-bytes")


def _broken(problem: str) -> Refused:
    return Refused(400, f"the packed body cannot be unpacked: {problem}", "content-encoding", "RFC 9110 8.4")
