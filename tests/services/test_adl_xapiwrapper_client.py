"""`adl-xapiwrapper` against a running server."""

import json

import pytest

from tests.services.clients import Told, credential, drive
from tests.services.server import Server

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("node_clients")]

IDS = [f"a1000000-0000-4000-8000-00000000000{n}" for n in range(1, 4)]


@pytest.fixture(scope="module")
def told(server: Server) -> Told:
    return drive("adl_xapiwrapper.mjs", server)


def ids(answer: Told) -> list[str]:
    return [statement["id"] for statement in answer["data"]["statements"]]


def test_it_finds_the_server_fit(told: Told) -> None:
    assert told["configuration"] is True


def test_its_statements_are_stored_found_paged_and_voided(told: Told) -> None:
    assert told["one"] == {"status": 200, "data": IDS[:1]}
    assert told["several"]["data"] == IDS[1:]
    assert told["by id"]["data"]["verb"]["id"] == "http://adlnet.gov/expapi/verbs/passed"
    assert (ids(told["first page"]), ids(told["second page"])) == ([IDS[2]], [IDS[0]])
    assert (told["void"]["status"], told["voided"]["data"]["id"]) == (200, IDS[0])
    assert told["activity"]["data"]["id"] == "https://example.org/activities/fractions"
    assert told["person"]["data"]["mbox"] == ["mailto:noor@example.org"]


def test_its_state_is_merged_and_guarded_by_a_tag_with_or_without_quotes(told: Told) -> None:
    assert told["state exists"]["status"] == 412
    assert told["state"]["data"] == {"page": 3, "read": True}
    assert told["state then"]["data"] == {"page": 5, "read": True}
    assert (told["state of old"]["status"], told["state by hash"]["status"]) == (412, 204)
    assert sorted(told["state ids"]["data"]) == ["bookmark", "note"]


@pytest.mark.parametrize("kind", ["Activity", "Agent"])
def test_its_profiles_are_put_and_guarded_by_their_tag(told: Told, kind: str) -> None:
    assert told[f"{kind} profile exists"]["status"] == 412
    assert told[f"{kind} profile"]["data"] == ["a", "list"]
    assert told[f"{kind} profile then"]["data"] == "text"
    assert told[f"{kind} profiles"]["data"] == ["p"]


def test_the_server_holds_what_it_sent(server: Server, told: Told) -> None:
    held = json.loads(server.request("GET", "/xAPI/statements?ascending=true")[1])["statements"]
    assert [s["id"] for s in held] == [IDS[1], IDS[2], *told["void"]["data"]]
    assert held[0]["actor"] == {"mbox": "mailto:noor@example.org", "name": "Noor"}
    assert held[-1]["object"] == {"objectType": "StatementRef", "id": IDS[0]}


def test_a_new_profile_without_a_tag_is_refused_unless_its_credential_is_lenient(
    server: Server, told: Told
) -> None:
    assert told["without a tag"]["data"]["rule"] == "precondition-missing"
    key, secret = credential(server, "--lenient", "--store", "elsewhere")
    forgiven = drive("adl_xapiwrapper.mjs", server, key=key, secret=secret)
    assert forgiven["without a tag"]["status"] == 204
    assert forgiven["Agent profile exists"]["status"] == 412
