"""Goals as school views may know them: as they stood at the end of the last closed school week, whatever came since."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_statement

Project = Callable[..., duckdb.DuckDBPyConnection]
CLOSED = a_statement("experienced", "lesson:1", "2025-09-15 08:00", by="somebody")
SET = a_statement("planned", "goal:read", "2025-09-08 09:00", due="2025-09-12 12:00")
ACHIEVED = a_statement("achieved", "goal:read", "2025-09-11 09:00")


def stood(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    query = (
        "select achieved, on_time, cast(progress as double) from goal_at_week_end where goal_id like '%read'"
    )
    return warehouse.execute(query).fetchall()


@pytest.mark.parametrize("since", ["deselected", "achieved", "planned", "failed"])
def test_an_outcome_of_the_open_week_changes_nothing(project: Project, since: str) -> None:
    later = a_statement(since, "goal:read", "2025-09-16 09:00", due="2025-09-10 12:00")
    assert stood(project([SET, ACHIEVED, CLOSED, later])) == [(True, True, 1.0)]


def test_progress_by_a_checklist_is_that_of_the_closed_week(project: Project) -> None:
    ticks = [
        a_statement("completed", f"item:{n}", f"2025-09-{day} 10:00", checklist="read", checklist_size=4)
        for n, day in ((1, "09"), (2, "10"), (3, "16"))
    ]
    assert stood(project([SET, *ticks, CLOSED])) == [(False, None, 0.5)]


def test_progress_by_sub_goals_is_that_of_the_closed_week(project: Project) -> None:
    parts = [a_statement("planned", f"goal:part{n}", "2025-09-08 10:00", parent="goal:read") for n in (1, 2)]
    reached = [
        a_statement("achieved", f"goal:part{n}", f"2025-09-{day} 10:00") for n, day in ((1, "10"), (2, "16"))
    ]
    assert stood(project([SET, *parts, *reached, CLOSED])) == [(False, None, 0.5)]
