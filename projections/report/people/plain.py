"""A report as data: JSON, and CSV of what a spreadsheet has use for."""

import csv
import json
from dataclasses import asdict
from io import StringIO

from projections.report.people.layout import Layout
from projections.report.people.model import ClassReport, LearnerReport

# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_json(report: ClassReport | LearnerReport) -> str:
    """The whole report, with names, titles, keys and texts; days as YYYY-MM-DD, shares 0..1."""
    return json.dumps(asdict(report), ensure_ascii=False, default=str)


def to_csv(layout: Layout) -> str:
    """The first section: of a class a row for each learner, of a learner a row for each goal."""
    written = StringIO()
    writer = csv.writer(written)
    tables = [table for section in layout.sections[:1] for table in section.tables]
    columns: tuple[str, ...] = ()
    for table in tables:
        if table.columns != columns:
            columns = table.columns
            writer.writerow(columns)
        writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return written.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
