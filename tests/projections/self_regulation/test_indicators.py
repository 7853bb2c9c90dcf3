"""The indicators of self-regulation: hand-computed values, too little to go on, and the edges of windows."""

from collections.abc import Callable
from datetime import date
from math import log2
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_person, a_statement

Project = Callable[..., duckdb.DuckDBPyConnection]
Value = tuple[float | None, int, bool]
PROJECTIONS = Path(__file__).parents[3] / "projections" / "self_regulation"


def activity(*moments: str, by: str = "ann", **said: Any) -> list[dict[str, Any]]:
    return [a_statement("experienced", "lesson:1", moment, by=by, **said) for moment in moments]


def value(warehouse: duckdb.DuckDBPyConnection, indicator: str, window_end: str) -> Value:
    (row,) = warehouse.execute(
        "select value, n, sufficient from indicator where indicator = ? and window_end = ?",
        [indicator, window_end],
    ).fetchall()
    return row


def ends(warehouse: duckdb.DuckDBPyConnection) -> list[date]:
    rows = warehouse.execute("select window_end from learner_window order by window_end").fetchall()
    return [end for (end,) in rows]


def test_a_window_is_six_school_weeks_with_the_learners_activity_in_it(project: Project) -> None:
    september = [
        date(2025, 9, 28),
        date(2025, 10, 5),
        date(2025, 10, 12),
        date(2025, 10, 19),
        date(2025, 10, 26),
    ]
    assert ends(project(activity("2025-09-24 10:00"))) == [*september, date(2025, 11, 9)]


def test_activity_in_a_holiday_week_is_in_no_window(project: Project) -> None:
    assert ends(project(activity("2025-10-28 10:00"))) == []


def test_activity_on_a_free_day_or_a_sunday_of_a_school_week_is_in_its_window(project: Project) -> None:
    assert ends(project(activity("2025-11-11 10:00")))[0] == date(2025, 11, 16)
    assert ends(project(activity("2025-11-16 23:59")))[0] == date(2025, 11, 16)


def test_a_timestamp_from_the_future_is_in_no_window(project: Project) -> None:
    assert ends(project(activity("2025-09-24 10:00", stored="2025-09-22T10:00:00Z"))) == []


def test_a_goal_assigned_by_another_is_no_activity(project: Project) -> None:
    assert ends(project([a_statement("was-assigned", "goal:read", "2025-09-24 10:00")])) == []


def test_local_midnight_decides_the_week(project: Project) -> None:
    assert ends(project(activity("2025-09-28 23:59")))[0] == date(2025, 9, 28)
    assert ends(project(activity("2025-09-29 00:00")))[0] == date(2025, 10, 5)


def test_the_hour_that_comes_twice_is_one_active_hour(project: Project) -> None:
    statements = activity("2025-10-26 02:30") + activity("2025-10-26 02:30", fold=1)
    hours = (
        project(statements)
        .execute("select hour(local_hour), weekday, statements from active_hour")
        .fetchall()
    )
    assert hours == [(2, 7, 2)]


def goals(*days: str, verb: str = "planned") -> list[dict[str, Any]]:
    return [a_statement(verb, f"goal:{day}", f"2025-09-{day} 09:00") for day in days]


def test_goal_setting_rate_is_goals_set_per_active_week(project: Project) -> None:
    statements = goals("01", "02", "09", "10") + activity("2025-09-17 10:00")
    assert value(project(statements), "goal_setting_rate", "2025-09-21") == (4 / 3, 3, True)


def test_goal_setting_rate_counts_a_goal_once_and_only_goals_that_the_learner_set(project: Project) -> None:
    again = [a_statement("planned", "goal:01", "2025-09-09 09:00")]
    statements = goals("01") + again + goals("16", verb="was-assigned") + activity("2025-09-17 10:00")
    assert value(project(statements), "goal_setting_rate", "2025-09-21") == (1 / 3, 3, True)


def test_goal_setting_rate_needs_three_weeks(project: Project) -> None:
    assert value(project(goals("01", "09")), "goal_setting_rate", "2025-09-14") == (None, 2, False)


def test_goal_setting_rate_leaves_out_what_was_set_before_the_window(project: Project) -> None:
    weeks = [f"2025-{day} 10:00" for day in ("09-10", "09-17", "09-24")]
    warehouse = project(goals("01") + activity(*weeks))
    assert value(warehouse, "goal_setting_rate", "2025-10-12") == (1 / 4, 4, True)
    assert value(warehouse, "goal_setting_rate", "2025-10-19") == (0.0, 3, True)


