"""`@xapi/xapi`, the client of most newer content, against a running server."""

from pathlib import Path

import pytest

from tests.services.clients import drive
from tests.services.server import Server
from tests.services.xapi_journey import check_all

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("node_clients")]


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
@pytest.mark.parametrize("adapter", ["axios", "fetch"])
def test_all_it_offers_works_in_either_version_and_with_either_adapter(
    tmp_path: Path, version: str, adapter: str
) -> None:
    with Server(tmp_path / "home") as server:
        told = drive("xapi.mjs", server, version=version, adapter=adapter)
        check_all(server, told, version)
