"""An LRS that serves a publication, spoken to without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from lrs.app import create_app
from lrs.http.parts import NAME
from lrs.settings import Settings
from projections.catalog import Projection
from projections.web.quality import quality_api
from tests.lrs.conftest import Client, a_client
from tests.projections.report.a_published_school import two_published_years


@pytest.fixture(scope="session")
def two_years(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path, catalog: list[Projection]
) -> Settings:
    return two_published_years(tmp_path_factory.mktemp("served"), empty_warehouse, catalog)


def serving(settings: Settings) -> Flask:
    return create_app(settings, [quality_api(settings)])


@pytest.fixture
def app(two_years: Settings) -> Iterator[Flask]:
    app = serving(two_years)
    yield app
    app.extensions[NAME].database.close()


@pytest.fixture
def client(app: Flask) -> Client:
    """One that may read what is published for schools, and nothing else."""
    return reader(app)


def reader(app: Flask, *scopes: str, store: str = "default") -> Client:
    return a_client(app, app.extensions[NAME], *(scopes or ("quality/read",)), store=store)
