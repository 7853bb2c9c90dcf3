"""Whether teachers learn too: goals, reflections and steps of quality cycles (indicators 6); never who."""

from collections.abc import Callable
from typing import Any

import duckdb
import pyarrow as pa

from lrs.reference.entity import Entity
from projections.catalog import Projection
from projections.small_cells import Thresholds, withhold
from tests.projections.a_roster import a_roster, a_stay
from tests.projections.a_statement import a_group, a_statement, a_voiding
from tests.projections.schools.a_school import in_school, people, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
GOALS = "teachers, with_goal, goals_set, with_reflection, reflections"
CYCLES = "teachers, in_cycle, cycles, cycle_steps, in_team, teams"


def staff(*names: str, class_key: str = "3a", **more: Any) -> list[Entity]:
    return a_roster(*(a_stay(name, class_key, "2025-09-01", role="teacher", **more) for name in names))


def step(
    verb: str, by: str | dict[str, Any], at: str = "2025-09-02 16:00", cycle: str = "a"
) -> dict[str, Any]:
    return in_school(verb, f"quality-cycle:{cycle}", at, by=by)


def test_goals_and_reflections_of_teachers_are_counted_and_those_of_learners_are_not(
    project: Project,
) -> None:
    statements = [
        in_school("planned", "goal:coach", "2025-09-01 16:00", by="p01"),
        in_school("planned", "goal:coach", "2025-09-02 16:00", by="p01"),
        in_school("planned", "goal:coach", "2025-09-01 16:00", by="p02"),
        in_school("reflected", "goal:coach", "2025-09-03 16:00", by="p01"),
        in_school("experienced", "lesson:1", "2025-09-03 16:00", by="p01", reflection="it went well"),
        in_school("planned", "goal:read", "2025-09-02 09:00", by="ann"),
        in_school("reflected", "goal:read", "2025-09-02 09:00", by="ann"),
        weeks_closed(),
    ]
    records = [*staff(*people(3)), *a_roster(a_stay("ann", "3a", "2025-09-01"))]
    warehouse = project(statements, records=records)
    assert rows(warehouse, "professional_learning", GOALS) == [(3, 2, 2, 1, 2)]


def test_what_a_team_did_is_counted_once_and_each_member_takes_part(project: Project) -> None:
    plg = a_group("plg", "p01", "p02")
    statements = [
        in_school("planned", "goal:coach", "2025-09-01 16:00", by=plg),
        step("asked-learning-question", plg),
        step("set-cycle-goal", plg),
        step("acted", "p03"),
        step("asked-learning-question", "p03", cycle="b"),
        weeks_closed(),
    ]
    warehouse = project(statements, records=staff(*people(4)))
    assert rows(warehouse, "professional_learning", CYCLES) == [(4, 3, 2, 4, 2, 1)]
    assert rows(warehouse, "professional_learning", GOALS) == [(4, 2, 1, 0, 0)]


def test_teachers_who_did_nothing_are_there_with_zeros(project: Project) -> None:
    warehouse = project([weeks_closed()], records=staff(*people(2)))
    assert rows(warehouse, "professional_learning", f"{GOALS}, cast(as_of as varchar)") == [
        (2, 0, 0, 0, 0, "2025-09-05")
    ]
    assert rows(project([step("acted", "p01")], records=staff("p01")), "professional_learning", "*") == []


def test_without_a_roster_who_records_for_others_or_takes_steps_is_a_teacher(project: Project) -> None:
    statements = [
        in_school("evaluated", "goal:read", "2025-09-02 09:00", by="tess", learner="ann", level=2),
        step("decided", a_group("plg", "tom", "head")),
        a_statement("decided", "quality-cycle:z", "2025-09-02 09:00", by="nowhere"),
        in_school("planned", "goal:read", "2025-09-02 09:00", by="ann"),
        weeks_closed(),
    ]
    warehouse = project(statements)
    assert rows(warehouse, "professional_learning", CYCLES) == [(3, 2, 1, 1, 2, 1)]
    assert warehouse.execute(
        "select school_key, teachers from professional_learning order by 1"
    ).fetchall() == [("north", 3), ("unknown", 1)]
    assert warehouse.execute(
        "select source, count(*) from school_teacher group by 1 order by 1"
    ).fetchall() == [
        ("statement", 3),
        ("unknown", 1),
    ]


def test_a_teacher_who_changes_school_counts_in_the_last_one_and_who_left_in_none(project: Project) -> None:
    stays = [
        a_stay("tess", "3a", "2025-09-01", "2025-09-03", role="teacher"),
        a_stay("tess", "4z", "2025-09-03", role="teacher", number=1),
        a_stay("tom", "3a", "2025-09-01", "2025-09-03", role="teacher"),
    ]
    statements = [step("acted", "tess", "2025-09-02 16:00"), step("acted", "tom"), weeks_closed()]
    warehouse = project(statements, records=a_roster(*stays))
    assert warehouse.execute(
        "select school_key, teachers, in_cycle from professional_learning"
    ).fetchall() == [("south", 1, 1)]


def test_voided_steps_and_those_after_the_year_or_the_closed_week_do_not_count(project: Project) -> None:
    voided = step("acted", "p01", "2025-09-03 16:00")
    days = ("2025-08-31 23:59", "2025-09-01 00:00", "2025-09-07 23:59", "2025-09-08 00:00")
    statements = [*(step("acted", "p01", day) for day in days), voided, a_voiding(voided, "2025-09-04 16:00")]
    warehouse = project([*statements, weeks_closed()], records=staff("p01"))
    assert rows(warehouse, "professional_learning", "cycle_steps", "school_year = '2025-2026'") == [(2,)]


def test_what_rests_on_few_teachers_is_withheld(project: Project, catalog: list[Projection]) -> None:
    names, elsewhere = people(12), people(8, first=20)
    records = [*staff(*names), *staff(*elsewhere, class_key="4z")]
    statements = [
        *[in_school("planned", "goal:coach", "2025-09-01 16:00", by=n) for n in (*names[:6], *elsewhere[:4])],
        *[step("acted", n) for n in names[:3]],
        weeks_closed(),
    ]
    warehouse = project(statements, records=records)
    view = next(p for p in catalog if p.name == "professional_learning")
    table: pa.Table = warehouse.sql("from professional_learning order by all").to_arrow_table()
    shown = withhold(table, view, Thresholds()).to_pylist()
    columns = ("school_key", "teachers", "with_goal", "goals_set", "in_cycle", "cycle_steps", "withheld")
    # the 4 of the south are few; the 6 of the north go with them, else a total would tell the 4
    assert [tuple(row[c] for c in columns) for row in shown] == [
        ("north", 12, None, None, None, None, False),
        ("south", 8, None, None, None, None, False),
    ]
