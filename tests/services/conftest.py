"""What the services tests share: packages are installed once, a server starts once for each file of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lrs.installation import Installation, on_postgresql
from tests.services.broker import a_broker
from tests.services.clients import install_packages, is_missing
from tests.services.postgresql import CannotStart, PostgreSQL
from tests.services.server import Server


@pytest.fixture(scope="session")
def node_clients() -> None:
    """The public Node clients are installed."""
    install_packages()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("lrs") / "home") as running:
        yield running


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server of our own, which tests may also kill and start again."""
    try:
        server = PostgreSQL()
        server.start()
    except CannotStart as problem:
        is_missing(str(problem))
    yield server
    server.close()


@pytest.fixture(scope="session")
def databases() -> Iterator[Installation]:
    """Databases of a PostgreSQL that tests leave alone."""
    with on_postgresql() as installation:
        yield installation


@pytest.fixture
def database(databases: Installation, tmp_path: Path) -> Iterator[str]:
    """The address of an empty log on PostgreSQL."""
    yield databases.database(tmp_path)
    databases.drop(tmp_path)


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The bootstrap servers of a running Kafka; each test has a topic of its own."""
    with a_broker(tmp_path_factory.mktemp("kafka")) as servers:
        yield servers
