"""The worked example, published, for the examples of readers to read."""

import csv
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from lrs.settings import Settings
from projections.catalog import Projection
from projections.publish import publish, published_folder
from tests.projections.conftest import catalog, empty_warehouse, events_of, projected

__all__ = ["catalog", "empty_warehouse"]
WORKED = Path(__file__).parents[1] / "worked_example"


@pytest.fixture(scope="session")
def published(
    tmp_path_factory: pytest.TempPathFactory, empty_warehouse: Path, catalog: list[Projection]
) -> Path:
    """The folder of the published files of the term that was worked out by hand."""
    statements = [json.loads(line) for line in (WORKED / "statements.ndjson").read_text().splitlines()]
    events = events_of(statements, json.loads((WORKED / "links.json").read_text()))
    home = tmp_path_factory.mktemp("home")
    warehouse = projected(home, empty_warehouse, catalog, events)
    publish(warehouse, catalog)
    warehouse.close()
    return published_folder(Settings(home=home), "default")


@pytest.fixture(scope="session")
def by_status() -> Counter[str]:
    """Goals of single learners by status, as worked out by hand."""
    with (WORKED / "goal_progress.csv").open(encoding="utf-8") as file:
        return Counter(row["status"] for row in csv.DictReader(file) if row["owner"] == "agent")


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A copy of the examples, in which they may leave something behind."""
    return Path(shutil.copytree(Path(__file__).parents[2] / "deploy" / "examples", tmp_path / "examples"))
