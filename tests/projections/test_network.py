"""What leaves the stores for the network: published school figures side by side, and nothing else."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from lrs.cli import lrs
from lrs.settings import Settings
from projections import cli
from projections.catalog import Projection
from projections.network import publish_network
from projections.publish import publish, published_folder
from projections.query import NothingPublished
from tests.projections.conftest import copied, prepared
from tests.projections.test_publish import set_goals

lrs.add_command(cli.publish, "publish")


WANTED = {
    "attainment",
    "feedback",
    "closed_year",
    "rok_expectation",
    "enrolment",
    "learner_school",
    "learner",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, catalog: list[Projection]) -> Path:
    """Two boards: one with a school of six learners, one with a school of six and one of two, which is withheld."""
    wanted = set(WANTED)
    for projection in reversed(catalog):
        if projection.name in wanted:
            wanted |= set(projection.reads)
    few = [projection for projection in catalog if projection.name in wanted]
    settings = Settings(home=tmp_path_factory.mktemp("boards"), duckdb_threads=1)
    empty = prepared(tmp_path_factory.mktemp("empty"), few)
    for store, schools in (("a", {"noord": 6}), ("b", {"noord": 6, "klein": 2})):
        warehouse = copied(empty, settings, store)
        for school, learners in schools.items():
            set_goals(warehouse, few, learners, school, store=store)
        publish(warehouse, few)
        warehouse.close()
    return settings.home / "published"


@pytest.fixture
def settings(tmp_path: Path, published: Path) -> Settings:
    shutil.copytree(published, tmp_path / "published", symlinks=True)
    return Settings(home=tmp_path, duckdb_threads=1)


STORES = ("a", "b")


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_every_row_is_one_that_a_store_has_published_for_schools(settings: Settings) -> None:
    made = publish_network(settings)
    assert made.stores == ("a", "b")
    tables = [name for (name,) in ask(made.path, "select table_name from duckdb_tables()")]
    assert "attainment" in tables and "logged_statement" not in tables and "learner" not in tables
    for table in tables:
        expected = []
        for store in STORES:
            expected += ask(published_folder(settings, store) / "schools.duckdb", f"from {table}")
        assert sorted(ask(made.path, f"from {table}"), key=repr) == sorted(expected, key=repr), table


def test_what_is_withheld_in_a_store_is_withheld_in_the_network(settings: Settings) -> None:
    path = publish_network(settings).path
    shown = "select store, school_key, learners, withheld from attainment where school_key is not null order by all"
    rows = ask(path, shown)
    assert {row for row in rows if row[3]} != set()
    for *_, learners, withheld in rows:
        assert (learners is None) == withheld
    assert {row[0] for row in rows} <= {"a", "b"}


def test_it_says_of_what_moment_each_stores_figures_are(settings: Settings) -> None:
    path = publish_network(settings).path
    assert ask(path, "select count(*), count(distinct store), min(small_cell) from meta") == [(2, 2, 5)]
    described = (
        "select comment from duckdb_columns() where table_name = 'attainment' and column_name = 'withheld'"
    )
    assert "too few learners" in ask(path, described)[0][0]


def test_a_new_edition_takes_the_place_of_the_former_and_two_are_kept(settings: Settings) -> None:
    made = [publish_network(settings).path for _ in range(3)]
    folder = settings.home / "network"
    assert (folder / "network.duckdb").resolve() == made[2].resolve()
    assert sorted(p for p in folder.glob("network-*.duckdb")) == made[1:]
    table = pq.read_table(folder / "network-parquet" / "attainment")
    assert set(table["store"].to_pylist()) == {"a", "b"}
    assert table.schema.metadata[b"description"]
    assert not list(folder.glob(".draft-*"))


def test_a_table_that_one_store_lacks_has_the_rows_of_the_others(settings: Settings) -> None:
    path = (published_folder(settings, "a") / "schools.duckdb").resolve()
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table attainment")
        connection.execute("create table own_view as select 1 as figure")
        connection.execute("alter table feedback drop column withheld")
    made = publish_network(settings).path
    assert {store for (store,) in ask(made, "select store from attainment")} == {"b"}
    assert ask(made, "select store, figure from own_view") == [("a", 1)]


def test_with_nothing_published_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="lrs publish"):
        publish_network(Settings(home=tmp_path))


def test_the_command_names_the_stores_and_the_file(settings: Settings) -> None:
    shell = CliRunner(env={"LRS_HOME": str(settings.home), "LRS_PUBLISH_PARQUET": "no"})
    done = shell.invoke(lrs, ["publish", "--network"])
    assert done.exit_code == 0 and "published 2 stores (a, b): " in done.output
    empty = CliRunner(env={"LRS_HOME": str(settings.home / "other")}).invoke(lrs, ["publish", "--network"])
    assert empty.exit_code == 1 and "no store has published" in empty.output
