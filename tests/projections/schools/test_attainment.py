"""Do learners of a school reach their goals: counted in closed school weeks only (indicators 6.1)."""

from collections.abc import Callable
from typing import Any

import duckdb

from projections.catalog import Projection
from projections.small_cells import Thresholds, withhold
from tests.projections.a_roster import a_roster, a_stay
from tests.projections.a_statement import a_group, a_statement, a_voiding

Project = Callable[..., duckdb.DuckDBPyConnection]

# A statement stored in the second school week closes the first (1-7 September).
NEXT_WEEK = a_statement("experienced", "lesson:1", "2025-09-08 08:00", by="someone")


def said(verb: str, goal: str, day: int = 1, **more: Any) -> dict[str, Any]:
    return a_statement(verb, f"goal:{goal}", f"2025-09-{day:02d} 09:00", **{"school": "north", **more})


def attainment(warehouse: duckdb.DuckDBPyConnection, columns: str) -> list[tuple[Any, ...]]:
    return warehouse.execute(f"select {columns} from attainment order by school_key, school_year").fetchall()


def test_goals_set_achieved_and_on_time_are_counted_for_each_learner(project: Project) -> None:
    statements = [
        said("planned", "read", by="ann", due="2025-09-05 16:00"),
        said("planned", "read", by="bob", due="2025-09-02 16:00"),
        said("was-assigned", "count", by="bob"),
        said("mastered", "read", 3, by="ann"),
        said("mastered", "read", 3, by="bob"),
        said("mastered", "count", 3, by="bob"),
        said("attempted", "never-set", by="cas"),
        NEXT_WEEK,
    ]
    columns = "learners, goals_set, achieved, with_due, on_time"
    assert attainment(project(statements), columns) == [(2, 3, 3, 2, 1)]


def test_the_school_is_the_one_stated_with_the_goal_else_unknown(project: Project) -> None:
    statements = [said("planned", "read"), said("planned", "count", school="south"), NEXT_WEEK]
    statements.append(a_statement("planned", "goal:draw", "2025-09-01 09:00"))
    assert attainment(project(statements), "school_key, goals_set") == [
        ("north", 1),
        ("south", 1),
        ("unknown", 1),
    ]


def test_only_closed_school_weeks_are_known(project: Project) -> None:
    statements = [said("planned", "read"), said("progressed", "read", 2, progress=40)]
    assert attainment(project(statements), "*") == []
    statements += [said("mastered", "read", 8), said("planned", "count", 8)]
    columns = "cast(closed_until as varchar), goals_set, achieved, median_progress"
    assert attainment(project(statements), columns) == [("2025-09-07", 1, 0, 0.4)]


def test_a_week_is_closed_by_what_is_stored_after_its_sunday_and_not_by_a_timestamp(project: Project) -> None:
    ahead = a_statement("experienced", "lesson:1", "2025-09-08 08:00", stored="2025-09-07T21:59:59Z")
    assert attainment(project([said("planned", "read"), ahead]), "*") == []
    midnight = a_statement("experienced", "lesson:1", "2025-09-07 08:00", stored="2025-09-07T22:00:00Z")
    assert attainment(project([said("planned", "read"), midnight]), "goals_set") == [(1,)]


def test_the_median_leaves_out_goals_of_unknown_progress(project: Project) -> None:
    statements = [
        said("planned", "unknown"),
        said("planned", "a"),
        said("progressed", "a", 2, progress=10),
        said("planned", "b"),
        said("progressed", "b", 2, progress=35),
        NEXT_WEEK,
    ]
    assert attainment(project(statements), "goals_set, with_progress, median_progress") == [(3, 2, 0.225)]


def test_progress_by_parts_counts_when_it_was_made_in_closed_weeks(project: Project) -> None:
    ticked = a_statement("completed", "item:1", "2025-09-02 09:00", checklist="read", checklist_size=4)
    statements = [said("planned", "read"), ticked, NEXT_WEEK]
    assert attainment(project(statements), "median_progress") == [(0.25,)]
    later = a_statement("completed", "item:2", "2025-09-08 09:00", checklist="read")
    assert attainment(project([*statements, later]), "median_progress") == [(0.25,)]


def test_levels_are_spread_and_grow_from_first_to_last(project: Project) -> None:
    statements = [
        said("self-assessed", "read", 2, level=1, by="ann"),
        said("self-assessed", "read", 3, level=3, by="ann"),
        said("self-assessed", "read", 2, level=3, by="bob"),
        said("self-assessed", "read", 3, level=2, by="bob"),
        said("self-assessed", "read", 3, level=3, by="cas"),
        said("self-assessed", "read", 8, level=9, by="cas"),
    ]
    planned = [said("planned", "read", by=name) for name in ("ann", "bob", "cas")]
    warehouse = project(planned + statements)
    assert attainment(warehouse, "with_level, with_growth, level_growth") == [(3, 2, 0.5)]
    spread = warehouse.execute(
        "select level, learners, goals from attainment_level order by level"
    ).fetchall()
    assert spread == [(2, 1, 1), (3, 2, 2)]


def test_without_levels_there_is_no_growth(project: Project) -> None:
    assert attainment(project([said("planned", "read"), NEXT_WEEK]), "with_level, level_growth") == [
        (0, None)
    ]


