"""Which environment sends what wrong: statements by platform, week, template and broken rule."""

from collections.abc import Callable
from typing import Any

import duckdb

from tests.projections.a_statement import TC, a_statement, a_voiding

T = "https://w3id.org/xapi/gsl/templates/"
ESTIMATED, NEEDS_DURATION = T + "duration-estimated", "included $.result.duration"
Project = Callable[..., duckdb.DuckDBPyConnection]


def an_estimate(
    at: str, duration: str | None, platform: str | None = "Leerplein", **said: Any
) -> dict[str, Any]:
    statement = a_statement("estimated", "lesson:1", at, duration=duration, **said)
    statement["verb"]["id"] = TC + "verb/estimated-duration"
    if platform:
        statement["context"]["platform"] = platform
    return statement


def rows(warehouse: duckdb.DuckDBPyConnection, *columns: str) -> list[tuple[Any, ...]]:
    return warehouse.execute(f"select {', '.join(columns)} from profile_conformance order by all").fetchall()


def test_statements_that_break_a_rule_are_counted_beside_all_that_match_the_template(
    project: Project,
) -> None:
    given = [
        an_estimate("2025-09-02 10:00", "PT1H"),
        an_estimate("2025-09-03 10:00", None),
        an_estimate("2025-09-04 10:00", None),
    ]
    assert rows(project(given), "platform", "template", "rule", "statements", "broken") == [
        ("Leerplein", ESTIMATED, NEEDS_DURATION, 3, 2),
        ("Leerplein", ESTIMATED, None, 3, 2),
    ]


def test_platforms_and_weeks_are_apart_and_a_missing_platform_is_unknown(project: Project) -> None:
    given = [
        an_estimate("2025-09-02 10:00", None),
        an_estimate("2025-09-09 10:00", None),
        an_estimate("2025-09-09 10:00", "PT1H", platform="Rekenbos"),
        an_estimate("2025-09-09 10:00", "PT1H", platform=None),
    ]
    found = rows(
        project(given), "platform", "cast(week_start as varchar)", "rule is null", "statements", "broken"
    )
    assert found == [
        ("Leerplein", "2025-09-01", False, 1, 1),
        ("Leerplein", "2025-09-01", True, 1, 1),
        ("Leerplein", "2025-09-08", False, 1, 1),
        ("Leerplein", "2025-09-08", True, 1, 1),
        ("Rekenbos", "2025-09-08", True, 1, 0),
        ("unknown", "2025-09-08", True, 1, 0),
    ]


def test_a_week_of_holidays_has_no_school_week_and_the_next_one_follows_on(project: Project) -> None:
    given = [an_estimate(f"2025-{day} 10:00", "PT1H") for day in ("10-24", "10-29", "11-03")]
    weeks = [week for (week,) in rows(project(given), "school_week") if week is not None]
    assert len(weeks) == 2 and weeks[1] == weeks[0] + 1


def test_statements_that_match_no_template_are_counted_without_one(project: Project) -> None:
    given = [
        a_statement("experienced", "lesson:1", "2025-09-02 10:00"),
        an_estimate("2025-09-02 11:00", "PT1H"),
    ]
    assert rows(project(given), "template", "statements", "broken") == [(ESTIMATED, 1, 0), (None, 1, 0)]


def test_a_statement_counts_for_each_template_that_it_matches(project: Project) -> None:
    given = [a_statement("completed", "goal:read", "2025-09-02 10:00", parent="goal:language")]
    assert rows(project(given), "template", "statements") == [
        (T + "goal-completed", 1),
        (T + "worked-completed", 1),
    ]


def test_an_extension_with_a_wrong_value_is_counted_under_its_own_name(project: Project) -> None:
    given = [a_statement("planned", "goal:read", "2025-09-02 10:00", target_level="three")]
    level = "https://w3id.org/xapi/gsl/extensions/target-level"
    assert rows(project(given), "template", "rule", "statements", "broken") == [
        (level, f"value {level}", 1, 1),
        (level, None, 1, 1),
        (T + "goal-set", None, 1, 0),
    ]


def test_a_voided_statement_leaves_the_table_wherever_its_voiding_stands(project: Project) -> None:
    wrong = an_estimate("2025-09-02 10:00", None)
    voiding = a_voiding(wrong, "2025-09-02 12:00")
    expected = [(None, 1, 0)]  # the voiding itself, which is about no goal
    assert rows(project([wrong, voiding]), "template", "statements", "broken") == expected
    assert rows(project([voiding, wrong], batch_size=1), "template", "statements", "broken") == expected


def test_a_timestamp_from_the_future_counts_in_the_week_in_which_it_was_stored(project: Project) -> None:
    wrong_clock = an_estimate("2031-01-06 10:00", None, stored="2025-09-03T10:00:00Z")
    assert {str(week) for (week,) in rows(project([wrong_clock]), "week_start")} == {"2025-09-01"}


def test_an_empty_store_has_no_rows(project: Project) -> None:
    assert rows(project([]), "*") == []
