"""What taking statements in costs over HTTP, against the least that the same machine could do it for."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.load import SERVER_CPU, bodies, on_cpu, requests_per_second
from tests.services.server import Server, environment

pytestmark = pytest.mark.benchmark

BATCH, STATEMENTS = 50, 20_000
INDEX_TABLES = ("statement_index", "statement_agent", "statement_activity", "voiding", "analytic_form")
TABLES = ("event_log", "event_payload", *INDEX_TABLES)


def schema_of(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "select sql from sqlite_master where sql is not null order by type desc"
        ).fetchall()
    return [row[0] for row in rows]


def rows_by_commit(path: Path) -> list[list[tuple[str, list[tuple[object, ...]]]]]:
    """The rows that the server wrote, in groups of BATCH positions, as INSERT texts with their tuples."""
    with sqlite3.connect(path) as connection:
        commits = []
        for first in range(1, STATEMENTS + 1, BATCH):
            writes = []
            for table in TABLES:
                query = f"select * from {table} where position between ? and ?"
                rows = connection.execute(query, (first, first + BATCH - 1)).fetchall()
                if rows:
                    writes.append((f"insert into {table} values ({','.join('?' * len(rows[0]))})", rows))
            commits.append(writes)
    return commits


def floor_statements_per_second(source: Path, target: Path) -> float:
    """Bare sqlite3 writing the same rows in the same commits, just as durable."""
    commits = rows_by_commit(source)
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")
    connection.execute("pragma cache_size=-16384")
    for text in schema_of(source):
        connection.execute(text)
    with on_cpu(SERVER_CPU):
        started = time.perf_counter()
        for writes in commits:
            connection.execute("begin immediate")
            for text, rows in writes:
                connection.executemany(text, rows)
            connection.execute("commit")
        seconds = time.perf_counter() - started
    connection.close()
    return STATEMENTS / seconds


def test_batches_of_50_reach_0_4_of_the_bare_sqlite3_floor(tmp_path: Path) -> None:
    payloads = bodies(STATEMENTS, BATCH)
    with Server(tmp_path / "home", cpu=SERVER_CPU) as server:
        ours = requests_per_second(server, "/xAPI/statements", payloads) * BATCH
    floor = floor_statements_per_second(tmp_path / "home" / "leerspoor.sqlite", tmp_path / "floor.sqlite")
    print(
        f"\ningest, batches of {BATCH}: {ours:,.0f} statements/s; floor {floor:,.0f}; ratio {ours / floor:.2f}"
    )
    assert ours / floor >= 0.4


class Echo(Server):
    """The echo server, pinned like the store."""

    def start(self) -> None:
        arguments = [
            "taskset",
            "-c",
            str(SERVER_CPU),
            sys.executable,
            "-m",
            "tests.benchmarks.echo",
            str(self.port),
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments, env=environment(self.home), stdout=log, stderr=log, start_new_session=True
            )
        self._await_ready()


def test_single_posts_reach_0_25_of_an_echo(tmp_path: Path) -> None:
    payloads = bodies(8_000, 1)
    with Server(tmp_path / "home", cpu=SERVER_CPU) as server:
        ours = requests_per_second(server, "/xAPI/statements", payloads, connections=32)
    with Echo(tmp_path / "echo") as echo:
        floor = requests_per_second(echo, "/echo", payloads, connections=32)
    print(f"\nsingle POSTs: {ours:,.0f} requests/s; echo {floor:,.0f}; ratio {ours / floor:.2f}")
    assert ours / floor >= 0.25
