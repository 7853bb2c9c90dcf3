"""Nothing that was acknowledged is lost, and nothing is there twice, when a process dies at any moment."""

import http.client
import itertools
import json
import random
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from tests.lrs.conftest import a_statement
from tests.services.server import Server, a_free_port, run_lrs

pytestmark = pytest.mark.services


def statement_with(number: int, thread: int) -> dict[str, object]:
    return a_statement(
        id=f"00000000-0000-4000-8000-{thread:04x}{number:08x}",
        object={"id": f"https://example.org/activities/{number % 3}"},
    )


class Sender(threading.Thread):
    """Posts batches one after another and notes which were acknowledged, until the server is gone."""

    def __init__(self, servers: list[Server], thread: int) -> None:
        super().__init__()
        self.servers, self.thread, self.acknowledged, self.sent = servers, thread, set[str](), set[str]()
        self.stop = False

    def run(self) -> None:
        number, choose = 0, random.Random(self.thread)
        while not self.stop:
            batch = [statement_with(number + i, self.thread) for i in range(choose.randint(1, 5))]
            number += len(batch)
            self.sent |= {str(s["id"]) for s in batch}
            try:
                status, ids = choose.choice(self.servers).post(batch)
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                return
            assert status in (200, 503), ids
            if status == 200:
                self.acknowledged |= set(ids)


def read_log(home: Path) -> list[tuple[int, str, int]]:
    with sqlite3.connect(home / "leerspoor.sqlite") as connection:
        return connection.execute(
            "select position, statement_id, stored from event_log order by position"
        ).fetchall()


class Tail(threading.Thread):
    """A reader that follows the log by position while others write, like a projector."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.home, self.seen, self.stop = home, list[int](), False

    def run(self) -> None:
        with sqlite3.connect(self.home / "leerspoor.sqlite") as connection:
            while not self.stop:
                after = self.seen[-1] if self.seen else 0
                query = "select position from event_log where position > ? order by position limit 50"
                self.seen += [row[0] for row in connection.execute(query, (after,))]


def test_eight_threads_and_two_processes_then_sigkill(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Server(home) as first, Server(home, port=a_free_port()) as second:
        tail = Tail(home)
        tail.start()
        senders = [Sender([first, second], n) for n in range(8)]
        for sender in senders:
            sender.start()
        time.sleep(3)
        first.kill()
        second.kill()
        for sender in senders:
            sender.stop = True
            sender.join()
        time.sleep(0.3)
        tail.stop = True
        tail.join()
    log = read_log(home)
    acknowledged = set[str]().union(*(s.acknowledged for s in senders))
    stored = [row[1] for row in log]
    assert len(acknowledged) > 100
    assert acknowledged <= set(stored), "an acknowledged statement was lost"
    assert len(stored) == len(set(stored)), "a statement is there twice"
    assert set(stored) <= set[str]().union(*(s.sent for s in senders))
    assert [row[0] for row in log] == list(range(1, len(log) + 1)), "positions have a gap"
    assert all(a[2] < b[2] for a, b in itertools.pairwise(log)), "stored does not rise with position"
    assert tail.seen == [row[0] for row in log], "a tailing reader stepped over a position"
    assert "0 faults" in run_lrs(home, "log", "verify").stdout


def test_a_second_start_goes_on_where_a_killed_one_stopped(tmp_path: Path) -> None:
    with Server(tmp_path / "home") as server:
        _, ids = server.post([a_statement() for _ in range(10)])
        server.kill()
        server.start()
        status, body = server.request("GET", f"/xAPI/statements?statementId={ids[3]}")
        assert (status, json.loads(body)["id"]) == (200, ids[3])
        assert server.post(a_statement())[0] == 200


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with Server(tmp_path / "home") as server:
        done = run_lrs(tmp_path / "home", "serve", "--port", str(server.port), check=False)
    assert done.returncode == 1
    assert str(server.port) in done.stderr
    assert "Traceback" not in done.stderr
