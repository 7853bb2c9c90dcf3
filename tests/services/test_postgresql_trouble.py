"""PostgreSQL in trouble: requests are told to try again, nothing is half stored, and it mends without a restart."""

import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from lrs.app import create_app
from lrs.event_log.append import NewEvent, append, read_head
from lrs.event_log.database import open_database
from lrs.event_log.verify import Fault, verify
from lrs.http.parts import NAME, Parts
from lrs.settings import Settings
from tests.lrs.conftest import Client, a_client, a_statement, an_id
from tests.services.clients import is_missing
from tests.services.postgresql import PostgreSQL, execute
from tests.services.server import Server
from tests.services.test_up import wait_for

pytestmark = pytest.mark.services

LOCK = "select pg_advisory_lock(7107187)"
SHORT = "?options=-c%20lock_timeout%3D300ms%20-c%20idle_in_transaction_session_timeout%3D1s"


@pytest.fixture
def address(postgresql: PostgreSQL) -> str:
    return postgresql.new_database()


@contextmanager
def an_lrs(address: str, home: Path, **members: Any) -> Iterator[tuple[Client, Parts]]:
    app: Flask = create_app(Settings(home=home, database=address, credential_seconds=60, **members))
    parts: Parts = app.extensions[NAME]
    try:
        yield a_client(app, parts), parts
    finally:
        parts.database.close()


def is_told_to_try_again(answer: Any) -> bool:
    return bool(
        answer.status_code == 503 and answer.json["rule"] == "unavailable" and answer.headers["Retry-After"]
    )


def faults(parts: Parts) -> list[Fault]:
    with parts.database.reading() as connection:
        return [found for found in verify(connection) if isinstance(found, Fault)]


def head(parts: Parts) -> int:
    with parts.database.reading() as connection:
        return read_head(connection).position


def test_connections_that_were_cut_are_made_anew(address: str, tmp_path: Path) -> None:
    with an_lrs(address, tmp_path) as (client, parts):
        one = an_id()
        assert client.post(a_statement(id=one)).status_code == 200
        cut(address)
        answers = [client.get(statementId=one), client.post(a_statement()), client.post(a_statement())]
        for answer in answers:
            assert answer.status_code == 200 or is_told_to_try_again(answer)
        assert [client.get(statementId=one).status_code, client.post(a_statement()).status_code] == [200, 200]
        time.sleep(1.1)  # rested for so long, connections are tried before they are used
        cut(address)
        assert [client.get(statementId=one).status_code, client.post(a_statement()).status_code] == [200, 200]
        assert faults(parts) == []


def cut(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where pid <> pg_backend_pid() and datname = current_database()"
        )


def test_a_connection_that_is_cut_in_a_commit_leaves_nothing(address: str, tmp_path: Path) -> None:
    with an_lrs(address, tmp_path) as (client, parts):
        assert client.post(a_statement()).status_code == 200
        sa.event.listen(parts.database.writers, "commit", lambda _: cut(address), once=True)
        assert is_told_to_try_again(client.post([a_statement() for _ in range(30)]))
        assert head(parts) == 1
        assert client.post([a_statement() for _ in range(30)]).status_code == 200
        assert (head(parts), faults(parts)) == (31, [])


