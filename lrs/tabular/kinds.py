"""How the cells of a field are read: each kind turns a value into what the statement says, or raises BadCell."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from lrs.tabular.cell import (
    NO_TICKS,
    TICKS,
    BadCell,
    Value,
    as_number,
    as_percent,
    as_text,
    as_tick,
    as_token,
    as_whole,
    one_line,
    shown,
)
from lrs.tabular.moment import as_date, as_duration, as_instant, as_weekday, day_of_week


class Reading(NamedTuple):
    """What the sheets of a mapping have in common."""

    zone: ZoneInfo
    ticks: frozenset[str] = TICKS
    no_ticks: frozenset[str] = NO_TICKS


class Asked(NamedTuple):
    """What a kind may need beside the value: the reading, the field's own, and the options with their values."""

    reading: Reading
    of: Any
    options: Mapping[str, Value]


def _instant(value: Value, asked: Asked) -> str:
    at = asked.options.get("at") or asked.of
    if "school_year" in asked.options:
        weekday = as_weekday(asked.options.get("day") or "maandag")
        year = as_text(asked.options["school_year"])
        if not re.fullmatch(r"[0-9]{4}([-/ ]+[0-9]{2,4})?", year):
            raise BadCell(f"{year!r} is not a school year such as 2025-2026")
        value = day_of_week(value, year, weekday)
    return as_instant(value, at if at is not None else time(12), asked.reading.zone)


def _tick(value: Value, asked: Asked) -> bool:
    return as_tick(value, asked.reading.ticks, asked.reading.no_ticks)


def _number(value: Value, asked: Asked) -> int | float:
    return plain(as_number(value))


def _scaled(value: Value, asked: Asked) -> int | float:
    number = as_percent(value) / 100 if as_text(value).endswith("%") else as_number(value)
    if not -1 <= number <= 1:
        raise BadCell(f"{shown(value)} is not between -1 and 1; give score.raw and score.max instead")
    return plain(number)


def plain(number: Decimal) -> int | float:
    """The number as JSON has it."""
    return int(number) if number == number.to_integral_value() else float(number)


def _word(value: Value, asked: Asked) -> str:
    word = one_line(as_text(value)).casefold()
    found = asked.of.get(word, word)
    if found not in asked.of.values():
        raise BadCell(f"{shown(value)} is none of {', '.join(asked.of)}")
    return str(found)


def _tokens(value: Any, asked: Asked) -> list[str]:
    if isinstance(value, list):
        return [as_token(each) for each in value]
    return [as_token(each) for each in re.split(r"[,;\n]", as_text(value)) if each.strip()]


def _by_hand(value: Value, asked: Asked) -> bool | int:
    return value if isinstance(value, bool) else as_whole(value)


KINDS: dict[str, Callable[[Value, Asked], Any]] = {
    "instant": _instant,
    "date": lambda value, asked: as_date(value).isoformat(),
    "duration": lambda value, asked: as_duration(value, as_text(asked.options.get("unit")) or "minutes"),
    "tick": _tick,
    "text": lambda value, asked: as_text(value),
    "iri": lambda value, asked: as_text(value),
    "number": _number,
    "scaled": _scaled,
    "percent": lambda value, asked: plain(as_percent(value)),
    "whole": lambda value, asked: as_whole(value),
    "word": _word,
    "token": lambda value, asked: as_token(value),
    "tokens": _tokens,
    "by_hand": _by_hand,
}
OPTIONS = {"instant": {"at", "school_year", "day"}, "duration": {"unit"}}
