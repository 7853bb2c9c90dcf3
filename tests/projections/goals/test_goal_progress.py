"""How a goal stands: status, due date, progress and level (indicators 4)."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from projections.catalog import Projection
from tests.projections.a_statement import a_group, a_person, a_statement, an_id
from tests.projections.conftest import agent_key, events_of, projected

Project = Callable[..., duckdb.DuckDBPyConnection]
Statements = list[dict[str, Any]]
Stands = Callable[[str, str], tuple[Any, ...]]


def said(verb: str, day: int, goal: str = "goal:read", **more: Any) -> dict[str, Any]:
    return a_statement(verb, goal, f"2025-09-{day:02d} 09:00", **more)


def goal(warehouse: duckdb.DuckDBPyConnection, columns: str, slug: str = "read") -> tuple[Any, ...]:
    (row,) = warehouse.execute(
        f"select {columns} from goal_progress where goal_id = ?", [an_id(slug)]
    ).fetchall()
    return row


STATUS = [
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
]

ON_TIME: dict[str, tuple[Statements, int | None, bool | None]] = {
    "at the due moment is on time": (
        [said("planned", 1, due="2025-09-10 09:00"), said("mastered", 10)],
        10,
        True,
    ),
    "a minute after is late": ([said("planned", 1, due="2025-09-10 08:59"), said("mastered", 10)], 10, False),
    "without a due date nothing is late": ([said("planned", 1), said("mastered", 10)], None, None),
    "an open goal is not late: that depends on today": (
        [said("planned", 1, due="2025-09-10 09:00"), said("attempted", 11)],
        10,
        None,
    ),
    "a goal that was not achieved is neither": (
        [said("planned", 1, due="2025-09-10 09:00"), said("failed", 9)],
        10,
        None,
    ),
    "a revision at the due moment still counts": (
        [
            said("planned", 1, due="2025-09-10 09:00"),
            said("revised-plan", 10, due="2025-09-20 09:00"),
            said("mastered", 15),
        ],
        20,
        True,
    ),
    "a revision after it does not": (
        [
            said("planned", 1, due="2025-09-10 09:00"),
            said("revised-plan", 11, due="2025-09-20 09:00"),
            said("mastered", 15),
        ],
        10,
        False,
    ),
    "a revision to an earlier date counts": (
        [
            said("planned", 1, due="2025-09-20 09:00"),
            said("revised-plan", 2, due="2025-09-10 09:00"),
            said("mastered", 15),
        ],
        10,
        False,
    ),
    "a goal that is set again has its new due date": (
        [
            said("planned", 1, due="2025-09-05 09:00"),
            said("deselected", 6),
            said("planned", 8, due="2025-09-20 09:00"),
            said("mastered", 15),
        ],
        20,
        True,
    ),
    "re-opened without a new due date it keeps the old one": (
        [
            said("planned", 1, due="2025-09-05 09:00"),
            said("mastered", 4),
            said("scheduled", 6),
            said("mastered", 15),
        ],
        5,
        False,
    ),
}
# Said of a goal that was set before.
PROGRESS: dict[str, tuple[Statements, str | None]] = {
    "nothing known": ([said("planned", 1)], None),
    "the last stated": ([said("progressed", 1, progress=30), said("progressed", 2, progress=20)], "0.200000"),
    "achieved is all": ([said("progressed", 1, progress=30), said("mastered", 2)], "1.000000"),
    "re-opened is the last stated": (
        [said("progressed", 1, progress=30), said("mastered", 2), said("planned", 3)],
        "0.300000",
    ),
    "one of three items": (
        [said("planned", 1, checklist_size=3), said("completed", 2, "item:1", checklist="read")],
        "0.333333",
    ),
    "a checklist of no size": (
        [said("planned", 1, checklist_size=0), said("completed", 2, "item:1", checklist="read")],
        None,
    ),
    "more ticks than items": (
        [said("completed", 2, f"item:{n}", checklist="read", checklist_size=2) for n in range(3)],
        "1.000000",
    ),
}


def in_order(verbs: list[str]) -> Statements:
    return [said(verb, day) for day, verb in enumerate(verbs, start=1)]


@pytest.fixture(scope="module")
def stands(
    tmp_path_factory: pytest.TempPathFactory, named_warehouse: Path, named_catalog: list[Projection]
) -> Iterator[Stands]:
    """stands(case, columns) -> how its goal stands. Each case has a learner of its own, all in one warehouse."""
    cases = {" ".join(verbs): in_order(verbs) for verbs, _ in STATUS}
    cases |= {f"{' '.join(verbs)}, backwards": in_order(verbs)[::-1] for verbs, _ in STATUS}
    cases |= {case: statements for case, (statements, *_) in ON_TIME.items()}
    cases |= {
        case: [a_statement("planned", "goal:read", "2025-08-31 09:00"), *statements]
        for case, (statements, _) in PROGRESS.items()
    }
    learners = {case: a_person(f"learner{n}") for n, case in enumerate(cases)}
    told = [{**each, "actor": learners[case]} for case, statements in cases.items() for each in statements]
    made = projected(tmp_path_factory.mktemp("cases"), named_warehouse, named_catalog, events_of(told))

    def ask(case: str, columns: str) -> tuple[Any, ...]:
        (row,) = made.connection.execute(
            f"select {columns} from goal_progress where learner_key = ?", [agent_key(learners[case])]
        ).fetchall()
        return row

    yield ask
    made.close()


@pytest.mark.parametrize(("verbs", "status"), STATUS, ids=" ".join)
def test_the_last_word_decides_the_status(stands: Stands, verbs: list[str], status: str) -> None:
    assert stands(" ".join(verbs), "status") == (status,)
    assert stands(f"{' '.join(verbs)}, backwards", "status") == (status,)


def test_of_two_words_at_one_moment_the_later_in_the_log_decides(project: Project) -> None:
    both = [said("mastered", 2), said("deselected", 2)]
    assert goal(project([said("planned", 1), *both]), "status") == ("dropped",)
    assert goal(project([said("planned", 1), *both[::-1]]), "status") == ("achieved",)


@pytest.mark.parametrize("case", ON_TIME)
def test_on_time_is_judged_by_the_due_date_known_at_the_due_moment(stands: Stands, case: str) -> None:
    _, due_day, on_time = ON_TIME[case]
    assert stands(case, "day(due), on_time") == (due_day, on_time)


def test_a_goal_confirmed_again_keeps_the_moment_it_was_reached(project: Project) -> None:
    statements = [said("planned", 1), said("mastered", 5), said("satisfied", 9)]
    assert goal(project(statements), "day(closed_at)") == (5,)


def test_a_reopened_goal_is_not_closed(project: Project) -> None:
    statements = [said("planned", 1), said("mastered", 5), said("planned", 9)]
    assert goal(project(statements), "closed_at, day(set_at)") == (None, 1)


@pytest.mark.parametrize("case", PROGRESS)
def test_progress_is_stated_or_counted(stands: Stands, case: str) -> None:
    _, progress = PROGRESS[case]
    assert stands(case, "progress") == (Decimal(progress) if progress else None,)


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
