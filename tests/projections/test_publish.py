"""Published files: whole, private to their readers, and swapped in one step."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from lrs.settings import Settings
from projections.catalog import Projection
from projections.projector import Projector
from projections.publish import publish, published_folder
from projections.query import NothingPublished, open_published, query
from projections.small_cells import Thresholds, withhold
from projections.warehouse import Warehouse, WarehouseOwned
from tests.projections.a_statement import a_person, a_statement
from tests.projections.conftest import copied, events_of


@pytest.fixture
def warehouse(tmp_path: Path, empty_warehouse: Path) -> Iterator[Warehouse]:
    """All tables, published without Parquet."""
    warehouse = copied(empty_warehouse, Settings(home=tmp_path, duckdb_threads=1, publish_parquet=False))
    yield warehouse
    warehouse.close()


@pytest.fixture
def small_warehouse(tmp_path: Path, small_empty_warehouse: Path) -> Iterator[Warehouse]:
    warehouse = copied(small_empty_warehouse, Settings(home=tmp_path))
    yield warehouse
    warehouse.close()


def set_goals(
    warehouse: Warehouse, catalog: list[Projection], learners: int, school: str, store: str = "default"
) -> None:
    """Each learner of a school sets a goal, and a week later something is stored, so that the week is closed."""
    said = [
        a_statement(
            "planned", "goal:read", "2025-09-02 10:00", actor=a_person(f"p{n}-{school}"), school=school
        )
        for n in range(learners)
    ] + [a_statement("attempted", "lesson:1", "2025-09-16 10:00")]
    after = warehouse.connection.execute("select position from _leerspoor.checkpoint").fetchall()
    start = after[0][0] if after else 0
    events = [e._replace(position=start + n, store=store) for n, e in enumerate(events_of(said), 1)]
    Projector(warehouse, catalog).fold(events)


def ask(warehouse: Warehouse, sql: str) -> list[tuple[Any, ...]]:
    return list(query(warehouse.settings, sql, "default").rows)


def test_nothing_published_yet_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="lrs up"):
        query(Settings(home=tmp_path), "select 1", "default")


def test_an_empty_store_is_published_too(warehouse: Warehouse, catalog: list[Projection]) -> None:
    assert publish(warehouse, catalog).position == 0
    assert ask(warehouse, "select count(*) from goal_progress") == [(0,)]
    assert ask(warehouse, "select position, small_cell from schools.meta") == [(0, 5)]


def test_every_table_is_there_by_its_bare_name_with_its_description(
    warehouse: Warehouse, catalog: list[Projection]
) -> None:
    set_goals(warehouse, catalog, 6, "noord")
    publish(warehouse, catalog)
    shown = dict(ask(warehouse, "show tables"))
    with open_published(warehouse.settings, "default") as published:
        for projection in catalog:
            if projection.kind != "batch":
                published.execute(f"select * from {projection.name} limit 1").fetchall()
                assert shown[projection.name] == projection.purpose


def test_schools_see_no_small_cell_and_no_learner(warehouse: Warehouse, catalog: list[Projection]) -> None:
    for school, learners in (("noord", 9), ("oost", 7), ("zuid", 2)):
        set_goals(warehouse, catalog, learners, school)
    publish(warehouse, catalog)
    rows = ask(warehouse, "select school_key, learners, goals_set, withheld from attainment order by 1")
    assert rows == [("noord", 9, 9, False), ("oost", None, None, True), ("zuid", None, None, True)]
    schools = duckdb.connect(
        str(published_folder(warehouse.settings, "default") / "schools.duckdb"), read_only=True
    )
    columns = {name for (name,) in schools.execute("select column_name from duckdb_columns()").fetchall()}
    schools.close()
    assert not {"learner_key", "actor_key", "agent_key"} & columns


def test_learners_file_holds_no_school_view(warehouse: Warehouse, catalog: list[Projection]) -> None:
    publish(warehouse, catalog)
    with pytest.raises(duckdb.Error):
        ask(warehouse, "select * from learners.attainment")


def test_a_reader_keeps_its_rows_while_a_new_publication_comes(
    small_warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    set_goals(small_warehouse, small_catalog, 1, "noord")
    publish(small_warehouse, small_catalog)
    link = published_folder(small_warehouse.settings, "default") / "learners.duckdb"
    reader = duckdb.connect(str(link.resolve()), read_only=True)
    set_goals(small_warehouse, small_catalog, 2, "noord")
    publish(small_warehouse, small_catalog)
    assert reader.execute("select count(*) from logged_statement").fetchall() == [(2,)]
    assert ask(small_warehouse, "select count(*) from logged_statement") == [(5,)]
    reader.close()


def test_the_last_two_publications_are_kept(
    small_warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    for _ in range(4):
        set_goals(small_warehouse, small_catalog, 1, "noord")
        publish(small_warehouse, small_catalog)
    names = sorted(p.name for p in published_folder(small_warehouse.settings, "default").iterdir())
    assert [n for n in names if n.startswith("learners-") and n.endswith(".duckdb")] == [
        "learners-6.duckdb",
        "learners-8.duckdb",
    ]
    assert [n for n in names if n.startswith("schools-")] == [
        "schools-2",
        "schools-2.duckdb",
        "schools-parquet",
    ]


def test_schools_get_one_publication_a_week_and_another_when_a_threshold_is_raised(
    small_warehouse: Warehouse, small_catalog: list[Projection]
) -> None:
    warehouse, catalog = small_warehouse, small_catalog
    set_goals(warehouse, catalog, 6, "noord")
    first = publish(warehouse, catalog).schools
    set_goals(warehouse, catalog, 7, "oost")
    assert publish(warehouse, catalog).schools == first
    assert ask(warehouse, "select school_key, learners from attainment") == [("noord", 6)]
    warehouse.settings = replace(warehouse.settings, small_cell=7)
    assert publish(warehouse, catalog).schools != first
    assert ask(warehouse, "select school_key, learners from attainment") == [("noord", None), ("oost", None)]


@pytest.fixture(scope="module")
def published_home(
    tmp_path_factory: pytest.TempPathFactory, small_empty_warehouse: Path, small_catalog: list[Projection]
) -> Path:
    """A home with a publication of two events, in which three more wait to be published."""
    home = tmp_path_factory.mktemp("published")
    warehouse = copied(small_empty_warehouse, Settings(home=home))
    set_goals(warehouse, small_catalog, 1, "noord")
    publish(warehouse, small_catalog)
    set_goals(warehouse, small_catalog, 2, "noord")
    warehouse.close()
    return home


@pytest.mark.parametrize("step", range(1, 10))
def test_a_publication_that_is_cut_off_leaves_the_former_one_whole(
    tmp_path: Path,
    published_home: Path,
    small_catalog: list[Projection],
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    shutil.copytree(published_home, tmp_path / "home", symlinks=True)
    warehouse, catalog = Warehouse(Settings(home=tmp_path / "home"), "default"), small_catalog
    left, replace_file = [step], os.replace

    def die(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError("no space left on device")
        replace_file(source, target)

    monkeypatch.setattr(os, "replace", die)
    try:
        publish(warehouse, catalog)
    except OSError:
        assert ask(warehouse, "select count(*) from logged_statement")[0][0] in (2, 5)
        assert len(ask(warehouse, "select * from schools.meta")) == 1
    monkeypatch.undo()
    publish(warehouse, catalog)
    warehouse.close()
    assert ask(warehouse, "select count(*) from logged_statement") == [(5,)]
    assert not list(published_folder(warehouse.settings, "default").glob(".draft-*"))


def test_a_second_owner_is_refused_by_name(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseOwned, match=str(os.getpid())):
        Warehouse(warehouse.settings, "default")


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([9, 8, 7], []),
        ([9, 8, 4], [8, 4]),
        ([9, 2, 2], [9, 2, 2]),
        ([9, 4, 3], [4, 3]),
        ([4], [4]),
        ([5], []),
        ([], []),
    ],
)
def test_withheld_cells_of_a_total_together_reach_the_threshold(
    catalog: list[Projection], counts: list[int], hidden: list[int]
) -> None:
    view = next(p for p in catalog if p.name == "attainment_level")
    within = {"store": "s", "school_key": "noord", "school_year": "y"}
    rows = [{**within, "level": i, "learners": n, "goals": n} for i, n in enumerate(counts)]
    texts, numbers = ("store", "school_key", "school_year"), ("level", "learners", "goals")
    schema = pa.schema([*((n, pa.string()) for n in texts), *((n, pa.int64()) for n in numbers)])
    out = withhold(pa.Table.from_pylist(rows, schema=schema), view, Thresholds()).to_pylist()
    assert [counts[r["level"]] for r in out if r["withheld"]] == hidden
    assert all(r["learners"] is None and r["goals"] is None for r in out if r["withheld"])
