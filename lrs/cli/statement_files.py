"""Statements from files: NDJSON or a JSON array, plain or gzip, or stdin; one at a time, whatever the size."""

import gzip
import io
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple, TextIO, cast

_CHUNK = 1 << 20
_WHITE = " \t\r\n"


class Item(NamedTuple):
    """A statement's text and where it stood: line of an NDJSON file, item of an array; both count from 1."""

    number: int
    text: str | bytes


class BrokenArray(ValueError):
    """The file is a JSON array that cannot be read further; the text says from which item on."""


def read_items(path: str) -> Iterator[Item]:
    """The statements of a file, `-` for stdin; gzip is recognised by its first bytes, an array by its bracket.

    Raises BrokenArray in the middle of a malformed array, OSError for a file that cannot be read.
    """
    with ExitStack() as opened:
        stream = _open(path, opened)
        if stream.peek(64)[:64].lstrip().startswith(b"["):
            text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape")
            opened.callback(text.detach)
            yield from _array_items(text)
        else:
            yield from (Item(i, line) for i, line in enumerate(stream, 1) if line.strip())


def _open(path: str, opened: ExitStack) -> io.BufferedReader:
    raw: Any
    if path == "-":
        raw = io.BufferedReader(cast(io.RawIOBase, sys.stdin.buffer))
        opened.callback(raw.detach)  # stdin is not ours to close
    else:
        raw = opened.enter_context(Path(path).open("rb"))  # noqa: SIM115  closed with the stack
    if raw.peek(2)[:2] != b"\x1f\x8b":
        return cast(io.BufferedReader, raw)
    unpacked: Any = opened.enter_context(gzip.GzipFile(fileobj=raw))
    return cast(io.BufferedReader, opened.enter_context(io.BufferedReader(unpacked)))


def _array_items(stream: TextIO) -> Iterator[Item]:
    """The members of a JSON array as they stand, holding no more in memory than the longest of them and a chunk."""
    decoder, text, number = json.JSONDecoder(), "", 0
    separators = "["
    while True:
        text = _skip(stream, text, separators)
        if text[:1] == "]":
            return
        text, end = _member(stream, decoder, text, number + 1)
        number, separators = number + 1, ","
        yield Item(number, text[:end].encode("utf-8", "surrogateescape"))
        text = text[end:]


def _skip(stream: TextIO, text: str, separator: str) -> str:
    """Pass over white space and at most one separator; the text then starts with a member or the closing bracket."""
    for allowed in (separator, ""):
        while not (text := text.lstrip(_WHITE)):
            chunk = stream.read(_CHUNK)
            if not chunk:
                raise BrokenArray("the array is not closed")
            text = chunk
        if allowed and text.startswith(allowed):
            text = text[1:]
    return text


def _member(stream: TextIO, decoder: json.JSONDecoder, text: str, number: int) -> tuple[str, int]:
    while True:
        try:
            _, end = decoder.raw_decode(text)
            if end < len(text):  # a number at the end of a chunk may go on in the next one
                return text, end
        except (json.JSONDecodeError, RecursionError) as error:
            if len(text) > 64 * _CHUNK:
                raise BrokenArray(f"item {number} is malformed") from error
        chunk = stream.read(_CHUNK)
        if not chunk:
            raise BrokenArray(f"item {number} is malformed, or the array is not closed")
        text += chunk