MONDAYS = [f"2025-09-{day} 10:00" for day in ("01", "08", "15", "22", "29")]
TUESDAYS = [f"2025-09-{day} 20:00" for day in ("02", "09", "16", "23", "30")]


def test_peak_hour_of_one_hour_only_is_all_there_is_to_know(project: Project) -> None:
    again = [moment.replace(":00", ":30") for moment in MONDAYS]
    found, n, sufficient = value(project(activity(*MONDAYS, *again)), "peak_hour", "2025-10-05")
    assert (found, n, sufficient) == (pytest.approx(log2(24) * 5, abs=1e-12), 10, True)


def test_peak_hour_of_two_equal_hours_is_a_bit_less(project: Project) -> None:
    found, _, _ = value(project(activity(*MONDAYS, *TUESDAYS)), "peak_hour", "2025-10-05")
    assert found == pytest.approx((log2(24) - 1) * 5, abs=1e-12)


def test_peak_hour_counts_days_with_activity_and_not_statements(project: Project) -> None:
    # h = 10h: 5, 20h: 1; H = log2 6 - 5 log2 5 / 6
    many = [f"2025-09-02 20:{minute}" for minute in range(10, 50, 5)]
    found, n, _ = value(project(activity(*MONDAYS, *many)), "peak_hour", "2025-10-05")
    assert (found, n) == (pytest.approx((log2(24) - (log2(6) - 5 * log2(5) / 6)) * 5, abs=1e-12), 13)


def test_peak_hour_needs_ten_statements_in_three_weeks(project: Project) -> None:
    assert value(project(activity(*MONDAYS, *TUESDAYS[:4])), "peak_hour", "2025-10-05") == (None, 9, False)
    two_weeks = [f"2025-09-{day} 10:{minute}" for day in ("01", "08") for minute in range(10, 15)]
    assert value(project(activity(*two_weeks)), "peak_hour", "2025-09-14") == (None, 10, False)


def test_weekly_similarity_is_the_mean_share_of_weekdays_in_common(project: Project) -> None:
    # Mon Tue | Mon | Wed: (1/2 + 0/2 + 0/1) / 3
    statements = activity("2025-09-01 10:00", "2025-09-02 10:00", "2025-09-08 11:00", "2025-09-17 10:00")
    assert value(project(statements), "weekly_similarity_1", "2025-09-21") == (0.5 / 3, 3, True)


def test_weekly_similarity_of_a_learner_who_keeps_to_the_same_days_is_one(project: Project) -> None:
    assert value(project(activity(*MONDAYS, *TUESDAYS)), "weekly_similarity_1", "2025-10-05") == (
        1.0,
        5,
        True,
    )


def test_weekly_similarity_needs_two_weeks(project: Project) -> None:
    assert value(project(activity("2025-09-01 10:00")), "weekly_similarity_1", "2025-09-07") == (
        None,
        1,
        False,
    )


def test_a_holiday_lies_between_weeks_and_not_in_them(project: Project) -> None:
    around = activity("2025-10-20 10:00", "2025-10-28 10:00", "2025-11-03 10:00")
    assert value(project(around), "weekly_similarity_1", "2025-11-09") == (1.0, 2, True)


def test_one_person_on_two_platforms_has_one_rhythm(project: Project) -> None:
    statements = activity(*MONDAYS, by="ann") + activity(*TUESDAYS, by="ann2")
    warehouse = project(statements, links=[[a_person("ann"), a_person("ann2")]])
    found, n, _ = value(warehouse, "peak_hour", "2025-10-05")
    assert (found, n) == (pytest.approx((log2(24) - 1) * 5, abs=1e-12), 10)


def test_every_indicator_is_stacked() -> None:
    stacked = (PROJECTIONS / "indicator.sql").read_text(encoding="utf-8")
    files = [path for path in PROJECTIONS.iterdir() if path.suffix in {".sql", ".py"}]
    names = {path.stem for path in files if "indicator: yes" in path.read_text(encoding="utf-8")}
    assert names == {
        name for name in names if f"'{name}' as indicator" in stacked and f"from {name}" in stacked
    }
    assert stacked.count(" as indicator") == len(names)
