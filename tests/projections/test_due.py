"""A batch makes anew what counts in it, and leaves the rest alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from lrs.feed import LoggedEvent
from lrs.settings import Settings
from projections.catalog import Projection
from projections.checkpoint import read_runs
from projections.projector import Projector
from tests.projections.a_statement import a_statement
from tests.projections.conftest import copied, events_of

CLOSED, RUNNING = "2025-09-03", "2025-09-10"
OF_CLOSED_WEEKS = {
    "school_learner", "school_teacher", "evaluation_mix", "framework_coverage", "autonomy_support", "side_effects",
    "inclusion", "feedback", "attainment", "learner_signal", "professional_learning",
}  # fmt: skip


def evidence(day: str, hour: int, **more: Any) -> dict[str, Any]:
    statement = a_statement("attempted", "goal:read", f"{day} {hour:02d}:00", school="north")
    return {**statement, **more}


@pytest.fixture
def projector(tmp_path: Path, empty_warehouse: Path, catalog: list[Projection]) -> Iterator[Projector]:
    """Over a goal that was worked on in a week that is closed, and in the week after it."""
    warehouse = copied(empty_warehouse, Settings(home=tmp_path))
    made = Projector(warehouse, catalog)
    goal = a_statement("planned", "goal:read", f"{CLOSED} 09:00", school="north")
    made.fold(events_of([goal, evidence(CLOSED, 10), evidence(RUNNING, 10)]))
    yield made
    warehouse.close()


def ran(projector: Projector, events: Sequence[LoggedEvent]) -> set[str]:
    """The projections that a batch of these, after the first three, made anew."""
    projector.fold([event._replace(position=event.position + 3) for event in events])
    runs = read_runs(projector.warehouse.connection)
    newest = max(run.last_run for run in runs if run.last_run is not None)
    return {run.name for run in runs if run.last_run == newest}


def pieces(projector: Projector) -> list[tuple[Any, ...]]:
    query = "select way, evidence from evaluation_mix where dimension = 'source'"
    return projector.warehouse.connection.execute(query).fetchall()


def test_a_statement_of_the_running_week_leaves_what_holds_for_closed_ones_alone(
    projector: Projector,
) -> None:
    assert pieces(projector) == [("digital", 1)]
    made = ran(projector, events_of([evidence(RUNNING, 11)]))
    assert "goal_progress" in made and not made & OF_CLOSED_WEEKS
    assert pieces(projector) == [("digital", 1)]


def test_one_that_comes_late_makes_them_anew(projector: Projector) -> None:
    made = ran(projector, events_of([evidence(CLOSED, 11, stored=f"{RUNNING}T12:00:00Z")]))
    assert {"evaluation_mix", "side_effects"} <= made
    assert pieces(projector) == [("digital", 2)]


def test_the_next_week_closes_the_one_that_ran(projector: Projector) -> None:
    made = ran(projector, events_of([evidence("2025-09-16", 11)]))
    assert {"evaluation_mix", "framework_coverage", "inclusion"} <= made
    assert pieces(projector) == [("digital", 2)]
