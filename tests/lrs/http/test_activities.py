"""/xAPI/activities: what the store knows of an activity (Communication 2.5)."""

import json
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lrs.app import create_app
from lrs.http.parts import NAME, Parts
from lrs.settings import Settings
from tests.lrs.conftest import Client, a_client, a_statement, an_id

ONE = "https://example.org/activities/1"
CHOICE = {
    "interactionType": "choice",
    "correctResponsesPattern": ["a"],
    "choices": [{"id": "a", "description": {"nl": "ja"}}, {"id": "b"}],
}


def telling(definition: dict[str, Any], activity_id: str = ONE, **members: Any) -> dict[str, Any]:
    return a_statement(object={"id": activity_id, "definition": definition}, **members)


def named(name: str, language: str = "nl") -> dict[str, Any]:
    return {"name": {language: name}}


def ask(client: Client, activity_id: str = ONE) -> TestResponse:
    return client.send("GET", "/xAPI/activities", query_string={"activityId": activity_id})


def definition(client: Client, activity_id: str = ONE) -> Any:
    answer = ask(client, activity_id)
    assert answer.status_code == 200, answer.text
    return answer.json.get("definition")


@pytest.fixture
def elsewhere(app: Flask, settings: Settings, client: Client) -> Iterator[Client]:
    """The same client at another process of the same installation."""
    other = create_app(settings)
    yield Client(other, client.key, client.secret)
    other.extensions[NAME].database.close()


def test_of_an_activity_nobody_heard_of_there_is_its_id(client: Client) -> None:
    answer = ask(client, "https://example.org/unknown")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.json == {"objectType": "Activity", "id": "https://example.org/unknown"}


def test_of_an_activity_nobody_described_there_is_its_id(client: Client) -> None:
    client.post(a_statement(object={"id": ONE}))
    assert ask(client).json == {"objectType": "Activity", "id": ONE}


def test_a_definition_is_answered_as_it_was_sent(client: Client) -> None:
    body = json.dumps(telling({**CHOICE, "extensions": {"https://e.org/x": "?"}}))
    digits = '[1.10,12345678901234567890,{"a":null}]'
    assert client.post(body.replace('"?"', digits).encode()).status_code == 200
    assert digits in ask(client).text
    assert definition(client) == {**CHOICE, "extensions": {"https://e.org/x": json.loads(digits)}}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("order", list(permutations(["nl", "en", "fy"])))
def test_languages_are_put_together_in_whatever_order_they_come(
    client: Client, order: tuple[str, ...], at_once: bool
) -> None:
    told = [telling(named(f"in {language}", language)) for language in order]
    for sent in [told] if at_once else told:
        assert client.post(sent).status_code == 200
    assert definition(client) == {"name": {language: f"in {language}" for language in order}}


def test_the_last_word_of_a_batch_counts_also_when_it_was_said_before(client: Client) -> None:
    client.post([telling(named(name)) for name in "aba"])
    assert definition(client) == named("a")


def test_what_is_told_in_the_context_counts_and_what_a_sub_statement_tells_does_not(client: Client) -> None:
    context = {
        "contextActivities": {"parent": [{"id": "https://example.org/parent", "definition": named("p")}]}
    }
    inner = telling(named("inner"), objectType="SubStatement")
    client.post([a_statement(context=context), a_statement(object=inner)])
    assert definition(client, "https://example.org/parent") == named("p")
    assert definition(client) is None


def test_a_voided_statement_still_told_what_the_activity_is(client: Client) -> None:
    one = an_id()
    client.post(telling(named("a"), id=one))
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    client.post(a_statement(verb=voided, object={"objectType": "StatementRef", "id": one}))
    assert definition(client) == named("a")


def test_a_statement_that_was_refused_told_nothing(client: Client) -> None:
    one = an_id()
    assert client.post(telling(named("a"), id=one)).status_code == 200
    refused = telling(named("b"), id=one, verb={"id": "https://example.org/another"})
    assert client.post([telling(named("c")), refused]).status_code == 409
    assert client.post([telling(named("d")), {"no": "statement"}]).status_code == 400
    assert definition(client) == named("a")


@pytest.mark.parametrize(
    "scopes", [("statements/write", "statements/read"), ("statements/write", "all/read")]
)
def test_who_may_not_define_is_not_heard(
    app: Flask, shared: Parts, client: Client, scopes: tuple[str, ...]
) -> None:
    writer = a_client(app, shared, *scopes)
    assert writer.post(telling(named("a"))).status_code == 200
    assert definition(client) is definition(writer) is None
    client.post(telling(named("b")))
    writer.post(telling({"type": "https://example.org/t"}))
    assert definition(client) == definition(writer) == named("b")
    assert writer.get(format="canonical").json["statements"][0]["object"]["definition"] == named("b")


def test_who_may_define_is_heard(app: Flask, shared: Parts, client: Client) -> None:
    a_client(app, shared, "statements/write", "define").post(telling(named("a")))
    assert definition(client) == named("a")


def test_two_processes_know_what_the_other_was_told(client: Client, elsewhere: Client) -> None:
    for sender, name in ((client, "a"), (client, "a"), (elsewhere, "b"), (client, "a"), (elsewhere, "b")):
        assert sender.post(telling(named(name))).status_code == 200
        assert definition(client) == definition(elsewhere) == named(name)


def test_stores_do_not_see_each_other(app: Flask, shared: Parts, client: Client) -> None:
    other = a_client(app, shared, store="other")
    client.post(telling(named("ours")))
    assert definition(other) is None
    other.post(telling(named("theirs")))
    assert (definition(client), definition(other)) == (named("ours"), named("theirs"))


@pytest.mark.parametrize(
    ("scope", "status"),
    [("statements/read", 200), ("all/read", 200), ("all", 200), ("statements/read/mine", 403), ("state", 403),
     ("profile", 403), ("define", 403), ("statements/write", 403)],
)  # fmt: skip
def test_it_is_for_who_may_read_statements(app: Flask, shared: Parts, scope: str, status: int) -> None:
    assert ask(a_client(app, shared, scope)).status_code == status


@pytest.mark.parametrize(
    ("query", "wrong"),
    [({}, "activityId"), ({"activityId": "no iri"}, "activityId"), ({"activityId": ""}, "activityId"),
     ({"activityId": [ONE, ONE]}, "activityId"), ({"activityId": ONE, "agent": "{}"}, "agent")],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client: Client, query: dict[str, Any], wrong: str) -> None:
    answer = client.send("GET", "/xAPI/activities", query_string=query)
    assert (answer.status_code, answer.json["path"]) == (400, f"?{wrong}")


def test_head_has_no_body_and_nothing_else_is_answered(client: Client) -> None:
    query = {"activityId": ONE}
    head = client.send("HEAD", "/xAPI/activities", query_string=query)
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(ask(client).data))
    for method in ("PUT", "POST", "DELETE"):
        assert client.send(method, "/xAPI/activities", query_string=query).status_code == 405
