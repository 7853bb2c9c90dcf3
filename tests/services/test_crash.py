"""Nothing that was acknowledged is lost, and nothing is there twice, when a process dies at any moment."""

import http.client
import itertools
import json
import random
import threading
import time
from pathlib import Path

import pytest

from lrs.event_log.database import open_database
from lrs.settings import Settings
from tests.lrs.conftest import a_statement
from tests.services.postgresql import PostgreSQL, execute
from tests.services.process import await_that
from tests.services.server import Server, a_free_port, run_lrs

pytestmark = pytest.mark.services


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation of several processes, on each kind of database."""
    home = tmp_path / "home"
    if request.param == "sqlite":
        return Settings(home=home)
    server: PostgreSQL = request.getfixturevalue("postgresql")
    return Settings(home=home, database=server.new_database())


def statement_with(number: int, thread: int) -> dict[str, object]:
    """All threads write of one activity, and each contradicts what the others say it is."""
    definition = {"name": {"nl": f"{thread}-{number}"}}
    return a_statement(
        id=f"00000000-0000-4000-8000-{thread:04x}{number:08x}",
        object={"id": "https://example.org/activities/1", "definition": definition},
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


def read_log(where: Settings) -> list[tuple[int, str, int]]:
    query = "select position, statement_id, stored from event_log order by position"
    database = open_database(where.database_url)
    with database.reading() as connection:
        rows = [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(query)]
    database.close()
    return rows


class Tail(threading.Thread):
    """A reader that follows the log by position while others write, like a projector."""

    def __init__(self, where: Settings) -> None:
        super().__init__()
        self.database, self.seen, self.stop = open_database(where.database_url), list[int](), False

    def run(self) -> None:
        query = "select position from event_log where position > {} order by position limit 50"
        while not self.stop:
            after = self.seen[-1] if self.seen else 0
            with self.database.reading() as connection:
                self.seen += [row[0] for row in connection.exec_driver_sql(query.format(after))]
        self.database.close()


def test_eight_threads_and_two_processes_then_sigkill(where: Settings) -> None:
    home, given = where.home, {"database": where.database}
    with Server(home, **given) as first, Server(home, port=a_free_port(), **given) as second:
        tail = Tail(where)
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
    log = read_log(where)
    acknowledged = set[str]().union(*(s.acknowledged for s in senders))
    stored = [row[1] for row in log]
    assert len(acknowledged) > 100
    assert acknowledged <= set(stored), "an acknowledged statement was lost"
    assert len(stored) == len(set(stored)), "a statement is there twice"
    assert set(stored) <= set[str]().union(*(s.sent for s in senders))
    assert [row[0] for row in log] == list(range(1, len(log) + 1)), "positions have a gap"
    assert all(a[2] < b[2] for a, b in itertools.pairwise(log)), "stored does not rise with position"
    assert tail.seen == [row[0] for row in log], "a tailing reader stepped over a position"
    assert "0 faults" in run_lrs(home, "log", "verify", settings=given).stdout
    assert deadlocks(where) == 0


def deadlocks(where: Settings) -> int:
    if not where.database:
        return 0
    query = "select deadlocks from pg_stat_database where datname = current_database()"
    [[number]] = execute(where.database, query)
    return int(number)


def test_a_second_start_goes_on_where_a_killed_one_stopped(tmp_path: Path) -> None:
    with Server(tmp_path / "home") as server:
        _, ids = server.post([a_statement() for _ in range(10)])
        server.kill()
        server.start()
        status, body = server.request("GET", f"/xAPI/statements?statementId={ids[3]}")
        assert (status, json.loads(body)["id"]) == (200, ids[3])
        assert server.post(a_statement())[0] == 200


def test_a_server_whose_first_process_is_killed_leaves_no_other_that_keeps_its_port(tmp_path: Path) -> None:
    with Server(tmp_path / "home") as server:
        assert server.process is not None
        assert len(server.pids()) > 1
        _, ids = server.post([a_statement() for _ in range(10)])
        server.process.kill()
        server.process.wait()
        await_that("its workers have ended", lambda: not server.pids())
        server.start()
        assert server.request("GET", f"/xAPI/statements?statementId={ids[3]}")[0] == 200


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with Server(tmp_path / "home") as server:
        done = run_lrs(tmp_path / "home", "serve", "--port", str(server.port), check=False)
    assert done.returncode == 1
    assert str(server.port) in done.stderr
    assert "Traceback" not in done.stderr
