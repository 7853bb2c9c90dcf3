"""/xAPI/statements as a client meets it."""

import json
import time
from collections.abc import Callable

import pytest
from flask import Flask

from lrs.http.parts import Parts
from tests.lrs.conftest import Client, a_client, a_statement, an_id


def count(shared: Parts) -> int:
    with shared.database.reading() as connection:
        return connection.exec_driver_sql("select count(*) from event_log").scalar_one()


def test_a_posted_statement_comes_back_by_its_id_with_what_the_store_sets(client: Client) -> None:
    (statement_id,) = client.post(a_statement()).json
    found = client.get(statementId=statement_id)
    assert found.status_code == 200
    back = found.json
    assert {name: back[name] for name in ("actor", "verb", "object")} == a_statement()
    assert back["id"] == statement_id
    assert back["version"] == "1.0.0"
    assert back["stored"] == back["timestamp"]
    assert back["authority"]["account"]["name"] == client.key
    assert found.headers["Last-Modified"]


def test_a_batch_answers_all_ids_in_order_and_keeps_its_order(client: Client) -> None:
    ids = [an_id() for _ in range(5)]
    assert client.post([a_statement(id=i) for i in ids]).json == ids
    assert client.found(ascending="true") == ids
    assert client.found() == ids[::-1]


def test_a_batch_is_stored_whole_or_not_at_all(client: Client, shared: Parts) -> None:
    answer = client.post([a_statement(id=an_id()), a_statement(verb={"id": "no iri"})])
    assert answer.status_code == 400
    assert answer.json["index"] == 1
    assert answer.json["path"].startswith("$[1].verb")
    assert {"error", "rule", "spec"} <= set(answer.json)
    assert count(shared) == 0


def test_an_equal_statement_again_is_acknowledged_and_stored_once(client: Client, shared: Parts) -> None:
    statement = a_statement(id=an_id())
    first, second = client.post(statement), client.post(statement)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json == second.json
    assert client.put(statement, statement["id"]).status_code == 204
    assert count(shared) == 1


def test_new_and_equal_statements_of_a_batch_are_all_answered(client: Client, shared: Parts) -> None:
    known = a_statement(id=an_id())
    client.post(known)
    fresh = a_statement(id=an_id())
    assert client.post([fresh, known]).json == [fresh["id"], known["id"]]
    assert count(shared) == 2


def test_the_same_id_with_other_content_is_a_conflict_and_changes_nothing(
    client: Client, shared: Parts
) -> None:
    statement = a_statement(id=an_id())
    client.post(statement)
    other = a_statement(id=statement["id"].upper(), verb={"id": "http://adlnet.gov/expapi/verbs/failed"})
    answer = client.post([a_statement(id=an_id()), other])
    assert answer.status_code == 409
    assert (answer.json["index"], answer.json["rule"]) == (1, "statement-immutable")
    assert count(shared) == 1


def test_the_same_id_twice_in_a_batch_is_refused(client: Client, shared: Parts) -> None:
    statement = a_statement(id=an_id())
    answer = client.post([statement, statement])
    assert (answer.status_code, answer.json["path"]) == (400, "$[1].id")
    assert count(shared) == 0


def test_a_timestamp_of_the_client_only_differs_from_another_one(client: Client) -> None:
    statement = a_statement(id=an_id(), timestamp="2026-01-05T10:00:00Z")
    client.post(statement)
    assert client.post({**statement, "timestamp": "2026-01-05T11:00:00+01:00"}).status_code == 200
    assert (
        client.post({**statement, "timestamp": None} | {"timestamp": "2026-01-05T10:00:01Z"}).status_code
        == 409
    )
    assert client.post(a_statement(id=statement["id"])).status_code == 200


