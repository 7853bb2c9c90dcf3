"""Dates, times, school weeks and durations, as cells have them; local time of the school."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from lrs.tabular.cell import BadCell, Value, as_number, as_text, one_line, shown

NOON, LAST_SECOND, MIDNIGHT = time(12), time(23, 59, 59), time(0)
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_ABBREVIATED = {"mrt": 3, **{name[:3]: number for number, name in enumerate(_MONTHS, 1)}}
_WEEKDAY = r"(?:(?:ma|di|wo|do|vr|za|zo)[a-z]*\.?,?\s+)?"
_DAY_FIRST = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})[/.-]([0-9]{{1,2}})[/.-]([0-9]{{4}}|[0-9]{{2}})", re.I)
_YEAR_FIRST = re.compile(r"([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})")
_IN_WORDS = re.compile(rf"{_WEEKDAY}([0-9]{{1,2}})[ .-]+([a-z]{{3,9}})\.?[ -]+([0-9]{{4}}|[0-9]{{2}})", re.I)
_CLOCK = re.compile(
    r"([0-9]{1,2})\s*[:uh.]\s*([0-9]{2})?(?::([0-9]{2})(?:[.,][0-9]+)?)?(?:\s*(?:u|uur))?", re.I
)
_MOMENT = re.compile(r"(.*?)(?:\s*,\s*|\s+(?:om\s+)?|(?<=[0-9])T(?=[0-9]))([0-9]{1,2}\s*[:uh].*)", re.I)
_ZONED = re.compile(r"(.*[0-9])\s*(Z|[+-][0-9]{2}:?[0-9]{2})")
_WEEK = re.compile(r"(?:(?:school)?week|wk?|w)?\s*\.?\s*([0-9]{1,2})", re.I)
_WEEKDAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
_UNITS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_ISO_DURATION = re.compile(r"P(?=.)(?:[0-9]+[WD])?(?:T(?=.)(?:[0-9.]+H)?(?:[0-9.]+M)?(?:[0-9.]+S)?)?")
_ELAPSED = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?")
_HOUR_AND_MINUTES = re.compile(r"([0-9]+)\s*(?:u|uur|h)\s*([0-5]?[0-9])", re.I)
_PARTS = re.compile(
    r"(?:([0-9]+)\s*(?:u|uur|uren|h)\.?)?\s*(?:([0-9]+)\s*(?:['m]|min|minuut|minuten)\.?)?\s*"
    r"(?:([0-9]+)\s*(?:s|sec|seconden?)\.?)?",
    re.I,
)
_BROKEN = re.compile(r"([0-9]+[.,][0-9]+)\s*(u|uur|uren|h|min|minuten)\.?", re.I)


def as_date(value: Value) -> date:
    """A date: 1/9/2025 (day first), 1-9-25, 2025-09-01, 1 september 2025, or Excel's own. Raises BadCell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = one_line(as_text(value)) if isinstance(value, str) else ""
    for form, order in ((_DAY_FIRST, "dmy"), (_IN_WORDS, "dmy"), (_YEAR_FIRST, "ymd")):
        if found := form.fullmatch(text):
            return _date(dict(zip(order, found.groups(), strict=True)), value)
    raise BadCell(f"{shown(value)} is not a date such as 1/9/2025")


def _date(part: dict[str, str], value: Value) -> date:
    month = int(part["m"]) if part["m"].isdigit() else _month(part["m"], value)
    year = int(part["y"]) + (2000 if len(part["y"]) == 2 else 0)
    try:
        return date(year, month, int(part["d"]))
    except ValueError:
        raise BadCell(f"{shown(value)} is no day of the calendar (read as day/month/year)") from None


def _month(word: str, value: Value) -> int:
    word = word.casefold()
    for number, name in enumerate(_MONTHS, 1):
        if word == name:
            return number
    if word in _ABBREVIATED:
        return _ABBREVIATED[word]
    raise BadCell(f"{shown(value)} has no month that is known")


