"""Who regulates learning at a school, beside the support that is given, term by term (indicators 6)."""

from collections.abc import Callable
from typing import Any

import duckdb

from tests.projections.a_roster import a_roster, a_stay
from tests.projections.a_statement import a_group, a_person, a_voiding
from tests.projections.schools.a_school import in_school, people, present, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
FIGURES = "dimension, way, learners, events, share"


def planned(by: str | dict[str, Any], at: str = "2025-09-02 09:00", **more: Any) -> dict[str, Any]:
    return in_school("planned", "goal:read", at, by=by, **more)


def mini_lesson(
    by: str | dict[str, Any], verb: str = "attended", at: str = "2025-09-03 09:00", **more: Any
) -> dict[str, Any]:
    return in_school(verb, "lesson:plan", at, by=by, grouping="mini-lesson:m", **more)


def test_ownership_is_shared_out_and_support_stands_beside_it_by_skill(project: Project) -> None:
    statements = [
        *[planned(name) for name in people(3)],
        planned("p01", regulator="peer"),
        in_school("was-assigned", "goal:count", "2025-09-02 09:00", by="p02"),
        planned(a_group("team", "p02", "p03")),
        *[in_school("reflected", "goal:read", "2025-09-04 09:00", by="p01", regulator="teacher")],
        *[mini_lesson(name, skill="plannen") for name in people(2)],
        mini_lesson("p01"),
        in_school("attended", "lesson:plan", "2025-09-03 09:00", by="p01"),
        weeks_closed(),
    ]
    warehouse = project(statements)
    assert rows(warehouse, "autonomy_support", FIGURES) == [
        ("ownership", "group", 2, 2, 0.25),
        ("ownership", "peer", 1, 1, 0.125),
        ("ownership", "self", 3, 3, 0.375),
        ("ownership", "teacher", 2, 2, 0.25),
        ("support", "plannen", 2, 2, 2 / 3),
        ("support", "unstated", 1, 1, 1 / 3),
    ]
    assert rows(warehouse, "autonomy_support", "distinct term, cast(as_of as varchar)") == [(1, "2025-09-05")]


def test_of_four_regulation_events_no_share_is_told(project: Project) -> None:
    warehouse = project([*[planned(name) for name in people(4)], weeks_closed()])
    assert rows(warehouse, "autonomy_support", FIGURES) == [("ownership", "self", 4, 4, None)]


def test_events_count_in_the_term_of_their_day_and_those_of_a_holiday_in_none(project: Project) -> None:
    # Christmas holiday 22 December to 4 January; the week of 30 March is the last one before Easter
    days = (
        "2025-12-21 23:59",
        "2025-12-29 12:00",
        "2026-01-05 00:00",
        "2026-01-06 09:00",
        "2026-04-20 09:00",
    )
    statements = [planned("p01", day) for day in days]
    assert rows(
        project([*statements, weeks_closed("2026-04-27 08:00")]),
        "autonomy_support",
        "term, cast(as_of as varchar), events",
    ) == [(1, "2025-12-19", 1), (2, "2026-04-03", 2), (3, "2026-04-24", 1)]


def test_only_closed_school_weeks_and_years_that_began_are_known(project: Project) -> None:
    assert rows(project([planned("p01"), mini_lesson("p01")]), "autonomy_support", "*") == []
    late = [planned("p01", "2025-09-07 23:59"), planned("p01", "2025-09-08 00:00"), weeks_closed()]
    assert rows(project(late), "autonomy_support", "events") == [(1,)]
    before = present(["p01"], "2025-06-10 09:00")
    year_end = [planned("p01", "2025-06-30 23:59"), planned("p01", "2025-09-01 00:00"), weeks_closed()]
    assert rows(project([*before, *year_end]), "autonomy_support", "school_year, term, events") == [
        ("2024-2025", 3, 1),
        ("2025-2026", 1, 1),
    ]


def test_who_gives_support_is_not_supported_by_it_and_a_teacher_is_no_learner(project: Project) -> None:
    stays = [
        *(a_stay(name, "3a", "2025-09-01") for name in people(3)),
        a_stay("tess", "3a", "2025-09-01", role="teacher"),
    ]
    statements = [
        mini_lesson("tess", "mentored", learner="p01", skill="plannen"),
        mini_lesson("p02", "mentored", object={"objectType": "Agent", **a_person("p01")}, skill="plannen"),
        mini_lesson(a_group("team", "p01", "p03"), skill="plannen"),
        mini_lesson("tess", skill="plannen"),
        planned("tess"),
        weeks_closed(),
    ]
    warehouse = project(statements, records=a_roster(*stays))
    assert rows(warehouse, "autonomy_support", FIGURES) == [("support", "plannen", 2, 4, 1.0)]


def test_voided_support_was_not_given_and_a_learner_counts_in_the_class_and_school_of_the_end(
    project: Project,
) -> None:
    stays = a_stay("ann", "3a", "2025-09-01", "2025-09-03"), a_stay("ann", "4z", "2025-09-03")
    lesson = mini_lesson("ann")
    statements = [
        planned("ann", "2025-09-02 09:00"),
        lesson,
        a_voiding(lesson, "2025-09-04 09:00"),
        weeks_closed(),
    ]
    warehouse = project(statements, records=a_roster(*stays))
    found = warehouse.execute("select school_key, dimension, events from autonomy_support").fetchall()
    assert found == [("south", "ownership", 1)]