def test_numbers_and_text_come_back_as_sent(client: Client) -> None:
    body = (
        b'{ "actor":{"mbox":"mailto:an@example.org"},"verb":{"id":"http://e.org/v"},"object":{"id":"http://e.org/1"},'
        b'"result":{"score":{"raw":1.10},"extensions":{"http://e.org/n":12345678901234567890,"http://e.org/t":"\\u00e9"}}}'
    )
    (statement_id,) = client.post(body).json
    text = client.get(statementId=statement_id).text
    assert '"raw":1.10' in text
    assert "12345678901234567890" in text
    assert '"\\u00e9"' in text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b'"text"', 400),
        (b'{"actor": NaN}', 400),
        (b"\xff\xfe", 400),
        (b'{"a":1,"a":2}', 400),
        (b"[" * 5000, 400),
        (b"[]", 200),
    ],
)
def test_a_body_that_is_no_statement_is_refused_with_a_reason(
    client: Client, body: bytes, status: int
) -> None:
    answer = client.post(body)
    assert answer.status_code == status
    assert status == 200 or answer.json["error"]


def test_put_demands_its_own_id(client: Client) -> None:
    one, other = an_id(), an_id()
    assert client.put(a_statement(), one).status_code == 204
    assert client.get(statementId=one).status_code == 200
    assert client.put(a_statement(id=other), one).status_code == 400
    assert client.send("PUT", "/xAPI/statements", a_statement()).status_code == 400
    assert client.put([a_statement()], one).status_code == 400


def test_without_right_credentials_there_is_no_access(client: Client, app: Flask) -> None:
    wrong = Client(app, client.key, "wrong")
    assert wrong.get().status_code == 401
    assert "WWW-Authenticate" in wrong.get().headers
    assert client.send("GET", "/xAPI/statements", headers={"Authorization": None}).status_code == 401
    assert client.send("GET", "/xAPI/statements", headers={"Authorization": "Basic !!!"}).status_code == 401


def test_a_scope_that_is_lacking_is_named(app: Flask, shared: Parts) -> None:
    reader, writer = a_client(app, shared, "statements/read"), a_client(app, shared, "statements/write")
    assert reader.post(a_statement()).status_code == 403
    assert "statements/write" in reader.post(a_statement()).json["error"]
    assert writer.get().status_code == 403


def test_a_credential_for_its_own_statements_sees_only_those(app: Flask, shared: Parts) -> None:
    everyone, mine = a_client(app, shared), a_client(app, shared, "statements/write", "statements/read/mine")
    (theirs,) = everyone.post(a_statement()).json
    (own,) = mine.post(a_statement()).json
    assert mine.found() == [own]
    assert mine.get(statementId=theirs).status_code == 404
    assert set(everyone.found()) == {own, theirs}


def test_stores_do_not_see_each_other(app: Flask, shared: Parts) -> None:
    north, south = a_client(app, shared, store="north"), a_client(app, shared, store="south")
    statement = a_statement(id=an_id())
    assert north.post(statement).status_code == 200
    assert south.post(a_statement(id=statement["id"], result={"success": True})).status_code == 200
    assert north.get(statementId=statement["id"]).json.get("result") is None
    assert len(south.found()) == 1


@pytest.mark.parametrize("version", ["1.0", "1.0.0", "1.0.3", "1.0.9"])
def test_every_1_0_version_is_answered_as_1_0_3(client: Client, version: str) -> None:
    answer = client.send("GET", "/xAPI/statements", headers={"X-Experience-API-Version": version})
    assert (answer.status_code, answer.headers["X-Experience-API-Version"]) == (200, "1.0.3")


def test_a_missing_or_unknown_version_is_refused(client: Client) -> None:
    for version in (None, "0.9", "1.1.0", "3.0.0", "x"):
        answer = client.send("GET", "/xAPI/statements", headers={"X-Experience-API-Version": version})
        assert answer.status_code == 400
        assert answer.headers["X-Experience-API-Version"] == "1.0.3"


def test_version_2_is_spoken(app: Flask, shared: Parts) -> None:
    client = a_client(app, shared, version="2.0.0")
    (statement_id,) = client.post(a_statement()).json
    answer = client.get(statementId=statement_id)
    assert answer.headers["X-Experience-API-Version"] == "2.0.0"
    assert answer.json["version"] == "2.0.0"


def test_about_needs_neither_version_nor_credentials(app: Flask) -> None:
    answer = app.test_client().get("/xAPI/about")
    assert answer.status_code == 200
    assert {"1.0.3", "2.0.0"} <= set(answer.json["version"])


