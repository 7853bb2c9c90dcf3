"""How a goal stands: status, due date, progress and level (indicators 4)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_group, a_person, a_statement, an_id

Project = Callable[..., duckdb.DuckDBPyConnection]
Statements = list[dict[str, Any]]


def said(verb: str, day: int, goal: str = "goal:read", **more: Any) -> dict[str, Any]:
    return a_statement(verb, goal, f"2025-09-{day:02d} 09:00", **more)


def goal(warehouse: duckdb.DuckDBPyConnection, columns: str, slug: str = "read") -> tuple[Any, ...]:
    (row,) = warehouse.execute(
        f"select {columns} from goal_progress where goal_id = ?", [an_id(slug)]
    ).fetchall()
    return row


@pytest.mark.parametrize(
    ("verbs", "status"),
    [
        (["planned"], "planned"),
        (["prioritized"], "planned"),
        (["planned", "attempted"], "in_progress"),
        (["planned", "mastered"], "achieved"),
        (["planned", "mastered", "attempted"], "achieved"),
        (["planned", "failed"], "not_achieved"),
        (["planned", "failed", "passed"], "achieved"),
        (["planned", "deselected"], "dropped"),
        (["planned", "deselected", "scheduled"], "planned"),
        (["planned", "attempted", "mastered", "revised-plan"], "in_progress"),
        (["planned", "mastered", "prioritized"], "achieved"),
        (["was-assigned", "deselected", "planned", "failed"], "not_achieved"),
    ],
    ids=" ".join,
)
def test_the_last_word_decides_the_status(project: Project, verbs: list[str], status: str) -> None:
    statements = [said(verb, day) for day, verb in enumerate(verbs, start=1)]
    assert goal(project(statements), "status") == (status,)
    assert goal(project(statements[::-1]), "status") == (status,)


def test_of_two_words_at_one_moment_the_later_in_the_log_decides(project: Project) -> None:
    both = [said("mastered", 2), said("deselected", 2)]
    assert goal(project([said("planned", 1), *both]), "status") == ("dropped",)
    assert goal(project([said("planned", 1), *both[::-1]]), "status") == ("achieved",)


@pytest.mark.parametrize(
    ("statements", "due_day", "on_time"),
    [
        ([said("planned", 1, due="2025-09-10 09:00"), said("mastered", 10)], 10, True),
        ([said("planned", 1, due="2025-09-10 08:59"), said("mastered", 10)], 10, False),
        ([said("planned", 1), said("mastered", 10)], None, None),
        ([said("planned", 1, due="2025-09-10 09:00"), said("attempted", 11)], 10, None),
        ([said("planned", 1, due="2025-09-10 09:00"), said("failed", 9)], 10, None),
        (
            [
                said("planned", 1, due="2025-09-10 09:00"),
                said("revised-plan", 10, due="2025-09-20 09:00"),
                said("mastered", 15),
            ],
            20,
            True,
        ),
        (
            [
                said("planned", 1, due="2025-09-10 09:00"),
                said("revised-plan", 11, due="2025-09-20 09:00"),
                said("mastered", 15),
            ],
            10,
            False,
        ),
        (
            [
                said("planned", 1, due="2025-09-20 09:00"),
                said("revised-plan", 2, due="2025-09-10 09:00"),
                said("mastered", 15),
            ],
            10,
            False,
        ),
        (
            [
                said("planned", 1, due="2025-09-05 09:00"),
                said("deselected", 6),
                said("planned", 8, due="2025-09-20 09:00"),
                said("mastered", 15),
            ],
            20,
            True,
        ),
        (
            [
                said("planned", 1, due="2025-09-05 09:00"),
                said("mastered", 4),
                said("scheduled", 6),
                said("mastered", 15),
            ],
            5,
            False,
        ),
    ],
    ids=[
        "at the due moment is on time",
        "a minute after is late",
        "without a due date nothing is late",
        "an open goal is not late: that depends on today",
        "a goal that was not achieved is neither",
        "a revision at the due moment still counts",
        "a revision after it does not",
        "a revision to an earlier date counts",
        "a goal that is set again has its new due date",
        "re-opened without a new due date it keeps the old one",
    ],
)
def test_on_time_is_judged_by_the_due_date_known_at_the_due_moment(
    project: Project, statements: Statements, due_day: int | None, on_time: bool | None
) -> None:
    assert goal(project(statements), "day(due), on_time") == (due_day, on_time)


def test_a_goal_confirmed_again_keeps_the_moment_it_was_reached(project: Project) -> None:
    statements = [said("planned", 1), said("mastered", 5), said("satisfied", 9)]
    assert goal(project(statements), "day(closed_at)") == (5,)


def test_a_reopened_goal_is_not_closed(project: Project) -> None:
    statements = [said("planned", 1), said("mastered", 5), said("planned", 9)]
    assert goal(project(statements), "closed_at, day(set_at)") == (None, 1)


@pytest.mark.parametrize(
    ("statements", "progress"),
    [
        ([said("planned", 1)], None),
        ([said("progressed", 1, progress=30), said("progressed", 2, progress=20)], "0.200000"),
        ([said("progressed", 1, progress=30), said("mastered", 2)], "1.000000"),
        ([said("progressed", 1, progress=30), said("mastered", 2), said("planned", 3)], "0.300000"),
        (
            [said("planned", 1, checklist_size=3), said("completed", 2, "item:1", checklist="read")],
            "0.333333",
        ),
        ([said("planned", 1, checklist_size=0), said("completed", 2, "item:1", checklist="read")], None),
        (
            [said("completed", 2, f"item:{n}", checklist="read", checklist_size=2) for n in range(3)],
            "1.000000",
        ),
    ],
    ids=[
        "nothing known",
        "the last stated",
        "achieved is all",
        "re-opened is the last stated",
        "one of three items",
        "a checklist of no size",
        "more ticks than items",
    ],
)
def test_progress_is_stated_or_counted(
    project: Project, statements: Statements, progress: str | None
) -> None:
    statements = [a_statement("planned", "goal:read", "2025-08-31 09:00"), *statements]
    assert goal(project(statements), "progress") == (Decimal(progress) if progress else None,)


def test_progress_of_a_goal_with_sub_goals_is_the_share_achieved(project: Project) -> None:
    parts = [said("planned", 2, f"goal:part{n}", parent="goal:read") for n in range(4)]
    ends = [said("mastered", 3, "goal:part0"), said("deselected", 3, "goal:part3")]
    assert goal(project([said("planned", 1), *parts, *ends]), "progress") == (Decimal("0.333333"),)


def test_the_origin_is_whichever_came_first(project: Project) -> None:
    assert goal(project([said("was-assigned", 1), said("planned", 2)]), "origin") == ("assigned",)
    assert goal(project([said("planned", 1), said("was-assigned", 2)]), "origin") == ("self",)
    assert goal(project([said("attempted", 1)]), "origin, set_at") == (None, None)


def test_the_last_level_and_the_last_plan_hold(project: Project) -> None:
    statements = [
        said("planned", 1, horizon="period", target_level=2, planned_start="2025-09-03 09:00"),
        said("revised-plan", 2, horizon="week", target_level=3),
        said("revised-plan", 3, planned_start="2025-09-05 09:00"),
        said("self-assessed", 4, level=1),
        said("evaluated", 5, by="teacher", learner="ann", level=2),
        said("attempted", 6, level=9),
    ]
    columns = "horizon, target_level, day(planned_start), revisions, level"
    assert goal(project(statements), columns) == ("week", 3, 5, 2, 2)


def test_a_group_goal_has_a_row_for_each_member_and_the_group(project: Project) -> None:
    group = a_group("group", "ann", "bob")
    statements = [
        said("planned", 1, by=group),
        said("mastered", 3, by=group),
        said("deselected", 4, by="bob"),
    ]
    rows = project(statements).execute("select owner, part, status from goal_progress order by part, status")
    assert rows.fetchall() == [
        ("group", "group", "achieved"),
        ("group", "member", "achieved"),
        ("group", "member", "dropped"),
    ]


def test_one_person_on_two_platforms_has_one_row(project: Project) -> None:
    statements = [said("planned", 1, by="ann"), said("mastered", 2, by="ann2")]
    warehouse = project(statements, links=[[a_person("ann"), a_person("ann2")]])
    assert goal(warehouse, "status") == ("achieved",)


def test_a_school_year_starts_on_1_september_local_time(project: Project) -> None:
    last_minute = a_statement("planned", "goal:old", "2025-08-31 23:59")
    first_minute = a_statement("planned", "goal:new", "2025-09-01 00:00")
    warehouse = project([last_minute, first_minute])
    assert goal(warehouse, "school_year", "old") == ("2024-2025",)
    assert goal(warehouse, "school_year", "new") == ("2025-2026",)


def test_a_goal_is_overdue_from_the_day_after_its_due_day_until_it_is_closed(project: Project) -> None:
    statements = [said("planned", 1, due="2025-09-10 09:00"), said("mastered", 13)]
    rows = project(statements).execute(
        "select day(as_of), days_overdue, is_closed from overdue order by as_of"
    )
    assert rows.fetchall() == [(11, 1, True), (12, 2, True)]


def test_an_open_goal_stays_overdue(project: Project) -> None:
    warehouse = project([said("planned", 1, due="2025-09-10 23:59")])
    rows = warehouse.execute("select days_overdue, is_closed from overdue where as_of = date '2026-01-10'")
    assert rows.fetchall() == [(122, False)]
