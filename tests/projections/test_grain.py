"""The grain of every table is unique, over a store in which every table has rows."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import orjson
import pytest

from lrs.reference.account import parse_rule
from lrs.reference.bundle import open_bundle
from lrs.reference.calendar_periods import read_calendar
from lrs.reference.entity import Entity
from lrs.reference.goals import read_goals
from lrs.reference.known import Nothing
from lrs.reference.level_schemes import read_levels
from lrs.reference.roster import read_roster
from lrs.simulate.platforms import LINKED
from lrs.simulate.roster import account_mapping
from lrs.simulate.simulated_year import Plan, SimulatedYear
from lrs.simulate.written import CALENDAR, GOALS, ROSTER, STATEMENTS, write_year
from projections.catalog import Projection
from tests.oracle.random_log import LINKS, random_statements
from tests.projections.conftest import events_of, projected

AS_OF = date(2024, 9, 1)
LEVELS = b"scheme,level,name\nmetalen,1,brons\nmetalen,2,zilver\n"


def half_a_year() -> SimulatedYear:
    """A dozen learners until six weeks and more after the intervention of their quality cycle."""
    return SimulatedYear(Plan(1, learners=12, until=200))


def reference_of(folder: Path) -> list[Entity]:
    """Roster, framework, calendar and level scheme as they would be recorded."""
    rules = [parse_rule(text) for text in account_mapping()]
    readings = [
        read_roster(open_bundle(folder / ROSTER), rules, "sis"),
        read_goals([(GOALS, (folder / GOALS).read_bytes())], None),
        read_calendar(CALENDAR, (folder / CALENDAR).read_bytes(), None),
        read_levels("levels.csv", LEVELS),
    ]
    return [each for reading in readings for each in reading.settle(Nothing(), AS_OF).entities]


@pytest.fixture(scope="module")
def rich(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path, catalog: list[Projection]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A simulated half-year, random statements of every kind in another year, and reference data."""
    folder, lived = tmp_path_factory.mktemp("half-a-year"), half_a_year()
    write_year(lived, folder, lambda _count: None)
    lines = gzip.decompress((folder / STATEMENTS).read_bytes()).splitlines()
    statements = {said["id"]: said for said in map(orjson.loads, lines)}
    told = [*statements.values(), *random_statements(1, 400)]
    links = [[one.agents[platform.name] for platform in LINKED] for one in lived.people.learners]
    events = events_of(told, [*LINKS, *links], reference_of(folder))
    home = tmp_path_factory.mktemp("rich")
    warehouse = projected(home, empty_warehouse, catalog, events)
    yield warehouse.connection
    warehouse.close()


def test_every_table_has_rows_to_judge_by(rich: duckdb.DuckDBPyConnection, catalog: list[Projection]) -> None:
    tables = [p.name for p in catalog if p.kind != "batch"]
    empty = {name for name in tables if not rich.execute(f"select exists (from {name})").fetchall()[0][0]}
    assert empty == set()


def test_every_grain_is_unique(rich: duckdb.DuckDBPyConnection, catalog: list[Projection]) -> None:
    for projection in catalog:
        if projection.kind != "batch":
            grain = ", ".join(projection.grain)
            query = f"select {grain} from {projection.name} group by {grain} having count(*) > 1 limit 3"
            assert rich.execute(query).fetchall() == [], projection.name


def test_a_grain_that_may_be_unknown_says_so(
    rich: duckdb.DuckDBPyConnection, catalog: list[Projection]
) -> None:
    """A NULL in a grain joins with nothing: whoever joins must have been told."""
    for projection in catalog:
        for column in projection.grain if projection.kind != "batch" else ():
            query = f"select exists (from {projection.name} where {column} is null)"
            if rich.execute(query).fetchall()[0][0]:
                assert "NULL" in projection.columns[column], f"{projection.name}.{column}"
