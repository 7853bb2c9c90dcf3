"""The projector, as the tests of projections run it, and the logs that oracles are held against."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from projections.catalog import Projection
from tests.oracle.world import TABLES, World, world
from tests.projections.conftest import catalog, made_for, prepared, projected

__all__ = ["catalog"]


@pytest.fixture(scope="session")
def compared_catalog(catalog: list[Projection]) -> list[Projection]:
    """The tables that are compared, and all that they are made of."""
    return made_for({*TABLES, "overdue"}, catalog)


@pytest.fixture(scope="session")
def compared_empty(tmp_path_factory: pytest.TempPathFactory, compared_catalog: list[Projection]) -> Path:
    """A warehouse with those tables and no rows."""
    return prepared(tmp_path_factory.mktemp("empty"), compared_catalog)


@pytest.fixture(scope="session")
def compared(
    request: pytest.FixtureRequest,
    compared_catalog: list[Projection],
    compared_empty: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[World, duckdb.DuckDBPyConnection]]:
    """What the oracle knows of the log of that name, and the tables that it gives."""
    known = world(request.param)
    folder = tmp_path_factory.mktemp("compared")
    made = projected(folder, compared_empty, compared_catalog, list(known.events))
    yield known, made.connection
    made.close()
