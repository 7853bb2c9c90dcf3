"""What other stores got wrong, as a client would notice it."""

import base64
import json
import threading
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from lrs.app import create_app
from lrs.http.parts import NAME, Parts
from lrs.settings import Settings
from tests.lrs.conftest import Client, a_client, a_statement, an_id

CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}


def a_voiding(target: str, **members: Any) -> dict[str, Any]:
    return a_statement(verb=VOIDED, object={"objectType": "StatementRef", "id": target}, **members)


def again(settings: Settings, client: Client) -> Client:
    """The same client after the server was started anew."""
    return Client(create_app(settings), client.key, client.secret)


def test_a_more_link_survives_a_restart(settings: Settings, client: Client) -> None:
    client.post([a_statement() for _ in range(3)])
    more = client.get(limit=2).json["more"]
    later = again(settings, client)
    assert len(later.send("GET", more).json["statements"]) == 1
    later.app.extensions[NAME].database.close()


def test_a_more_link_stands_under_the_path_of_a_proxy(settings: Settings, client: Client) -> None:
    client.post([a_statement() for _ in range(3)])
    behind = again(replace(settings, public_url="https://school.example.org/leren/lrs/"), client)
    assert behind.get(limit=2).json["more"].startswith("/leren/lrs/xAPI/statements?")
    behind.app.extensions[NAME].database.close()


def test_consistent_through_never_steps_over_a_slow_append(client: Client, shared: Parts) -> None:
    client.post(a_statement())
    one, told = an_id(), []
    with shared.database.writing():  # somebody else's append is under way
        sender = threading.Thread(target=lambda: client.post(a_statement(id=one)))
        sender.start()
        told = [client.get().headers[CONSISTENT_THROUGH] for _ in range(3)]
    sender.join()
    stored = client.get(statementId=one).json["stored"]
    assert max(told) < stored
    assert client.get().headers[CONSISTENT_THROUGH] >= stored


def test_consistent_through_moves_on_while_nothing_is_written(client: Client) -> None:
    """A client that waits for what it sent, and was refused, would otherwise wait for ever."""
    client.post(a_statement())
    first, second = (client.get().headers[CONSISTENT_THROUGH] for _ in range(2))
    assert first < second


@pytest.mark.parametrize("query", [{"limit": "x"}, {"statementId": "no uuid"}, {"statementId": an_id()}])
def test_consistent_through_is_on_errors_too(client: Client, query: dict[str, str]) -> None:
    answer = client.get(**query)
    assert answer.status_code >= 400
    assert answer.headers[CONSISTENT_THROUGH]


@pytest.mark.parametrize("voided_first", [True, False])
def test_a_voiding_and_its_target_may_come_in_one_batch(client: Client, voided_first: bool) -> None:
    target = a_statement(id=an_id())
    batch = [target, a_voiding(target["id"], id=an_id())]
    assert client.post(batch[::-1] if voided_first else batch).status_code == 200
    assert client.get(statementId=target["id"]).status_code == 404
    assert client.get(voidedStatementId=target["id"]).status_code == 200


def test_a_voiding_of_what_is_not_there_yet_is_taken(client: Client) -> None:
    assert client.post(a_voiding(an_id())).status_code == 200


def test_what_refers_to_a_voided_statement_is_still_found_by_it(client: Client) -> None:
    target = a_statement(id=an_id(), object={"id": "https://example.org/activities/voided"})
    comment = a_statement(id=an_id(), object={"objectType": "StatementRef", "id": target["id"]})
    void = a_voiding(target["id"], id=an_id())
    client.post([target, comment, void])
    assert client.found(activity="https://example.org/activities/voided") == [void["id"], comment["id"]]


def test_one_registration_is_found_in_either_case(client: Client) -> None:
    registration = "ABCDEF00-0000-4000-8000-00000000000A"
    one, other = an_id(), an_id()
    client.post([a_statement(id=one, context={"registration": registration}),
                 a_statement(id=other, context={"registration": registration.lower()})])  # fmt: skip
    assert client.found(registration=registration) == client.found(registration=registration.lower())
    assert len(client.found(registration=registration)) == 2