def test_without_levels_none_is_spread(project: Project) -> None:
    warehouse = project([said("planned", "read"), NEXT_WEEK])
    assert warehouse.execute("select level, learners from attainment_level").fetchall() == []


def test_a_voided_level_is_not_spread_and_a_groups_level_is_each_members(project: Project) -> None:
    team = a_group("team", "ann", "bob")
    statements = [said("planned", "read", by=team), said("self-assessed", "read", 2, level=2, by=team)]
    voided = said("self-assessed", "read", 3, level=3, by="ann")
    warehouse = project([*statements, voided, a_voiding(voided, "2025-09-04 09:00"), NEXT_WEEK])
    spread = "select level, learners, goals from attainment_level"
    assert warehouse.execute(spread).fetchall() == [(2, 2, 2)]


def test_framework_goals_without_evidence_are_those_that_nobody_worked_on(project: Project) -> None:
    statements = [
        said("planned", "read", by="ann", framework_goals=["92301", "92302"]),
        said("planned", "count", by="bob", framework_goals=["92302", "92303"]),
        said("attempted", "read", 2, by="ann"),
        NEXT_WEEK,
    ]
    columns = "framework_goals, framework_goals_without_evidence"
    assert attainment(project(statements), columns) == [(3, 1)]


def test_each_member_of_a_group_counts_and_the_group_does_not(project: Project) -> None:
    together = said("planned", "read", by=a_group("group", "ann", "bob"))
    assert attainment(project([together, NEXT_WEEK]), "learners, goals_set") == [(2, 2)]


def test_a_goal_counts_in_the_school_year_in_which_it_was_set(project: Project) -> None:
    before = a_statement("planned", "goal:read", "2025-06-30 09:00", school="north")
    statements = [before, said("mastered", "read", 2), said("planned", "count"), NEXT_WEEK]
    columns = "school_year, goals_set, achieved"
    assert attainment(project(statements), columns) == [("2024-2025", 1, 1), ("2025-2026", 1, 0)]


def test_goals_of_teachers_are_no_goals_of_learners(project: Project) -> None:
    by_roster = [a_stay("ann", "3a", "2025-09-01"), a_stay("tess", "3a", "2025-09-01", role="teacher")]
    statements = [
        said("planned", "read", by="ann"),
        said("self-assessed", "read", 2, by="ann", level=1),
        said("planned", "coach", by="tess"),
        said("self-assessed", "coach", 2, by="tess", level=2),
        # no roster knows these two: one records for another, one takes a step in a quality cycle
        said("planned", "coach", by="tom"),
        said("evaluated", "read", 2, by="tom", learner="ann", level=3),
        said("planned", "coach", by="head"),
        a_statement("decided", "quality-cycle:cycle", "2025-09-02 09:00", by="head"),
        NEXT_WEEK,
    ]
    warehouse = project(statements, records=a_roster(*by_roster))
    assert attainment(warehouse, "school_key, learners, goals_set, by_roster") == [("north", 1, 1, 1)]
    assert warehouse.execute("select level, learners from attainment_level").fetchall() == [(3, 1)]


def test_who_was_a_student_for_a_part_of_the_year_counts_as_one(project: Project) -> None:
    stays = [
        a_stay("ann", "3a", "2025-09-01", "2025-09-04"),
        a_stay("ann", "3a", "2025-09-04", role="teacher", number=1),
        a_stay("bob", "3b", "2025-09-01", "2025-09-03"),
    ]
    statements = [said("planned", "read", 2, by="ann"), said("planned", "read", 2, by="bob"), NEXT_WEEK]
    warehouse = project(statements, records=a_roster(*stays))
    assert attainment(warehouse, "learners, goals_set") == [(2, 2)]


def test_an_account_that_nobody_linked_is_a_learner_of_no_known_school(project: Project) -> None:
    statements = [
        said("planned", "read", by="ann"),
        a_statement("planned", "goal:play", "2025-09-01 09:00", by="player-7"),
        NEXT_WEEK,
    ]
    warehouse = project(statements, records=a_roster(a_stay("ann", "3a", "2025-09-01")))
    assert attainment(warehouse, "school_key, learners, by_roster") == [("north", 1, 1), ("unknown", 1, 0)]


def test_what_few_learners_achieved_or_were_given_a_level_for_is_withheld(
    project: Project, catalog: list[Projection]
) -> None:
    names = [f"p{number:02d}" for number in range(20)]
    statements = [
        *[said("planned", "read", by=name) for name in names],
        *[said("mastered", "read", 2, by=name) for name in names[:6]],
        *[said("self-assessed", "read", 3, by=name, level=1) for name in names[:4]],
        NEXT_WEEK,
    ]
    warehouse = project(statements)
    columns = "learners, learners_achieved, achieved, learners_with_level, with_level, learners_with_growth"
    assert attainment(warehouse, columns) == [(20, 6, 6, 4, 4, 0)]
    view = {p.name: p for p in catalog}["attainment"]
    table = warehouse.sql("from attainment order by all").to_arrow_table()
    (shown,) = withhold(table, view, Thresholds()).to_pylist()
    assert [shown[name] for name in columns.split(", ")] == [20, 6, 6, None, None, 0]
