"""What making all tables anew costs, and whether memory grows with the log."""

import itertools
import os
import random
import subprocess
import time
from pathlib import Path

import orjson
import pytest

from lrs.settings import Settings
from projections.catalog import load_catalog
from projections.projector import Projector
from projections.source.event_log import open_source
from projections.warehouse import Warehouse
from tests.benchmarks.load import a_statement, fill_log
from tests.benchmarks.memory import peak_megabytes, peak_of
from tests.services.server import Server

pytestmark = pytest.mark.benchmark

STATEMENTS = int(os.environ.get("LRS_TEST_BENCH_STATEMENTS", "1000000"))


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Logs of a tenth of the statements, and of all of them."""
    return {n: fill(tmp_path_factory.mktemp(str(n)) / "home", n) for n in (STATEMENTS // 10, STATEMENTS)}


def fill(home: Path, count: int) -> Path:
    choose = random.Random(7)
    return fill_log(home, (a_statement(number, choose) for number in range(count)))


FACTS = ("parsed_statement", "logged_statement", "statement_activity", "statement_participant", "voiding",
         "activity_definition", "person_link")  # fmt: skip


def test_a_rebuild_makes_facts_of_100_000_statements_a_second(homes: dict[int, Path]) -> None:
    """Facts: reading the log and appending every fact table, as the whole rebuild does before all else.

    The best of three: whatever else the machine does can only take from it.
    """
    settings = Settings(home=homes[STATEMENTS])
    source, warehouse = open_source(settings), Warehouse(settings, "default")
    facts = [
        p
        for p in load_catalog()
        if p.name in (*FACTS, "activity_type", "statement_fact", "statement_learner", "learner")
    ]
    rates = []
    for _ in range(3):
        started = time.perf_counter()
        events = Projector(warehouse, facts).rebuild(source)
        rates.append(events / (time.perf_counter() - started))
    warehouse.close()
    source.close()
    print(f"\nfacts of {STATEMENTS:,} statements: {', '.join(f'{rate:,.0f}' for rate in rates)} statements/s")
    assert max(rates) >= 100_000


def test_memory_does_not_grow_with_the_log(homes: dict[int, Path]) -> None:
    """The projector's peak at a tenth and at the whole.

    DuckDB keeps what it read as long as there is room: it is given little, so that the rest is seen. A tenth is less
    than one batch; with more, the next is read while one is folded, and that is all that may be added.
    """
    peaks = {}
    for count, home in homes.items():
        seconds, peaks[count] = peak_megabytes(home, "project", "rebuild", duckdb_memory="200MB")
        print(
            f"\nrebuild of {count:,}: {seconds:.1f} s, {count / seconds:,.0f} statements/s, peak {peaks[count]:,.0f} MB"
        )
    assert peaks[STATEMENTS] < 1.4 * peaks[STATEMENTS // 10]


def test_the_servers_memory_does_not_grow_with_the_log(homes: dict[int, Path]) -> None:
    peaks = {}
    for count, home in homes.items():
        with Server(home) as server:
            link = "/xAPI/statements?limit=500"
            for _ in itertools.repeat(None, 100):
                status, body = server.request("GET", link)
                assert status == 200
                link = orjson.loads(body)["more"] or link
            assert server.process is not None
            pids = subprocess.run(
                ["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True
            ).stdout.split()
            peaks[count] = max(peak_of(int(pid)) for pid in pids)
        print(f"\nserver over {count:,}: peak {peaks[count]:,.0f} MB")
    small, large = peaks.values()
    assert large < 1.3 * small
