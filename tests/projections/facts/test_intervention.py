"""Interventions of quality cycles: what is stated of one holds until it is stated again."""

from collections.abc import Callable
from typing import Any

import duckdb

from tests.projections.a_roster import a_roster, a_stay
from tests.projections.a_statement import a_group, a_statement

Project = Callable[..., duckdb.DuckDBPyConnection]
TEAM = a_group("plg", "teacher", "guest")


def stated(indicator: str, at: str) -> dict[str, Any]:
    told = {
        "id": "i1",
        "date": "2025-10-06",
        "classes": ["3a"],
        "comparisonClasses": ["3b"],
        "indicator": indicator,
    }
    return a_statement("acted", "quality-cycle:1", at, by=TEAM, intervention=told, school="east")


def test_it_is_as_last_stated_by_when_that_happened_whenever_it_came_in(project: Project) -> None:
    later, earlier = stated("spacing", "2025-09-20 10:00"), stated("persistence", "2025-09-10 10:00")
    warehouse = project([later, earlier])
    assert warehouse.execute("select indicator from intervention").fetchall() == [("spacing",)]


def test_its_school_is_by_the_roster_for_whoever_of_the_team_it_knows(project: Project) -> None:
    records = a_roster(a_stay("teacher", "4z", "2025-09-01", role="teacher"))
    warehouse = project([stated("spacing", "2025-09-20 10:00")], records=records)
    assert warehouse.execute("select school_key from intervention").fetchall() == [("south",)]
