"""An empty event log in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lrs.event_log.database import Database, open_database
from lrs.event_log.migrate import migrate


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'log.sqlite'}")
    migrate(database)
    yield database
    database.close()
