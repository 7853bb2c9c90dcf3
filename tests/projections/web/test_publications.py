"""A new publication is picked up while serving, and the former one is let go."""

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from lrs.settings import Settings
from projections.catalog import Projection
from projections.publish import publish
from projections.query import NothingPublished
from projections.report.published import schools_file
from projections.warehouse import Warehouse
from projections.web.publications import Publications
from tests.projections.conftest import events_of, prepared, projected
from tests.projections.schools.a_school import in_school, people, weeks_closed

FILES = Path("/proc/self/fd")


@pytest.fixture(scope="module")
def few_views(small_catalog: list[Projection], catalog: list[Projection]) -> list[Projection]:
    """Attainment with what it is made from, and what a publication asks for."""
    wanted = {"closed_year", "rok_expectation", *(projection.name for projection in small_catalog)}
    for projection in reversed(catalog):  # what reads comes after what it reads
        if projection.name in wanted:
            wanted |= set(projection.reads)
    return [projection for projection in catalog if projection.name in wanted]


@pytest.fixture(scope="module")
def published_home(tmp_path_factory: pytest.TempPathFactory, few_views: list[Projection]) -> Path:
    """A school of ten learners, folded and published; of the views only attainment, which is faster."""
    home = tmp_path_factory.mktemp("published")
    goals = [in_school("planned", "goal:read", "2025-09-02 10:00", by=name) for name in people(10)]
    empty = prepared(tmp_path_factory.mktemp("empty"), few_views)
    made = projected(home, empty, few_views, events_of([*goals, weeks_closed()]))
    made.settings = replace(made.settings, publish_parquet=False)
    publish(made, few_views)
    made.close()
    return home


@pytest.fixture
def warehouse(tmp_path: Path, published_home: Path) -> Iterator[Warehouse]:
    """That school, of one's own."""
    shutil.copytree(published_home, tmp_path / "home", symlinks=True)
    made = Warehouse(Settings(home=tmp_path / "home", duckdb_threads=1, publish_parquet=False), "default")
    yield made
    made.close()


@pytest.fixture
def publications(warehouse: Warehouse) -> Iterator[Publications]:
    made = Publications(warehouse.settings)
    yield made
    made.close()


def publish_again(warehouse: Warehouse, catalog: list[Projection], small_cell: int) -> Path:
    """Another publication of the same position, and so of the same name: its threshold differs."""
    warehouse.settings = replace(warehouse.settings, small_cell=small_cell)
    return publish(warehouse, catalog).schools


def threshold(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("select small_cell from meta").fetchall()[0][0])


def test_a_new_publication_of_the_same_name_is_picked_up(
    warehouse: Warehouse, few_views: list[Projection], publications: Publications
) -> None:
    with publications.reading("default") as connection:
        assert threshold(connection) == 5
    publish_again(warehouse, few_views, 6)
    with publications.reading("default") as connection:
        assert threshold(connection) == 6


def test_who_reads_keeps_the_former_publication_to_the_end(
    warehouse: Warehouse, few_views: list[Projection], publications: Publications
) -> None:
    with publications.reading("default") as former:
        publish_again(warehouse, few_views, 6)
        with publications.reading("default") as newest:
            assert (threshold(former), threshold(newest)) == (5, 6)
        assert threshold(former) == 5


@pytest.mark.skipif(not FILES.exists(), reason="the system does not list open files")
def test_the_former_publication_is_closed_when_nobody_reads_it(
    warehouse: Warehouse, few_views: list[Projection], publications: Publications
) -> None:
    with publications.reading("default"):
        assert open_publications(warehouse.settings) == 1
        publish_again(warehouse, few_views, 6)
        with publications.reading("default"):
            assert open_publications(warehouse.settings) == 2
    assert open_publications(warehouse.settings) == 1
    publications.close()
    assert open_publications(warehouse.settings) == 0


def open_publications(settings: Settings) -> int:
    """How many files of `schools` this process has open; a file that was replaced is listed as deleted."""
    name = schools_file(settings, "default").name
    targets = []
    for number in os.listdir(FILES):
        try:
            targets.append(os.readlink(FILES / number))
        except FileNotFoundError:  # the listing itself
            continue
    return sum(name in target and str(settings.home) in target for target in targets)


def test_many_threads_read_while_publications_come(
    warehouse: Warehouse, few_views: list[Projection], publications: Publications
) -> None:
    stopping = threading.Event()

    def read_on() -> set[int]:
        seen = set()
        while not stopping.is_set():
            with publications.reading("default") as connection:
                assert connection.execute("select count(*) from attainment").fetchall() == [(1,)]
                seen.add(threshold(connection))
        return seen

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read_on) for _ in range(4)]
        for small_cell in (6, 7, 8):
            publish_again(warehouse, few_views, small_cell)
        stopping.set()
        seen = set().union(*(reader.result() for reader in readers))
    assert seen <= {5, 6, 7, 8}
    with publications.reading("default") as connection:
        assert threshold(connection) == 8


def test_what_was_closed_opens_again(publications: Publications) -> None:
    for _ in range(2):
        with publications.reading("default") as connection:
            assert threshold(connection) == 5
        publications.close()


def test_a_store_without_a_publication_is_told_so(publications: Publications) -> None:
    with pytest.raises(NothingPublished, match="elsewhere"), publications.reading("elsewhere"):
        pass


def test_nothing_can_be_written_through_a_reading(publications: Publications) -> None:
    with publications.reading("default") as connection, pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("delete from attainment")
