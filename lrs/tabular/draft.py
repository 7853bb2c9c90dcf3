"""A proposed mapping for an unknown sheet, with comments on what to check."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from lrs.tabular.cell import BadCell, Value, is_empty, one_line
from lrs.tabular.draft_columns import OTHER, STAFF, UNKNOWN, Looked, look
from lrs.tabular.draft_plans import MISSING, Proposal, Suggested, proposals, ref
from lrs.tabular.grid import Cells, Grid, UnreadableSheet, letter
from lrs.tabular.header import likely_header
from lrs.tabular.layout import Layout
from lrs.tabular.moment import as_date
from lrs.tabular.sheet import SEARCHED_ROWS, Sheet, open_sheet, read_grids

_LOOKED_AT = 500
_LONGEST_LINE = 110


def draft_of(path: Path, home_page: str) -> str:
    """A mapping for the file, in TOML; `home_page` is that of the learners' accounts.

    Raises UnreadableSheet, also for a file without a table.
    """
    grids = read_grids(path, Layout())
    for grid in grids:
        if found := _opened(grid):
            return "\n".join(_lines(path, found, home_page, [each.name for each in grids])) + "\n"
    raise UnreadableSheet("no sheet has a header with rows under it")


class _Opened(NamedTuple):
    sheet: Sheet
    header: int
    header_rows: int
    columns: list[Looked]
    rows: int


def _opened(grid: Grid) -> _Opened | None:
    head = list(islice(grid.rows, SEARCHED_ROWS))
    again = Grid(grid.name, _chained(head, grid), grid.total, grid.merged)
    row = likely_header(head)
    rows = 2 if _has_row_under(head, row, grid) else 1
    header = row + rows - 1
    if len(head) <= header:
        return None
    sheet = open_sheet(again, Layout(header=header, header_rows=rows), [])
    body = list(islice(sheet.body, _LOOKED_AT))
    return _Opened(sheet, header, rows, look(list(sheet.columns.values()), body), len(body)) if body else None


def _chained(head: list[Cells], grid: Grid) -> Iterator[Cells]:
    yield from head
    yield from grid.rows


def _has_row_under(head: list[Cells], row: int, grid: Grid) -> bool:
    """Whether the row under the header is a part of it: cells merged sideways, or gaps with texts under them."""
    if row >= len(head):
        return False
    upper, lower = head[row - 1], head[row]
    texts = [cell for cell in lower if not is_empty(cell)]
    if not texts or not all(isinstance(cell, str) for cell in texts) or len({*map(str, texts)}) == len(texts):
        return False
    merged = any(area.top == row == area.bottom and area.right > area.left for area in grid.merged)
    gaps = any(is_empty(above) and not is_empty(cell) for above, cell in zip(upper, lower, strict=False))
    return merged or gaps


def _lines(path: Path, found: _Opened, home_page: str, sheets: list[str]) -> Iterator[str]:
    identifier = _identifier(found.columns)
    stamp, stamp_check = _timestamp(found)
    yield f"# A proposal for {path.name}, made from its headers and what its cells look like. Check what says CHECK;"
    yield "# {CHECK} has to be replaced. Try it with --dry-run. The name is in all ids: keep it once they are stored."
    yield "#"
    yield from (
        f"#   {letter(each.column.number):>2} {each.name}: {_described(each, found.rows)}"
        for each in found.columns
    )
    yield ""
    yield f"name = {_toml(path.stem)}"
    yield ""
    yield "[sheet]"
    if len(sheets) > 1:
        yield f"sheets = {_toml([found.sheet.name])}    # CHECK: there is also {', '.join(sheets[1:])}; * is any text"
    yield f"header = {found.header}"
    if found.header_rows > 1:
        yield f"header_rows = {found.header_rows}"
    staff = next((ref(each) for each in found.columns if each.role == "staff"), _beside(found, STAFF))
    key = _key(found, identifier, stamp, is_workbook=path.suffix.casefold() != ".csv")
    made = proposals(Suggested(found.columns, stamp, key, found.header_rows > 1, staff))
    yield from _learner(found, identifier, home_page)
    if any("teacher" in proposal.members.values() for proposal in made):
        yield from _teacher(staff)
    for number, proposal in enumerate(made):
        yield from _statement(proposal, number, made, stamp_check)


def _described(each: Looked, rows: int) -> str:
    role = "" if each.role in (UNKNOWN, OTHER) else f"; taken for {each.role}"
    return f"{each.kind}, {each.filled} of {rows} filled{role}"


def _identifier(columns: list[Looked]) -> Looked | None:
    for role in ("identifier", "name"):
        for each in columns:
            if each.role == role:
                return each
    return None


def _learner(found: _Opened, identifier: Looked | None, home_page: str) -> Iterator[str]:
    yield ""
    yield "[people.learner]"
    yield f"home_page = {_toml(home_page)}    # CHECK: the same as on the learners' other accounts"
    if identifier is None:
        yield f"identifier = {_toml(MISSING)}    # CHECK: no column seems to say who the learner is"
    elif identifier.role == "name":
        yield f"identifier = {_toml(ref(identifier))}    # CHECK: a name tells who it is: rather take a number"
    else:
        yield f"identifier = {_toml(ref(identifier))}"
    if any(each.role == "national" for each in found.columns):
        yield "# The national register number stays in the sheet: no statement may carry it."


def _teacher(staff: str | None) -> Iterator[str]:
    yield ""
    yield "[people.teacher]"
    yield 'home_page = "https://school.example/personeel"    # CHECK'
    yield f"identifier = {_toml(staff or MISSING)}" + ("" if staff else "    # CHECK: who gave this?")


def _timestamp(found: _Opened) -> tuple[Any, str]:
    """When a row happened: a column, the sheet's week, a date above the table, or nothing that is known."""
    by_role = {each.role: each for each in reversed(found.columns)}
    if "moment" in by_role:
        clock = by_role.get("clock")
        stamp = ref(by_role["moment"])
        return ({"of": stamp, "at": ref(clock)} if clock else stamp), ""
    if "week" in by_role or found.sheet.name.casefold().startswith("week"):
        of = ref(by_role["week"]) if "week" in by_role else "{@sheet}"
        year = _beside(found, "schooljaar|school year")
        return {
            "of": of,
            "school_year": year or MISSING,
            "day": "vrijdag",
        }, "the school year, as in 2025-2026"
    if fixed := _date_above(found):
        return "{@" + fixed + "}", f"the date in {fixed} is taken for when it happened"
    return MISSING, "no date was found: when did this happen?"


