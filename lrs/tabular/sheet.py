"""A sheet that fits a mapping: its columns by name, and the rows of learners without what stands between them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from lrs.tabular.cell import Value, as_text, is_empty
from lrs.tabular.csv_grid import csv_grid
from lrs.tabular.grid import Cells, Grid, Merged, UnreadableSheet
from lrs.tabular.header import Column, Columns, columns_at, same
from lrs.tabular.layout import Layout
from lrs.tabular.xlsx_grid import xlsx_grids

SEARCHED_ROWS = 50


class Row(NamedTuple):
    """A row of the body, numbered as Excel does."""

    number: int
    cells: Cells

    def cell(self, index: int) -> Value:
        return self.cells[index] if index < len(self.cells) else None


class MissingColumns(ValueError):
    """No row of the sheet is a header with all columns that the mapping names; the text says which lack."""


@dataclass
class Sheet:
    """A sheet with its header found; `head` are its first 50 rows, `body` the rows under the header, once."""

    name: str
    columns: Columns
    head: list[Cells]
    body: Iterator[Row]
    total: int | None = None

    def fixed(self, row: int, column: int) -> Value:
        """A cell among the first 50 rows, wherever it stands; both counted from 0. None where there is none."""
        cells = self.head[row] if row < len(self.head) else []
        return cells[column] if column < len(cells) else None

    def like(self, patterns: Iterable[str], but_not: Iterable[str] = ()) -> list[Column]:
        """The columns whose name is like one of the patterns (with * and ?), in the sheet's order."""
        wanted, unwanted = [same(each) for each in patterns], [same(each) for each in but_not]
        return [
            column
            for name, column in self.columns.items()
            if any(fnmatchcase(name, each) for each in wanted)
            and not any(fnmatchcase(name, each) for each in unwanted)
        ]


def read_grids(path: Path, layout: Layout) -> list[Grid]:
    """The sheets of a CSV or XLSX file that the layout is about. Raises UnreadableSheet, OSError."""
    if path.suffix.casefold() not in (".xlsx", ".xlsm"):
        return [csv_grid(path, layout.encoding, layout.separator)]
    grids = xlsx_grids(path)
    chosen = [grid for grid in grids if layout.takes(grid.name)]
    if not chosen:
        names = ", ".join(grid.name for grid in grids)
        raise UnreadableSheet(f"no visible sheet is named {' or '.join(layout.sheets)}; there is {names}")
    return chosen


def open_sheet(grid: Grid, layout: Layout, needed: Sequence[str]) -> Sheet:
    """Find the header, stated or the first row that has all needed columns (names or patterns), and the body under it.

    Raises MissingColumns; rows after the first 50 are not searched.
    """
    rows = merged_down(grid.rows, grid.merged)
    head = list(islice(rows, SEARCHED_ROWS))
    row, columns = _header(head, grid, layout, needed)
    numbered = enumerate(chain(head[row:], rows), row + 1)
    body = _body((Row(number, cells) for number, cells in numbered), columns, head[row - 1], layout)
    return Sheet(grid.name, columns, head, body, grid.total)


def merged_down(rows: Iterator[Cells], merged: Sequence[Merged]) -> Iterator[Cells]:
    """The rows, where a cell that is merged over several rows counts in each of them."""
    above: dict[Merged, Value] = {}
    for number, cells in enumerate(rows, 1):
        for area in merged:
            if area.top == number and area.left <= len(cells):
                above[area] = cells[area.left - 1]
            elif area.top < number <= area.bottom:
                cells = [*cells, *[None] * (area.left - len(cells))]
                cells[area.left - 1] = above.get(area)
        yield cells


def _header(head: list[Cells], grid: Grid, layout: Layout, needed: Sequence[str]) -> tuple[int, Columns]:
    candidates = [layout.header] if layout.header else range(1, len(head) + 1)
    nearest, fewest = f"the sheet has no row {layout.header or 1}", len(needed) + 1
    for row in candidates:
        if row > len(head):
            break
        columns = columns_at(head, row, layout.header_rows, grid.merged)
        missing = [name for name in needed if not _has(columns, name)]
        if columns and not missing:
            return row, columns
        if len(missing) < fewest and columns:
            there = ", ".join(column.name for column in columns.values())
            fewest, nearest = len(missing), f"no column {', '.join(missing)}; row {row} has {there}"
    raise MissingColumns(f"sheet {grid.name}: {nearest}")


def _has(columns: Columns, name: str) -> bool:
    return same(name) in columns or any(fnmatchcase(column, same(name)) for column in columns)


def _body(rows: Iterator[Row], columns: Columns, header: Cells, layout: Layout) -> Iterator[Row]:
    down = [columns[same(name)].number for name in layout.fill_down if same(name) in columns]
    above: dict[int, Value] = {}
    for row in rows:
        # Exports repeat their header on every page.
        if layout.skips(row.cells) or _texts(row.cells) == _texts(header):
            continue
        for index in down:
            if is_empty(row.cell(index)):
                row = Row(row.number, [*row.cells, *[None] * (index + 1 - len(row.cells))])
                row.cells[index] = above.get(index)
            above[index] = row.cell(index)
        yield row


def _texts(cells: Cells) -> list[str]:
    return [same(as_text(cell)) for cell in cells if not is_empty(cell)]
