"""`@xapi/cmi5` against a running server: a learning platform launches a unit, the unit reports."""

import base64
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.services.clients import Site, Told, drive
from tests.services.server import Server

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("node_clients")]

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://school.example.org", "name": "0042"}}
UNIT = "https://school.example.org/units/fractions"
REGISTRATION = "0b5a6b7c-1111-4222-8333-444455556666"
SESSION = {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": "session-1"}
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
LAUNCH_DATA = {
    "contextTemplate": {"extensions": SESSION},
    "launchMode": "Normal",
    "moveOn": "CompletedAndPassed",
    "masteryScore": 0.8,
}
PREFERENCES = {"languagePreference": "nl-NL,en", "audioPreference": "off"}


def put(server: Server, path: str, document: Any, **where: Any) -> None:
    """What the platform lays down before it launches."""
    found = {name: w if isinstance(w, str) else json.dumps(w) for name, w in where.items()}
    path = f"/xAPI/{path}?{urlencode(found)}"
    assert server.request("POST", path, json.dumps(document).encode())[0] == 204


@pytest.fixture(scope="module")
def told(server: Server) -> Told:
    state = {"activityId": UNIT, "agent": ACTOR, "registration": REGISTRATION}
    put(server, "activities/state", LAUNCH_DATA, stateId="LMS.LaunchData", **state)
    put(server, "agents/profile", PREFERENCES, agent=ACTOR, profileId="cmi5LearnerPreferences")
    token = base64.b64encode(f"{server.key}:{server.secret}".encode()).decode()
    with Site(answer={"auth-token": token}).serving() as platform:
        launch = {"fetch": f"{platform.address}fetch", "actor": ACTOR, "registration": REGISTRATION}
        return drive("cmi5.mjs", server, launch={**launch, "activityId": UNIT})


def held(server: Server) -> list[dict[str, Any]]:
    query = urlencode({"registration": REGISTRATION, "ascending": "true"})
    statements: list[dict[str, Any]] = json.loads(server.request("GET", f"/xAPI/statements?{query}")[1])[
        "statements"
    ]
    return statements


def test_it_reads_what_the_platform_laid_down(told: Told) -> None:
    assert told["launch data"] == LAUNCH_DATA
    assert told["preferences"] == PREFERENCES


def test_a_whole_session_is_stored_in_its_order(server: Server, told: Told) -> None:
    assert told["initialized"]["status"] == told["terminated"]["status"] == 200
    assert told["not passed"] == {"refused": {"error": "Learner has not met Mastery Score"}}
    verbs = [statement["verb"]["id"].rsplit("/", 1)[-1] for statement in held(server)]
    session = ["initialized", "progressed", "answered", "answered", "passed", "completed", "terminated"]
    assert verbs == [*session, "failed", "completed", "terminated"]
    assert [statement["id"] for statement in held(server)[-3:]] == told["moved on"]


def test_statements_come_back_with_what_cmi5_asks_of_them(server: Server, told: Told) -> None:
    for statement in held(server):
        assert statement["actor"] == ACTOR
        assert SESSION.items() <= statement["context"]["extensions"].items()
    by_verb = {statement["verb"]["id"].rsplit("/", 1)[-1]: statement for statement in held(server)[:7]}
    categories = by_verb["passed"]["context"]["contextActivities"]["category"]
    assert {category["id"] for category in categories} == {CMI5, MOVE_ON}
    assert by_verb["passed"]["result"]["score"] == {"scaled": 0.9}
    assert by_verb["completed"]["result"]["completion"] is True
    assert by_verb["progressed"]["result"]["extensions"] == {
        "https://w3id.org/xapi/cmi5/result/extensions/progress": 50
    }
    assert by_verb["answered"]["object"]["definition"]["correctResponsesPattern"] == ["een[,]twee"]