def test_each_filter_finds_its_statements(client: Client) -> None:
    registration = "8D0C1B0E-6C2E-4D55-9D2C-0A4A2F0D7C11"
    passed, group = (
        "http://adlnet.gov/expapi/verbs/passed",
        {"mbox": "mailto:group@example.org", "objectType": "Group"},
    )
    plain = an_id()
    client.post(a_statement(id=plain))
    by_verb, by_agent, by_activity, by_registration, in_team = (an_id() for _ in range(5))
    client.post(a_statement(id=by_verb, verb={"id": passed}))
    client.post(a_statement(id=by_agent, actor={"mbox": "mailto:bo@example.org"}))
    client.post(a_statement(id=by_activity, object={"id": "https://example.org/activities/2"}))
    client.post(a_statement(id=by_registration, context={"registration": registration}))
    client.post(
        a_statement(
            id=in_team, context={"team": group, "contextActivities": {"parent": {"id": "http://e.org/p"}}}
        )
    )
    assert client.found(verb=passed) == [by_verb]
    assert client.found(agent=json.dumps({"mbox": "mailto:bo@example.org"})) == [by_agent]
    assert client.found(activity="https://example.org/activities/2") == [by_activity]
    assert client.found(registration=registration.lower()) == [by_registration]
    assert client.found(agent=json.dumps(group)) == []
    assert client.found(agent=json.dumps(group), related_agents="true") == [in_team]
    assert client.found(activity="http://e.org/p") == []
    assert client.found(activity="http://e.org/p", related_activities="true") == [in_team]
    both = {
        "agent": json.dumps({"mbox": "mailto:an@example.org"}),
        "activity": "https://example.org/activities/2",
    }
    assert client.found(**both) == [by_activity]
    assert client.found(verb=passed, agent=json.dumps({"mbox": "mailto:bo@example.org"})) == []


def test_since_excludes_and_until_includes_the_instant(client: Client) -> None:
    ids = client.post([a_statement(id=an_id()) for _ in range(4)]).json
    stored = [client.get(statementId=i).json["stored"] for i in ids]
    assert len(set(stored)) == 4
    assert client.found(since=stored[1]) == [ids[3], ids[2]]
    assert client.found(until=stored[1]) == [ids[1], ids[0]]
    assert client.found(since=stored[0], until=stored[2]) == [ids[2], ids[1]]
    assert client.found(since="2100-01-01T00:00:00Z") == []


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_more_walks_one_moment_of_the_log_while_others_write(client: Client, ascending: str) -> None:
    ids = client.post([a_statement(id=an_id()) for _ in range(7)]).json
    page = client.get(limit=3, ascending=ascending).json
    seen = [s["id"] for s in page["statements"]]
    while page["more"]:
        client.post(a_statement())
        page = client.send("GET", page["more"]).json
        seen += [s["id"] for s in page["statements"]]
    assert seen == (ids if ascending == "true" else ids[::-1])


def test_the_last_page_has_no_more_even_when_it_is_full(client: Client) -> None:
    client.post([a_statement(id=an_id()) for _ in range(4)])
    first = client.get(limit=2).json
    assert client.send("GET", first["more"]).json["more"] == ""


def test_a_more_link_works_for_nobody_with_fewer_rights(app: Flask, shared: Parts, client: Client) -> None:
    client.post([a_statement(id=an_id()) for _ in range(4)])
    link = client.get(limit=2).json["more"]
    assert a_client(app, shared, store="south").send("GET", link).status_code == 400
    assert a_client(app, shared, "statements/read/mine").send("GET", link).status_code == 403
    assert client.send("GET", link[:-3] + "AAA").status_code == 400
    assert client.send("GET", "/xAPI/statements?cursor=x").status_code == 400