def test_a_lock_that_is_not_given_is_waited_for_only_so_long(address: str, tmp_path: Path) -> None:
    with an_lrs(address + SHORT, tmp_path) as (client, _):
        one = an_id()
        with psycopg.connect(address) as other:
            other.execute(LOCK)
            together: list[Any] = []
            threads = [
                threading.Thread(target=lambda: together.append(client.post(a_statement()))) for _ in range(6)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert all(is_told_to_try_again(answer) for answer in together)
            assert is_told_to_try_again(client.put(a_statement(), one))
            assert client.get().json["statements"] == []
        assert client.put(a_statement(), one).status_code == 204
        assert client.found() == [one]


def test_a_writer_that_stands_still_loses_the_lock_and_its_work(address: str, tmp_path: Path) -> None:
    """A suspended machine, or a network that was cut, would keep it for ever."""
    with an_lrs(address, tmp_path) as (client, parts):
        stalled = open_database(address + SHORT)
        event = NewEvent("default", "person_linked", 1, "{}", (), "test")
        with pytest.raises(sa.exc.DBAPIError), stalled.writing() as connection:
            append(connection, [event], read_head(connection))
            assert client.post(a_statement()).status_code == 200
            connection.exec_driver_sql("select 1")
        assert (head(parts), faults(parts)) == (1, [])
        with stalled.writing() as connection:
            assert append(connection, [event], read_head(connection)).position == 2
        stalled.close()


def test_when_no_connection_is_free_readers_are_told_and_writers_go_on(address: str, tmp_path: Path) -> None:
    with an_lrs(address, tmp_path, database_connections=1) as (client, parts):
        assert client.get().status_code == 200
        with parts.database.reading():
            assert is_told_to_try_again(client.get())
            assert client.post(a_statement()).status_code == 200
        assert len(client.found()) == 1


def test_a_server_that_only_reads_is_trouble_that_passes(
    postgresql: PostgreSQL, address: str, tmp_path: Path
) -> None:
    with an_lrs(address, tmp_path) as (client, parts):
        assert client.post(a_statement()).status_code == 200
        name = sa.make_url(address).database
        postgresql.execute(f'alter database "{name}" set default_transaction_read_only = on')
        cut(address)
        time.sleep(1.1)  # so that it is not the cut that is noticed
        assert is_told_to_try_again(client.post(a_statement()))
        assert client.get().status_code == 200
        postgresql.execute(f'alter database "{name}" reset default_transaction_read_only')
        cut(address)
        wait_for("mended", until=lambda: client.post(a_statement()).status_code == 200)
        assert faults(parts) == []


def test_a_full_disk_stores_nothing_and_room_is_enough_to_go_on(
    postgresql: PostgreSQL, address: str, tmp_path: Path
) -> None:
    name = sa.make_url(address).database
    with a_small_disk(postgresql) as folder:
        postgresql.execute(f"create tablespace small location '{folder / 'data'}'")
        postgresql.execute(f'alter database "{name}" set tablespace small')
        with an_lrs(address, tmp_path) as (client, parts):
            stored = fill_up(client, folder / "ballast")
            assert is_told_to_try_again(client.post(large_batch()))
            assert len(client.found()) == min(100, stored)
            (folder / "ballast").unlink()
            assert client.post(large_batch()).status_code == 200
            assert (head(parts), faults(parts)) == (stored + 20, [])
        postgresql.drop_database(address)
        postgresql.execute("drop tablespace small")


def fill_up(client: Client, ballast: Path) -> int:
    """Leave the disk a little room, and post until it is used up; returns what was acknowledged."""
    free = shutil.disk_usage(ballast.parent).free
    ballast.write_bytes(bytes(free - 4 * 1024 * 1024))
    stored = 0
    for _ in range(200):
        answer = client.post(large_batch())
        if answer.status_code != 200:
            assert is_told_to_try_again(answer)
            return stored
        stored += len(answer.json)
    raise AssertionError("the disk was never full")


def large_batch() -> list[dict[str, Any]]:
    return [a_statement(id=an_id(), result={"response": "x" * 20_000}) for _ in range(20)]


@contextmanager
def a_small_disk(server: PostgreSQL) -> Iterator[Path]:
    """A disk of 48 MB of the test's own, with a folder `data` that the server may write."""
    folder = Path(tempfile.mkdtemp(prefix="leerspoor-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m,mode=755", "tmpfs", str(folder)]
    made = subprocess.run(mount, capture_output=True)
    if made.returncode != 0:
        folder.rmdir()
        is_missing(f"a small disk cannot be mounted: {made.stderr.decode().strip()}")
    try:
        (folder / "data").mkdir()
        server.give(folder / "data")
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


class Sender(threading.Thread):
    """Posts batches of five, again when told to, and goes on to the next when one was acknowledged."""

    def __init__(self, server: Server, number: int) -> None:
        super().__init__()
        self.server, self.number = server, number
        self.batches: list[list[str]] = []
        self.acknowledged = 0
        self.statuses: set[int] = set()
        self.stop = False

    def run(self) -> None:
        while not self.stop:
            batch = [
                a_statement(id=f"00000000-0000-4000-{self.number:04x}-{len(self.batches):011x}{i}")
                for i in range(5)
            ]
            self.batches.append([s["id"] for s in batch])
            while not self.stop:
                status = self.server.post(batch)[0]
                self.statuses.add(status)
                if status == 200:
                    self.acknowledged += 1
                    break
                time.sleep(0.05)


def test_a_killed_server_that_comes_back_has_all_that_was_acknowledged(tmp_path: Path) -> None:
    database = PostgreSQL()
    database.start()
    address = database.new_database()
    try:
        with Server(tmp_path / "home", database=address) as lrs:
            senders = [Sender(lrs, n) for n in range(8)]
            for sender in senders:
                sender.start()
            for _ in range(3):
                await_progress(senders)
                database.kill()
                assert lrs.request("GET", "/xAPI/statements")[0] == 503
                database.start()
            await_progress(senders)
            for sender in senders:
                sender.stop = True
                sender.join()
            assert "0 faults" in lrs.run("log", "verify").stdout
        assert set[int]().union(*(s.statuses for s in senders)) == {200, 503}
        there = [row[0] for row in execute(address, "select statement_id from event_log")]
        assert len(there) == len(set(there))
        for sender in senders:
            for number, batch in enumerate(sender.batches):
                found = len(set(there) & set(batch))
                assert found == 5 or (found == 0 and number >= sender.acknowledged)
    finally:
        database.close()


def await_progress(senders: list[Sender]) -> None:
    wanted = sum(s.acknowledged for s in senders) + 40
    wait_for("progress", until=lambda: sum(s.acknowledged for s in senders) >= wanted)
