"""Do all learners of a school come along (indicators 6.2): who counts, for what, and how far groups are apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from projections.catalog import Projection
from projections.projector import Projector
from tests.projections.a_statement import a_group, a_voiding
from tests.projections.conftest import events_of, projected
from tests.projections.schools.a_school import in_school, people, present, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
WHOLE = "grouping = 'school'"
COUNTS = "learners, with_active_goal, with_evidence, with_conversation"


def test_who_has_a_goal_evidence_or_a_conversation_is_counted_out_of_who_is_there(project: Project) -> None:
    statements = [
        *present(people(4)),
        in_school("planned", "goal:read", "2025-09-02 09:00", by="p01"),
        in_school("planned", "goal:read", "2025-09-02 09:00", by="p02"),
        in_school("was-assigned", "goal:count", "2025-09-02 09:00", by="p02"),
        in_school("mastered", "goal:read", "2025-09-03 09:00", by="p01"),
        in_school("attempted", "goal:read", "2025-09-03 09:00", by="p02"),
        in_school("talked-with", "goal:read", "2025-09-03 09:00", by="p03", grouping="coachgesprek:talk"),
        weeks_closed(),
    ]
    warehouse = project(statements)
    assert rows(warehouse, "inclusion", COUNTS, WHOLE) == [(4, 1, 1, 1)]
    assert rows(warehouse, "inclusion", "share_active_goal, gap_active_goal, ratio_active_goal", WHOLE) == [
        (0.25, None, None)
    ]


def test_nothing_is_known_before_a_week_is_closed(project: Project) -> None:
    assert rows(project(present(people(6))), "inclusion", "*") == []


def test_a_group_is_compared_with_the_rest_of_its_school(project: Project) -> None:
    statements = [
        *present(people(5), class_key="3a"),
        *present(people(5, first=6), class_key="3b"),
        *[in_school("planned", "goal:read", "2025-09-02 09:00", by=n) for n in people(4)],
        *[in_school("planned", "goal:read", "2025-09-02 09:00", by=n) for n in people(2, first=6)],
        weeks_closed(),
    ]
    columns = "group_key, learners, share_active_goal, gap_active_goal, ratio_active_goal"
    assert rows(project(statements), "inclusion", columns, "grouping = 'class'") == [
        ("3a", 5, 0.8, 0.4, 2.0),
        ("3b", 5, 0.4, -0.4, 0.5),
    ]


def test_without_a_roster_grade_and_finality_are_unknown_and_add_up_to_the_school(project: Project) -> None:
    warehouse = project([*present(people(3), class_key="3a"), *present(people(2, first=4)), weeks_closed()])
    assert rows(warehouse, "inclusion", "grouping, group_key, part_of, learners") == [
        ("class", "3a", "unknown", 3),
        ("class", "unknown", "unknown", 2),
        ("finality", "unknown", "all", 5),
        ("grade", "unknown", "all", 5),
        ("school", "all", "all", 5),
    ]


def test_with_a_roster_classes_add_up_to_grades_and_grades_and_finalities_to_the_school(
    tmp_path: Path, empty_warehouse: Path, catalog: list[Projection]
) -> None:
    named = ("3a", 3), ("3b", 2), ("4a", 4)
    statements = [
        statement
        for start, (name, size) in enumerate(named)
        for statement in present(people(size, first=10 * start + 1), class_key=name)
    ]
    warehouse = projected(tmp_path, empty_warehouse, catalog, events_of([*statements, weeks_closed()]))
    warehouse.connection.execute(
        "delete from class; insert into class by name "
        "select 'default' as store, unnest(['3a', '3b', '4a']) as class_key, "
        "unnest(['3', '3', '4']) as grade, unnest(['DO', 'A', 'DO']) as finality"
    )
    Projector(warehouse, catalog).remake("school_learner")
    found = rows(warehouse.connection, "inclusion", "grouping, group_key, part_of, learners")
    warehouse.close()
    assert found == [
        ("class", "3a", "3", 3),
        ("class", "3b", "3", 2),
        ("class", "4a", "4", 4),
        ("finality", "A", "all", 2),
        ("finality", "DO", "all", 7),
        ("grade", "3", "all", 5),
        ("grade", "4", "all", 4),
        ("school", "all", "all", 9),
    ]


def test_a_learner_who_changes_class_is_counted_in_the_last_one_only(project: Project) -> None:
    moved = present(["p01"], "2025-09-04 09:00", class_key="3b")
    statements = [*present(people(2), class_key="3a"), *moved, weeks_closed()]
    assert rows(project(statements), "inclusion", "group_key, learners", "grouping = 'class'") == [
        ("3a", 1),
        ("3b", 1),
    ]


def test_teachers_and_groups_are_no_learners(project: Project) -> None:
    statements = [
        *present(people(2)),
        in_school("evaluated", "goal:read", "2025-09-02 09:00", by="teacher", learner="p01", level=2),
        in_school("decided", "quality-cycle:cycle", "2025-09-02 09:00", by="head"),
        in_school("planned", "goal:read", "2025-09-02 10:00", by=a_group("team", "p01", "p02")),
        weeks_closed(),
    ]
    assert rows(project(statements), "inclusion", COUNTS, WHOLE) == [(2, 2, 0, 0)]


def test_a_platform_that_withdraws_a_statement_is_no_learner(project: Project) -> None:
    wrong = in_school("experienced", "lesson:1", "2025-09-02 09:00", by="p01")
    voiding = a_voiding(wrong, "2025-09-03 09:00")
    voiding["context"] = in_school("experienced", "lesson:1", "2025-09-03 09:00")["context"]
    warehouse = project([*present(people(2)), wrong, voiding, weeks_closed()])
    assert rows(warehouse, "inclusion", "learners", WHOLE) == [(2,)]


def test_the_three_school_weeks_skip_the_autumn_holiday_and_begin_on_a_monday(project: Project) -> None:
    # Closed: 10-16 November. The weeks before it: 3-9 November, and 20-26 October (27 October is holiday).
    def worked(day: str, by: str) -> list[dict[str, Any]]:
        goal = in_school("planned", "goal:read", "2025-10-01 09:00", by=by)
        return [goal, in_school("attempted", "goal:read", day, by=by)]

    statements = [
        *worked("2025-10-19 23:59", "p01"),
        *worked("2025-10-20 00:00", "p02"),
        *worked("2025-10-29 12:00", "p03"),
        *worked("2025-11-14 23:59", "p04"),
        weeks_closed("2025-11-17 08:00"),
    ]
    assert rows(project(statements), "inclusion", "cast(as_of as varchar), with_evidence", WHOLE) == [
        ("2025-11-14", 3)
    ]


def test_a_goal_that_is_opened_again_is_active_and_voided_evidence_does_not_count(project: Project) -> None:
    attempt = in_school("attempted", "goal:read", "2025-09-03 09:00", by="p01")
    statements = [
        in_school("planned", "goal:read", "2025-09-01 09:00", by="p01"),
        attempt,
        in_school("mastered", "goal:read", "2025-09-03 10:00", by="p01"),
        weeks_closed(),
    ]
    warehouse = project(statements)
    assert rows(warehouse, "inclusion", COUNTS, WHOLE) == [(1, 0, 1, 0)]
    again = in_school("revised-plan", "goal:read", "2025-09-04 09:00", by="p01")
    warehouse = project([*statements, again, a_voiding(attempt, "2025-09-08 09:00")])
    assert rows(warehouse, "inclusion", COUNTS, WHOLE) == [(1, 1, 0, 0)]


def test_who_lags_far_behind_the_class_is_flagged_with_the_reason_and_the_school_sees_a_number(
    project: Project,
) -> None:
    # Progress 0.10, 0.50, 0.55, 0.60, 0.65: median 0.55, deviations 0.45 0.05 0 0.05 0.10, MAD 0.05; z = -6.07
    known = dict(zip(people(5), (10, 50, 55, 60, 65), strict=True))
    statements = [in_school("planned", "goal:read", "2025-09-01 09:00", by=n, class_key="3a") for n in known]
    statements += [
        in_school("progressed", "goal:read", "2025-09-02 09:00", by=n, progress=p, class_key="3a")
        for n, p in known.items()
    ]
    warehouse = project([*statements, weeks_closed()])
    signal = "round(progress_z, 4), inactivity_z, support, challenge, reasons, reasons_en"
    assert rows(warehouse, "learner_signal", signal, "progress = 0.1") == [
        (
            -6.0705, None, True, False,
            "veel minder voortgang dan de meesten in de klas", "much less progress than most of the class",
        )
    ]  # fmt: skip
    assert rows(
        warehouse, "inclusion", "flagged_support, share_flagged_support, flagged_challenge", WHOLE
    ) == [(1, 0.2, 0)]


def test_of_four_learners_nobody_is_compared(project: Project) -> None:
    statements = [
        in_school("planned", "goal:read", "2025-09-01 09:00", by=n, class_key="3a") for n in people(4)
    ]
    warehouse = project([*statements, weeks_closed()])
    assert rows(warehouse, "learner_signal", "*") == []
    assert rows(warehouse, "inclusion", "flagged_support, share_flagged_support", WHOLE) == [(None, None)]
