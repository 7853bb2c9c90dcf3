"""Sheets and mappings for tests, as small as what they show."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from lrs.profile.files import read_profiles
from lrs.profile.profiles import Profiles
from lrs.tabular.layout import Layout
from lrs.tabular.mapping import SheetMapping
from lrs.tabular.read_mapping import mapping_of, read_mapping
from lrs.tabular.sheet import Sheet, open_sheet, read_grids
from lrs.tabular.statements_of import RowOutcome, statements_of

SHEETS = Path(__file__).parent / "sheets"
MAPPINGS = Path(__file__).parents[3] / "lrs" / "tabular" / "mappings"
SHIPPED = {path.stem: path for path in sorted(MAPPINGS.glob("*.toml"))}
PROFILES: Profiles = read_profiles()
LATEST = datetime(2026, 8, 31, tzinfo=UTC)

GOAL_SET = """
name = "proef"
[people.learner]
home_page = "https://school.example.org/leerlingen"
identifier = "{Nr}"
[[statement]]
template = "goal-set"
key = ["Nr", "Doel"]
object = { id = "https://school.example.org/doelen/{Doel}", name = "{Doel}" }
timestamp = "{Datum}"
"""


def a_csv(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def a_workbook(path: Path, rows: Sequence[Sequence[Any]], *merged: str, title: str = "Blad1") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def a_mapping(text: str = GOAL_SET) -> SheetMapping:
    return mapping_of(text.encode(), "proef.toml", PROFILES)


def a_shipped_mapping(name: str) -> SheetMapping:
    return read_mapping(SHIPPED[name], PROFILES)


def its_sheet(name: str) -> Path:
    return next(path for path in SHEETS.iterdir() if path.stem == name)


def opened(path: Path, layout: Layout | None = None, needed: Sequence[str] = ()) -> list[Sheet]:
    layout = layout or Layout()
    return [open_sheet(grid, layout, needed) for grid in read_grids(path, layout)]


def outcomes(path: Path, mapping: SheetMapping) -> list[RowOutcome]:
    """Of all rows of all sheets."""
    return [
        outcome
        for sheet in opened(path, mapping.layout, mapping.needed_columns())
        for outcome in statements_of(sheet, mapping, PROFILES, LATEST)
    ]


def made(path: Path, mapping: SheetMapping) -> list[dict[str, Any]]:
    """The statements of all rows."""
    return [each.statement for outcome in outcomes(path, mapping) for each in outcome.made]


def problems(path: Path, mapping: SheetMapping) -> list[tuple[int, str, str]]:
    """Row, column and reason of each."""
    return [(p.row, p.column, p.reason) for outcome in outcomes(path, mapping) for p in outcome.problems]
