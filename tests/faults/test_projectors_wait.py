"""A projector whose log or disk is away waits, in the same process, and goes on by itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lrs.settings import Settings
from tests.faults.disk import Disk, a_disk
from tests.lrs.conftest import a_statement
from tests.services.clients import is_missing
from tests.services.postgresql import CannotStart, PostgreSQL
from tests.services.process import Running, await_that
from tests.services.server import Server
from tests.services.test_members import positions
from tests.services.topics import logged, store_statements

pytestmark = pytest.mark.services

SMALL: dict[str, Any] = {
    "duckdb_threads": 1,
    "publish_parquet": "no",
    "publish_seconds": 1,
    "poll_seconds": 0.1,
}


@pytest.fixture
def disk() -> Iterator[Disk]:
    with a_disk("tables", 192) as made:
        yield made


def say(home: Path, count: int) -> None:
    store_statements(home, "default", [a_statement() for _ in range(count)])


def is_folded(tables: Path, log: Path) -> bool:
    heads = {store: found[-1] for store, found in logged(log).items()}
    return positions(tables) == heads


def test_a_full_disk_is_waited_for(tmp_path: Path, disk: Disk) -> None:
    log, tables = tmp_path / "log", disk.folder
    say(log, 50)
    address = Settings(home=log).database_url
    projector = Running(tables, "project", "run", database=address, **SMALL)
    projector.log = tmp_path / "projector.log"  # not on the disk that is filled
    with projector:
        await_that("all is in the tables", lambda: is_folded(tables, log))
        disk.fill()
        say(log, 500)
        await_that("it tells", lambda: "waiting for room on the disk" in projector.told)
        disk.make_room()
        await_that("all is in the tables", lambda: is_folded(tables, log))
        assert projector.stop() == 0
    assert "Traceback" not in projector.told


def test_a_database_that_is_restarted_is_waited_for(tmp_path: Path) -> None:
    try:
        database = PostgreSQL()
    except CannotStart as problem:
        is_missing(str(problem))
    try:
        database.start()
        settings: dict[str, Any] = {
            "database": database.new_database(),
            "agent_key_secret": "a secret",
            **SMALL,
        }
        with (
            Server(tmp_path / "home", **settings) as lrs,
            Running(tmp_path / "tables", "project", "run", **settings) as projector,
        ):
            assert lrs.post([a_statement() for _ in range(20)])[0] == 200
            await_that("folded", lambda: positions(tmp_path / "tables") == {"default": 20})
            database.kill()
            await_that("it tells", lambda: "waiting: the log cannot be read now" in projector.told)
            database.start()
            await_that("stored", lambda: lrs.post([a_statement() for _ in range(20)])[0] == 200)
            await_that("folded", lambda: positions(tmp_path / "tables") == {"default": 40})
            assert projector.stop() == 0
        assert "Traceback" not in projector.told
    finally:
        database.close()
