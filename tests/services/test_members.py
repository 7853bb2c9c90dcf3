"""Projectors that share the stores through Kafka: whatever happens to them, the tables are those of a rebuild."""

import json
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lrs.settings import Settings
from projections.catalog import Projection, load_catalog
from projections.projector import Projector
from projections.source.event_log import open_source
from projections.status import read_statuses
from projections.warehouse import FILE, Warehouse
from tests.services.broker import Broker
from tests.services.process import Running, await_that
from tests.services.topics import Where, at, kafka_settings, logged, lrs, set_up, store_statements

pytestmark = pytest.mark.services

# Two partitions of the four, of which each of two members has one.
STORES = ("default", "zuid")
EXAMPLE = Path(__file__).parents[1] / "worked_example" / "statements.ndjson"
Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def catalog() -> list[Projection]:
    return load_catalog()


@pytest.fixture(scope="module")
def said() -> list[dict[str, Any]]:
    return [json.loads(line) for line in EXAMPLE.read_text().splitlines()]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="module")
def empty_tables(catalog: list[Projection], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that has every table and no event: to make them takes longer than to fold what a test logs."""
    settings = Settings(home=tmp_path_factory.mktemp("empty") / "home", duckdb_threads=1)
    store_statements(settings, STORES[0], [])  # a log without an event
    warehouse, source = Warehouse(settings, STORES[0]), open_source(settings)
    Projector(warehouse, catalog).prepare(source)
    source.close()
    warehouse.close()
    return warehouse.folder / FILE


@pytest.fixture
def lay_out(empty_tables: Path) -> Callable[[Path], None]:
    """lay_out(home): the stores have warehouses there, still empty."""

    def copy_to(home: Path) -> None:
        for store in STORES:
            folder = home / "warehouse" / store
            folder.mkdir(parents=True)
            shutil.copyfile(empty_tables, folder / FILE)

    return copy_to


def at_home(servers: str, **more: object) -> dict[str, object]:
    """One DuckDB thread and few publications: the machine has to carry several of these."""
    small = {
        "duckdb_threads": 1, "publish_seconds": 3600, "publish_parquet": "no", "projector_batch": 500,
        "kafka_session_seconds": 5,
    }  # fmt: skip
    return kafka_settings(servers, **small, **more)


def log_some(log: Where, said: Sequence[dict[str, Any]], start: int, end: int, *stores: str) -> None:
    for store in stores or STORES:
        store_statements(log, store, said[start:end])


def positions(home: Path) -> dict[str, int]:
    """How far each store's tables are, as its projector last told."""
    return {each["store"]: each["position"] for each in read_statuses(Settings(home=home))}


def await_tables(home: Path, log: Where | None = None) -> None:
    heads = {store: found[-1] for store, found in logged(log or home).items()}
    await_that("all is in the tables", lambda: positions(home) == heads, seconds=100)


def tables(connection: duckdb.DuckDBPyConnection, catalog: Sequence[Projection]) -> Tables:
    names = [p.name for p in catalog if p.kind != "batch"]
    return {name: connection.execute(f"from {name} order by all").fetchall() for name in names}


def check_tables(home: Path, catalog: Sequence[Projection], tmp_path: Path, log: Where | None = None) -> None:
    """Every table of every store is what one process makes of the log."""
    source, events = open_source(at(log or home)), logged(log or home)
    for store in source.stores():
        live = Warehouse(Settings(home=home, duckdb_threads=1), store)
        fresh = Warehouse(Settings(home=tmp_path / "rebuilt", duckdb_threads=1), store)
        Projector(fresh, catalog).rebuild(source)
        expected = tables(fresh.connection, catalog)
        assert len(expected["logged_statement"]) == len(events[store])
        found = tables(live.connection, catalog)
        assert [name for name in expected if found[name] != expected[name]] == [], store
        live.close()
        fresh.close()
    source.close()


Member = Callable[..., Running]


@pytest.fixture
def start() -> Iterator[Member]:
    """start(home, name, settings) -> a running member; all are stopped in the end."""
    with ExitStack() as stack:

        def run(home: Path, name: str, settings: dict[str, object]) -> Running:
            member = Running(home, "project", "run", "--source", "kafka", name=f"-{name}", **settings)
            return stack.enter_context(member)

        yield run


def test_from_statements_to_tables_through_kafka_equals_a_rebuild(
    home: Path,
    kafka: str,
    said: list[dict[str, Any]],
    catalog: list[Projection],
    tmp_path: Path,
    start: Member,
) -> None:
    settings = at_home(kafka)
    set_up(home, settings)
    log_some(home, said, 0, 100, "default")
    with Running(home, "relay", "run", **settings) as relay:
        member = start(home, "1", settings)
        await_tables(home)
        log_some(home, said, 100, 200, "default")
        log_some(home, said, 0, 200, "zuid")  # a store that nobody has seen
        await_tables(home)
        relay.stop()
        assert member.stop() == 0
    assert "zuid: taken on" in member.told
    assert "missed something" not in member.told
    check_tables(home, catalog, tmp_path)


def owner(home: Path, store: str) -> int:
    """The process that has a store's warehouse, as it last told."""
    return int(json.loads((home / "warehouse" / store / "status.json").read_text())["pid"])


def test_two_members_share_the_stores_and_one_takes_over_when_the_other_is_killed(
    home: Path,
    kafka: str,
    database: str,
    said: list[dict[str, Any]],
    catalog: list[Projection],
    tmp_path: Path,
    start: Member,
    lay_out: Callable[[Path], None],
) -> None:
    settings, log = at_home(kafka, database=database), Settings(home=home, database=database)
    lay_out(home)
    set_up(home, settings)
    log_some(log, said, 0, 60)
    with Running(home, "relay", "run", **settings):
        one, other = start(home, "1", settings), start(home, "2", settings)
        await_tables(home, log)
        await_that("both have a store", lambda: len({owner(home, store) for store in STORES}) == 2)
        log_some(log, said, 60, 120)
        one.kill()
        log_some(log, said, 120, 160)
        await_tables(home, log)
        assert other.process is not None
        assert {owner(home, store) for store in STORES} == {other.process.pid}
        assert other.stop() == 0
    check_tables(home, catalog, tmp_path, log)


def test_an_added_member_is_handed_warehouses_and_a_paused_one_gives_them_up(
    home: Path,
    kafka: str,
    said: list[dict[str, Any]],
    catalog: list[Projection],
    tmp_path: Path,
    start: Member,
    lay_out: Callable[[Path], None],
) -> None:
    settings = at_home(kafka)
    lay_out(home)
    set_up(home, settings)
    log_some(home, said, 0, 60)
    with Running(home, "relay", "run", **settings):
        first = start(home, "1", settings)
        await_tables(home)
        added = start(home, "2", settings)
        await_that("handed over", lambda: "taken on at position" in added.told)
        assert "let go" in first.told
        log_some(home, said, 60, 120)
        assert first.process is not None
        first.process.send_signal(signal.SIGSTOP)  # longer than the group waits for it
        await_that("the other has its partitions", lambda: "partitions: 0, 1, 2, 3" in added.told)
        log_some(home, said, 120, 180)
        first.process.send_signal(signal.SIGCONT)
        await_tables(home)
        assert (first.stop(), added.stop()) == (0, 0)
    assert "Traceback" not in first.told + added.told
    check_tables(home, catalog, tmp_path)


def test_a_broker_that_restarts_and_a_relay_that_dies_leave_no_trace(
    home: Path,
    database: str,
    said: list[dict[str, Any]],
    catalog: list[Projection],
    tmp_path: Path,
    start: Member,
    lay_out: Callable[[Path], None],
) -> None:
    log = Settings(home=home, database=database)
    with Broker(tmp_path / "kafka") as broker:
        settings = at_home(broker.servers, database=database)
        lay_out(home)
        set_up(home, settings)
        log_some(log, said, 0, 60)
        with Running(home, "relay", "run", **settings) as relay:
            member = start(home, "1", settings)
            await_tables(home, log)
            broker.kill()
            log_some(log, said, 60, 120)
            broker.start()
            relay.kill()
            log_some(log, said, 120, 180)
            relay.start()
            await_tables(home, log)
            assert member.stop() == 0
    check_tables(home, catalog, tmp_path, log)


def test_a_member_on_another_machine_builds_from_the_log(
    home: Path,
    kafka: str,
    database: str,
    said: list[dict[str, Any]],
    catalog: list[Projection],
    tmp_path: Path,
    start: Member,
    lay_out: Callable[[Path], None],
) -> None:
    settings, log = at_home(kafka, database=database), Settings(home=home, database=database)
    lay_out(home)
    set_up(home, settings)
    log_some(log, said, 0, 60)
    elsewhere = tmp_path / "elsewhere"
    with Running(home, "relay", "run", **settings):
        here = start(home, "1", settings)
        await_tables(home, log)
        here.kill()
        log_some(log, said, 60, 120)
        there = start(elsewhere, "2", settings)
        await_tables(elsewhere, log)
        log_some(log, said, 120, 150)
        await_tables(elsewhere, log)
        assert there.stop() == 0
    check_tables(elsewhere, catalog, tmp_path, log)


def test_without_a_broker_or_a_topic_it_says_what_to_do(home: Path, kafka: str) -> None:
    member = ("project", "run", "--source", "kafka")
    assert "LRS_KAFKA is not set" in lrs(home, {}, *member, status=1).stderr
    assert "lrs relay setup" in lrs(home, kafka_settings(kafka), *member, status=1).stderr
    assert "cannot be reached" in lrs(home, kafka_settings("127.0.0.1:9"), *member, status=1).stderr
    assert "--once" in lrs(home, kafka_settings(kafka), *member, "--once", status=2).stderr
