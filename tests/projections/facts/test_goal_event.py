"""What statements say about goals: which learner, which goal, which kind."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_group, a_person, a_statement, a_voiding, an_id
from tests.projections.conftest import agent_key

Project = Callable[..., duckdb.DuckDBPyConnection]

SET = a_statement("planned", "goal:read", "2025-09-01 09:00")


def kinds(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return warehouse.execute(
        "select kind, link, work from goal_event order by happened_at, goal_id"
    ).fetchall()


@pytest.mark.parametrize(
    ("verb", "kind", "work"),
    [
        ("planned", "set", False),
        ("was-assigned", "assigned", False),
        ("scheduled", "scheduled", False),
        ("deselected", "dropped", False),
        ("progressed", "progressed", True),
        ("completed", "achieved", True),
        ("mastered", "achieved", False),
        ("failed", "not_achieved", True),
        ("attempted", "worked", True),
        ("self-assessed", "self_assessed", False),
    ],
)
def test_a_verb_on_a_goal_is_an_event_of_its_kind(project: Project, verb: str, kind: str, work: bool) -> None:
    assert kinds(project([a_statement(verb, "goal:read", "2025-09-01 09:00")])) == [(kind, "object", work)]


def test_a_verb_that_no_rule_knows_says_nothing_about_a_goal(project: Project) -> None:
    assert kinds(project([a_statement("shared", "goal:read", "2025-09-01 09:00")])) == []


def test_what_is_planned_is_only_a_goal_when_its_type_says_so(project: Project) -> None:
    statements = [
        a_statement("planned", "lesson:1", "2025-09-01 09:00"),
        a_statement("planned", "untyped", "2025-09-01 09:00"),
    ]
    assert kinds(project(statements)) == []


@pytest.mark.parametrize("role", ["parent", "grouping", "other"])
def test_a_learning_statement_that_names_a_goal_is_work_on_it(project: Project, role: str) -> None:
    named = {"contextActivities": {role: [{"id": an_id("read")}]}}
    work = a_statement("completed", "lesson:1", "2025-09-02 09:00", context=named)
    assert kinds(project([SET, work])) == [("set", "object", False), ("worked", "context", True)]


def test_a_goal_named_as_category_is_not_worked_on(project: Project) -> None:
    named = {"contextActivities": {"category": [{"id": an_id("read")}]}}
    work = a_statement("completed", "lesson:1", "2025-09-02 09:00", context=named)
    assert kinds(project([SET, work])) == [("set", "object", False)]


def test_reaching_a_part_of_a_goal_is_work_on_the_goal(project: Project) -> None:
    part = a_statement("completed", "goal:chapter", "2025-09-02 09:00", parent="goal:read")
    rows = project([SET, part]).execute(
        "select kind, parent_goal_id from goal_event where position = 2 order by kind"
    )
    assert rows.fetchall() == [("achieved", an_id("read")), ("worked", None)]


def test_planning_a_part_of_a_goal_says_nothing_about_the_goal(project: Project) -> None:
    part = a_statement("planned", "goal:chapter", "2025-09-02 09:00", parent="goal:read")
    assert kinds(project([SET, part])) == [("set", "object", False), ("set", "object", False)]


def test_a_type_that_arrives_last_gives_the_same_events(project: Project) -> None:
    untyped = a_statement("planned", "read", "2025-09-01 09:00")
    work = a_statement("completed", "lesson:1", "2025-09-02 09:00", parent="read")
    typed = a_statement("attempted", "goal:read", "2025-09-03 09:00")
    assert [kind for kind, *_ in kinds(project([untyped, work, typed]))] == ["set", "worked", "worked"]


def test_the_latest_type_decides(project: Project) -> None:
    assert kinds(project([SET, a_statement("attempted", "lesson:read", "2025-09-03 09:00")])) == []


def test_a_directed_goal_is_the_learners_and_not_the_teachers(project: Project) -> None:
    directed = a_statement("directed", "goal:read", "2025-09-01 09:00", by="teacher", learner="ann")
    rows = project([directed]).execute("select learner_key, kind, part from goal_event").fetchall()
    assert rows == [(agent_key(a_person("ann")), "assigned", "learner")]


def test_a_level_that_a_teacher_gives_is_the_learners(project: Project) -> None:
    given = a_statement("evaluated", "goal:read", "2025-09-01 09:00", by="teacher", learner="ann", level=3)
    rows = project([given]).execute("select learner_key, kind, level from goal_event").fetchall()
    assert rows == [(agent_key(a_person("ann")), "level_given", 3)]


def test_a_groups_statement_is_the_groups_and_each_members(project: Project) -> None:
    group = a_group("group", "ann", "bob")
    rows = project([a_statement("planned", "goal:read", "2025-09-01 09:00", by=group)]).execute(
        "select learner_key, part, owner from goal_event"
    )
    assert set(rows.fetchall()) == {
        (agent_key(group), "group", "group"),
        (agent_key(a_person("ann")), "member", "group"),
        (agent_key(a_person("bob")), "member", "group"),
    }


def test_two_accounts_of_one_person_in_a_group_are_one_member(project: Project) -> None:
    group = a_group("group", "ann", "ann2")
    links = [[a_person("ann"), a_person("ann2")]]
    warehouse = project([a_statement("planned", "goal:read", "2025-09-01 09:00", by=group)], links=links)
    assert warehouse.execute("select count(*) from goal_event where part = 'member'").fetchall() == [(1,)]


def test_a_voided_statement_is_no_event_whichever_comes_first(project: Project) -> None:
    reached = a_statement("mastered", "goal:read", "2025-09-02 09:00")
    voiding = a_voiding(reached, "2025-09-03 09:00")
    for statements in ([SET, reached, voiding], [SET, voiding, reached]):
        assert kinds(project(statements)) == [("set", "object", False)]


def test_both_spellings_of_activitystreams_are_work(project: Project) -> None:
    statements = [
        SET,
        a_statement("read", "lesson:1", "2025-09-02 09:00", parent="goal:read"),
        a_statement(
            "", "lesson:1", "2025-09-03 09:00", parent="goal:read", verb_id="http://activitystrea.ms/read"
        ),
    ]
    statements[2]["verb"] = {"id": statements[2].pop("verb_id")}
    assert [kind for kind, *_ in kinds(project(statements))] == ["set", "worked", "worked"]


def test_a_ticked_item_belongs_to_the_goal_of_its_checklist(project: Project) -> None:
    ticked = a_statement("completed", "item:1", "2025-09-02 09:00", checklist="read", checklist_size=4)
    rows = project([SET, ticked]).execute(
        "select kind, link, monitoring, item_id, checklist_size from goal_event where position = 2"
    )
    assert rows.fetchall() == [("item_ticked", "checklist", True, an_id("1"), 4)]
