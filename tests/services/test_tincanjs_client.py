"""`tincanjs`, the client of most older content, against a running server."""

import json

import pytest

from tests.services.clients import Told, drive
from tests.services.server import Server

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("node_clients")]

IDS = [f"71000000-0000-4000-8000-00000000000{n}" for n in range(1, 5)]


@pytest.fixture(scope="module")
def told(server: Server) -> Told:
    return drive("tincanjs.mjs", server)


def test_its_statements_are_stored_found_and_paged(told: Told) -> None:
    assert "1.0.2" in told["about"]
    assert (told["one"], told["several"]) == (204, 200)
    assert told["by id"]["result"] == {"duration": "PT12M", "score": {"scaled": 0.85}}
    assert told["by filters"] == {"ids": [IDS[0], IDS[2]], "more": ""}
    assert told["by registration"]["ids"] == [IDS[1]]
    assert (told["first page"]["ids"], told["second page"]) == (IDS[:3], {"ids": IDS[3:], "more": ""})
    assert told["activity"]["id"] == "https://example.org/activities/fractions"


def test_what_it_voids_is_only_found_as_voided(told: Told) -> None:
    assert (told["void"], told["voided"]) == (204, IDS[1])
    assert told["voided by id"]["refused"]["rule"] == "not-found"


def test_its_state_is_put_merged_guarded_by_its_tag_and_dropped(told: Told) -> None:
    assert told["state"]["contents"] == {"page": 4, "read": True}
    assert told["state changed"] == 204
    assert told["state stale"]["refused"]["rule"] == "precondition"
    assert told["state as text"]["contents"] == "twee woorden: één, twee"
    assert sorted(told["state ids"]) == ["bookmark", "note"]
    assert (told["state deleted"], told["state gone"], told["states deleted"]) == (204, None, 204)


@pytest.mark.parametrize("kind", ["Activity", "Agent"])
def test_its_profiles_are_put_merged_guarded_by_their_tag_and_dropped(told: Told, kind: str) -> None:
    assert told[f"{kind} profile exists"]["refused"]["rule"] == "precondition"
    assert told[f"{kind} profile read"]["contents"] == {"level": 2, "theme": "dark"}
    assert told[f"{kind} profile then"]["contents"] == {"level": 3, "theme": "dark"}
    assert told[f"{kind} profile stale"]["refused"]["rule"] == "precondition"
    assert told[f"{kind} profile ids"] == ["p"]
    assert told[f"{kind} profile gone"] is None


def test_the_server_holds_what_it_sent(server: Server, told: Told) -> None:
    held = json.loads(server.request("GET", "/xAPI/statements?ascending=true")[1])["statements"]
    assert [s["id"] for s in held[:3]] == [IDS[0], IDS[2], IDS[3]]
    assert held[0]["version"] == "1.0.0"
    assert held[0]["actor"] == {"objectType": "Agent", "name": "Noor", "mbox": "mailto:noor@example.org"}
    assert held[0]["timestamp"] == "2026-09-01T08:00:00.000Z"
    assert [s["object"].get("id") for s in held[3:]] == [IDS[1]]
