"""Unwanted side effects of a school's way of working (indicators 6.3)."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_voiding
from tests.projections.schools.a_school import in_school, people, present, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
WHOLE = "grouping = 'school'"


def told(by: str, at: str, score: float) -> dict[str, Any]:
    return in_school("rated", "motivation:1", at, by=by, score=score)


def test_activity_in_the_evening_in_weekends_and_in_holidays_is_shared_out(project: Project) -> None:
    moments = (
        "2025-10-24 19:59", "2025-10-24 20:00", "2025-10-24 23:59", "2025-10-25 00:00", "2025-10-25 06:00",
        "2025-10-28 12:00", "2025-11-01 12:00", "2025-11-11 12:00",
    )  # fmt: skip
    # evening or night: 20:00, 23:59, 0:00; weekend: Saturday 25 October, twice; holiday: 28 October, 1 and 11 November
    statements = [*(s for at in moments for s in present(["p01"], at)), weeks_closed("2025-11-17 08:00")]
    columns = "active_learners, statements, share_late, share_weekend, share_holiday"
    assert rows(project(statements), "side_effects", columns, WHOLE) == [(1, 8, 0.375, 0.25, 0.375)]


def test_what_was_assigned_to_a_learner_is_no_activity_of_the_learner(project: Project) -> None:
    statements = [in_school("was-assigned", "goal:read", "2025-09-01 21:00", by="p01"), weeks_closed()]
    columns = "learners, active_learners, statements, share_late"
    assert rows(project(statements), "side_effects", columns, WHOLE) == [(1, 0, 0, None)]


def test_hours_are_those_of_sessions_per_learner_and_closed_school_week(project: Project) -> None:
    # p01: a session of 2 hours; p02: none; 2 closed school weeks: 2 h / 2 learners / 2 weeks
    statements = [
        in_school("experienced", "lesson:1", "2025-09-02 11:00", by="p01", duration="PT2H"),
        *present(["p02"], "2025-09-10 09:00"),
        weeks_closed("2025-09-15 08:00"),
    ]
    assert rows(project(statements), "side_effects", "hours_per_week", WHOLE) == [(0.5,)]


def test_open_and_dropped_goals_are_counted_for_each_learner(project: Project) -> None:
    statements = [
        *present(people(3)),
        in_school("planned", "goal:a", "2025-09-01 09:00", by="p01"),
        in_school("planned", "goal:b", "2025-09-01 09:00", by="p01"),
        in_school("planned", "goal:a", "2025-09-01 09:00", by="p02"),
        in_school("deselected", "goal:a", "2025-09-02 09:00", by="p01"),
        in_school("mastered", "goal:a", "2025-09-02 09:00", by="p02"),
        in_school("planned", "goal:a", "2025-09-03 09:00", by="p01"),
        weeks_closed(),
    ]
    columns = (
        "learners_with_open_goal, open_goals, round(open_goals_per_learner, 4), goals_closed, share_dropped"
    )
    assert rows(project(statements), "side_effects", columns, WHOLE) == [(1, 2, 0.6667, 2, 0.5)]
    empty = "open_goals, goals_closed, share_dropped"
    assert rows(project([*present(["p01"]), weeks_closed()]), "side_effects", empty, WHOLE) == [(0, 0, None)]


@pytest.mark.parametrize(
    ("answered", "unanswered"), [("2025-09-08 23:59", 0), ("2025-09-09 00:00", 1), (None, 1)]
)
def test_a_request_is_unanswered_after_five_school_days(
    project: Project, answered: str | None, unanswered: int
) -> None:
    # asked on Monday 1 September: the fifth school day after it is Monday 8 September
    asked = in_school("requested-attention", "lesson:1", "2025-09-01 09:00", by="p01")
    recent = in_school("requested-attention", "lesson:2", "2025-09-08 09:00", by="p01")
    statements = [asked, recent, weeks_closed("2025-09-15 08:00")]
    if answered:
        statements.append(in_school("replied", "lesson:1", answered, by="p02", about=asked))
    # the last closed day is Friday 12 September, four school days after the recent request: too early to tell
    columns = "askers, requests, unanswered"
    assert rows(project(statements), "side_effects", columns, WHOLE) == [(1, 1, unanswered)]


def test_a_voided_request_was_never_asked(project: Project) -> None:
    asked = in_school("requested-attention", "lesson:1", "2025-09-01 09:00", by="p01")
    statements = [
        asked,
        *present(["p01"]),
        a_voiding(asked, "2025-09-02 09:00"),
        weeks_closed("2025-09-15 08:00"),
    ]
    assert rows(project(statements), "side_effects", "askers, requests, share_unanswered", WHOLE) == [
        (0, 0, None)
    ]


def test_motivation_is_the_mean_of_learners_and_its_change_that_of_the_same_learners(
    project: Project,
) -> None:
    # 12 closed school weeks: up to 30 November; the last 6 begin on 13 October
    statements = [
        told("p01", "2025-10-12 12:00", 0.2),
        told("p01", "2025-10-13 12:00", 0.4),
        told("p01", "2025-10-14 12:00", 0.8),
        told("p02", "2025-11-20 12:00", 0.0),
        weeks_closed("2025-12-01 08:00"),
    ]
    columns = "tellers, reports, motivation, tellers_of_change, motivation_change"
    assert rows(project(statements), "side_effects", columns, WHOLE) == [(2, 3, 0.3, 1, 0.4)]


def test_without_reports_motivation_is_unknown(project: Project) -> None:
    warehouse = project([*present(["p01"]), weeks_closed()])
    assert rows(warehouse, "side_effects", "tellers, motivation, motivation_change", WHOLE) == [
        (0, None, None)
    ]


def test_registration_is_counted_once_for_the_whole_school(project: Project) -> None:
    statements = [
        *present(["p01", "p02"]),
        in_school(
            "evaluated",
            "goal:a",
            "2025-09-02 09:00",
            by="teacher",
            learner="p01",
            level=2,
            entered_by_hand=90,
        ),
        in_school("reflected", "goal:a", "2025-09-02 09:00", by="p01", entered_by_hand=True),
        weeks_closed(),
    ]
    columns = "grouping, learners, typists, statements_made, statements_typed, share_typed, typed_minutes"
    assert rows(project(statements), "side_effects", columns, "grouping in ('school', 'grade')") == [
        ("grade", 2, None, None, None, None, None),
        ("school", 2, 2, 4, 2, 0.5, 1.5),
    ]
