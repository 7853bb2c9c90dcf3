"""A sheet as it lies in its file: rows of cells, before anything is known of headers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lrs.tabular.cell import Value

Cells = list[Value]


class UnreadableSheet(ValueError):
    """A file that is no sheet, or one whose cells cannot be known; the text says what to do."""


class Merged(NamedTuple):
    """A merged range, all four counted from 1 and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Grid:
    """One sheet. `rows` gives each row once, the first is number 1; `total` is None where it is not known yet."""

    name: str
    rows: Iterator[Cells]
    total: int | None = None
    merged: list[Merged] = field(default_factory=list)


def letter(index: int) -> str:
    """The column's letter as Excel shows it; 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def index_of(letters: str) -> int:
    """The column of a letter, counted from 0."""
    index = 0
    for each in letters.upper():
        index = index * 26 + ord(each) - 64
    return index - 1
