"""What a batch of new statements costs: it should grow with the keys that it touches, not with the log.

make bench                                                   a tenth of a million facts, and a million
LRS_TEST_BENCH_STATEMENTS=1000000 make bench                 a million, and ten
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from lrs.settings import Settings
from projections.catalog import load_catalog
from projections.projector import Projector
from projections.source.event_log import open_source
from projections.warehouse import Warehouse
from tests.benchmarks.memory import peak_of, reset_peak
from tests.benchmarks.replicas import Replicas
from tests.benchmarks.school_year import fill_year

pytestmark = pytest.mark.benchmark

STATEMENTS = int(os.environ.get("LRS_TEST_BENCH_STATEMENTS", "100000"))
BATCH, BATCHES, LARGEST = 1_000, 5, 4096


class Cost(NamedTuple):
    """Of one batch, at the median: seconds, and those of the processor. And megabytes at the most."""

    wall: float
    cpu: float
    megabytes: float


@pytest.fixture(scope="module")
def cost_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Cost]]:
    """Costs with so many school groups of STATEMENTS each."""
    home = tmp_path_factory.mktemp("year") / "home"
    fill_year(home, STATEMENTS, 0)
    source = open_source(Settings(home=home))

    def cost(groups: int) -> Cost:
        length = int(STATEMENTS * groups * 0.9)
        return measured(tmp_path_factory.mktemp(f"of-{groups}"), Replicas(source, groups, length), length)

    yield cost
    source.close()


def measured(home: Path, source: Replicas, length: int) -> Cost:
    warehouse = Warehouse(Settings(home=home, duckdb_memory="2500MB"), "default")
    projector = Projector(warehouse, load_catalog())
    reset_peak("self")
    started = time.perf_counter()
    projector.rebuild(source)
    print(f"\nrebuild of {length:,}: {time.perf_counter() - started:.0f} s, peak {peak_of('self'):,.0f} MB")
    reset_peak("self")
    times = [timed(lambda: projector.fold(source.take(BATCH))) for _ in range(BATCHES)]
    warehouse.close()
    wall, cpu = sorted(times)[BATCHES // 2]
    found = Cost(wall, cpu, peak_of("self"))
    print(
        f"a batch of {BATCH:,} after {length:,}: {wall:.2f} s, {cpu:.2f} s of CPU, {found.megabytes:,.0f} MB"
    )
    return found


def timed(act: Callable[[], None]) -> tuple[float, float]:
    started, worked = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - started, time.process_time() - worked


def test_a_batch_costs_what_it_touches_and_not_what_there_is(cost_of: Callable[[int], Cost]) -> None:
    small, large = cost_of(1), cost_of(10)
    print(f"ten times the log: {large.wall / small.wall:.2f} times the time")
    assert large.wall < 3 * small.wall
    assert large.megabytes < LARGEST
