"""The Flemish school calendar by its rules, against the dates that schools published."""

from collections.abc import Callable
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest

from projections.facts import calendar_day
from tests.projections.a_roster import a_period
from tests.projections.a_statement import a_statement

Project = Callable[..., duckdb.DuckDBPyConnection]
NO_PERIODS = pa.table(
    {"store": [], "school_key": [], "kind": [], "first_day": [], "last_day": []},
    schema=pa.schema(
        [
            ("store", pa.string()),
            ("school_key", pa.string()),
            ("kind", pa.string()),
            ("first_day", pa.date32()),
            ("last_day", pa.date32()),
        ]
    ),
)
# Where the dates of a school year were published, by schools that had them from the government: 2018 and 2019
# schoolbeitem.be/praktisch/verlofkalender; 2018 to 2021 sint-donaas.be/vakantiedagen; 2021 deluchtballon.be/schoolinfo/
# schoolvakanties; 2022 and 2023 ptsmechelen.be/over-onze-school/vakanties-en-vrije-dagen; 2024 kunstacademieturnhout.
# turnhout.be (vakantiedagen); 2025 staproeselare.be/info/vakanties-en-vrije-dagen.
# First and last day of the autumn, Christmas, carnival and Easter holiday, and the free days (weekends and days inside
# a holiday left out), as published for the school year that starts in September of the year.
PUBLISHED = {
    2018: ("1029 1104", "1224 0106", "0304 0310", "0408 0421", "0422 0501 0530 0531 0610"),
    2019: ("1028 1103", "1223 0105", "0224 0301", "0406 0419", "1111 0501 0521 0522 0601"),
    2020: ("1102 1108", "1221 0103", "0215 0221", "0405 0418", "1111 0513 0514 0524"),
    2021: ("1101 1107", "1227 0109", "0228 0306", "0404 0417", "1111 0418 0526 0527 0606"),
    2022: ("1031 1106", "1226 0108", "0220 0226", "0403 0416", "1111 0501 0518 0519 0529"),
    2023: ("1030 1105", "1225 0107", "0212 0218", "0401 0414", "0501 0509 0510 0520"),
    2024: ("1028 1103", "1223 0105", "0303 0309", "0407 0420", "1111 0421 0501 0529 0530 0609"),
    2025: ("1027 1102", "1222 0104", "0216 0222", "0406 0419", "1111 0501 0514 0515 0525"),
}


def in_school_year(year: int, month_day: str) -> date:
    month, day = int(month_day[:2]), int(month_day[2:])
    return date(year if month > 8 else year + 1, month, day)


def days(year: int, span: str) -> set[date]:
    first, last = (in_school_year(year, end) for end in span.split())
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


@pytest.mark.parametrize("year", PUBLISHED)
def test_weekdays_without_school_are_the_published_ones(year: int) -> None:
    *holidays, free_days = PUBLISHED[year]
    published = set().union(*(days(year, span) for span in holidays), days(year, "0701 0831"))
    published |= {in_school_year(year, day) for day in free_days.split()}
    off = calendar_day.days_off(year)
    assert {day for day in off if day.isoweekday() < 6} == {day for day in published if day.isoweekday() < 6}


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (2008, "03-23"),
        (2011, "04-24"),
        (2024, "03-31"),
        (2025, "04-20"),
        (2026, "04-05"),
        (2027, "03-28"),
        (2038, "04-25"),
    ],
)
def test_easter_is_the_first_sunday_after_the_paschal_full_moon(year: int, easter: str) -> None:
    assert calendar_day.easter_sunday(year).strftime("%m-%d") == easter