def as_time(value: Value) -> time:
    """A time of day: 8:30, 8u30, 8.30 uur, 14:05:09, or Excel's own. Raises BadCell."""
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=1):
        return (datetime.min + value).time()
    found = _CLOCK.fullmatch(one_line(as_text(value)))
    try:
        if found is not None:
            return time(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        raise BadCell(f"{shown(value)} is no time of day") from None
    raise BadCell(f"{shown(value)} is not a time such as 8:30")


def as_instant(value: Value, at: Value, zone: ZoneInfo) -> str:
    """A moment with its offset, as 2025-09-01T12:00:00+02:00.

    `at` is the time of day of a date that comes without one. A text may have an offset of its own. Raises BadCell.
    """
    if isinstance(value, str):
        text = one_line(value)
        if zoned := _ZONED.fullmatch(text):
            return _zoned(text, zoned)
        if both := _MOMENT.fullmatch(text):
            return _local(as_date(both[1]), as_time(both[2]), zone)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat(timespec="seconds")
    if isinstance(value, datetime) and value.time() != MIDNIGHT:
        return _local(value.date(), value.time(), zone)
    return _local(as_date(value), as_time(at), zone)


def _zoned(text: str, found: re.Match[str]) -> str:
    try:
        moment = datetime.fromisoformat(found[1].replace(" ", "T") + found[2])
    except ValueError:
        raise BadCell(f"{shown(text)} is not a date and time with an offset") from None
    return moment.isoformat(timespec="seconds")


def _local(day: date, clock: time, zone: ZoneInfo) -> str:
    return datetime.combine(day, clock.replace(microsecond=0), zone).isoformat(timespec="seconds")


def as_weekday(value: Value) -> int:
    """0 for maandag to 6 for zondag; the first two letters do. Raises BadCell."""
    text = one_line(as_text(value)).casefold()
    for number, name in enumerate(_WEEKDAYS):
        if len(text) >= 2 and name.startswith(text):
            return number
    raise BadCell(f"{shown(value)} is not a day of the week")


def day_of_week(week: Value, school_year: str, weekday: int) -> date:
    """The day in an ISO week of a school year, as in `Week 36` of "2025-2026". Raises BadCell.

    Weeks from 31 on lie in the first of the two years.
    """
    found = _WEEK.fullmatch(one_line(as_text(week)))
    first = int(school_year[:4])
    if found is None:
        raise BadCell(f"{shown(week)} is not a week number such as 36")
    number = int(found[1])
    try:
        return date.fromisocalendar(first if number >= 31 else first + 1, number, weekday + 1)
    except ValueError:
        raise BadCell(f"{shown(week)} is not a week of the year") from None


def as_duration(value: Value, unit: str) -> str:
    """An ISO 8601 duration, from 45 (of `unit`), 45 min, 1u30, 0:45, 1:30:00, PT45M or Excel's own. Raises BadCell."""
    if isinstance(value, timedelta | time):
        return _iso(Decimal(str(_elapsed(value).total_seconds())), value)
    text = one_line(as_text(value))
    if _ISO_DURATION.fullmatch(text):
        return text
    for form in (_HOUR_AND_MINUTES, _ELAPSED, _PARTS):
        if text and (found := form.fullmatch(text)):
            hours, minutes, seconds = (int(part or 0) for part in (*found.groups(), "")[:3])
            return _iso(Decimal(hours * 3600 + minutes * 60 + seconds), value)
    if broken := _BROKEN.fullmatch(text):
        return _iso(as_number(broken[1]) * (3600 if broken[2][0] in "uUhH" else 60), value)
    try:
        return _iso(as_number(value) * _UNITS[unit], value)
    except BadCell:
        raise BadCell(f"{shown(value)} is not a duration such as 45, 45 min, 1u30 or 0:45") from None


def _elapsed(value: timedelta | time) -> timedelta:
    if isinstance(value, timedelta):
        return value
    return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)


def _iso(seconds: Decimal, value: Value) -> str:
    if seconds < 0:
        raise BadCell(f"{shown(value)} is a negative duration")
    whole, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(whole), 60)
    rest = rest.normalize()
    parts = (
        (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + (f"{rest:f}S" if rest else "")
    )
    return "PT" + (parts or "0S")
