"""A report as an Excel workbook: figures, evidence for the R-OK, and of what file they come."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from projections.report.long_form import EVIDENCE_COLUMNS, FIGURE_COLUMNS, Row, evidence_rows, figure_rows
from projections.report.model import Report
from projections.report.wording import Wording

_WIDE = {"reading", "question", "sentence", "label", "source", "rubric"}
_SHARES = {"share", "gap"}


def to_xlsx(report: Report, wording: Wording) -> bytes:
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    figures, evidence = figure_rows(report, wording), evidence_rows(report, wording)
    for row in (*figures, *evidence):
        row["state"] = "" if row["state"] == "shown" else wording(f"state.{row['state']}")
    _sheet(book.create_sheet(wording("page.figure")), FIGURE_COLUMNS, figures)
    _sheet(book.create_sheet("R-OK"), EVIDENCE_COLUMNS, evidence)
    _about(book.create_sheet(wording("page.about")[:31]), report, wording)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(sheet: Worksheet, columns: Sequence[str], found: Iterable[Row]) -> None:
    for place, name in enumerate(columns, 1):
        sheet.cell(1, place, name).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = 60 if name in _WIDE else 16
    for number, row in enumerate(found, 2):
        for place, name in enumerate(columns, 1):
            _write(sheet, number, place, row[name])
            if name == "coverage" or (name in ("value", "trend") and row["unit"] in _SHARES):
                sheet.cell(number, place).number_format = "0%"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Text stays text: a class that is called `=1+1` is no formula."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=len(value) > 40, vertical="top")


def _about(sheet: Worksheet, report: Report, wording: Wording) -> None:
    for number, text in enumerate(wording.about(report), 1):
        _write(sheet, number, 1, text)
    sheet.column_dimensions["A"].width = 110
