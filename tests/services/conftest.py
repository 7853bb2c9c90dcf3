"""What the services tests share: packages are installed once, a server starts once for each file of tests."""

from collections.abc import Iterator

import pytest

from tests.services.clients import install_packages
from tests.services.server import Server


@pytest.fixture(scope="session")
def node_clients() -> None:
    """The public Node clients are installed."""
    install_packages()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("lrs") / "home") as running:
        yield running
