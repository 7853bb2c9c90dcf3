"""Feedback and evaluation at a school (indicators 6)."""

from collections.abc import Callable

import duckdb

from tests.projections.a_statement import a_group, a_voiding
from tests.projections.schools.a_school import in_school, people, present, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
WHOLE = "grouping = 'school'"
FIGURES = "learners, with_feedback, feedbacks, by_peers, dated, median_school_days, acted_on, share_acted_on"


def test_how_soon_feedback_comes_and_whether_it_is_acted_on(project: Project) -> None:
    # work on Friday 5 September, feedback on Monday 8 (1 school day) and Wednesday 10 (3 school days)
    work = in_school("completed", "lesson:1", "2025-09-05 09:00", by="p01")
    first = in_school("gave-feedback", "lesson:1", "2025-09-08 09:00", by="teacher", about=work)
    second = in_school(
        "gave-feedback", "lesson:1", "2025-09-10 09:00", by="p02", about=work, regulator="peer"
    )
    acted = in_school("acted-on-feedback", "lesson:1", "2025-09-11 09:00", by="p01", about=second)
    statements = [work, first, second, acted, *present(people(3)), weeks_closed("2025-09-15 08:00")]
    found = rows(project(statements), "feedback", FIGURES, WHOLE)
    # the teacher, without a roster and a learner in context, is taken for one who learns
    assert found == [(4, 1, 2, 1, 2, 2.0, 1, 0.5)]


def test_without_feedback_nothing_is_said_of_it(project: Project) -> None:
    warehouse = project([*present(["p01"]), weeks_closed()])
    assert rows(warehouse, "feedback", FIGURES, WHOLE) == [(1, 0, 0, 0, 0, None, 0, None)]


def test_feedback_after_the_autumn_holiday_comes_one_school_day_after_the_work(project: Project) -> None:
    work = in_school("completed", "lesson:1", "2025-10-24 09:00", by="p01")
    given = in_school("gave-feedback", "lesson:1", "2025-11-03 09:00", by="p02", about=work)
    warehouse = project([work, given, weeks_closed("2025-11-10 08:00")])
    assert rows(warehouse, "feedback", "median_school_days", WHOLE) == [(1.0,)]


def test_voided_feedback_was_not_given(project: Project) -> None:
    work = in_school("completed", "lesson:1", "2025-09-02 09:00", by="p01")
    given = in_school("gave-feedback", "lesson:1", "2025-09-03 09:00", by="p02", about=work)
    warehouse = project([work, given, a_voiding(given, "2025-09-04 09:00"), weeks_closed()])
    assert rows(warehouse, "feedback", "with_feedback, feedbacks", WHOLE) == [(0, 0)]


def test_evidence_is_spread_over_sources_and_over_purposes(project: Project) -> None:
    def seen(by: str, **more: str) -> dict[str, object]:
        return in_school("attempted", "goal:read", "2025-09-02 09:00", by=by, **more)

    statements = [
        seen("p01"),
        seen("p01", evidence_source="test", assessment_purpose="summative"),
        seen("p02", evidence_source="test", assessment_purpose="formative"),
        seen("p02", evidence_source="observation"),
        in_school("attempted", "goal:read", "2025-09-08 09:00", by="p03"),
        weeks_closed(),
    ]
    assert rows(project(statements), "evaluation_mix", "dimension, way, learners, evidence") == [
        ("purpose", "formative", 1, 1),
        ("purpose", "summative", 1, 1),
        ("purpose", "unstated", 2, 2),
        ("source", "digital", 1, 1),
        ("source", "observation", 1, 1),
        ("source", "test", 2, 2),
    ]


def test_without_evidence_there_is_nothing_to_spread(project: Project) -> None:
    planned = in_school("planned", "goal:read", "2025-09-02 09:00", by="p01")
    assert rows(project([planned, weeks_closed()]), "evaluation_mix", "*") == []


def test_evidence_of_a_group_goal_counts_for_each_member_and_none_of_it_when_voided(project: Project) -> None:
    together = in_school("attempted", "goal:read", "2025-09-02 09:00", by=a_group("team", "p01", "p02"))
    assert rows(project([together, weeks_closed()]), "evaluation_mix", "way, learners, evidence") == [
        ("digital", 2, 2),
        ("unstated", 2, 2),
    ]
    voided = project([together, a_voiding(together, "2025-09-03 09:00"), weeks_closed()])
    assert rows(voided, "evaluation_mix", "*") == []
