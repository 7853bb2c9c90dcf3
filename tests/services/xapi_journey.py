"""What must be true after the journey of node/xapi_journey.mjs, whatever it ran in."""

import json
from typing import Any
from urllib.parse import urlencode

from tests.services.clients import Told
from tests.services.server import Server

IDS = [f"7d0c1f52-0000-4000-8000-00000000000{n}" for n in range(1, 5)]
ACTIVITY = "https://example.org/activities/fractions-ü"
LEARNER = {"objectType": "Agent", "name": "Noor", "mbox": "mailto:noor@example.org"}


def ids(answer: Any) -> list[str]:
    return [statement["id"] for statement in answer["data"]["statements"]]


def rule(answer: Any) -> str:
    name: str = answer["refused"]["rule"]
    return name


def check_statements(told: Told, version: str) -> None:
    assert "2.0.0" in told["about"]["data"]["version"]
    assert told["one"]["data"] == told["again"]["data"] == IDS[:1]
    assert told["several"]["data"] == IDS[1:]
    assert rule(told["conflict"]) == "statement-immutable"
    assert told["by id"]["data"]["result"]["score"] == {"scaled": 0.85}
    assert ids(told["by verb"]) == [IDS[0], IDS[2]]
    assert ids(told["by agent"]) == [IDS[2]]
    assert ids(told["by activity"]) == IDS[::-1]
    assert ids(told["by registration"]) == [IDS[1]]
    assert ids(told["until long ago"]) == []
    assert (ids(told["first page"]), ids(told["second page"])) == (IDS[:3], IDS[3:])
    assert told["second page"]["data"]["more"] == ""
    # A page of another origin can read these headers only because the answer says so.
    assert told["by verb"]["version"] == version
    assert told["by verb"]["through"] >= told["by verb"]["data"]["statements"][-1]["stored"]


def check_voiding(told: Told) -> None:
    assert told["void"]["status"] == 200
    assert rule(told["voided by id"]) == "not-found"
    assert told["voided"]["data"]["id"] == IDS[1]


def check_what_is_known(told: Told) -> None:
    assert told["activity"]["data"]["definition"]["name"] == {"nl": "Breuken", "en": "Fractions"}
    assert told["person"]["data"]["mbox"] == [LEARNER["mbox"]]


def check_state(told: Told) -> None:
    assert told["state"]["data"] == {"page": 4, "read": True}
    assert told["state ids"]["data"] == ["bookmark"]
    assert told["state changed"]["status"] == 204
    assert rule(told["state stale"]) == "precondition"
    assert rule(told["state gone"]) == "not-found"
    assert told["state, registered"]["data"] == "page 9"
    assert rule(told["state gone, registered"]) == "not-found"


def check_profile(told: Told, kind: str, name: str) -> None:
    assert rule(told[f"{kind} profile exists"]) == "precondition"
    assert told[f"{kind} profile"]["data"] == {"level": 2, "theme": "dark"}
    assert rule(told[f"{kind} profile stale"]) == "precondition"
    assert told[f"{kind} profile then"]["data"] == {"level": 3, "theme": "dark"}
    assert told[f"{kind} profiles"]["data"] == [name]
    assert rule(told[f"{kind} profile gone"]) == "not-found"


def check_the_server(server: Server, told: Told) -> None:
    """What is stored afterwards, asked without the client."""
    status, body = server.request("GET", "/xAPI/statements?ascending=true")
    held = json.loads(body)["statements"]
    assert status == 200
    assert [s["id"] for s in held] == [IDS[0], IDS[2], IDS[3], *told["void"]["data"]]
    assert held[0]["actor"] == LEARNER
    assert held[0]["timestamp"] == "2026-09-01T08:00:00.000Z"
    assert held[-1]["object"] == {"objectType": "StatementRef", "id": IDS[1]}
    where = {"activityId": ACTIVITY, "agent": json.dumps(LEARNER)}
    assert server.request("GET", f"/xAPI/activities/state?{urlencode(where)}") == (200, b"[]")


def check_all(server: Server, told: Told, version: str) -> None:
    check_statements(told, version)
    check_voiding(told)
    check_what_is_known(told)
    check_state(told)
    check_profile(told, "Activity", "settings")
    check_profile(told, "Agent", "preferences")
    check_the_server(server, told)
