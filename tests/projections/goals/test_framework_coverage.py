"""Which goals of a framework a class reached, and with what evidence (framework_coverage, indicators 4)."""

from collections.abc import Callable
from typing import Any

import duckdb

from lrs.reference.entity import Entity, entity
from tests.projections.a_roster import a_class, a_roster, a_stay
from tests.projections.a_statement import a_group, a_statement, a_voiding
from tests.projections.schools.a_school import weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
SEPTEMBER = "2025-09-01"
COUNTS = "learners, learners_with_goal, learners_with_evidence, learners_achieved, learners_achieved_part, evidence"


def a_framework_goal(key: str, *parents: str, **more: Any) -> Entity:
    said = {"framework": "plan", "title": "A goal", "parents": list(parents), **more}
    return entity("framework_goal", key, "plan", **said)


def a_class_of(*names: str, class_key: str = "3a", **more: Any) -> list[Entity]:
    """A roster with these learners in a class of the second grade, doorstroom."""
    stays = [a_stay(name, class_key, SEPTEMBER) for name in names]
    return [*a_roster(*stays), a_class(class_key, **{"grade": "2", "finality": "DO", **more})]


def planned(goal: str, name: str, *framework_goals: str, day: int = 1) -> dict[str, Any]:
    at = f"2025-09-{day:02d} 09:00"
    return a_statement("planned", f"goal:{goal}", at, by=name, framework_goals=list(framework_goals))


def worked(
    goal: str, name: str | dict[str, Any], day: int = 2, verb: str = "attempted", **more: Any
) -> dict[str, Any]:
    return a_statement(verb, f"goal:{goal}", f"2025-09-{day:02d} 09:00", by=name, **more)


def coverage(
    warehouse: duckdb.DuckDBPyConnection, columns: str, where: str = "true"
) -> list[tuple[Any, ...]]:
    return warehouse.execute(
        f"select {columns} from framework_coverage where {where} order by all"
    ).fetchall()


def test_evidence_for_a_goal_counts_for_all_that_it_serves(project: Project) -> None:
    records = [
        *a_class_of("ann", "bob", "cas"),
        *(a_framework_goal("od"), a_framework_goal("lp", "od"), a_framework_goal("lp2", "od")),
    ]
    statements = [
        planned("read", "ann", "lp"),
        planned("count", "bob", "lp2"),
        planned("write", "bob", "od"),
        worked("read", "ann"),
        worked("read", "ann", 3, "mastered", evidence_source="test"),
        worked("count", "bob", evidence_source="observation"),
        weeks_closed(),
    ]
    warehouse = project(statements, records=records)
    assert coverage(warehouse, f"framework_goal_id, {COUNTS}", "class_key = '3a'") == [
        ("lp", 3, 1, 1, 1, 1, 2),
        ("lp2", 3, 1, 1, 0, 0, 1),
        ("od", 3, 2, 2, 0, 1, 3),
    ]
    sources = (
        "evidence_digital, evidence_observation, evidence_test, evidence_conversation, evidence_portfolio"
    )
    assert coverage(warehouse, sources, "framework_goal_id = 'od'") == [(1, 1, 1, 0, 0)]


def test_a_statement_for_two_goals_that_are_tied_to_one_counts_once(project: Project) -> None:
    both = worked("write", "ann", parent="goal:read", verb="performed-offline")
    statements = [planned("read", "ann", "od"), planned("write", "ann", "od"), both, weeks_closed()]
    warehouse = project(statements, records=a_class_of("ann"))
    assert coverage(warehouse, f"framework_goal_id, is_expected, {COUNTS}, evidence_unstated") == [
        ("od", False, 1, 1, 1, 0, 0, 1, 1)
    ]


