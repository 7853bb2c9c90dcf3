"""What real clients do against xAPI: refused from a strict credential, forgiven a lenient one."""

from pathlib import Path

import pytest

from tests.services.clients import credential, drive
from tests.services.server import Server
from tests.services.xapi_journey import check_all

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("node_clients")]

LAUNCH = {"course": "42", "lang": "nl"}


def test_the_cache_buster_of_xapi_is_forgiven_a_lenient_credential(tmp_path: Path) -> None:
    with Server(tmp_path / "home") as server:
        strict = drive("xapi.mjs", server, version="1.0.3", adapter="axios")
        assert strict["busted"]["refused"]["rule"] == "parameter-cachebuster"
        server.key, server.secret = credential(server, "--lenient", "--store", "elsewhere")
        lenient = drive("xapi.mjs", server, version="1.0.3", adapter="axios")
        check_all(server, lenient, "1.0.3")
        assert lenient["busted"]["data"] == lenient["activity"]["data"]


def test_launch_parameters_on_each_request_of_tincanjs_are_forgiven_a_lenient_credential(
    server: Server,
) -> None:
    strict = drive("tincanjs.mjs", server, extended=LAUNCH)
    assert {strict[name]["refused"]["rule"] for name in ("one", "state put")} == {"parameter-course"}
    assert server.request("GET", "/xAPI/statements")[1] == b'{"statements":[],"more":""}'
    key, secret = credential(server, "--lenient")
    lenient = drive("tincanjs.mjs", server, extended=LAUNCH, key=key, secret=secret)
    refused = {name for name, told in lenient.items() if isinstance(told, dict) and "refused" in told}
    guarded = {"voided by id", "state stale", "Activity profile exists", "Activity profile stale"}
    assert refused == guarded | {"Agent profile exists", "Agent profile stale"}
    assert (lenient["several"], lenient["second page"]["more"]) == (200, "")
