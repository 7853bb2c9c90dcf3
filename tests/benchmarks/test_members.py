"""What a second projector is worth: two members rebuild two equal stores, each with one DuckDB thread."""

import os
import random
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from lrs.settings import Settings
from projections.projector import MANY_EVENTS
from projections.status import read_statuses
from tests.benchmarks.load import a_statement, fill_log
from tests.services.broker import Broker
from tests.services.process import Running, await_that
from tests.services.topics import kafka_settings, logged, set_up

pytestmark = pytest.mark.benchmark

# More than a projector would fold batch by batch: a warehouse of so many is built whole.
STATEMENTS = max(MANY_EVENTS + 1, int(os.environ.get("LRS_TEST_BENCH_STATEMENTS", "0")) // 2)
STORES = ("default", "a")  # one in each of two partitions
SECONDS = 600


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("log") / "home"
    for store in STORES:
        choose = random.Random(7)
        fill_log(home, (a_statement(number, choose) for number in range(STATEMENTS)), store)
    return home


def seconds_of(log: Path, home: Path, servers: str, members: int) -> float:
    """From the moment that every member knows its partitions to the moment that both stores are at their head."""
    settings = kafka_settings(
        servers, kafka_partitions=2, database=f"sqlite:///{log / 'leerspoor.sqlite'}", duckdb_threads=1,
        publish_seconds=86_400, publish_parquet="no",
    )  # fmt: skip
    set_up(home, settings)
    heads = {store: found[-1] for store, found in logged(log).items()}

    def is_done() -> bool:
        told = read_statuses(Settings(home=home))
        return {each["store"]: each["position"] for each in told} == heads

    with ExitStack() as stack:
        running = [
            stack.enter_context(
                Running(home, "project", "run", "--source", "kafka", name=f"-{n}", **settings)
            )
            for n in range(members)
        ]
        await_that("shared", lambda: all("partitions: " in each.told for each in running))
        started = time.perf_counter()
        await_that("rebuilt", is_done, SECONDS)
        return time.perf_counter() - started


def test_two_members_rebuild_two_stores_in_at_most_two_thirds_of_the_time_of_one(
    log: Path, tmp_path: Path
) -> None:
    with Broker(tmp_path / "kafka", patience_ms=6000) as broker:
        one = seconds_of(log, tmp_path / "one", broker.servers, 1)
        two = seconds_of(log, tmp_path / "two", broker.servers, 2)
    print(
        f"\n2 x {STATEMENTS:,} statements: one member {one:.1f} s, two members {two:.1f} s, ratio {two / one:.2f}"
    )
    assert two / one <= 0.65
