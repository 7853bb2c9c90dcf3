"""Which days have school, which school weeks are closed, and how far views of schools may look."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from lrs.feed import LoggedEvent
from projections.facts.calendar_day import days_off
from tests.oracle.log import FIRST_YEAR, WEEK_ENDS, WEEKS, local, monday
from tests.oracle.roster import last
from tests.oracle.rows import Row, school_year

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class ClosedYear:
    """A school year that has a closed school week."""

    name: str
    first_day: date
    as_of: date
    closed_until: date
    last_day: date
    first_week: int
    last_week: int

    def holds(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def days(self) -> Iterator[date]:
        day = self.first_day
        while day < date(self.first_day.year + 1, 9, 1):
            yield day
            day += A_DAY


class SchoolDays:
    def __init__(self, events: Sequence[LoggedEvent]) -> None:
        self.statements = [e for e in events if e.kind == "statement"]
        self.periods = [p for p in last(events, "calendar_period").values() if "school" not in p]

    @cached_property
    def closed_until(self) -> date:
        """Sunday of the last week that ended before the day on which the store took in its last statement."""
        stored = local(max(e.stored for e in self.statements)).date()
        return max(end for end in WEEK_ENDS.values() if end < stored)

    @cached_property
    def off(self) -> set[date]:
        """Days without school, in the years of the log and beside them; an imported holiday replaces the rule's."""
        found: set[date] = set()
        for year in {y + beside for y in self._years for beside in (-1, 0, 1)}:
            rules, name = days_off(year), f"{year}-{year + 1}"
            here = [(day, p["kind"]) for p in self.periods for day in days_of(p) if school_year(day) == name]
            moved = {kind for _, kind in here} - {"free", "school", "summer"}
            found |= {day for day, kind in rules.items() if kind not in moved or day.isoweekday() > 5}
            found |= {day for day, kind in here if kind != "school"}
        return found

    @cached_property
    def holidays(self) -> set[date]:
        """Days off of which the calendar says more than that they are weekend."""
        years = {y + beside for y in self._years for beside in (-1, 0, 1)}
        ruled = {day for year in years for day, kind in days_off(year).items() if kind != "weekend"}
        return ruled | {
            day for p in self.periods if p["kind"] not in ("free", "school") for day in days_of(p)
        }

    @cached_property
    def _years(self) -> set[int]:
        happened = [(json.loads(e.form)["timestamp"], e.stored) for e in self.statements]
        days = [local(at).date() for at, stored in happened if at <= stored + 86_400_000_000]
        return {int(school_year(day)[:4]) for day in days}

    @property
    def years(self) -> list[int]:
        """In which school years that have a calendar start: those of the log and those beside them."""
        found = {year + beside for year in self._years for beside in (-1, 0, 1)}
        return sorted(year for year in found if year >= FIRST_YEAR)

    def is_school_day(self, day: date) -> bool:
        return day not in self.off

    def day_off(self, day: date) -> str:
        """A weekend within a holiday is holiday."""
        if day in self.off and day.isoweekday() > 5 and day not in self.holidays:
            return "weekend"
        return "holiday" if day in self.off else ""

    def school_days(self, first: date, until: date) -> int:
        """How many there are after `first`, up to and with `until`; less than 0 when that is earlier."""
        if until < first:
            return -self.school_days(until, first)
        return sum(self.is_school_day(first + n * A_DAY) for n in range(1, (until - first).days + 1))

    @cached_property
    def closed_years(self) -> list[ClosedYear]:
        found = [self._closed(year) for year in self.years]
        known = [each for each in found if each is not None]
        return [
            self._whole(each) if any(e.first_day > each.first_day for e in known) else each for each in known
        ]

    def _closed(self, year: int) -> ClosedYear | None:
        days = [date(year, 9, 1) + n * A_DAY for n in range(303)]
        school = [
            day
            for day in days
            if day < date(year + 1, 7, 1)
            and self.is_school_day(day)
            and WEEK_ENDS[week(day)] <= self.closed_until
        ]
        if not school:
            return None
        end = WEEK_ENDS[week(school[-1])]
        name = f"{year}-{year + 1}"
        return ClosedYear(name, date(year, 9, 1), school[-1], end, end, week(school[0]), week(school[-1]))

    def _whole(self, year: ClosedYear) -> ClosedYear:
        """Once the next year has a closed week the summer counts too."""
        end = date(year.first_day.year + 1, 8, 31)
        return ClosedYear(**{**vars(year), "last_day": end})

    def closed_year(self) -> Iterator[Row]:
        for year in self.closed_years:
            row = {("school_year" if name == "name" else name): value for name, value in vars(year).items()}
            yield {**row, "school_days": self.school_days(year.first_day - A_DAY, year.as_of)}


def week(day: date) -> int:
    return WEEKS[monday(day)]


def days_of(period: Row) -> Iterator[date]:
    day = date.fromisoformat(period["from"])
    while day <= date.fromisoformat(period["to"]):
        yield day
        day += A_DAY
