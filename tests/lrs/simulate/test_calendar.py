"""The simulated school year keeps to the same Flemish calendar as the tables."""

from datetime import UTC, date, datetime

import pytest

from lrs.simulate.calendar import DAY, HOUR, SchoolYear, days_off, easter_sunday
from projections.facts import calendar_day


@pytest.mark.parametrize("year", range(1990, 2060))
def test_days_off_are_those_of_the_tables(year: int) -> None:
    assert days_off(year) == calendar_day.days_off(year)


def test_easter_of_known_years() -> None:
    known = [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25))]
    assert [easter_sunday(year) for year, _ in known] == [easter for _, easter in known]


def test_time_is_told_with_the_offset_of_the_day() -> None:
    year = SchoolYear(2024)
    assert year.text(9 * HOUR + 1) == "2024-09-01T09:00:00.001+02:00"
    assert year.text(56 * DAY + 9 * HOUR) == "2024-10-27T09:00:00.000+01:00"
    assert year.instant(56 * DAY + 9 * HOUR) == datetime(2024, 10, 27, 8, tzinfo=UTC)


def test_a_school_year_has_five_periods_between_its_holidays() -> None:
    for first in range(2000, 2040):
        assert [len(period) > 1 for period in SchoolYear(first).periods()] == [True] * 5
