"""Ids that come out the same each time a sheet is imported, into whichever store and from whichever kind of file."""

import json
import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from lrs.tabular.cell import BadCell, Value, as_number, as_text, is_empty, one_line
from lrs.tabular.moment import MIDNIGHT, as_instant, as_time

_IDS = uuid.UUID("2f0b7d0a-5f39-5c0e-9d7c-3f1c52a6c0de")
UTC = ZoneInfo("UTC")
_WITH_COMMA = re.compile(r"-?(?:0|[1-9][0-9]*),[0-9]+")
_CLOCK = re.compile(r"[0-9]{1,2}[:u][0-9]{2}")


def statement_id(mapping: str, plan: str, template: str, key: Sequence[Value], column: str | None) -> str:
    """UUID v5 of the mapping's name, the statement's, its template and the key cells.

    `column` is the header of the column in turn, where a statement is made of each of several. Raises BadCell when
    all key cells are empty.
    """
    return _id([mapping, plan, template, _texts(key), None if column is None else key_text(column)])


def registration_of(mapping: str, key: Sequence[Value]) -> str:
    """The registration that ties the statements of these key cells together. Raises BadCell as `statement_id`."""
    return _id([mapping, "registration", _texts(key)])


def _texts(key: Sequence[Value]) -> list[str]:
    if all(map(is_empty, key)):
        raise BadCell("all key columns are empty, so the row cannot be told from others")
    return [key_text(each) for each in key]


def _id(key: list[object]) -> str:
    return str(uuid.uuid5(_IDS, json.dumps(key, ensure_ascii=False, separators=(",", ":"))))


def key_text(value: Value) -> str:
    """The value as ids see it: the same for 1/9/2025 in a CSV file and Excel's own 1 September 2025, for 2 and 2,0."""
    if isinstance(value, datetime | date):
        return as_instant(value, MIDNIGHT, UTC)
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    text = one_line(as_text(value)).casefold()
    return _typed(text) if isinstance(value, str) else text


def _typed(text: str) -> str:
    """What somebody typed, read as Excel would have: dates, times, numbers with a decimal comma."""
    try:
        if _WITH_COMMA.fullmatch(text):
            return as_text(Decimal(as_number(text)))
        if _CLOCK.fullmatch(text):
            return as_time(text).isoformat(timespec="seconds")
        return as_instant(text, MIDNIGHT, UTC)
    except BadCell:
        return text
