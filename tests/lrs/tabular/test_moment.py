"""Dates, times and durations as sheets have them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.durations import parse_duration
from lrs.statement.instants import parse_instant
from lrs.tabular.cell import BadCell
from lrs.tabular.moment import NOON, as_date, as_duration, as_instant, as_time, as_weekday, day_of_week

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    "cell",
    [
        "1/9/2025", "01/09/2025", "1-9-2025", "1.9.2025", "1/9/25", "2025-09-01", "1 september 2025",
        "ma 1 sep. 2025", "maandag 01/09/2025", date(2025, 9, 1), datetime(2025, 9, 1, 8),
    ],
)  # fmt: skip
def test_a_date_is_read_with_the_day_first(cell: Any) -> None:
    assert as_date(cell) == date(2025, 9, 1)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_typed_the_flemish_way_is_read_back(day: date) -> None:
    assert as_date(f"{day.day}/{day.month}/{day.year}") == as_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "cell", ["31/11/2025", "9/31/2025", "gisteren", 45901, "", None, "1/9", "1 brumaire 2025"]
)
def test_what_is_no_day_of_the_calendar_is_refused(cell: Any) -> None:
    with pytest.raises(BadCell):
        as_date(cell)


@pytest.mark.parametrize(
    "cell", ["8:30", "08:30", "8u30", "8.30 uur", "8h30", time(8, 30), timedelta(hours=8, minutes=30)]
)
def test_a_time_of_day_is_read(cell: Any) -> None:
    assert as_time(cell) == time(8, 30)


def test_a_time_that_is_none_is_refused() -> None:
    for cell in ("25:00", "8:75", "straks", 8):
        with pytest.raises(BadCell):
            as_time(cell)


@pytest.mark.parametrize(
    ("cell", "instant"),
    [
        ("1/9/2025", "2025-09-01T12:00:00+02:00"),
        ("1/12/2025", "2025-12-01T12:00:00+01:00"),
        ("1/9/2025 8:30", "2025-09-01T08:30:00+02:00"),
        ("1/9/2025 om 8u30", "2025-09-01T08:30:00+02:00"),
        ("2025-09-01T08:30:15", "2025-09-01T08:30:15+02:00"),
        ("2025-09-01T08:30:15.25Z", "2025-09-01T08:30:15+00:00"),
        ("2025-09-01 08:30:00+02:00", "2025-09-01T08:30:00+02:00"),
        (datetime(2025, 9, 1, 8, 30), "2025-09-01T08:30:00+02:00"),
        (datetime(2025, 9, 1), "2025-09-01T12:00:00+02:00"),
    ],
)
def test_a_moment_is_local_time_of_the_school(cell: Any, instant: str) -> None:
    assert as_instant(cell, NOON, BRUSSELS) == instant
    parse_instant(instant)


def test_the_time_of_day_may_come_from_another_cell() -> None:
    assert as_instant("1/9/2025", "9u15", BRUSSELS) == "2025-09-01T09:15:00+02:00"


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_every_moment_is_an_instant_of_xapi_also_when_the_clock_goes_back(moment: datetime) -> None:
    parse_instant(as_instant(moment, NOON, BRUSSELS))


def test_a_week_lies_in_the_school_year() -> None:
    assert day_of_week("Week 36", "2025-2026", 0) == date(2025, 9, 1)
    assert day_of_week("wk 2", "2025-2026", 4) == date(2026, 1, 9)
    assert day_of_week(36, "2025-2026", 0) == date(2025, 9, 1)
    for week in ("54", "Week", "Herfst"):
        with pytest.raises(BadCell):
            day_of_week(week, "2025-2026", 0)


def test_a_day_of_the_week_has_a_dutch_name() -> None:
    assert [as_weekday(each) for each in ("maandag", "Vr", "zo")] == [0, 4, 6]
    with pytest.raises(BadCell):
        as_weekday("m")


@pytest.mark.parametrize(
    ("cell", "duration"),
    [
        (45, "PT45M"), ("45", "PT45M"), ("45 min", "PT45M"), ("45'", "PT45M"), ("1u30", "PT1H30M"), ("1 uur", "PT1H"),
        ("1 u 5 min", "PT1H5M"), ("0:45", "PT45M"), ("1:30:15", "PT1H30M15S"), ("1,5 uur", "PT1H30M"),
        ("18,5", "PT18M30S"), (time(0, 45), "PT45M"), (timedelta(minutes=90), "PT1H30M"), ("PT15M", "PT15M"),
        (Decimal("0.5"), "PT30S"), (0, "PT0S"), ("30 sec", "PT30S"), ("2 min 5 s", "PT2M5S"),
    ],
)  # fmt: skip
def test_a_duration_is_read(cell: Any, duration: str) -> None:
    assert as_duration(cell, "minutes") == duration
    parse_duration(duration)


def test_a_duration_has_the_unit_of_the_mapping() -> None:
    assert as_duration("2", "hours") == "PT2H"
    for cell in ("kwartier", "-5", "", "1:75"):
        with pytest.raises(BadCell):
            as_duration(cell, "minutes")
