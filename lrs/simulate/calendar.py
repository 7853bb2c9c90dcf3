"""The Flemish school year of the simulation: days off by their rules, school weeks, periods, and local time.

Times are whole milliseconds of the wall clock in Brussels since midnight of 1 September. Nothing happens in the
hour in which clocks change, so a day has one offset: the one at noon.

The rules are those of the decision of the Flemish Government of 17 April 1991 on the organisation of the school year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
BRUSSELS = ZoneInfo("Europe/Brussels")
HOLIDAYS = ("autumn", "christmas", "carnival", "easter", "summer")


@dataclass(frozen=True, slots=True)
class Week:
    """`number` counts from 1, holiday weeks too; `monday` and `school_days` count days from 1 September."""

    number: int
    monday: int
    school_days: tuple[int, ...]

    @property
    def end(self) -> int:
        """Midnight after its Sunday, in milliseconds."""
        return (self.monday + 7) * DAY


class SchoolYear:
    """The year that starts on 1 September of `first`; school ends on 30 June."""

    def __init__(self, first: int) -> None:
        self.first = first
        self.start = date(first, 9, 1)
        self.days = (date(first + 1, 7, 1) - self.start).days
        self.off = {(day - self.start).days: name for day, name in days_off(first).items()}
        self.weeks = tuple(self._weeks())
        self.school_weeks = tuple(week for week in self.weeks if week.school_days)
        # What is for a week is handed out on its first school day.
        self.opening = {week.school_days[0]: week for week in self.school_weeks}
        self._dates = [f"{self.date(n)}T" for n in range(self.days + 62)]
        self._offsets = [_offset(self.date(n)) for n in range(self.days + 62)]

    def date(self, day: int) -> date:
        return self.start + timedelta(days=day)

    def text(self, at: int) -> str:
        """The xAPI timestamp of a time in milliseconds, with the offset of Brussels."""
        day, rest = divmod(at, DAY)
        seconds, milliseconds = divmod(rest, 1000)
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        offset = self._offsets[day]
        return f"{self._dates[day]}{hour:02}:{minute:02}:{second:02}.{milliseconds:03}{offset}"

    def instant(self, at: int) -> datetime:
        """The same time in UTC."""
        local = datetime.combine(self.date(at // DAY), time(), BRUSSELS) + timedelta(milliseconds=at % DAY)
        return local.astimezone(UTC)

    def weekday(self, day: int) -> int:
        """1 (Monday) to 7 (Sunday)."""
        return self.date(day).isoweekday()

    def next_school_day(self, day: int) -> int:
        """The first school day after `day`; the last day of the year when there is none."""
        return next((n for n in range(day + 1, self.days) if n not in self.off), self.days - 1)

    def holiday(self, day: int) -> str | None:
        """The name of the holiday or `free` day that `day` lies in; None on school days and plain weekends."""
        name = self.off.get(day)
        return None if name == "weekend" else name

    def periods(self) -> list[tuple[Week, ...]]:
        """The school weeks between two holidays: five periods a year."""
        found: list[list[Week]] = [[]]
        for week in self.school_weeks:
            if found[-1] and week.monday - found[-1][-1].monday > 7:
                found.append([])
            found[-1].append(week)
        return [tuple(period) for period in found]

    def _weeks(self) -> Iterator[Week]:
        first_monday = 1 - self.start.isoweekday()
        for number, monday in enumerate(range(first_monday, self.days, 7), 1):
            days = range(max(monday, 0), min(monday + 7, self.days))
            yield Week(number, monday, tuple(day for day in days if day not in self.off))


def days_off(year: int) -> dict[date, str]:
    """The days without school of the school year that starts in `year`, each with what it is."""
    first, last = date(year, 9, 1), date(year + 1, 8, 31)
    found = {day: "weekend" for day in _from_to(first, last) if day.isoweekday() > 5}
    for name, start, end in holidays(year):
        found |= dict.fromkeys(_from_to(start, end), name)
    return found


def holidays(year: int) -> list[tuple[str, date, date]]:
    """(name, first day, last day): free days, then the five holidays."""
    easter = easter_sunday(year + 1)
    ascension = easter + timedelta(days=39)
    autumn, christmas = _autumn(year), _christmas(year)
    spring = _spring(easter)
    return [
        ("free", date(year, 11, 11), date(year, 11, 11)),
        ("free", easter + timedelta(days=1), easter + timedelta(days=1)),
        ("free", date(year + 1, 5, 1), date(year + 1, 5, 1)),
        ("free", ascension, ascension + timedelta(days=1)),
        ("free", easter + timedelta(days=50), easter + timedelta(days=50)),
        ("autumn", autumn, autumn + timedelta(days=6)),
        ("christmas", christmas, christmas + timedelta(days=13)),
        ("carnival", easter - timedelta(days=48), easter - timedelta(days=42)),
        ("easter", spring, spring + timedelta(days=13)),
        ("summer", date(year + 1, 7, 1), date(year + 1, 8, 31)),
    ]


def _autumn(year: int) -> date:
    # The week of 1 November; the week after it when that is a Sunday.
    saints = date(year, 11, 1)
    return _monday(saints) if saints.isoweekday() < 7 else saints + timedelta(days=1)


def _christmas(year: int) -> date:
    # Two weeks from the Monday of the week of 25 December; the Monday after it when that falls in a weekend.
    christmas = date(year, 12, 25)
    return _monday(christmas + timedelta(days=2 if christmas.isoweekday() > 5 else 0))


def _spring(easter: date) -> date:
    # From the first Monday of April, unless Easter lies in March (then after it) or after 15 April (then before it).
    if easter.month == 3:
        return easter + timedelta(days=1)
    if easter > date(easter.year, 4, 15):
        return easter - timedelta(days=13)
    return _monday(date(easter.year, 4, 7))


def easter_sunday(year: int) -> date:
    """Easter by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + w - 7 * ((a + 11 * h + 22 * w) // 451) + 114, 31)
    return date(year, month, day + 1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def _from_to(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _offset(day: date) -> str:
    text = datetime.combine(day, time(12), BRUSSELS).strftime("%z")
    return f"{text[:3]}:{text[3:]}"
