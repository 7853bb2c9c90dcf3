"""Who is where, when: the roster's dimensions, and the school and class for which a statement counts."""

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from lrs.reference.form import person_key
from tests.projections.a_roster import a_class, a_pupil, a_roster, a_school, a_stay
from tests.projections.a_statement import GSL, a_group, a_person, a_statement, a_voiding
from tests.projections.conftest import KEYS, agent_key

Project = Callable[..., duckdb.DuckDBPyConnection]
ANN = agent_key(a_person("ann"))
SEPTEMBER = "2025-09-01"


def said(at: str, by: Any = "ann", **more: Any) -> dict[str, Any]:
    return a_statement("experienced", "lesson:1", at, by=by, **more)


def places(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    query = "select school_key, class_key, source from statement_school order by position, learner_key"
    return warehouse.execute(query).fetchall()


def test_schools_and_classes_are_as_last_recorded(project: Project) -> None:
    records = [
        *a_roster(),
        a_class("3a", grade="3", finality="DO"),
        a_class("3b", ended="2026-01-01"),
        a_school("north", identifier="54321"),
    ]
    warehouse = project([], records=records)
    classes = warehouse.execute(
        "select class_key, school_key, grade, finality, ended from class order by 1"
    ).fetchall()
    assert classes == [
        ("3a", "north", "3", "DO", None),
        ("3b", "north", None, None, date(2026, 1, 1)),
        ("4z", "south", None, None, None),
        ("gym", "north", None, None, None),
    ]
    assert warehouse.execute("select school_key, identifier from school order by 1").fetchall() == [
        ("north", "54321"),
        ("south", None),
    ]


def test_enrolments_are_of_learners_whatever_account_they_use(project: Project) -> None:
    records = [*a_roster(a_stay("ann", "3a", SEPTEMBER)), a_pupil("ann", "ann-on-another")]
    accounts = [a_person("ann"), a_person("ann-on-another")]
    warehouse = project([], links=[accounts], records=records)
    query = "select learner_key, class_key, school_key, role, valid_from, valid_until from enrolment"
    learner = min(map(agent_key, accounts))
    assert warehouse.execute(query).fetchall() == [
        (learner, "3a", "north", "student", date(2025, 9, 1), None)
    ]


def test_who_has_no_account_is_enrolled_all_the_same(project: Project) -> None:
    nobody = a_pupil("bob")
    nobody.content["agents"] = []
    warehouse = project([], records=[*a_roster(a_stay("bob", "3a", SEPTEMBER)), nobody])
    assert warehouse.execute("select learner_key, is_known from roster_person").fetchall() == [
        (person_key("bob", KEYS), False)
    ]
    assert warehouse.execute(
        "select count(*) from enrolment semi join roster_person using (learner_key)"
    ).fetchall() == [(1,)]


def test_a_statement_counts_for_the_class_of_its_local_day(project: Project) -> None:
    records = a_roster(a_stay("ann", "3a", SEPTEMBER, "2026-01-12"), a_stay("ann", "4z", "2026-01-12"))
    statements = [
        said("2025-08-31 23:59"),
        said("2025-09-01 00:00"),
        said("2026-01-11 23:59"),
        said("2026-01-12 00:00"),
    ]
    assert places(project(statements, records=records)) == [
        ("unknown", None, "unknown"),
        ("north", "3a", "roster"),
        ("north", "3a", "roster"),
        ("south", "4z", "roster"),
    ]


def test_without_a_roster_it_counts_for_the_school_and_class_that_it_states(project: Project) -> None:
    in_class = {"extensions": {GSL + "extensions/class": "4z"}}
    statements = [
        said("2025-09-02 10:00", school="west"),
        said("2025-09-02 10:00", school="12345"),
        said("2025-09-02 10:00", context=in_class),
        said("2025-09-02 10:00"),
    ]
    assert places(project(statements, records=a_roster())) == [
        ("west", None, "statement"),
        ("north", None, "statement"),
        ("south", "4z", "statement"),
        ("unknown", None, "unknown"),
    ]


def test_the_roster_is_believed_before_the_statement(project: Project) -> None:
    records = a_roster(a_stay("ann", "3a", SEPTEMBER))
    assert places(project([said("2025-09-02 10:00", school="south")], records=records)) == [
        ("north", "3a", "roster")
    ]


@pytest.mark.parametrize(
    ("stays", "place"),
    [
        ([("gym", SEPTEMBER, {}), ("3a", SEPTEMBER, {})], ("north", "3a")),
        ([("3a", SEPTEMBER, {}), ("3b", SEPTEMBER, {"primary": True})], ("north", "3b")),
        ([("3b", SEPTEMBER, {}), ("3a", "2025-09-02", {})], ("north", "3a")),
        ([("3b", SEPTEMBER, {}), ("3a", SEPTEMBER, {})], ("north", "3a")),
        ([("3a", SEPTEMBER, {"role": "teacher"}), ("gym", SEPTEMBER, {})], ("north", "gym")),
        ([("4z", SEPTEMBER, {"role": "teacher"})], ("south", None)),
        ([("4z", SEPTEMBER, {"school": "north"})], ("north", "4z")),
    ],
)
def test_of_several_enrolments_at_a_time_one_counts(
    project: Project, stays: list[tuple[str, str, dict[str, Any]]], place: tuple[str, str | None]
) -> None:
    records = a_roster(*(a_stay("ann", where, first, **more) for where, first, more in stays))
    assert places(project([said("2025-09-03 10:00")], records=records)) == [(*place, "roster")]


def test_spans_of_a_learner_do_not_overlap(project: Project) -> None:
    records = a_roster(
        a_stay("ann", "gym", SEPTEMBER, "2026-07-01"),
        a_stay("ann", "3a", "2025-10-01", "2025-12-01"),
        a_stay("ann", "3b", "2026-01-01", "2026-01-01"),
    )
    query = "select class_key, valid_from, valid_until from learner_school order by valid_from"
    assert project([], records=records).execute(query).fetchall() == [
        ("gym", date(2025, 9, 1), date(2025, 10, 1)),
        ("3a", date(2025, 10, 1), date(2025, 12, 1)),
        ("gym", date(2025, 12, 1), date(2026, 7, 1)),
    ]


def test_a_stay_that_is_corrected_is_as_last_recorded(project: Project) -> None:
    records = a_roster(a_stay("ann", "3a", "2025-10-01"), a_stay("ann", "3a", SEPTEMBER, "2025-12-01"))
    assert places(project([said("2025-09-02 10:00"), said("2025-12-02 10:00")], records=records)) == [
        ("north", "3a", "roster"),
        ("unknown", None, "unknown"),
    ]


def test_each_member_of_a_group_counts_for_its_own_class(project: Project) -> None:
    records = a_roster(a_stay("ann", "3a", SEPTEMBER), a_stay("bob", "4z", SEPTEMBER))
    warehouse = project([said("2025-09-02 10:00", by=a_group("team", "ann", "bob"))], records=records)
    query = "select learner_key, class_key from statement_school where source = 'roster' order by class_key"
    assert warehouse.execute(query).fetchall() == [(ANN, "3a"), (agent_key(a_person("bob")), "4z")]


def test_how_much_is_known_of_where_statements_belong_is_counted(project: Project) -> None:
    first = said("2025-09-02 10:00")
    statements = [
        first,
        said("2025-09-03 10:00", by="bob", school="west"),
        said("2025-09-03 10:00", by="cas"),
        said("2025-09-04 10:00", by="cas"),
        a_voiding(said("2025-09-05 10:00"), "2025-09-05 11:00"),
    ]
    warehouse = project(statements, records=a_roster(a_stay("ann", "3a", SEPTEMBER)))
    assert warehouse.execute(
        "select source, learners, statements from school_coverage order by 1"
    ).fetchall() == [
        ("roster", 1, 1),
        ("statement", 1, 1),
        ("unknown", 2, 3),
    ]


def test_a_goal_is_of_the_school_in_which_the_learner_was_when_it_was_set(project: Project) -> None:
    moved = [a_stay("ann", "3a", SEPTEMBER, "2025-10-01"), a_stay("ann", "4z", "2025-10-01")]
    statements = [
        a_statement("planned", "goal:read", "2025-09-02 10:00", school="west"),
        a_statement("planned", "goal:read", "2025-09-02 10:00", by="bob", school="12345"),
        a_statement("planned", "goal:read", "2025-09-02 10:00", by="cas"),
        a_statement("mastered", "goal:read", "2025-10-02 10:00"),
        said("2025-10-20 10:00"),
    ]
    warehouse = project(statements, records=a_roster(*moved))
    query = "select school_key, school_source from goal_status order by school_source"
    assert warehouse.execute(query).fetchall() == [("north", "roster"), ("north", "statement"), (None, None)]
    query = "select school_key, goals_set, by_roster, achieved from attainment order by school_key"
    assert warehouse.execute(query).fetchall() == [("north", 2, 1, 1), ("unknown", 1, 0, 0)]


def test_a_roster_that_comes_after_the_statements_gives_the_same(project: Project) -> None:
    records = a_roster(a_stay("ann", "3a", SEPTEMBER))
    statements = [a_statement("planned", "goal:read", "2025-09-02 10:00")]
    for size in (1, None):
        warehouse = project(statements, records=records, batch_size=size)
        assert warehouse.execute("select school_key from goal_progress").fetchall() == [("north",)]
