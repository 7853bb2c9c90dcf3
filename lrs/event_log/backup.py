"""A copy of an SQLite event log, taken while it is written to, and its way back.

A backup is a folder: `leerspoor.sqlite`, one moment of the log with its index and credentials; `agent_key_secret`, when
it lies in LRS_HOME; `backup.json`, what is in it. Tables and published files are not: they are made again from the log.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

LOG, SECRET, ABOUT = "leerspoor.sqlite", "agent_key_secret", "backup.json"
_PIECE = 1024 * 1024
# So many pages between two words on how far it is; the whole copy is of one moment all the same.
_PAGES = 1024
Progress = Callable[[int, int], None]


class BackupImpossible(RuntimeError):
    """It cannot be backed up, or restored, like this; the text says what to do."""


class About(NamedTuple):
    """What is in a backup: its last position, when that was stored (microseconds), the log file's SHA-256."""

    position: int
    stored: int
    made_at: str
    sha256: str
    has_secret: bool


def back_up(database_url: str, home: Path, into: Path, progress: Progress = lambda done, of: None) -> About:
    """Copy the log of `database_url` and the secret in `home` to a new folder `into`; writers go on meanwhile.

    Raises BackupImpossible when the folder exists, the log is not in SQLite or is not there, or the copy is not sound.
    """
    source = _sqlite_file(database_url)
    if into.exists():
        raise BackupImpossible(f"{into} exists: a backup is a new folder")
    with _made_whole(into) as draft:
        _copy_log(source, draft / LOG, progress)
        position, stored = _check(draft / LOG)
        has_secret = (home / SECRET).exists()
        if has_secret:
            shutil.copyfile(home / SECRET, draft / SECRET)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        about = About(position, stored, now, _sha256(draft / LOG), has_secret)
        (draft / ABOUT).write_text(json.dumps(about._asdict(), indent=1) + "\n")
    return about


def restore(backup: Path, database_url: str, home: Path) -> About:
    """Put a backup in the place of a log that is not there; the folder `home` is made when it is missing.

    Raises BackupImpossible when there is a log, a secret or a warehouse already, or when the backup is not whole.
    """
    target = _sqlite_path(database_url)
    about = read_about(backup)
    if _sha256(backup / LOG) != about.sha256:
        raise BackupImpossible(f"{backup / LOG} is not what was backed up: its SHA-256 differs")
    _refuse_to_overwrite(target, home, about)
    home.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if about.has_secret:
        _place(backup / SECRET, home / SECRET)
    _place(
        backup / LOG, target
    )  # last: a restore that was cut off can be done again once the secret is taken away
    return about


def read_about(backup: Path) -> About:
    """What is in a backup. Raises BackupImpossible for a folder that is none."""
    try:
        return About(**json.loads((backup / ABOUT).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BackupImpossible(f"{backup} is no backup: its {ABOUT} cannot be read") from error


def _sqlite_path(database_url: str) -> Path:
    address = sa.make_url(database_url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise BackupImpossible(
            "this is for a log in SQLite; PostgreSQL has pg_dump and its archive of WAL files: deploy/backup.md"
        )
    return Path(address.database)


def _sqlite_file(database_url: str) -> Path:
    path = _sqlite_path(database_url)
    if not path.exists():
        raise BackupImpossible(f"there is no log at {path}")
    return path


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A folder beside it, only its owner's, that takes its name when all is on disk; it goes when that fails."""
    draft = folder.with_name(f".{folder.name}-{os.getpid()}")
    try:
        draft.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise BackupImpossible(f"{draft} cannot be made ({error.strerror})") from error
    try:
        yield draft
        for path in (*draft.iterdir(), draft):
            _sync(path)
        draft.rename(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _copy_log(source: Path, target: Path, progress: Progress) -> None:
    """SQLite's backup API, from within one reading transaction: all of one moment, however long it takes."""
    os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))
    uri = f"{source.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(uri, uri=True, timeout=30, isolation_level=None)) as reading,
        closing(sqlite3.connect(target)) as copy,
    ):
        try:
            # Held open, it keeps what is written meanwhile in the write-ahead log: the copy never begins anew.
            reading.execute("begin")
            reading.execute("select 1 from sqlite_master limit 1").fetchall()
            reading.backup(copy, pages=_PAGES, progress=lambda _, left, of: progress(of - left, of), sleep=0)
        except sqlite3.Error as error:
            raise BackupImpossible(f"{source} cannot be copied ({error})") from error


def _check(copy: Path) -> tuple[int, int]:
    """The last position of a copy, and when it was stored; read from the copy itself."""
    with closing(sqlite3.connect(copy)) as connection:
        try:
            # One file, without a log beside it: it can be moved, and opens in WAL mode again in its new place.
            connection.execute("pragma journal_mode=delete")
            [found] = connection.execute("pragma quick_check(1)").fetchone()
            last = connection.execute(
                "select position, stored from event_log order by position desc limit 1"
            ).fetchone()
        except sqlite3.Error as error:
            raise BackupImpossible(f"the copy cannot be read ({error})") from error
    if found != "ok":
        raise BackupImpossible(f"the copy is not sound: {found}")
    return (int(last[0]), int(last[1])) if last else (0, 0)


def _refuse_to_overwrite(target: Path, home: Path, about: About) -> None:
    there = [target, target.with_name(f"{target.name}-wal"), home / "warehouse"]
    if about.has_secret:
        there.append(home / SECRET)
    if found := [path for path in there if path.exists()]:
        raise BackupImpossible(
            f"{found[0]} exists: restore into a place without a log, a secret and tables, so that nothing of two logs "
            "is mixed"
        )


def _place(source: Path, target: Path) -> None:
    """A copy that is there whole or not at all, readable by its owner only."""
    draft = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        made = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
        with open(made, "wb") as file, source.open("rb") as content:
            shutil.copyfileobj(content, file, _PIECE)
        _sync(draft)
        os.link(draft, target)  # and never over a file that came meanwhile
        _sync(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise BackupImpossible(f"{path} cannot be read ({error.strerror})") from error
