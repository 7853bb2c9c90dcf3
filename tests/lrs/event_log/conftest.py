"""An empty event log, in each kind of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lrs.event_log.database import Database, open_database
from lrs.event_log.migrate import migrate
from tests.lrs.installation import Installation


@pytest.fixture
def address(tmp_path: Path, installation: Installation) -> str:
    """Of an empty database."""
    home = tmp_path / "log"
    return installation.database(home, migrated=False) or f"sqlite:///{home / 'log.sqlite'}"


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    database = open_database(address)
    migrate(database)
    yield database
    database.close()
