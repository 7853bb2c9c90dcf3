"""Where the header of a sheet is, and what its columns are called."""

from collections.abc import Sequence
from typing import NamedTuple

from lrs.tabular.cell import as_text, is_empty, one_line
from lrs.tabular.grid import Cells, Merged, letter

BETWEEN = " / "  # header cells above each other


class Column(NamedTuple):
    """A column by its header; `parts` are the header's cells from top to bottom where there are several rows."""

    number: int  # counted from 0
    name: str
    parts: tuple[str, ...]

    @property
    def shown(self) -> str:
        return f"{letter(self.number)} ({one_line(self.name)})"


Columns = dict[str, Column]  # by the name as it is compared


def same(name: str) -> str:
    """A header's text as headers are compared: without regard to case and the width of spaces."""
    return one_line(name).casefold()


def columns_at(head: Sequence[Cells], row: int, header_rows: int, merged: Sequence[Merged]) -> Columns:
    """The columns of a header whose last row is `row`, counted from 1; a name that is there already gets a number."""
    rows = range(max(1, row - header_rows + 1), row + 1)
    filled = [_sideways(head[number - 1], number, merged, fill=number < row) for number in rows]
    found: Columns = {}
    for index in range(max(map(len, filled), default=0)):
        parts = _parts([cells[index] if index < len(cells) else "" for cells in filled])
        # Only the last header row makes a column: a title above it is none.
        if parts and index < len(head[row - 1]) and filled[-1][index]:
            name = _unused(BETWEEN.join(parts), found)
            found[same(name)] = Column(index, name, parts)
    return found


def _sideways(cells: Cells, row: int, merged: Sequence[Merged], *, fill: bool) -> list[str]:
    """The row's texts; a cell that is merged over several columns heads them all.

    In a CSV file nothing is left of merging but empty cells: in the upper rows those are filled from the left.
    """
    texts = [one_line(as_text(cell)) for cell in cells]
    for area in merged:
        if area.top <= row <= area.bottom:
            texts += [""] * (area.right - len(texts))
            texts[area.left - 1 : area.right] = [texts[area.left - 1]] * (area.right - area.left + 1)
    if fill and not merged:
        for index in range(1, len(texts)):
            texts[index] = texts[index] or texts[index - 1]
    return texts


def _parts(texts: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for text in texts:
        if text and (not kept or kept[-1] != text):
            kept.append(text)
    return tuple(kept)


def _unused(name: str, found: Columns) -> str:
    number, unused = 1, name
    while same(unused) in found:
        number += 1
        unused = f"{name} ({number})"
    return unused


def likely_header(head: Sequence[Cells]) -> int:
    """The row, counted from 1, that looks most like a header: many texts, all different, with cells under them."""
    best, row = 0, 1
    for number, cells in enumerate(head, 1):
        texts = {same(as_text(cell)) for cell in cells if isinstance(cell, str) and not is_empty(cell)}
        filled = sum(not is_empty(cell) for cell in cells)
        if len(texts) == filled and filled > best and number < len(head):
            best, row = filled, number
    return row