def test_what_is_expected_of_the_class_and_was_not_done_is_there_with_zeros(project: Project) -> None:
    more: dict[str, dict[str, Any]] = {
        "for-all-of-the-grade": {},
        "for-this-finality": {"finality": "DO"},
        "for-another-finality": {"finality": "A"},
        "for-a-stream": {"stream": "A-stroom"},
        "for-another-grade": {"grade": "1"},
        "for-no-grade": {"grade": None},
        "only-a-reference": {"reference": True},
        "from-the-day": {"from": "2025-09-05"},
        "from-the-day-after": {"from": "2025-09-06"},
        "until-the-day": {"until": "2025-09-05"},
        "until-the-day-after": {"until": "2025-09-06", "validity": "expired"},
        "expired-some-day": {"validity": "expired"},
        "withdrawn": {"until": "2026-01-01", "ended": "2025-09-05"},
    }
    goals = [a_framework_goal(key, **{"grade": "2", **said}) for key, said in more.items()]
    warehouse = project([weeks_closed()], records=[*a_class_of("ann"), *goals])
    assert coverage(warehouse, f"framework_goal_id, cast(as_of as varchar), is_expected, {COUNTS}") == [
        (key, "2025-09-05", True, 1, 0, 0, 0, 0, 0)
        for key in ("for-all-of-the-grade", "for-this-finality", "from-the-day", "until-the-day-after")
    ]


def test_nothing_is_expected_of_a_class_that_no_roster_knows_or_of_which_it_tells_no_grade(
    project: Project,
) -> None:
    goal = a_framework_goal("od", grade="2")
    stated = [
        a_statement("attempted", "lesson:1", "2025-09-02 09:00", by="bob", class_key="x", school="north"),
        weeks_closed(),
    ]
    warehouse = project(stated, records=[*a_roster(a_stay("ann", "3b", SEPTEMBER)), goal])
    assert coverage(warehouse, "*") == []


def test_nothing_is_known_before_a_week_is_closed(project: Project) -> None:
    records = [*a_class_of("ann"), a_framework_goal("od", grade="2")]
    assert coverage(project([planned("read", "ann", "od")], records=records), "*") == []


def test_a_learner_who_changes_class_takes_what_was_done_along(project: Project) -> None:
    stays = a_stay("ann", "3a", SEPTEMBER, "2025-09-04"), a_stay("ann", "3b", "2025-09-04")
    statements = [planned("read", "ann", "od"), worked("read", "ann"), weeks_closed()]
    warehouse = project(statements, records=a_roster(*stays, a_stay("bob", "3a", SEPTEMBER)))
    assert coverage(warehouse, f"class_key, {COUNTS}") == [("3b", 1, 1, 1, 0, 0, 1)]


def test_a_goal_of_a_group_counts_for_each_member_of_the_class(project: Project) -> None:
    team = a_group("team", "ann", "bob", "dan")
    together = a_statement("planned", "goal:read", "2025-09-01 09:00", by=team, framework_goals=["od"])
    statements = [together, worked("read", team), worked("read", "ann", 3, "mastered"), weeks_closed()]
    records = [*a_class_of("ann", "bob"), *a_roster(a_stay("dan", "4z", SEPTEMBER))]
    warehouse = project(statements, records=records)
    assert coverage(warehouse, f"class_key, {COUNTS}") == [("3a", 2, 2, 2, 1, 1, 2), ("4z", 1, 1, 1, 0, 0, 1)]


def test_voided_evidence_a_teachers_work_and_a_goal_that_is_open_again_do_not_count(project: Project) -> None:
    attempt = worked("read", "ann")
    statements = [
        planned("read", "ann", "od"),
        attempt,
        a_voiding(attempt, "2025-09-03 09:00"),
        worked("read", "ann", 3, "mastered"),
        worked("read", "ann", 4, "revised-plan"),
        planned("coach", "tess", "od"),
        worked("coach", "tess"),
        weeks_closed(),
    ]
    records = [*a_class_of("ann"), *a_roster(a_stay("tess", "3b", SEPTEMBER, role="teacher"))]
    assert coverage(project(statements, records=records), f"class_key, {COUNTS}") == [
        ("3a", 1, 1, 0, 0, 0, 0)
    ]


def test_evidence_counts_in_the_year_up_to_its_last_closed_week(project: Project) -> None:
    # 31 August is still of the year before; 8 September is in a week that is not closed
    days = ("2025-08-31 23:59", "2025-09-01 00:00", "2025-09-07 23:59", "2025-09-08 00:00")
    statements = [a_statement("attempted", "goal:read", day, by="ann") for day in days]
    statements[0]["context"]["extensions"] = planned("read", "ann", "od")["context"]["extensions"]
    warehouse = project([*statements, weeks_closed()], records=a_class_of("ann"))
    assert coverage(warehouse, "school_year, evidence", "school_year = '2025-2026'") == [("2025-2026", 2)]