def test_limit_zero_means_as_many_as_the_server_allows(client: Client) -> None:
    client.post([a_statement(id=an_id()) for _ in range(150)])
    assert len(client.found()) == 100
    assert len(client.found(limit=0)) == 150


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "-1"},
        {"limit": "x"},
        {"since": "yesterday"},
        {"verb": "no iri"},
        {"agent": "{"},
        {"agent": "{}"},
        {"ascending": "yes"},
        {"registration": "1"},
        {"statementId": "1"},
        {"foo": "bar"},
        {"statementId": "8d0c1b0e-6c2e-4d55-9d2c-0a4a2f0d7c11", "verb": "http://e.org/v"},
    ],
)
def test_a_wrong_parameter_is_named(client: Client, query: dict[str, str]) -> None:
    answer = client.get(**query)
    assert answer.status_code == 400
    assert answer.json["path"].removeprefix("?") in query


def test_an_unknown_id_is_not_found(client: Client) -> None:
    assert client.get(statementId=an_id()).status_code == 404


def voiding(target: str, **members: object) -> dict[str, object]:
    return a_statement(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"},
        object={"objectType": "StatementRef", "id": target},
        **members,
    )


@pytest.mark.parametrize("voided_first", [True, False])
def test_a_voided_statement_is_only_found_by_voidedStatementId(client: Client, voided_first: bool) -> None:
    target, void = a_statement(id=an_id()), voiding("", id=an_id())
    void["object"] = {"objectType": "StatementRef", "id": target["id"].upper()}
    for statement in (void, target) if voided_first else (target, void):
        assert client.post(statement).status_code == 200
    assert client.get(statementId=target["id"]).status_code == 404
    assert client.get(voidedStatementId=target["id"]).json["id"] == target["id"]
    assert client.get(voidedStatementId=void["id"]).status_code == 404
    assert client.found() == [void["id"]]


def test_a_voiding_statement_cannot_be_voided(client: Client) -> None:
    target = a_statement(id=an_id())
    void = voiding(target["id"], id=an_id())
    client.post([target, void])
    client.post(voiding(void["id"]))
    assert client.get(statementId=void["id"]).status_code == 200
    assert client.get(statementId=target["id"]).status_code == 404


def test_consistent_through_is_on_every_answer_and_covers_what_is_stored(client: Client) -> None:
    (statement_id,) = client.post(a_statement()).json
    stored = client.get(statementId=statement_id).json["stored"]
    for answer in (client.get(), client.get(foo="bar"), client.get(statementId=an_id())):
        assert answer.headers["X-Experience-API-Consistent-Through"] >= stored


def test_a_body_or_batch_over_its_limit_is_413_and_named(open_app: Callable[..., Flask]) -> None:
    app = open_app(max_body_bytes=1000, max_batch=2)
    client = a_client(app, app.extensions["leerspoor"])
    large = client.post(a_statement(object={"id": "http://e.org/" + "x" * 2000}))
    assert (large.status_code, "LRS_MAX_BODY_BYTES" in large.json["error"]) == (413, True)
    many = client.post([a_statement(id=an_id()) for _ in range(3)])
    assert (many.status_code, "LRS_MAX_BATCH" in many.json["error"]) == (413, True)


def test_a_revoked_credential_works_no_longer(client: Client, shared: Parts) -> None:
    from lrs.credential.credentials import revoke_credential

    assert client.get().status_code == 200
    assert revoke_credential(shared.database, client.key)
    assert client.get().status_code == 401


def test_health_tells_that_statements_can_be_taken(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/health/live").json == {"status": "live"}
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.json["status"]) == (200, "ready")
    assert ready.json["checks"] == {"log_writable": True, "migrated": True, "index_current": True}


def test_an_unknown_path_and_method_answer_in_the_one_shape(client: Client) -> None:
    assert client.send("GET", "/xAPI/nothing").json["error"]
    answer = client.send("DELETE", "/xAPI/statements")
    assert (answer.status_code, bool(answer.json["error"])) == (405, True)


def test_time_set_back_far_is_answered_with_try_again(client: Client, shared: Parts) -> None:
    client.post(a_statement())
    ahead = time.time_ns() // 1000 + 60_000_000
    with shared.database.writing() as connection:
        connection.exec_driver_sql(f"update event_log set stored = {ahead}")
    answer = client.post(a_statement())
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
