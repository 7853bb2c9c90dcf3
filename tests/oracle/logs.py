"""The logs on which oracles and tables are held against each other: random ones, and small simulated schools."""

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson

from lrs.feed import LoggedEvent
from lrs.reference.account import parse_rule
from lrs.reference.bundle import open_bundle
from lrs.reference.calendar_periods import read_calendar
from lrs.reference.entity import Entity
from lrs.reference.known import Nothing
from lrs.reference.roster import read_roster
from lrs.simulate.platforms import LINKED
from lrs.simulate.roster import account_mapping
from lrs.simulate.simulated_year import Plan, SimulatedYear
from lrs.simulate.written import CALENDAR, ROSTER, write_year
from tests.oracle.random_framework import random_framework
from tests.oracle.random_intervention import intervention_statements
from tests.oracle.random_log import LINKS, random_statements
from tests.oracle.random_roster import random_records
from tests.oracle.random_school import school_statements
from tests.projections.conftest import events_of

RANDOM = ("random 1", "random 2", "random 3")
SCHOOLS = ("school 1", "school 2")
INTERVENTIONS = ("intervention 1",)
LOGS = (*RANDOM, *SCHOOLS, *INTERVENTIONS)


@cache
def events(name: str) -> list[LoggedEvent]:
    """The events of the log of this name; the number in it is a seed."""
    kind, _, seed = name.partition(" ")
    return MADE[kind](int(seed))


def a_random_log(seed: int) -> list[LoggedEvent]:
    statements = random_statements(seed, 800)
    around = school_statements(seed, statements)
    return events_of(statements + around, LINKS, [*random_records(seed), *random_framework(seed)])


def a_simulated_school(seed: int) -> list[LoggedEvent]:
    """Eight learners in the first weeks of a year, with their roster and calendar."""
    simulated = SimulatedYear(Plan(seed, learners=8, until=40))
    statements: dict[str, dict[str, object]] = {}
    for arrival in simulated.arrivals():
        statement = orjson.loads(arrival.text)
        statements.setdefault(statement["id"], statement)
    links = [[one.agents[each.name] for each in LINKED] for one in simulated.people.learners]
    return events_of(list(statements.values()), links, reference(simulated))


def reference(simulated: SimulatedYear) -> list[Entity]:
    """The records of its roster and calendar, as an import would have them."""
    year = date(simulated.plan.first_year, 9, 1)
    with TemporaryDirectory() as folder:
        write_year(
            SimulatedYear(Plan(simulated.plan.seed, simulated.plan.learners, until=1)), Path(folder), _quiet
        )
        bundle = open_bundle(Path(folder) / ROSTER)
        roster = read_roster(bundle, list(map(parse_rule, account_mapping())), "roster").settle(
            Nothing(), year
        )
        calendar = read_calendar(CALENDAR, (Path(folder) / CALENDAR).read_bytes(), None)
    return [*roster.entities, *calendar.entities]


def an_intervention(seed: int) -> list[LoggedEvent]:
    return events_of(intervention_statements(seed))


MADE = {"random": a_random_log, "school": a_simulated_school, "intervention": an_intervention}


def _quiet(_count: int) -> None:
    pass
