"""Where the LRS of a test keeps its event log: each kind of database in turn."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa

from lrs.app import bring_up_to_date
from lrs.event_log.database import open_database
from lrs.profile.files import read_profiles
from lrs.settings import Settings
from lrs.statement.agent_key import AgentKeys
from tests.services.clients import is_missing
from tests.services.postgresql import CannotStart, PostgreSQL, Running, start_postgresql

SQLITE, POSTGRESQL = "sqlite", "postgresql"


class Installation:
    """Settings by home folder: on one home, one database. On SQLite it lies in that home."""

    def __init__(self, server: PostgreSQL | Running | None = None) -> None:
        self._server = server
        self._databases: dict[Path, str] = {}
        self._template = ""
        self._migrated_file = b""

    def __call__(self, home: Path, **members: Any) -> Settings:
        return Settings(home=home, database=self.database(home), **members)

    def database(self, home: Path, *, migrated: bool = True) -> str:
        """What LRS_DATABASE is for a home; a new home gets an empty log, or no tables at all."""
        if self._server is None:
            if migrated:
                self._copy_file(home)
            return ""
        if home not in self._databases:
            template = self._migrated(self._server) if migrated else None
            self._databases[home] = self._server.new_database(template)
        return self._databases[home]

    # A copy takes a twentieth of the time that the migrations take.

    def _copy_file(self, home: Path) -> None:
        file = file_of(Settings(home=home))
        if file.exists():
            return
        if not self._migrated_file:
            with TemporaryDirectory() as folder:
                template = Settings(home=Path(folder))
                _migrate(template.database_url)
                self._migrated_file = file_of(template).read_bytes()
        home.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self._migrated_file)

    def _migrated(self, server: PostgreSQL | Running) -> str:
        if not self._template:
            self._template = server.new_database()
            _migrate(self._template)
        return self._template

    def homes(self) -> set[Path]:
        return set(self._databases)

    def drop(self, home: Path) -> None:
        """Take the database of a home away, unless somebody is still connected to it."""
        assert self._server is not None
        with suppress(sa.exc.OperationalError):
            self._server.drop_database(self._databases[home])
            del self._databases[home]


def file_of(settings: Settings) -> Path:
    """Where SQLite keeps the log of these settings."""
    return Path(sa.make_url(settings.database_url).database or "")


def _migrate(address: str) -> None:
    database = open_database(address)
    bring_up_to_date(database, AgentKeys(b"of no agent", 1), read_profiles(None))
    database.close()


@pytest.fixture(
    scope="session",
    params=[SQLITE, pytest.param(POSTGRESQL, marks=pytest.mark.services)],
    name="installation",
)
def each_installation(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """One contract, every database: what uses this runs on SQLite in the fast ring, on PostgreSQL too with services."""
    if request.param == SQLITE:
        yield Installation()
        return
    with on_postgresql() as installation:
        yield installation


@contextmanager
def on_postgresql() -> Iterator[Installation]:
    """Databases of the environment's PostgreSQL, one of our own, or a container's; skips where none can be started."""
    try:
        server = start_postgresql()
    except CannotStart as problem:
        is_missing(str(problem))
    yield Installation(server)
    server.close()


@pytest.fixture(autouse=True)
def databases_of_one_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Databases that a test made are dropped after it, so that a long run does not fill the disk."""
    if "installation" not in request.fixturenames:
        yield
        return
    installation: Installation = request.getfixturevalue("installation")
    before = installation.homes()
    yield
    for home in installation.homes() - before:
        installation.drop(home)
