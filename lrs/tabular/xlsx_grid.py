"""XLSX: values as Excel shows them, with its dates, percentages and merged cells."""

import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from lrs.tabular.cell import Value
from lrs.tabular.grid import Cells, Grid, Merged, UnreadableSheet

# A formula whose value nobody has calculated: a reader would take the cell for empty. A text may be empty itself.
_NO_VALUE = re.compile(
    rb"""<c (?![^>]*\bt="str")[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"""
)


def xlsx_grids(path: Path) -> list[Grid]:
    """The visible sheets of a workbook, in its order.

    Raises UnreadableSheet for a file that is none, that is locked by a password, or that has formulas without values.
    """
    _refuse_uncalculated(path)
    with warnings.catch_warnings():
        # What openpyxl does not know (charts, data validation) is nothing that a cell says.
        warnings.filterwarnings("ignore", module="openpyxl")
        try:
            book = load_workbook(path, data_only=True)
        except (InvalidFileException, KeyError, ValueError, TypeError) as error:
            raise UnreadableSheet(f"{path.name} is a workbook that cannot be read: {error}") from error
    return [_grid(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _refuse_uncalculated(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as parts:
            names = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
            if any(name.endswith(".xml") and _NO_VALUE.search(parts.read(name)) for name in names):
                raise UnreadableSheet(
                    f"{path.name} has formulas that were never calculated: open it in Excel or LibreOffice and save it"
                )
    except zipfile.BadZipFile:
        raise UnreadableSheet(
            f"{path.name} is not an .xlsx workbook, or a password locks it; save it anew as .xlsx or .csv"
        ) from None


def _grid(sheet: Any) -> Grid:
    merged = [Merged(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges]
    return Grid(sheet.title, _rows(sheet), sheet.max_row, merged)


def _rows(sheet: Any) -> Iterator[Cells]:
    for row in sheet.iter_rows():
        yield [_value(cell) for cell in row]


def _value(cell: Any) -> Value:
    value = cell.value
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and "%" in cell.number_format:
        return f"{(Decimal(value) * 100).normalize():f}%"
    if isinstance(value, str) and not value.strip():
        return None
    return value if value is None or isinstance(value, Value) else str(value)