def test_iris_are_compared_as_strings(client: Client) -> None:
    client.post(a_statement(object={"id": "https://example.org/A"}))
    assert client.found(activity="https://example.org/a") == []
    assert len(client.found(activity="https://example.org/A")) == 1


def test_a_nul_in_a_statement_breaks_no_answer(client: Client) -> None:
    one = an_id()
    body = json.dumps(
        a_statement(id=one, result={"response": "a\0b"}, actor={"mbox": "mailto:n@e.org", "name": "\0"})
    )
    assert client.post(body.encode()).status_code == 200
    for query in ({}, {"agent": '{"mbox":"mailto:n@e.org"}'}, {"verb": a_statement()["verb"]["id"]}):
        assert client.found(**query) == [one]
    assert client.get(statementId=one).json["result"]["response"] == "a\0b"


@pytest.mark.parametrize("body", [rb'"\ud800"', b'"\xed\xa0\x80"', rb'"\udc00\ud800"'])
def test_half_a_surrogate_pair_is_refused_with_a_reason(client: Client, body: bytes) -> None:
    statement = json.dumps(a_statement(result={"response": "?"})).encode().replace(b'"?"', body)
    answer = client.post(statement)
    assert (answer.status_code, bool(answer.json["error"])) == (400, True)
    assert client.found() == []


def test_long_iris_names_and_parameters_are_taken(client: Client) -> None:
    name, iri = "n" * 5000, "https://example.org/" + "i" * 5000
    agent = {"account": {"homePage": iri, "name": name}}
    assert client.post(a_statement(actor=agent, object={"id": iri}, verb={"id": iri})).status_code == 200
    for query in ({"agent": json.dumps(agent)}, {"activity": iri}, {"verb": iri}):
        assert len(client.found(**query)) == 1


def test_null_is_refused_but_in_an_extension(client: Client) -> None:
    assert client.post(a_statement(result={"response": None})).status_code == 400
    extensions = {"https://example.org/e": None}
    assert client.post(a_statement(result={"extensions": extensions})).status_code == 200


def test_a_timestamp_in_the_future_is_taken(client: Client) -> None:
    assert client.post(a_statement(timestamp="2999-01-01T00:00:00Z")).status_code == 200


def test_members_of_a_group_are_found_as_agents(client: Client) -> None:
    group = {"objectType": "Group", "member": [{"mbox": "mailto:an@e.org"}, {"mbox": "mailto:bo@e.org"}]}
    client.post(a_statement(actor=group))
    assert len(client.found(agent='{"mbox":"mailto:bo@e.org"}')) == 1


def test_a_wrong_secret_pushes_no_right_one_out_of_memory(settings: Settings, client: Client) -> None:
    remembering = again(replace(settings, credential_seconds=60), client)
    wrong = Client(remembering.app, client.key, "wrong")
    for _ in range(3):
        assert remembering.get().status_code == 200
        assert wrong.get().status_code == 401
    remembering.app.extensions[NAME].database.close()


def test_batches_side_by_side_on_the_same_activities_all_succeed(app: Flask, shared: Parts) -> None:
    clients, statuses = [a_client(app, shared) for _ in range(4)], list[int]()

    def send(client: Client) -> None:
        for _ in range(5):
            statuses.append(client.post([a_statement() for _ in range(10)]).status_code)

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 20
    assert len(clients[0].found(limit=0)) == 200


@pytest.mark.parametrize("key", ["\0", "key\0", "\ud83d\ude00", "k" * 5000])
def test_a_key_that_no_credential_has_is_401_whatever_it_is_made_of(client: Client, key: str) -> None:
    basic = base64.b64encode(f"{key}:secret".encode("utf-8", "surrogatepass")).decode()
    answer = client.send("GET", "/xAPI/statements", headers={"Authorization": f"Basic {basic}"})
    assert (answer.status_code, answer.json["rule"]) == (401, "credentials")
