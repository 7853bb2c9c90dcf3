"""A simulated year, parsed once for all tests that look at it."""

from functools import cache
from typing import Any, NamedTuple

import orjson

from lrs.simulate.calendar import SchoolYear
from lrs.simulate.simulated_year import Plan, SimulatedYear
from lrs.simulate.trail import Arrival

PLAN = Plan(seed=3, learners=24)
SPRINTBOX = "https://sprintbox.example"


class Year(NamedTuple):
    """`statements` are those of the well-behaved platforms, each once, none withdrawn, in order of time."""

    simulated: SimulatedYear
    arrivals: list[Arrival]
    statements: list[dict[str, Any]]

    @property
    def calendar(self) -> SchoolYear:
        return self.simulated.year


@cache
def a_year() -> Year:
    simulated = SimulatedYear(PLAN)
    arrivals = list(simulated.arrivals())
    parsed = {arrival.statement_id: orjson.loads(arrival.text) for arrival in arrivals}
    withdrawn = {s["object"]["id"] for s in parsed.values() if verb(s) == "voided"}
    kept = [s for i, s in parsed.items() if i not in withdrawn and account(s["actor"])[0] != SPRINTBOX]
    return Year(simulated, arrivals, sorted(kept, key=lambda s: at(s)))


def verb(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"].rsplit("/", 1)[1])


def at(statement: dict[str, Any]) -> str:
    """The wall clock: offsets change twice a year, and never in an hour in which anything happens."""
    return str(statement["timestamp"][:23])


def account(agent: dict[str, Any]) -> tuple[str, str]:
    return agent["account"]["homePage"], agent["account"]["name"]


def goals_worked_on(statement: dict[str, Any]) -> list[str]:
    """Activities that the statement names as what it is work for."""
    activities = statement.get("context", {}).get("contextActivities", {})
    return [each["id"] for role in ("parent", "grouping", "other") for each in activities.get(role, [])]
