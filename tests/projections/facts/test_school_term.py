"""Terms of a school year, by the holidays between them (school_term)."""

from collections.abc import Callable

import duckdb

from tests.projections.a_roster import a_period
from tests.projections.a_statement import a_statement

Project = Callable[..., duckdb.DuckDBPyConnection]
STATEMENT = a_statement("experienced", "lesson:1", "2025-09-02 10:00")


def terms(warehouse: duckdb.DuckDBPyConnection, year: str = "2025-2026") -> list[tuple[object, ...]]:
    return warehouse.execute(
        "select term, cast(first_day as varchar), cast(last_day as varchar), cast(last_school_day as varchar) "
        "from school_term where school_year = ? order by term",
        [year],
    ).fetchall()


def test_the_christmas_and_the_easter_holiday_close_a_term(project: Project) -> None:
    assert terms(project([STATEMENT])) == [
        (1, "2025-09-01", "2026-01-04", "2025-12-19"),
        (2, "2026-01-05", "2026-04-19", "2026-04-03"),
        (3, "2026-04-20", "2026-08-31", "2026-06-30"),
    ]


def test_an_imported_holiday_moves_the_terms(project: Project) -> None:
    records = [a_period("christmas", "2025-12-15", "2025-12-28"), a_period("free", "2026-04-20")]
    assert terms(project([STATEMENT], records=records)) == [
        (1, "2025-09-01", "2025-12-28", "2025-12-12"),
        (2, "2025-12-29", "2026-04-19", "2026-04-03"),
        (3, "2026-04-20", "2026-08-31", "2026-06-30"),
    ]


def test_a_year_without_one_of_the_holidays_has_a_term_less(project: Project) -> None:
    days = [a_period("school", "2025-12-22", "2026-01-04")]
    assert [row[:2] for row in terms(project([STATEMENT], records=days))] == [
        (1, "2025-09-01"),
        (2, "2026-04-20"),
    ]


def test_every_day_of_the_calendar_is_in_one_term(project: Project) -> None:
    warehouse = project([STATEMENT])
    found = warehouse.execute(
        "select date from calendar_day as d left join school_term as t on d.store = t.store "
        "and d.date between t.first_day and t.last_day group by date having count(t.term) != 1"
    ).fetchall()
    assert found == []
