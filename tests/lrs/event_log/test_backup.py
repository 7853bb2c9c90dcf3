"""A log is copied while it is written to, and put back where there is none."""

import json
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lrs.app import create_app, open_parts
from lrs.event_log.append import read_head
from lrs.event_log.backup import ABOUT, LOG, SECRET, BackupImpossible, back_up, restore
from lrs.event_log.verify import verify
from lrs.http.parts import NAME
from lrs.settings import Settings
from tests.lrs.conftest import Client, a_client, a_statement


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    app = create_app(Settings(home=tmp_path / "home"), joined=())
    yield a_client(app, app.extensions[NAME])
    app.extensions[NAME].database.close()


@pytest.fixture
def home(client: Client) -> Path:
    settings: Settings = client.app.extensions[NAME].settings
    return settings.home


def url(home: Path) -> str:
    return Settings(home=home).database_url


def statements(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / LOG)) as connection:
        return [body for (body,) in connection.execute("select body from event_payload order by position")]


def test_a_backup_while_it_is_written_to_is_one_moment_of_the_log(
    client: Client, home: Path, tmp_path: Path
) -> None:
    client.post([a_statement(result={"response": "x" * 20_000}) for _ in range(400)])
    positions, posting = [], threading.Event()

    def write_between(done: int, of: int) -> None:
        if not posting.is_set():  # from within the copy: it has begun, and is not done
            posting.set()
            assert done < of
            for _ in range(5):
                assert client.post(a_statement()).status_code == 200

    positions.append(back_up(url(home), home, tmp_path / "one", write_between).position)
    positions.append(back_up(url(home), home, tmp_path / "two").position)
    assert posting.is_set()
    assert positions == [400, 405]
    assert restore(tmp_path / "one", url(tmp_path / "new"), tmp_path / "new").position == 400
    assert statements(tmp_path / "new") == statements(home)[:400]


def test_what_is_restored_verifies_and_takes_statements_again(
    client: Client, home: Path, tmp_path: Path
) -> None:
    client.post([a_statement(), a_statement()])
    back_up(url(home), home, tmp_path / "backup")
    restore(tmp_path / "backup", url(tmp_path / "new"), tmp_path / "new")
    with open_parts(Settings(home=tmp_path / "new")).database.reading() as connection:
        assert not [found for found in verify(connection) if not isinstance(found, int)]
        assert read_head(connection).position == 2
    app = create_app(Settings(home=tmp_path / "new"), joined=())
    again = Client(app, client.key, client.secret)
    assert again.post(a_statement()).status_code == 200
    assert len(again.found()) == 3
    app.extensions[NAME].database.close()


def test_an_empty_log_is_a_backup_too(home: Path, tmp_path: Path) -> None:
    assert back_up(url(home), home, tmp_path / "backup").position == 0
    assert restore(tmp_path / "backup", url(tmp_path / "new"), tmp_path / "new").position == 0


def test_nobody_else_can_read_it(client: Client, home: Path, tmp_path: Path) -> None:
    back_up(url(home), home, tmp_path / "backup")
    restore(tmp_path / "backup", url(tmp_path / "new"), tmp_path / "new")
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o700
    for path in (tmp_path / "new" / LOG, tmp_path / "new" / SECRET):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_configured_secret_is_not_in_it(client: Client, home: Path, tmp_path: Path) -> None:
    os.unlink(home / SECRET)
    about = back_up(url(home), home, tmp_path / "backup")
    assert not about.has_secret
    assert sorted(path.name for path in (tmp_path / "backup").iterdir()) == [ABOUT, LOG]


def test_a_backup_is_a_new_folder_or_nothing(home: Path, tmp_path: Path) -> None:
    back_up(url(home), home, tmp_path / "backup")
    with pytest.raises(BackupImpossible, match="exists"):
        back_up(url(home), home, tmp_path / "backup")
    with pytest.raises(BackupImpossible, match="there is no log"):
        back_up(url(tmp_path / "nowhere"), home, tmp_path / "other")
    with pytest.raises(RuntimeError, match="cut off"):
        back_up(url(home), home, tmp_path / "other", _cut_off)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "home"]


def _cut_off(done: int, of: int) -> None:
    raise RuntimeError("cut off")


def test_postgresql_is_told_how_it_is_done_there(tmp_path: Path) -> None:
    for act in (lambda: back_up("postgresql://db/x", tmp_path, tmp_path / "b"),):
        with pytest.raises(BackupImpossible, match="pg_dump"):
            act()
    with pytest.raises(BackupImpossible, match="pg_dump"):
        restore(tmp_path, "postgresql://db/x", tmp_path)


def test_a_file_that_is_no_log_is_not_backed_up(tmp_path: Path) -> None:
    (tmp_path / LOG).write_bytes(b"something else" * 1000)
    with pytest.raises(BackupImpossible, match="cannot be"):
        back_up(url(tmp_path), tmp_path, tmp_path / "backup")


@pytest.mark.parametrize("there", [LOG, f"{LOG}-wal", SECRET, "warehouse/default/status.json"])
def test_nothing_is_restored_over_what_is_there(
    client: Client, home: Path, tmp_path: Path, there: str
) -> None:
    back_up(url(home), home, tmp_path / "backup")
    kept = tmp_path / "new" / there
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    with pytest.raises(BackupImpossible, match="exists"):
        restore(tmp_path / "backup", url(tmp_path / "new"), tmp_path / "new")
    assert kept.read_text() == "mine"
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == [kept]


def test_a_backup_that_was_changed_is_not_restored(client: Client, home: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(url(home), home, backup)
    with (backup / LOG).open("r+b") as file:
        file.seek(5000)
        file.write(b"!")
    with pytest.raises(BackupImpossible, match="SHA-256"):
        restore(backup, url(tmp_path / "new"), tmp_path / "new")
    for about in ("{", "[]", json.dumps({"position": 1})):
        (backup / ABOUT).write_text(about)
        with pytest.raises(BackupImpossible, match="no backup"):
            restore(backup, url(tmp_path / "new"), tmp_path / "new")
    assert not (tmp_path / "new").exists()
