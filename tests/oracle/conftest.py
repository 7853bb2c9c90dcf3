"""The projector, as the tests of projections run it, and the logs that oracles are held against."""

from collections.abc import Iterator

import duckdb
import pytest

from lrs.settings import Settings
from projections.catalog import Projection
from projections.projector import Projector
from projections.warehouse import Warehouse
from tests.oracle.world import TABLES, World, world
from tests.projections.conftest import Memory, catalog, made_for

__all__ = ["catalog"]


@pytest.fixture(scope="session")
def compared(
    request: pytest.FixtureRequest, catalog: list[Projection], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, duckdb.DuckDBPyConnection]]:
    """What the oracle knows of the log of that name, and the tables that it gives."""
    known = world(request.param)
    home = Warehouse(Settings(home=tmp_path_factory.mktemp("compared"), duckdb_threads=1), "default")
    projector = Projector(home, made_for({*TABLES, "overdue"}, catalog))
    projector.prepare(Memory([]))
    projector.fold(list(known.events))
    yield known, home.connection
    home.close()
