"""Sessions, time and evidence: what was done for a goal."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_group, a_statement

Project = Callable[..., duckdb.DuckDBPyConnection]


def work(at: str, duration: str | None = None, goal: str = "goal:read", **said: Any) -> dict[str, Any]:
    return a_statement("completed", "lesson:1", f"2025-09-02 {at}", parent=goal, duration=duration, **said)


def sessions(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[str, str, int]]:
    return warehouse.execute(
        "select strftime(started_at, '%H:%M'), strftime(ended_at, '%H:%M'), statements from session order by started_at"
    ).fetchall()


def spent(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    return warehouse.execute("select sessions, seconds_spent from goal_work order by goal_id").fetchall()


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([work("10:00"), work("10:29")], [(1, 29 * 60)]),
        ([work("10:00"), work("10:30")], [(2, 0)]),
        ([work("10:00"), work("10:40", "PT11M")], [(1, 40 * 60)]),
        ([work("10:00"), work("10:40", "PT10M")], [(2, 600)]),
        ([work("10:30", "PT30M"), work("10:20", "PT30M")], [(1, 40 * 60)]),
        ([work("10:30", "PT30M"), work("10:20", "PT5M")], [(1, 30 * 60)]),
        ([work("10:00", "PT0.5S"), work("11:00", "PT0.6S")], [(2, 1)]),
    ],
    ids=[
        "a gap of 29 minutes counts",
        "a gap of 30 minutes parts two sessions",
        "a gap is measured to the start of the next interval",
        "and parts two sessions when that is 30 minutes",
        "overlapping intervals count once",
        "an interval inside another adds nothing",
        "parts of seconds are added before rounding down",
    ],
)
def test_time_is_the_union_of_intervals_and_short_gaps(
    project: Project, statements: list[dict[str, Any]], expected: list[tuple[int, int]]
) -> None:
    assert spent(project(statements)) == expected


def test_an_absurd_duration_does_not_stop_the_projector(project: Project) -> None:
    assert spent(project([work("10:00", "P300000D")])) == [(1, 365 * 24 * 3600)]


def test_work_that_serves_two_goals_counts_for_each(project: Project) -> None:
    assert spent(project([work("10:00", "PT10M", grouping="goal:count")])) == [(1, 600), (1, 600)]


def test_time_on_other_goals_in_between_is_not_time_on_this_one(project: Project) -> None:
    statements = [work("10:00"), work("10:20", goal="goal:count"), work("10:40")]
    assert spent(project(statements)) == [(1, 0), (1, 0)]


def test_a_session_is_a_run_of_all_that_the_learner_does(project: Project) -> None:
    statements = [
        a_statement("planned", "goal:read", "2025-09-02 10:00"),
        a_statement("experienced", "lesson:1", "2025-09-02 10:25"),
        a_statement("experienced", "lesson:2", "2025-09-02 11:00"),
    ]
    assert sessions(project(statements)) == [("08:00", "08:25", 2), ("09:00", "09:00", 1)]


def test_a_voided_statement_opens_no_session(project: Project) -> None:
    wrong = work("10:00")
    voiding = a_statement(
        "voided", "", "2025-09-02 12:00", object={"objectType": "StatementRef", "id": wrong["id"]}
    )
    assert sessions(project([wrong, voiding])) == [("10:00", "10:00", 1)]


def test_midnight_does_not_part_a_session(project: Project) -> None:
    statements = [
        a_statement("attempted", "goal:read", "2025-09-02 23:50"),
        a_statement("attempted", "goal:read", "2025-09-03 00:10"),
    ]
    assert spent(project(statements)) == [(1, 1200)]


def test_the_hour_that_comes_twice_is_an_hour_long(project: Project) -> None:
    statements = [
        a_statement("attempted", "goal:read", "2025-10-26 02:50"),
        a_statement("attempted", "goal:read", "2025-10-26 02:10", fold=1),
    ]
    assert spent(project(statements)) == [(1, 1200)]


def test_what_a_group_does_counts_for_its_members(project: Project) -> None:
    together = work("10:00", "PT10M", by=a_group("group", "ann", "bob"))
    alone = work("11:00", "PT5M", by="ann")
    assert sorted(spent(project([together, alone]))) == [(1, 600), (1, 600), (2, 900)]


def test_evidence_is_counted_by_its_source(project: Project) -> None:
    statements = [
        work("10:00"),
        work("10:05", evidence_source="test"),
        a_statement("performed-offline", "lesson:2", "2025-09-02 10:10", parent="goal:read"),
        a_statement("mastered", "goal:read", "2025-09-02 10:15", evidence_source="conversation"),
    ]
    rows = project(statements).execute(
        """select evidence, evidence_digital, evidence_test, evidence_conversation, evidence_observation
        from goal_evidence"""
    )
    assert rows.fetchall() == [(4, 1, 1, 1, 0)]


def test_planning_and_a_judgement_without_a_source_are_no_evidence(project: Project) -> None:
    statements = [
        a_statement("planned", "goal:read", "2025-09-02 10:00", evidence_source="conversation"),
        a_statement("mastered", "goal:read", "2025-09-02 10:15"),
    ]
    assert project(statements).execute("select * from goal_evidence").fetchall() == []