def test_the_calendar_covers_each_school_year_with_statements_and_its_neighbours(
    project: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    warehouse = project([a_statement("experienced", "lesson:1", "2025-09-02 10:00")])
    rows = warehouse.execute("select min(date), max(date), count(*) from calendar_day").fetchall()
    assert rows == [(date(2024, 9, 1), date(2027, 8, 31), 3 * 365)]


def test_a_timestamp_from_the_future_opens_no_school_year(
    project: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    warehouse = project(
        [
            a_statement("experienced", "lesson:1", "2025-09-02 10:00"),
            a_statement("experienced", "lesson:1", "2093-09-02 10:00", stored="2025-09-02T10:00:00Z"),
        ]
    )
    assert warehouse.execute("select first_year from store_school_year").fetchall() == [(2025,)]


def off_in(warehouse: duckdb.DuckDBPyConnection, first: str, last: str) -> list[tuple[str, str]]:
    query = "select strftime(date, '%m-%d'), day_off from calendar_day where date between ? and ?"
    return warehouse.execute(query + " and day_off is not null order by date", [first, last]).fetchall()


STATEMENT = a_statement("experienced", "lesson:1", "2025-09-02 10:00")


def test_a_free_day_that_is_imported_comes_on_top_of_the_rules(project: Project) -> None:
    warehouse = project([STATEMENT], records=[a_period("free", "2025-11-10"), a_period("free", "2025-11-15")])
    assert off_in(warehouse, "2025-11-10", "2025-11-16") == [
        ("11-10", "free"),
        ("11-11", "free"),
        ("11-15", "weekend"),
        ("11-16", "weekend"),
    ]


def test_an_imported_holiday_takes_the_place_of_that_holiday_in_its_year_alone(project: Project) -> None:
    warehouse = project([STATEMENT], records=[a_period("autumn", "2025-10-20", "2025-10-24")])
    assert [day for day, kind in off_in(warehouse, "2025-10-20", "2025-11-02") if kind == "autumn"] == [
        f"10-{n}" for n in range(20, 25)
    ]
    assert [day for day, kind in off_in(warehouse, "2025-11-01", "2025-11-02")] == ["11-01", "11-02"]
    assert len([1 for _, kind in off_in(warehouse, "2026-10-26", "2026-11-15") if kind == "autumn"]) == 7


def test_a_day_can_be_a_school_day_after_all_even_in_a_weekend(project: Project) -> None:
    warehouse = project(
        [STATEMENT], records=[a_period("school", "2025-11-08"), a_period("school", "2025-11-11")]
    )
    assert off_in(warehouse, "2025-11-08", "2025-11-11") == [("11-09", "weekend")]


def test_a_period_that_is_out_of_the_calendar_holds_no_longer(project: Project) -> None:
    records = [a_period("free", "2025-11-10"), a_period("free", "2025-11-10", ended="2025-12-01")]
    assert off_in(project([STATEMENT], records=records), "2025-11-10", "2025-11-10") == []


def test_school_weeks_follow_an_imported_calendar(project: Project) -> None:
    week = "select count(*) from school_week where week_start = '2025-09-15'"
    assert project([STATEMENT]).execute(week).fetchall() == [(1,)]
    records = [a_period("free", "2025-09-15", "2025-09-19")]
    assert project([STATEMENT], records=records).execute(week).fetchall() == [(0,)]


def test_what_one_school_has_of_its_own_is_beside_the_calendar_of_all(project: Project) -> None:
    records = [
        a_period("free", "2025-10-01", school="north"),
        a_period("school", "2025-11-11", school="north"),
        a_period("carnival", "2026-02-23", "2026-03-01", school="south"),
    ]
    warehouse = project([STATEMENT], records=records)
    assert off_in(warehouse, "2025-10-01", "2025-10-01") == []
    query = "select school_key, strftime(date, '%m-%d'), is_school_day, day_off from school_calendar_day order by all"
    found = warehouse.execute(query).fetchall()
    assert found[:2] == [("north", "10-01", False, "free"), ("north", "11-11", True, None)]
    south = [(day, is_school_day) for school, day, is_school_day, _ in found if school == "south"]
    assert [day for day, is_school_day in south if is_school_day] == [f"02-{n}" for n in range(16, 21)]
    assert ("02-21", False) in south, "a weekend that was in the holiday is a weekend now"


def test_years_outside_the_calendar_are_left_out() -> None:
    years = pa.table({"store": ["a", "a"], "first_year": [1, 9999]})
    assert calendar_day.project({"store_school_year": years, "calendar_period": NO_PERIODS}).num_rows == 0


def test_school_weeks_are_numbered_through_holidays_and_years(
    project: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    warehouse = project([a_statement("experienced", "lesson:1", "2025-09-02 10:00")])
    weeks = warehouse.execute("select school_week, week_end from school_week order by week_end").fetchall()
    assert [number for number, _ in weeks] == list(range(weeks[0][0], weeks[0][0] + len(weeks)))
    number = {week_end: number for number, week_end in weeks}
    assert number[date(2025, 11, 9)] == number[date(2025, 10, 26)] + 1
    assert number[date(2025, 9, 7)] == number[date(2025, 7, 6)] + 1
    assert date(2025, 11, 2) not in number


def test_a_week_that_starts_in_august_belongs_to_the_new_school_year(
    project: Callable[..., duckdb.DuckDBPyConnection],
) -> None:
    warehouse = project([a_statement("experienced", "lesson:1", "2025-09-02 10:00")])
    week = warehouse.execute(
        "select week_start, school_year, week_of_year, school_days from school_week where week_end = '2026-09-06'"
    ).fetchall()
    assert week == [(date(2026, 8, 31), "2026-2027", 1, 4)]
    day = "select w.week_of_year from calendar_day d join school_week w using (school_week) where date = '2026-08-31'"
    assert warehouse.execute(day).fetchall() == [(1,)]


def test_an_older_statement_leaves_the_numbers_of_school_weeks_as_they_were() -> None:
    one, two = (
        calendar_day.project(
            {
                "store_school_year": pa.table({"store": ["a"] * len(years), "first_year": years}),
                "calendar_period": NO_PERIODS,
            }
        )
        for years in ([2025], [1999, 2025])
    )
    assert set(map(str, one.to_pylist())) < set(map(str, two.to_pylist()))
