"""Two schools in two school years, published once for all tests that only read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lrs.settings import Settings
from projections.catalog import Projection
from projections.report.build import build_report
from projections.report.model import Report
from projections.report.published import reading_schools
from tests.projections.report.a_published_school import published_home, two_published_years


@pytest.fixture(scope="session")
def two_years(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path, catalog: list[Projection]
) -> Settings:
    """Settings of a home with two school years of north: 10 of 20 goals achieved, then 15 of 20."""
    return two_published_years(tmp_path_factory.mktemp("two-years"), empty_warehouse, catalog)


@pytest.fixture(scope="session")
def nothing_yet(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path, catalog: list[Projection]
) -> Settings:
    """Settings of a home with a publication of an empty store."""
    return published_home(tmp_path_factory.mktemp("nothing"), empty_warehouse, catalog, [])


@pytest.fixture
def connection(two_years: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with reading_schools(two_years, "default") as opened:
        yield opened


@pytest.fixture
def report(connection: duckdb.DuckDBPyConnection) -> Report:
    """School north in 2025-2026."""
    return build_report(connection, "north", "2025-2026")


@pytest.fixture
def few(connection: duckdb.DuckDBPyConnection) -> Report:
    """A school with two learners."""
    return build_report(connection, "few", "2025-2026")


def figures(report: Report, **wanted: Any) -> list[Any]:
    """The figures whose attributes are these."""
    return [f for f in report.figures() if all(getattr(f, name) == value for name, value in wanted.items())]