def _above(found: _Opened) -> Iterator[tuple[str, Value, Value]]:
    """The cells above the table: their address, what they say, and what stands left of them."""
    for number, cells in enumerate(found.sheet.head[: found.header - found.header_rows], 1):
        for index, cell in enumerate(cells):
            yield f"{letter(index)}{number}", cell, cells[index - 1] if index else None


def _date_above(found: _Opened) -> str | None:
    return next((address for address, cell, _ in _above(found) if _is_date(cell)), None)


def _beside(found: _Opened, label: str) -> str | None:
    """A reference to the first filled cell above the table that has a label on its left."""
    for address, cell, left in _above(found):
        if not is_empty(cell) and isinstance(left, str) and re.search(label, left.casefold()):
            return "{@" + address + "}"
    return None


def _is_date(cell: Value) -> bool:
    try:
        as_date(cell)
    except BadCell:
        return False
    return True


def _above_in(stamp: Any) -> list[str]:
    return [
        each for each in (stamp.values() if isinstance(stamp, dict) else [stamp]) if isinstance(each, str)
    ]


def _key(found: _Opened, identifier: Looked | None, stamp: Any, *, is_workbook: bool) -> list[str]:
    """Who, what and when: together they tell one row from another, and stay the same when a result is corrected."""
    roles = ("moment", "clock", "week", "goal", "activity", "staff")
    key = [identifier.name] if identifier else []
    key += [
        each.name for role in roles for each in found.columns if each.role == role and each.kind != "ticks"
    ]
    key += [each for each in _above_in(stamp) if each.startswith("{@") and each != "{@sheet}"]
    # The name of a CSV file is no part of the key: a file that is downloaded again gets another name.
    if is_workbook and not any(each.role in ("moment", "week") for each in found.columns):
        key.append("{@sheet}")
    return list(dict.fromkeys(key)) or [MISSING]


def _statement(proposal: Proposal, number: int, made: list[Proposal], stamp_check: str) -> Iterator[str]:
    yield ""
    checks = [*proposal.checks, *([stamp_check] if stamp_check and not number else [])]
    yield from (f"# CHECK: {one_line(check)}" for check in checks)
    yield "[[statement]]"
    yield f"template = {_toml(proposal.template)}"
    if any(other.template == proposal.template for other in made[:number]):
        yield f"name = {_toml(f'{proposal.template}-{number + 1}')}"
    yield from (f"{name} = {_toml(value)}" for name, value in proposal.members.items())


def _toml(value: Any) -> str:
    """A value as TOML has it on one line."""
    if isinstance(value, dict):
        members = ", ".join(f"{name} = {_toml(each)}" for name, each in value.items() if each is not None)
        return "{ " + members + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    # JSON's texts, numbers and truths are TOML's too, but for the delete character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
