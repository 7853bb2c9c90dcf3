"""Statements of one cohort on disk, in their order, until they are merged with those of the others."""

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from struct import Struct

from lrs.simulate.trail import Arrival

# at, source, number, whether it will be refused, the statement's id, the length of its text.
_HEAD = Struct("<qqq?36sI")
# Ten times smaller than the text, in a third of the time that living the year takes.
_GZIP_LEVEL = 1
_BUFFER = 1 << 17


def spool(path: Path, arrivals: Iterable[Arrival]) -> int:
    """Write them to `path`; gives how many."""
    count = 0
    with gzip.open(path, "wb", _GZIP_LEVEL) as packed, io.BufferedWriter(packed, _BUFFER) as file:
        for one in arrivals:
            count += 1
            identifier = one.statement_id.encode()
            file.write(_HEAD.pack(one.at, one.source, one.number, one.refused, identifier, len(one.text)))
            file.write(one.text)
    return count


def unspool(path: Path) -> Iterator[Arrival]:
    """Read back what `spool` wrote, one at a time."""
    with gzip.open(path, "rb") as packed, io.BufferedReader(packed, _BUFFER) as file:
        while head := file.read(_HEAD.size):
            at, source, number, refused, identifier, length = _HEAD.unpack(head)
            yield Arrival(at, source, number, identifier.decode(), file.read(length), refused)
