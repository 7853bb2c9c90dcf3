"""From a sheet to the published tables."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lrs.cli import lrs
from lrs.settings import Settings
from projections.cli import project
from projections.query import open_published
from tests.lrs.tabular.a_sheet import SHIPPED, its_sheet

PROGRESS = """
select split_part(goal_id, '/', -1), status, due is not null, horizon, count(*)
from goal_progress where goal_id like '%/doelen/%' group by all order by all
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store with the worked sheets in it, and their tables."""
    runner = CliRunner(env={"LRS_HOME": str(tmp_path / "home")})
    for name, mapping in SHIPPED.items():
        sheet = Path(shutil.copy(its_sheet(name), tmp_path))
        done = runner.invoke(lrs, ["tabular", "import", "--mapping", str(mapping), str(sheet)])
        assert done.exit_code == 3, done.output  # each worked sheet has a row with a mistake
    done = runner.invoke(project, ["run", "--once"])
    assert done.exit_code == 0, done.output
    return tmp_path / "home"


def asked(home: Path, query: str) -> list[tuple[Any, ...]]:
    with open_published(Settings(home=home), "default") as published:
        return published.execute(query).fetchall()


def test_contract_work_becomes_rows_of_goal_progress(home: Path) -> None:
    rows = asked(home, PROGRESS)
    assert ("een-verslag-schrijven", "achieved", True, "week", 3) in rows


def test_no_free_text_and_no_number_of_a_learner_reaches_a_table(home: Path) -> None:
    tables = asked(
        home, "select database_name, schema_name, table_name from duckdb_tables() where schema_name = 'main'"
    )
    assert "goal_progress" in [name for _, _, name in tables]
    for table in tables:
        text = str(asked(home, "select * from " + ".".join(table))).casefold()
        for private in (
            "weekplanner",
            "mama en noor",
            "adam voelt",
            "te laat aan het verslag",
            "10017",
            "lk-03",
        ):
            assert private not in text, table
