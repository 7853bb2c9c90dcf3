"""A page in a real browser, served by one site, sends to a store on another."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.services.clients import Site, Told, browsing
from tests.services.server import Server
from tests.services.xapi_journey import check_all

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("node_clients")]


def in_a_page(server: Server, folder: Path, **more: str) -> Told:
    """What the page of node/page.html tells of its journey."""
    where = {"endpoint": server.endpoint, "key": server.key, "secret": server.secret, **more}
    with Site().serving() as site, browsing(f"{site.address}page.html?{urlencode(where)}", folder):
        return site.await_told()


@pytest.mark.parametrize(("version", "adapter"), [("1.0.3", "axios"), ("2.0.0", "fetch")])
def test_a_page_of_another_origin_can_do_all_that_a_program_can(
    tmp_path: Path, version: str, adapter: str
) -> None:
    with Server(tmp_path / "home") as server:
        told = in_a_page(server, tmp_path, version=version, adapter=adapter)
        assert "failed" not in told, told
        check_all(server, told, version)


def test_a_page_of_an_origin_that_may_not_ask_reads_nothing_and_stores_nothing(tmp_path: Path) -> None:
    with Server(tmp_path / "home", origins="https://course.example.org") as server:
        told = in_a_page(server, tmp_path, version="1.0.3", adapter="axios")
        assert told["about"] == {"refused": {"error": "Network Error"}}
        assert server.request("GET", "/xAPI/statements")[1] == b'{"statements":[],"more":""}'
