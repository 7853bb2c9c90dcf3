"""The terms of school years: a holiday closes the term that it is in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from projections.facts.calendar_day import days_off
from tests.oracle.rows import Row, school_year
from tests.oracle.school_days import A_DAY, ClosedYear, SchoolDays, days_of


@dataclass(frozen=True)
class Term:
    number: int
    days: tuple[date, ...]
    last_school_day: date | None

    def within(self, year: ClosedYear) -> set[date]:
        return {day for day in self.days if year.holds(day)}

    def as_of(self, year: ClosedYear) -> date:
        return min(self.last_school_day or year.as_of, year.as_of)


def terms(days: SchoolDays, first_year: int) -> Iterator[Term]:
    """Those of the school year that starts on 1 September of `first_year`."""
    ends = [holiday_end(days, first_year, kind) for kind in ("christmas", "easter")]
    ends.append(date(first_year + 1, 8, 31))
    first = date(first_year, 9, 1)
    for number, end in enumerate(ends, start=1):
        own = tuple(first + n * A_DAY for n in range((end - first).days + 1))
        at_school = [day for day in own if days.is_school_day(day)]
        yield Term(number, own, max(at_school, default=None))
        first = end + A_DAY


def holiday_end(days: SchoolDays, first_year: int, kind: str) -> date:
    """An imported holiday takes the place of the rule's."""
    imported = [day for period in days.periods if period["kind"] == kind for day in days_of(period)]
    here = [day for day in imported if school_year(day) == f"{first_year}-{first_year + 1}"]
    return max(here or [day for day, ruled in days_off(first_year).items() if ruled == kind])


def school_term(days: SchoolDays) -> Iterator[Row]:
    for year in days.years:
        for term in terms(days, year):
            yield {
                "school_year": f"{year}-{year + 1}",
                "term": term.number,
                "first_day": term.days[0],
                "last_day": term.days[-1],
                "last_school_day": term.last_school_day,
            }
