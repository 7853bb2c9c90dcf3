"""/xAPI/agents: the Person that an Agent is a persona of (Communication 2.4)."""

import hashlib
import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lrs.http.parts import Parts
from lrs.queries.describe_agent import STATEMENTS_READ
from tests.lrs.conftest import Client, a_client, a_statement

MBOX = {"mbox": "mailto:an@example.org"}
SHA1 = {"mbox_sha1sum": hashlib.sha1(b"mailto:an@example.org", usedforsecurity=False).hexdigest()}
OPENID = {"openid": "https://an.example.org/"}
ACCOUNT = {"account": {"homePage": "https://example.org", "name": "an"}}
IDENTIFIERS = [MBOX, SHA1, OPENID, ACCOUNT]


def ask(client: Client, agent: Any) -> TestResponse:
    return client.send("GET", "/xAPI/agents", query_string={"agent": json.dumps(agent)})


def person(client: Client, agent: Any) -> Any:
    answer = ask(client, agent)
    assert (answer.status_code, answer.content_type) == (200, "application/json"), answer.text
    return answer.json


def names(client: Client, agent: Any = MBOX) -> list[str] | None:
    found: list[str] | None = person(client, agent).get("name")
    return found


@pytest.mark.parametrize("identifier", IDENTIFIERS, ids=lambda i: next(iter(i)))
def test_of_an_agent_nobody_heard_of_there_is_what_the_request_said(
    client: Client, identifier: dict[str, Any]
) -> None:
    (name, value) = next(iter(identifier.items()))
    assert person(client, identifier) == {"objectType": "Person", name: [value]}
    named = {"objectType": "Agent", "name": "An", **identifier}
    assert person(client, named) == {"objectType": "Person", "name": ["An"], name: [value]}


@pytest.mark.parametrize("identifier", IDENTIFIERS, ids=lambda i: next(iter(i)))
def test_a_person_has_the_names_that_statements_gave_latest_first(
    client: Client, identifier: dict[str, Any]
) -> None:
    for name in ("An", "An de Boer", "An", "A. de Boer"):
        client.post(a_statement(actor={"name": name, **identifier}))
    assert names(client, identifier) == ["A. de Boer", "An", "An de Boer"]
    assert names(client, {"name": "Annie", **identifier}) == ["Annie", "A. de Boer", "An", "An de Boer"]


def test_names_come_from_wherever_a_statement_names_the_agent(client: Client) -> None:
    def named(name: str) -> dict[str, Any]:
        return {"name": name, **MBOX}

    inner = {"objectType": "SubStatement", **a_statement(actor=named("inner"))}
    for statement in (
        a_statement(object={"objectType": "Agent", **named("object")}),
        a_statement(context={"instructor": named("instructor")}),
        a_statement(context={"team": {"objectType": "Group", "member": [named("member")]}}),
        a_statement(
            actor={
                "objectType": "Group",
                "member": [{"mbox": "mailto:b@e.org", "name": "Bo"}, named("actor")],
            }
        ),
        a_statement(actor=ACCOUNT, object=inner),
    ):
        assert client.post(statement).status_code == 200
    assert names(client) == ["inner", "actor", "member", "instructor", "object"]


def test_a_mailbox_and_its_sum_are_one_agent_and_the_other_identifier_is_not_told(client: Client) -> None:
    client.post(a_statement(actor={"name": "An", **MBOX}))
    assert person(client, SHA1) == {
        "objectType": "Person",
        "name": ["An"],
        **{n: [v] for n, v in SHA1.items()},
    }


def test_other_agents_names_are_not_told(client: Client) -> None:
    client.post(
        a_statement(actor={"name": "Bo", "mbox": "mailto:bo@example.org"}, context={"instructor": MBOX})
    )
    assert names(client) is None


def test_who_is_only_reached_through_a_reference_gives_no_name(client: Client) -> None:
    one = "00000000-0000-4000-8000-0000000000aa"
    client.post(a_statement(id=one, actor={"name": "An", **MBOX}))
    client.post(a_statement(actor={"name": "Bo", **OPENID}, object={"objectType": "StatementRef", "id": one}))
    assert (names(client), names(client, OPENID)) == (["An"], ["Bo"])


def test_the_last_statements_are_read_and_not_all(client: Client) -> None:
    client.post(a_statement(actor={"name": "long ago", **MBOX}))
    client.post([a_statement(actor={"name": "An", **MBOX}) for _ in range(STATEMENTS_READ)])
    assert names(client) == ["An"]


def test_the_authority_is_an_agent_too(client: Client) -> None:
    client.post(a_statement())
    authority = client.get().json["statements"][0]["authority"]
    assert person(client, authority) == {"objectType": "Person", "account": [authority["account"]]}


def test_stores_do_not_see_each_other(app: Flask, shared: Parts, client: Client) -> None:
    client.post(a_statement(actor={"name": "An", **MBOX}))
    assert names(a_client(app, shared, store="other")) is None


@pytest.mark.parametrize(
    "agent",
    [
        {"objectType": "Group", **MBOX},
        {"objectType": "Group", "member": [MBOX]},
        {"objectType": "Person", "mbox": ["mailto:an@example.org"]},
        {"mbox": ["mailto:an@example.org"]},
        {**MBOX, **OPENID},
        {"name": "An"},
        {"account": {"name": "an"}},
        {"mbox": "an@example.org"},
        [MBOX],
        None,
    ],
    ids=str,
)
def test_what_is_no_agent_is_refused(client: Client, agent: Any) -> None:
    answer = ask(client, agent)
    assert (answer.status_code, answer.json["path"]) == (400, "?agent")


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ({}, "agent"),
        ({"agent": [json.dumps(MBOX)] * 2}, "agent"),
        ({"agent": json.dumps(MBOX), "name": "x"}, "name"),
    ],
)
def test_a_wrong_parameter_is_named(client: Client, query: dict[str, Any], wrong: str) -> None:
    answer = client.send("GET", "/xAPI/agents", query_string=query)
    assert (answer.status_code, answer.json["path"]) == (400, f"?{wrong}")


@pytest.mark.parametrize(
    ("scope", "status"),
    [("profile", 200), ("statements/read", 200), ("all/read", 200), ("all", 200), ("statements/read/mine", 403),
     ("state", 403), ("define", 403), ("statements/write", 403)],
)  # fmt: skip
def test_it_is_for_who_may_read_profiles_or_statements(
    app: Flask, shared: Parts, scope: str, status: int
) -> None:
    assert ask(a_client(app, shared, scope), MBOX).status_code == status


def test_head_has_no_body(client: Client) -> None:
    head = client.send("HEAD", "/xAPI/agents", query_string={"agent": json.dumps(MBOX)})
    assert (head.status_code, head.data, head.content_length) == (200, b"", len(ask(client, MBOX).data))
