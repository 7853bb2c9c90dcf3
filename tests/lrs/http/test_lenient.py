"""A credential may be forgiven the quirks of its client: a short list, off by default."""

from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lrs.credential.credentials import create_credential, set_credential
from lrs.http.parts import Parts
from tests.lrs.conftest import Client, a_statement, an_id

ACTIVITY = "https://example.org/activities/1"
AGENT = '{"mbox":"mailto:an@example.org"}'
BUST = {"cachebuster": "1633718350"}
STATE = {"activityId": ACTIVITY, "agent": AGENT, "stateId": "s"}
ANYTHING = [
    ("GET", "statements", {}),
    ("POST", "statements", {}),
    ("GET", "statements", {"statementId": an_id()}),
    ("PUT", "statements", {"statementId": an_id()}),
    ("GET", "activities", {"activityId": ACTIVITY}),
    ("GET", "agents", {"agent": AGENT}),
    ("PUT", "activities/state", STATE),
    ("GET", "activities/state", {"activityId": ACTIVITY, "agent": AGENT}),
    ("DELETE", "activities/state", STATE),
    ("GET", "activities/profile", {"activityId": ACTIVITY}),
    ("GET", "agents/profile", {"agent": AGENT}),
]


@pytest.fixture
def lenient(app: Flask, shared: Parts) -> Client:
    made, secret = create_credential(shared.database, lenient=True)
    return Client(app, made.key, secret)


def ask(client: Client, method: str, resource: str, query: dict[str, Any], body: Any = None) -> TestResponse:
    if body is None and method in ("PUT", "POST"):
        body = a_statement() if resource == "statements" else {"page": 1}
    return client.send(method, f"/xAPI/{resource}?{urlencode(query)}", body)


@pytest.mark.parametrize(("method", "resource", "query"), ANYTHING)
def test_an_unknown_parameter_is_ignored_for_a_lenient_credential_only(
    client: Client, lenient: Client, method: str, resource: str, query: dict[str, Any]
) -> None:
    refused = ask(client, method, resource, query | BUST)
    assert (refused.status_code, refused.json["rule"]) == (400, "parameter-cachebuster")
    plain = ask(lenient, method, resource, query)
    forgiven = ask(lenient, method, resource, query | BUST)
    assert forgiven.status_code == plain.status_code
    assert forgiven.status_code in (200, 204, 404)


def test_a_filter_beside_one_that_is_ignored_still_filters(lenient: Client) -> None:
    kept, other = an_id(), an_id()
    verb = {"id": "http://adlnet.gov/expapi/verbs/passed"}
    lenient.post([a_statement(id=kept, verb=verb), a_statement(id=other)])
    assert lenient.found(verb=verb["id"], **BUST) == [kept]


@pytest.mark.parametrize("name", ["stateid", "STATEID", "Agent"])
def test_a_known_parameter_in_another_case_is_refused_and_deletes_nothing(lenient: Client, name: str) -> None:
    for state in ("s", "t"):
        ask(lenient, "PUT", "activities/state", STATE | {"stateId": state})
    wrong = {"activityId": ACTIVITY, "agent": AGENT, name: "s"}
    assert ask(lenient, "DELETE", "activities/state", wrong).json["rule"] == f"parameter-{name}"
    there = ask(lenient, "GET", "activities/state", {"activityId": ACTIVITY, "agent": AGENT})
    assert there.json == ["s", "t"]


def test_a_known_parameter_given_twice_or_wrongly_is_still_refused(lenient: Client) -> None:
    for query in ("limit=1&limit=2", "limit=many", "verb=passed", f"statementId={an_id()}&limit=1"):
        assert lenient.send("GET", f"/xAPI/statements?{query}").status_code == 400, query


@pytest.mark.parametrize(
    ("resource", "where"),
    [("activities/profile", {"activityId": ACTIVITY}), ("agents/profile", {"agent": AGENT})],
)
def test_a_new_profile_needs_no_header_from_a_lenient_credential_but_an_old_one_does(
    client: Client, lenient: Client, resource: str, where: dict[str, str]
) -> None:
    document = where | {"profileId": "p"}
    assert ask(client, "PUT", resource, document).json["rule"] == "precondition-missing"
    assert ask(lenient, "PUT", resource, document).status_code == 204
    again = ask(lenient, "PUT", resource, document, {"page": 2})
    assert (again.status_code, again.json["rule"]) == (409, "document-exists")
    assert ask(lenient, "GET", resource, document).json == {"page": 1}


@pytest.mark.parametrize("value", ["True", "False"])
def test_booleans_of_python_are_read_from_a_lenient_credential_only(
    client: Client, lenient: Client, value: str
) -> None:
    first, second = an_id(), an_id()
    lenient.post([a_statement(id=first), a_statement(id=second)])
    assert client.get(ascending=value).json["rule"] == "parameter-ascending"
    assert lenient.found(ascending=value) == lenient.found(ascending=value.lower())
    for wrong in ("TRUE", "1", "yes", ""):
        assert lenient.get(ascending=wrong).status_code == 400


def test_statements_are_held_to_every_rule_all_the_same(lenient: Client) -> None:
    assert lenient.post(a_statement(verb=None)).status_code == 400
    assert lenient.post(a_statement(), content_type="text/plain").json["rule"] == "content-type"
    assert (
        lenient.send("GET", "/xAPI/statements", headers={"X-Experience-API-Version": None}).status_code == 400
    )


def test_leniency_can_be_taken_back(lenient: Client, shared: Parts) -> None:
    assert lenient.get(**BUST).status_code == 200
    assert set_credential(shared.database, lenient.key, lenient=False)
    assert lenient.get(**BUST).status_code == 400
    assert not set_credential(shared.database, "nobody", lenient=True)
