"""Rows of a CSV file (RFC 4180), by the names in its header."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lrs.reference.entity import Rejected, Row, UnreadableFile

_BRUSSELS = ZoneInfo("Europe/Brussels")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def read_rows(
    name: str, content: bytes, required: Sequence[str], aliases: Mapping[str, str] | None = None
) -> Iterator[Row | Rejected]:
    """The rows of a CSV file in UTF-8, with or without a byte order mark; columns apart by a comma or a semicolon.

    Column names are matched without case; `aliases` gives other spellings of them. An empty row is passed over, a row
    with more or fewer fields than the header is rejected. Raises UnreadableFile when it is not UTF-8 or a required
    column is missing.
    """
    text = _decoded(name, content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        names = _columns(name, next(lines, []), required, aliases or {})
        for fields in lines:
            if any(value.strip() for value in fields):
                yield _row(name, lines.line_num, names, fields)
    except csv.Error as error:
        raise UnreadableFile(f"{name} line {lines.line_num}: {error}") from error


def _decoded(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(f"{name} line {line} is not UTF-8: save it as CSV UTF-8") from error


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _columns(
    name: str, header: Sequence[str], required: Sequence[str], aliases: Mapping[str, str]
) -> list[str]:
    known = {each.lower(): each for each in (*required, *aliases.values())} | dict(aliases)
    found = [known.get(column.strip().lower(), column.strip()) for column in header]
    if missing := [column for column in required if column not in found]:
        raise UnreadableFile(f"{name} has no column {missing[0]}; it has {', '.join(found) or 'no header'}")
    if twice := [column for column in found if column and found.count(column) > 1]:
        raise UnreadableFile(f"{name} has the column {twice[0]} twice")
    return found


def _row(name: str, line: int, names: Sequence[str], fields: Sequence[str]) -> Row | Rejected:
    values = dict(zip(names, (value.strip() for value in fields), strict=False))
    row = Row(name, line, {column: value for column, value in values.items() if column and value})
    if len(fields) != len(names) and any(value.strip() for value in fields[len(names) :] or [""] * 2):
        return row.rejected(f"{len(fields)} fields where the header has {len(names)}")
    if len(fields) < len(names):
        return row.rejected(f"{len(fields)} fields where the header has {len(names)}")
    return row


def day(text: str) -> date:
    """A date: ISO 8601, an instant (its day in Brussels), or day/month/year. Raises ValueError."""
    if found := _DAY_FIRST.fullmatch(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if len(text) > 10:
        instant = datetime.fromisoformat(text)
        return (instant.astimezone(_BRUSSELS) if instant.tzinfo else instant).date()
    return date.fromisoformat(text)


def optional_day(row: Row, column: str) -> date | None:
    """The date in a column, None when it is empty. Raises ValueError that names the column."""
    if column not in row.values:
        return None
    try:
        return day(row.values[column])
    except ValueError as error:
        raise ValueError(f"{column} {row.values[column]!r} is not a date") from error
