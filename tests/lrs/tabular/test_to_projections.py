"""From a sheet to the published tables."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
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


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of a store with the worked sheets in it; tests only read them."""
    folder = tmp_path_factory.mktemp("sheets")
    runner = CliRunner(env={"LRS_HOME": str(folder / "home")})
    for name, mapping in SHIPPED.items():
        sheet = Path(shutil.copy(its_sheet(name), folder))
        done = runner.invoke(lrs, ["tabular", "import", "--mapping", str(mapping), str(sheet)])
        assert done.exit_code == 3, done.output  # each worked sheet has a row with a mistake
    done = runner.invoke(project, ["run", "--once"])
    assert done.exit_code == 0, done.output
    with open_published(Settings(home=folder / "home"), "default") as connection:
        yield connection


def test_contract_work_becomes_rows_of_goal_progress(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(PROGRESS).fetchall()
    assert ("een-verslag-schrijven", "achieved", True, "week", 3) in rows


def test_no_free_text_and_no_number_of_a_learner_reaches_a_table(
    published: duckdb.DuckDBPyConnection,
) -> None:
    tables = published.execute(
        "select database_name, schema_name, table_name from duckdb_tables() where schema_name = 'main'"
    ).fetchall()
    assert "goal_progress" in [name for _, _, name in tables]
    for table in tables:
        text = str(published.execute("select * from " + ".".join(table)).fetchall()).casefold()
        for private in (
            "weekplanner",
            "mama en noor",
            "adam voelt",
            "te laat aan het verslag",
            "10017",
            "lk-03",
        ):
            assert private not in text, table
