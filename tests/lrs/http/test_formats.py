"""GET statements in the formats and for the versions that clients ask for."""

import json
from typing import Any

import pytest
from flask import Flask

from tests.lrs.conftest import Client, a_client, a_statement, an_id

ACTIVITY = {
    "id": "https://example.org/activities/breuken",
    "definition": {
        "name": {"nl-BE": "Breuken", "en-US": "Fractions"},
        "type": "https://example.org/types/exercise",
    },
}
VERB = {
    "id": "http://adlnet.gov/expapi/verbs/completed",
    "display": {"nl-BE": "voltooide", "en-US": "completed"},
}


def ask(client: Client, language: str | None = None, **query: Any) -> Any:
    headers = {"Accept-Language": language} if language else {}
    answer = client.send("GET", "/xAPI/statements", query_string=query, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json


@pytest.fixture
def stored(client: Client) -> str:
    one = an_id()
    actor = {"name": "An", "mbox": "mailto:an@example.org"}
    client.post(a_statement(id=one, actor=actor, verb=VERB, object=ACTIVITY))
    return one


def test_exact_is_the_default_and_whole(client: Client, stored: str) -> None:
    for query in ({}, {"format": "exact"}):
        assert ask(client, "en-US", statementId=stored, **query)["object"] == ACTIVITY


def test_ids_hold_only_identifiers(client: Client, stored: str) -> None:
    for found in (
        ask(client, statementId=stored, format="ids"),
        ask(client, format="ids")["statements"][0],
    ):
        assert found["actor"] == {"mbox": "mailto:an@example.org"}
        assert found["verb"] == {"id": VERB["id"]}
        assert found["object"] == {"id": ACTIVITY["id"]}


@pytest.mark.parametrize(
    ("language", "name"),
    [("en-US", "Fractions"), ("fr, nl;q=0.4, en;q=0.3", "Breuken"), ("fr", "Breuken"), (None, "Breuken")],
)
def test_canonical_speaks_the_readers_language(client: Client, stored: str, language: str, name: str) -> None:
    found = ask(client, language, statementId=stored, format="canonical")
    assert list(found["object"]["definition"]["name"].values()) == [name]
    assert len(found["verb"]["display"]) == 1


def test_more_keeps_the_format(client: Client, stored: str) -> None:
    client.post(a_statement())
    more = ask(client, format="ids", limit=1)["more"]
    [second] = client.send("GET", more).json["statements"]
    assert second["verb"] == {"id": VERB["id"]}


def test_an_unknown_format_is_400(client: Client) -> None:
    assert client.get(format="short").status_code == 400


def test_a_client_of_1_0_3_gets_a_statement_of_2_0_that_it_can_read(app: Flask, shared: Any) -> None:
    later, earlier = a_client(app, shared, version="2.0.0"), a_client(app, shared)
    agents = [{"objectType": "contextAgent", "agent": {"mbox": "mailto:bo@example.org"}}]
    one = an_id()
    sent = a_statement(id=one, version="2.0.0", context={"contextAgents": agents, "language": "nl"})
    assert later.post(sent).status_code == 200
    assert ask(later, statementId=one)["context"]["contextAgents"] == agents
    back = ask(earlier, statementId=one)
    assert (back["context"], back["version"]) == ({"language": "nl"}, "1.0.3")


def test_a_lone_context_activity_comes_back_in_a_list(client: Client) -> None:
    one = an_id()
    client.post(
        a_statement(id=one, context={"contextActivities": {"parent": {"id": "https://example.org/p"}}})
    )
    assert ask(client, statementId=one)["context"]["contextActivities"] == {
        "parent": [{"id": "https://example.org/p"}]
    }
    assert json.loads(client.get(statementId=one, format="ids").text)["context"]["contextActivities"][
        "parent"
    ]
