"""Quality cycles of a school (indicators 6): how far they came and on what they rest."""

from collections.abc import Callable
from typing import Any

import duckdb

from tests.projections.a_roster import a_roster, a_stay
from tests.projections.a_statement import a_group, a_statement, a_voiding
from tests.projections.schools.a_school import in_school, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
STEPS = ("asked-learning-question", "set-cycle-goal", "acted", "measured-effect", "decided")


def step(verb: str, cycle: str, at: str, **more: Any) -> dict[str, Any]:
    return in_school(verb, f"quality-cycle:{cycle}", at, **{"by": "teacher", **more})


def test_a_whole_cycle_and_one_that_was_only_begun(project: Project) -> None:
    days = (
        "2025-09-01",
        "2025-09-03",
        "2025-09-10",
        "2025-09-24",
        "2025-09-26",
    )  # 2, 7, 14 and 2 days between
    sources = (None, None, None, "observation", "test")
    statements = [
        step(verb, "a", f"{day} 16:00", **({"evidence_source": source} if source else {}))
        for verb, day, source in zip(STEPS, days, sources, strict=True)
    ]
    statements += [step(STEPS[0], "b", "2025-09-05 16:00"), weeks_closed("2025-09-29 08:00")]
    columns = "cycles_opened, with_question, with_goal, with_action, with_effect, cycles_closed, cycles_whole, steps"
    warehouse = project(statements)
    assert rows(warehouse, "quality_cycle", columns) == [(2, 2, 1, 1, 1, 1, 1, 6)]
    timed = "median_days_per_step, median_days_to_decision, pieces, sources, cycles_with_sources"
    assert rows(warehouse, "quality_cycle", timed) == [(4.5, 25.0, 2, 2, 1)]


def test_a_cycle_of_one_step_has_no_time_between_steps(project: Project) -> None:
    warehouse = project([step("decided", "a", "2025-09-05 16:00"), weeks_closed()])
    assert rows(
        warehouse, "quality_cycle", "steps, median_days_per_step, median_days_to_decision, sources"
    ) == [(1, None, 0.0, 0)]


def test_a_step_of_a_group_counts_once_and_the_school_may_be_known_from_a_later_step(
    project: Project,
) -> None:
    group = a_group("plg", "t1", "t2")
    first = a_statement(STEPS[0], "quality-cycle:a", "2025-09-01 16:00", by=group)
    statements = [first, step(STEPS[1], "a", "2025-09-02 16:00", by=group), weeks_closed()]
    assert rows(project(statements), "quality_cycle", "cycles_opened, steps") == [(1, 2)]


def test_a_cycle_over_the_summer_belongs_to_the_year_in_which_it_began(project: Project) -> None:
    statements = [
        step(STEPS[0], "a", "2025-08-31 23:59"),
        step("decided", "a", "2025-09-01 00:00"),
        weeks_closed(),
    ]
    before = a_statement("experienced", "lesson:1", "2025-06-10 09:00", by="somebody", school="elsewhere")
    found = rows(project([before, *statements]), "quality_cycle", "school_year, cycles_opened, cycles_closed")
    assert found == [("2024-2025", 1, 1)]


def test_steps_of_the_open_week_and_voided_steps_are_not_counted(project: Project) -> None:
    goal = step(STEPS[1], "a", "2025-09-02 16:00")
    statements = [
        step(STEPS[0], "a", "2025-09-01 16:00"),
        goal,
        a_voiding(goal, "2025-09-03 16:00"),
        step(STEPS[2], "a", "2025-09-08 08:00"),
    ]
    assert rows(project(statements), "quality_cycle", "steps, with_goal, with_action") == [(1, 0, 0)]


def test_the_school_of_a_team_s_step_is_by_the_roster_for_whom_it_knows(project: Project) -> None:
    stay = a_stay("teacher", "4z", "2025-09-01", role="teacher")
    team = a_group("plg", "teacher", "guest")
    statements = [step(STEPS[0], "a", "2025-09-01 16:00", by=team, school="east"), weeks_closed()]
    warehouse = project(statements, records=a_roster(stay))
    assert warehouse.execute("select school_key from quality_cycle").fetchall() == [("south",)]
