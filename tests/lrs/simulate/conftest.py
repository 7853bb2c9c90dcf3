"""Three simulated autumns, through the same projector as the tests of projections."""

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import orjson
import pytest

from lrs.settings import Settings
from lrs.simulate.platforms import LINKED
from lrs.simulate.simulated_year import Plan, SimulatedYear
from lrs.simulate.written import write_year
from projections.catalog import Projection
from projections.projector import Projector
from projections.warehouse import Warehouse
from tests.projections.conftest import Memory, catalog, events_of, made_for

__all__ = ["catalog"]
SEEDS = (1, 2, 3)
# Two weeks beyond the autumn holiday: enough that what no learner is like stays under the bounds of the tests.
AUTUMN = 80
# The tables that the truth is held against.
TABLES = {"goal_progress", "indicator"}


@cache
def an_autumn(seed: int) -> SimulatedYear:
    """Two dozen learners until two weeks after the autumn holiday, not yet lived."""
    return SimulatedYear(Plan(seed, learners=24, until=AUTUMN))


@pytest.fixture(scope="session")
def autumns(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """seed -> the folder that the autumn was written to."""
    folders = {seed: tmp_path_factory.mktemp(f"autumn-{seed}") for seed in SEEDS}
    for seed, folder in folders.items():
        write_year(an_autumn(seed), folder, lambda _count: None)
    return folders


@pytest.fixture(scope="session")
def warehouse(
    autumns: dict[int, Path], catalog: list[Projection], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of all three in one store, which their learners share without meeting."""
    statements: dict[str, dict[str, object]] = {}
    links = []
    for seed, folder in autumns.items():
        for line in gzip.decompress((folder / "statements.ndjson.gz").read_bytes()).splitlines():
            statement = orjson.loads(line)
            statements.setdefault(statement["id"], statement)
        people = an_autumn(seed).people
        links += [[one.agents[platform.name] for platform in LINKED] for one in people.learners]
    home = Warehouse(Settings(home=tmp_path_factory.mktemp("warehouse")), "default")
    projector = Projector(home, made_for(TABLES, catalog))
    projector.prepare(Memory([]))
    projector.fold(events_of(list(statements.values()), links))
    yield home.connection
    home.close()
