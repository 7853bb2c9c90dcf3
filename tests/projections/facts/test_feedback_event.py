"""Feedback: on which work, and whether the learner acted on it."""

from collections.abc import Callable
from typing import Any

import duckdb

from tests.projections.a_statement import a_person, a_statement, an_id

Project = Callable[..., duckdb.DuckDBPyConnection]
ANN = {"objectType": "Agent", **a_person("ann")}


def feedback(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    query = "select activity_id, hour(acted_at) from feedback_event order by position"
    return warehouse.execute(query).fetchall()


def test_the_learner_is_no_work_also_when_both_the_object_and_in_the_context(project: Project) -> None:
    said = {"by": "teacher", "object": ANN, "learner": "ann"}
    assert feedback(project([a_statement("gave-feedback", "", "2025-09-10 10:00", **said)])) == [(None, None)]


def test_what_names_one_feedback_acts_on_no_other_on_the_same_work(project: Project) -> None:
    work = a_statement("completed", "lesson:1", "2025-09-10 09:00")
    one, other = (
        a_statement("gave-feedback", "lesson:1", f"2025-09-10 1{n}:00", by="teacher", about=work)
        for n in (0, 1)
    )
    acted = a_statement("acted-on-feedback", "lesson:1", "2025-09-10 14:00", about=one)
    assert feedback(project([work, one, other, acted])) == [(an_id("1"), 12), (an_id("1"), None)]


def test_what_names_no_feedback_acts_on_all_on_its_object(project: Project) -> None:
    work = a_statement("completed", "lesson:1", "2025-09-10 09:00")
    given = a_statement("gave-feedback", "lesson:1", "2025-09-10 10:00", by="teacher", about=work)
    acted = a_statement("acted-on-feedback", "lesson:1", "2025-09-10 14:00")
    assert feedback(project([work, given, acted])) == [(an_id("1"), 12)]
