"""Goals of frameworks and level schemes as dimensions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb

from lrs.reference.entity import Entity, entity
from tests.projections.a_statement import a_group, a_statement, an_id

Project = Callable[..., duckdb.DuckDBPyConnection]


def a_framework_goal(key: str, *parents: str, **more: Any) -> Entity:
    said = {"framework": "plan", "title": "A goal", "parents": list(parents), **more}
    return entity("framework_goal", key, "plan", **said)


def test_a_goal_is_as_last_recorded(project: Project) -> None:
    records = [
        a_framework_goal("92301", code="13.01", competence="13", grade="1", stream="A-stroom", finality="DO",
                         sets={"3291": "2.1"}, validity="valid", attitude=True, **{"from": "2024-09-01"}),
        a_framework_goal("old", until="2026-09-01"),
        a_framework_goal("old", until="2026-09-01", ended="2026-01-12"),
        a_framework_goal("see", code="zie eindterm", reference=True),
    ]  # fmt: skip
    query = (
        "select framework_goal_id, code, competence, sets, grade, stream, finality, is_attitude, is_reference, "
        "validity, valid_from, valid_until from framework_goal order by 1"
    )
    assert project([], records=records).execute(query).fetchall() == [
        (
            "92301",
            "13.01",
            "13",
            ["3291"],
            "1",
            "A-stroom",
            "DO",
            True,
            False,
            "valid",
            date(2024, 9, 1),
            None,
        ),
        ("old", None, None, [], None, None, None, False, False, None, None, date(2026, 1, 12)),
        ("see", "zie-eindterm", None, [], None, None, None, False, True, None, None, None),
    ]


def test_a_goal_serves_all_above_it(project: Project) -> None:
    records = [a_framework_goal("od"), a_framework_goal("lp", "od"), a_framework_goal("les", "lp", "od")]
    warehouse = project([], records=records)
    query = "select ancestor_id, distance from framework_goal_ancestor where framework_goal_id = 'les' order by 2, 1"
    assert warehouse.execute(query).fetchall() == [("les", 0), ("lp", 1), ("od", 1)]
    assert warehouse.execute(
        "select parent_id from framework_goal order by framework_goal_id"
    ).fetchall() == [
        ("lp",),
        ("od",),
        (None,),
    ]


def test_frameworks_that_hang_under_each_other_in_a_circle_end_somewhere(project: Project) -> None:
    warehouse = project([], records=[a_framework_goal("a", "b"), a_framework_goal("b", "a")])
    query = "select framework_goal_id, ancestor_id, distance from framework_goal_ancestor order by all"
    assert warehouse.execute(query).fetchall() == [("a", "a", 0), ("a", "b", 1), ("b", "a", 1), ("b", "b", 0)]


def test_a_learners_goal_is_tied_to_framework_goals_by_whatever_id_it_states(project: Project) -> None:
    uri = "https://case.example.org/lp1"
    statements = [
        a_statement("planned", "goal:read", "2025-09-02 10:00", framework_goals=["lp1", "elsewhere"]),
        a_statement("planned", "goal:read", "2025-09-02 10:00", by="bob", framework_goals=[uri]),
        a_statement(
            "planned", "goal:write", "2025-09-03 10:00", by=a_group("team", "ann"), parent="goal:read"
        ),
    ]
    warehouse = project(statements, records=[a_framework_goal("lp1", aliases=[uri])])
    query = "select goal_id, parent_goal_id, learners, is_shared, framework_goals from goal order by goal_id"
    assert warehouse.execute(query).fetchall() == [
        (an_id("read"), None, 2, False, ["elsewhere", "lp1"]),
        (an_id("write"), an_id("read"), 2, True, []),
    ]


def test_levels_of_a_scheme_are_numbered_and_shown_in_its_order(project: Project) -> None:
    levels = [{"level": 1, "name": "goud", "order": 2}, {"level": 2, "name": "brons", "order": 1}]
    record = entity("level_scheme", "metalen", "levels", levels=levels)
    query = "select level_scheme, level, shown_as, levels from level_scheme order by level"
    assert project([], records=[record]).execute(query).fetchall() == [
        ("metalen", 1, 2, 2),
        ("metalen", 2, 1, 2),
    ]
