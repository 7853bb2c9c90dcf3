"""What other school views say, as figures for the expectations of the R-OK: value, n and coverage, by hand."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_statement
from tests.projections.schools.a_school import Rows, in_school, present, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]


def figures(warehouse: duckdb.DuckDBPyConnection, *names: str) -> Rows:
    listed = ", ".join(f"'{name}'" for name in names)
    return rows(warehouse, "school_indicator", "indicator, value, n, coverage", f"indicator in ({listed})")


def goals() -> list[dict[str, Any]]:
    """Of four learners three have a goal; two reached theirs, of which one had a due date."""
    due = {"p01": {"due": "2025-09-04 16:00"}, "p02": {}, "p03": {}}
    return [
        *present(["p01", "p02", "p03", "p04"]),
        *(in_school("planned", f"goal:{p}", "2025-09-01 10:00", by=p, **said) for p, said in due.items()),
        *(in_school("achieved", f"goal:{p}", "2025-09-04 15:00", by=p) for p in ("p01", "p02")),
        weeks_closed(),
    ]


def test_a_figure_comes_with_what_it_rests_on_and_what_it_covers(project: Project) -> None:
    warehouse = project(goals())
    assert figures(warehouse, "goals_achieved", "goals_on_time", "active_goals") == [
        ("active_goals", 1 / 4, 4, 1.0),
        ("goals_achieved", pytest.approx(2 / 3), 3, 3 / 4),
        # one of the two that were reached had a due date
        ("goals_on_time", 1.0, 1, pytest.approx(3 / 4 * 1 / 2)),
    ]


def test_what_nothing_was_said_of_has_no_value(project: Project) -> None:
    warehouse = project([*present(["p01", "p02"]), weeks_closed()])
    found = figures(warehouse, "feedback_days", "feedback_acted_on", "help_answered", "goals_achieved")
    assert {name: value for name, value, *_ in found} == {
        "feedback_days": None,
        "feedback_acted_on": None,
        "help_answered": None,
    }


def test_days_to_feedback_skip_the_autumn_holiday(project: Project) -> None:
    work = in_school("completed", "lesson:1", "2025-10-24 09:00", by="p01")
    given = in_school("gave-feedback", "lesson:1", "2025-11-03 09:00", by="p02", about=work)
    warehouse = project([*present(["p01", "p02"]), work, given, weeks_closed("2025-11-10 08:00")])
    assert figures(warehouse, "feedback_days") == [("feedback_days", 1.0, 1, 1 / 2)]


def test_of_a_school_whose_learners_are_not_known_the_covered_part_is_not_known(project: Project) -> None:
    elsewhere = a_statement("planned", "goal:a", "2025-09-01 10:00", by="p01", school="west")
    warehouse = project([elsewhere, *present(["p01"], "2025-09-04 10:00"), weeks_closed()])
    query = "select value, n, coverage from school_indicator where school_key = 'west' and indicator = 'goals_achieved'"
    assert warehouse.execute(query).fetchall() == [(0.0, 1, None)]


def test_evidence_that_never_says_what_for_covers_nobody(project: Project) -> None:
    tested = in_school("passed", "goal:a", "2025-09-03 10:00", by="p01", evidence_source="test")
    warehouse = project([tested, *present(["p01", "p02"]), weeks_closed()])
    assert figures(warehouse, "evidence_formative", "evidence_sources") == [
        ("evidence_formative", 0.0, 1, 0.0),
        ("evidence_sources", 1.0, 1, 1 / 2),
    ]
