"""One row per store and day of each school year in which the store has statements, and of the years beside it.

The Flemish school calendar by its rules (Besluit van de Vlaamse regering, 17 April 1991), not by a list of dates, so
that any year is known; what an imported calendar says for all schools of the store lies over it. Weeks are ISO weeks. A
school week is a week with at least one school day between 1 September and 30 June; school weeks are numbered without
gaps over holidays and years from a fixed year, so that six school weeks are a range of numbers and a number never
changes when an older statement comes in.

grain: store, date
reads: store_school_year, calendar_period
column store: the controller's store
column date: the local day (Europe/Brussels)
column school_year: 1 September to 31 August, written 2025-2026
column weekday: 1 (Monday) to 7 (Sunday)
column week_start: Monday of the day's week
column week_end: Sunday of the day's week
column school_week: number of the school week, consecutive over holidays and years; NULL in a week without school
column is_school_day: whether learners are expected at school
column day_off: what makes it no school day (weekend, autumn, christmas, carnival, easter, summer, free); NULL otherwise
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import NamedTuple

import pyarrow as pa

# The first school week of 2020-2021 is number 1; those before it count down.
BASE_YEAR = 2020
# Years outside these have no calendar: clocks that were never set.
FIRST_YEAR = 1970
LAST_YEAR = 2199

FREE, SCHOOL = "free", "school"
# The summer is the law's: an imported one adds to it.
MOVABLE = {"autumn", "christmas", "carnival", "easter"}

SCHEMA = pa.schema(
    [
        ("store", pa.string()),
        ("date", pa.date32()),
        ("school_year", pa.string()),
        ("weekday", pa.int32()),
        ("week_start", pa.date32()),
        ("week_end", pa.date32()),
        ("school_week", pa.int32()),
        ("is_school_day", pa.bool_()),
        ("day_off", pa.string()),
    ]
)


class Period(NamedTuple):
    """Days of an imported calendar, the last one included; `kind` is a holiday, free, or school."""

    kind: str
    first: date
    last: date


def project(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """The calendar of every store of `store_school_year` (columns store, first_year)."""
    calendars = store_calendars(inputs["calendar_period"])
    return pa.Table.from_pylist(
        [
            {"store": store, **day}
            for store, year in wanted_years(inputs["store_school_year"])
            for day in calendars[store].days(year)
        ],
        schema=SCHEMA,
    )


def wanted_years(store_years: pa.Table) -> list[tuple[str, int]]:
    """(store, first year) of the school years with statements and of those beside them."""
    wanted = {
        (row["store"], year)
        for row in store_years.to_pylist()
        for year in range(row["first_year"] - 1, row["first_year"] + 2)
        if FIRST_YEAR <= year <= LAST_YEAR
    }
    return sorted(wanted)


def imported_periods(table: pa.Table) -> dict[tuple[str, str | None], list[Period]]:
    """The periods of imported calendars by store and school, None being all schools."""
    found: dict[tuple[str, str | None], list[Period]] = {}
    for row in table.to_pylist():
        period = Period(row["kind"], row["first_day"], row["last_day"])
        found.setdefault((row["store"], row["school_key"]), []).append(period)
    return {whose: sorted(periods) for whose, periods in found.items()}


def store_calendars(table: pa.Table) -> Mapping[str, "Calendar"]:
    """A calendar for each store, by the rules alone where nothing was imported for all its schools."""
    calendars = defaultdict(Calendar)
    for (store, school), periods in imported_periods(table).items():
        if school is None:
            calendars[store] = Calendar(periods)
    return calendars


class Calendar:
    """The rules, with imported periods laid over them."""

    def __init__(self, periods: Sequence[Period] = ()) -> None:
        self._periods = periods
        self._off: dict[int, dict[date, str]] = {}

    def days_off(self, year: int) -> dict[date, str]:
        """The days without school of the school year that starts on 1 September of `year`, with what each is."""
        if year not in self._off:
            self._off[year] = lay_over(days_off(year), self._periods, year)
        return self._off[year]

    def days(self, year: int) -> list[dict[str, object]]:
        """The days of the school year that starts on 1 September of `year`, in order."""
        off = self.days_off(year)
        # 1 September often falls inside a week: its days in August lie in the next year's first school week.
        school_weeks = self._week_numbers(year) | self._week_numbers(year + 1)
        return [
            {
                "date": day,
                "school_year": f"{year}-{year + 1}",
                "weekday": day.isoweekday(),
                "week_start": _monday(day),
                "week_end": _monday(day) + timedelta(days=6),
                "school_week": school_weeks.get(_monday(day)),
                "is_school_day": day not in off,
                "day_off": off.get(day),
            }
            for day in _school_year(year)
        ]

    def _week_numbers(self, year: int) -> dict[date, int]:
        before = self._weeks_before(year)
        return {week: before + n for n, week in enumerate(self._school_week_starts(year), start=1)}

    def _weeks_before(self, year: int) -> int:
        years = range(min(year, BASE_YEAR), max(year, BASE_YEAR))
        counted = sum(len(self._school_week_starts(each)) for each in years)
        return counted if year > BASE_YEAR else -counted

    def _school_week_starts(self, year: int) -> list[date]:
        off = self.days_off(year)
        school_days = (day for day in _days(date(year, 9, 1), date(year + 1, 6, 30)) if day not in off)
        return [week for week, _ in groupby(school_days, key=_monday)]


def lay_over(off: Mapping[date, str], periods: Sequence[Period], year: int) -> dict[date, str]:
    """Days off with imported periods over them.

    A holiday that they name takes the place of that holiday's days; a free day comes on top; a day of kind `school` is
    no day off, whatever else says so.
    """
    here = [(p.kind, day) for p in periods for day in _days(p.first, p.last) if _start_year(day) == year]
    named = {kind for kind, _ in here} & MOVABLE
    laid = _weekends(year) | {day: kind for day, kind in off.items() if kind not in named}
    laid |= {day: kind for kind, day in here if kind == FREE and day not in laid}
    laid |= {day: kind for kind, day in here if kind not in (FREE, SCHOOL)}
    for kind, day in here:
        if kind == SCHOOL:
            laid.pop(day, None)
    return laid


@cache
def days_off(year: int) -> dict[date, str]:
    """The days without school of the school year that starts on 1 September of `year`, by the rules."""
    off = _weekends(year)
    for name, first, last in _holidays(year):
        off |= {day: name for day in _days(first, last)}
    return off


def _weekends(year: int) -> dict[date, str]:
    return {day: "weekend" for day in _school_year(year) if day.isoweekday() > 5}


def _holidays(year: int) -> list[tuple[str, date, date]]:
    easter = easter_sunday(year + 1)
    return [
        ("free", date(year, 11, 11), date(year, 11, 11)),
        ("free", easter + timedelta(days=1), easter + timedelta(days=1)),
        ("free", date(year + 1, 5, 1), date(year + 1, 5, 1)),
        ("free", easter + timedelta(days=39), easter + timedelta(days=40)),
        ("free", easter + timedelta(days=50), easter + timedelta(days=50)),
        ("autumn", *_weeks(1, _autumn_start(year))),
        ("christmas", *_weeks(2, _christmas_start(year))),
        ("carnival", *_weeks(1, easter - timedelta(days=48))),
        ("easter", *_weeks(2, _easter_holiday_start(easter))),
        ("summer", date(year + 1, 7, 1), date(year + 1, 8, 31)),
    ]


def _autumn_start(year: int) -> date:
    all_saints = date(year, 11, 1)
    return _monday(all_saints) if all_saints.isoweekday() < 7 else date(year, 11, 2)


def _christmas_start(year: int) -> date:
    christmas = date(year, 12, 25)
    return _monday(christmas) + timedelta(days=7 if christmas.isoweekday() > 5 else 0)


def _easter_holiday_start(easter: date) -> date:
    if easter.month == 3:
        return easter + timedelta(days=1)
    if easter > date(easter.year, 4, 15):
        return easter - timedelta(days=13)
    return _monday(date(easter.year, 4, 7))


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    lunar = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - lunar + 15) % 30
    leaps, year_rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - year_rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _weeks(count: int, first: date) -> tuple[date, date]:
    return first, first + timedelta(days=7 * count - 1)


def _start_year(day: date) -> int:
    return day.year if day.month > 8 else day.year - 1


def _school_year(year: int) -> Iterator[date]:
    return _days(date(year, 9, 1), date(year + 1, 8, 31))


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
