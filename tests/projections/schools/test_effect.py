"""The effect of an intervention of a quality cycle (indicators 6), without a causal claim."""

from collections.abc import Callable
from typing import Any

import duckdb
import pytest

from tests.projections.a_statement import a_voiding
from tests.projections.schools.a_school import in_school, people, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
# 13 October 2025 is a Monday: the six school weeks before it end on 12 October, the six after it on 30 November
BEGINS = "2025-10-13"


def intervention(**more: Any) -> dict[str, Any]:
    stated = {"id": "mini-lessons", "date": BEGINS, "classes": ["3a"], "comparisonClasses": ["3b"],
              "indicator": "motivation", **more}  # fmt: skip
    return in_school("acted", "quality-cycle:help", "2025-10-13 08:00", by="teacher", intervention=stated)


def told(name: str, class_key: str, before: float, after: float) -> list[dict[str, Any]]:
    """Three reports on each side, the least that motivation takes, in the first and last week of each side."""
    days = ("2025-09-01", "2025-09-15", "2025-10-12"), ("2025-10-13", "2025-11-12", "2025-11-30")
    return [
        in_school("rated", "motivation:1", f"{day} 12:00", by=name, class_key=class_key, score=score)
        for on, score in zip(days, (before, after), strict=True)
        for day in on
    ]


def school(treated: int, compared: int) -> list[dict[str, Any]]:
    """The treated go up by 0.3, the others by 0.1; before, both are spread over 0 and 0.2."""
    return [
        statement
        for class_key, names, gain in (
            ("3a", people(treated), 0.3),
            ("3b", people(compared, first=50), 0.1),
        )
        for n, name in enumerate(names)
        for statement in told(name, class_key, 0.2 * (n % 2), 0.2 * (n % 2) + gain)
    ]


@pytest.fixture(scope="module")
def closed() -> dict[str, Any]:
    return weeks_closed("2025-12-01 08:00")


def test_the_treated_changed_more_by_so_many_standard_deviations(
    project: Project, closed: dict[str, Any]
) -> None:
    warehouse = project([intervention(), *school(10, 10), closed])
    # 0.2 over a spread of sqrt(20 * 0.01 / 18) = 0.105409, times J = 1 - 3 / 71
    columns = "school_year, treated, comparison, round(value, 4), low <= value and value <= high, sufficient"
    assert rows(warehouse, "effect", columns) == [("2025-2026", 10, 10, 1.8172, True, True)]
    assert rows(warehouse, "effect", "reading_en")[0][0].endswith("It is no causal claim.")


def test_with_nine_in_an_arm_there_is_no_effect(project: Project, closed: dict[str, Any]) -> None:
    warehouse = project([intervention(), *school(9, 10), closed])
    assert rows(warehouse, "effect", "treated, comparison, value, low, sufficient") == [
        (9, 10, None, None, False)
    ]


def test_before_the_sixth_week_is_closed_nothing_is_compared(project: Project) -> None:
    warehouse = project([intervention(), *school(10, 10), weeks_closed("2025-11-30 23:00")])
    assert rows(warehouse, "effect", "learners, value") == [(0, None)]


def test_a_class_on_both_sides_and_an_indicator_that_is_none_compare_nobody(
    project: Project, closed: dict[str, Any]
) -> None:
    both = intervention(comparisonClasses=["3a", "3b"])
    assert rows(project([both, *school(2, 2), closed]), "effect", "treated, comparison") == [(0, 2)]
    none = intervention(indicator="happiness")
    assert rows(project([none, *school(2, 2), closed]), "effect", "learners, sufficient") == [(0, False)]


def test_a_voided_intervention_is_gone_and_one_that_is_stated_again_replaces_the_first(
    project: Project, closed: dict[str, Any]
) -> None:
    first, again = intervention(), intervention(classes=["3b"], comparisonClasses=["3a"])
    assert rows(project([first, again, *school(2, 1), closed]), "effect", "treated, comparison") == [(1, 2)]
    voided = project([first, again, *school(2, 1), a_voiding(again, "2025-10-14 09:00"), closed])
    assert rows(voided, "effect", "treated, comparison") == [(2, 1)]
