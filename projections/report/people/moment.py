"""Of which school year and day a report is. Nothing here knows today: the newest day is that of the tables."""

from collections.abc import Sequence
from datetime import date, timedelta

from projections.report.people.model import Moment
from projections.report.people.published import Published


class NothingToTell(ValueError):
    """There is nothing to make a report of; the text says what is there."""


def moment_of(
    published: Published, years: Sequence[str], year: str | None, as_of: date | None, until: date | None
) -> Moment:
    """The moment of a report on whoever is there in some school years (oldest first), up to the day `until`.

    Without `year` the newest of these years that has begun, without `as_of` the newest day in the tables, in that year
    and not after `until`. Raises NothingToTell.
    """
    newest = newest_day(published)
    chosen = year or (school_year_of(as_of) if as_of else _newest_begun(years, newest))
    if as_of is None:
        last = min(day for day in (newest, _last_day(chosen), until) if day is not None)
        as_of = max(last, date(int(chosen[:4]), 9, 1))
    elif school_year_of(as_of) != chosen:
        raise NothingToTell(f"{as_of} is not in school year {chosen}")
    return Moment(chosen, as_of, newest)


def newest_day(published: Published) -> date:
    """The newest day on which somebody of the store did something. Raises NothingToTell when there is none."""
    newest: date | None = published.one("newest_day")
    if newest is None:
        raise NothingToTell("the store has no learning activity yet")
    return newest


def school_year_of(day: date) -> str:
    begins = day.year if day.month >= 9 else day.year - 1
    return f"{begins}-{begins + 1}"


def _newest_begun(years: Sequence[str], newest: date) -> str:
    current = school_year_of(newest)
    begun = [each for each in years if each <= current]
    return begun[-1] if begun else (years[0] if years else current)


def _last_day(school_year: str) -> date:
    return date(int(school_year[5:]), 9, 1) - timedelta(days=1)
