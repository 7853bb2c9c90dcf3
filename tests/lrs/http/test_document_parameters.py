"""What a request of a document names, and who may send it (Communication 2.2 to 2.7)."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from flask import Flask

from lrs.http.parts import Parts
from tests.lrs.conftest import Client, a_client
from tests.lrs.http.document_resource import (
    NEW,
    RESOURCES,
    Resource,
    activity_profile_of,
    agent_profile_of,
    everything,
    state_of,
)


def test_ids_may_hold_anything_but_a_nul(resource: Resource) -> None:
    names = [
        "",
        " ",
        "a/b?c=d&e",
        "é\U0001f600",
        '"quoted"',
        "n" * 5000,
        "https://example.org/x#y",
        "A",
        "a",
        "%FF",
    ]
    for name in names:
        assert resource.put(name, name.encode()) == 204
    assert resource.ids() == names
    assert [resource.text(name) for name in names] == names
    assert resource.delete("") == 204
    assert resource.ids() == names[1:]


def test_a_nul_in_an_id_is_400(resource: Resource) -> None:
    for method in ("PUT", "POST", "GET", "DELETE"):
        answer = resource.send(method, "a\0b", b"{}" if method[0] == "P" else None, headers=NEW)
        assert (answer.status_code, answer.json["path"]) == (400, f"?{resource.id_name}")


@pytest.mark.parametrize("sent", ["%FF", "%ed%a0%80", "\xff"])
def test_a_query_that_is_not_utf_8_is_400(resource: Resource, sent: str) -> None:
    query = f"{urlencode(resource.context)}&{resource.id_name}={sent}"
    answer = resource.client.send("GET", resource.path, environ_overrides={"QUERY_STRING": query})
    assert (answer.status_code, answer.json["rule"]) == (400, "query-encoding")


def test_parameters_that_are_unknown_or_repeated_are_named(versioned: Resource) -> None:
    for method in ("PUT", "POST", "GET", "DELETE"):
        body = b"{}" if method[0] == "P" else None
        for query, wrong in (
            ({"other": "x"}, "other"),
            ({versioned.id_name.title(): "x"}, versioned.id_name.title()),
            ({versioned.id_name: ["a", "b"]}, versioned.id_name),
            *(({name: [value, value]}, name) for name, value in versioned.context.items()),
        ):
            answer = versioned.send(method, "one", body, query=query, headers=NEW)
            assert (answer.status_code, answer.json["path"]) == (400, f"?{wrong}")
            assert wrong in answer.json["error"]


def test_parameters_that_are_missing_are_named(versioned: Resource) -> None:
    for method in ("PUT", "POST", "GET", "DELETE"):
        body = b"{}" if method[0] == "P" else None
        for name in versioned.context:
            context = {n: v for n, v in versioned.context.items() if n != name}
            answer = replace(versioned, context=context).send(method, "one", body, headers=NEW)
            assert (answer.status_code, answer.json["path"]) == (400, f"?{name}")


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_document_is_not_written_without_its_id(versioned: Resource, method: str) -> None:
    answer = versioned.send(method, None, b"{}", headers=NEW)
    assert (answer.status_code, answer.json["path"]) == (400, f"?{versioned.id_name}")


@pytest.mark.parametrize("since", ["yesterday", "", "2026-13-01T00:00:00Z"])
def test_since_must_be_a_timestamp(resource: Resource, since: str) -> None:
    answer = resource.send("GET", query={"since": since})
    assert (answer.status_code, answer.json["path"]) == (400, "?since")


def test_since_is_for_ids_alone(resource: Resource) -> None:
    answer = resource.send("GET", "one", query={"since": "2026-01-01T00:00:00Z"})
    assert (answer.status_code, answer.json["path"]) == (400, "?since")


WRONG: dict[str, list[str]] = {
    "activityId": ["", "no iri", "/relative"],
    "agent": [
        "",
        "{",
        "[]",
        "{}",
        '{"name":"An"}',
        '{"mbox":"an@example.org"}',
        '{"mbox":"mailto:a@e.org","mbox":"mailto:b@e.org"}',
        '{"mbox":"mailto:a@e.org","openid":"https://e.org/a"}',
        '{"objectType":"Group","member":[{"mbox":"mailto:a@e.org"}]}',
        '{"objectType":"Person","mbox":["mailto:a@e.org"]}',
    ],
    "registration": [
        "",
        "x",
        "00000000-0000-4000-8000-00000000000",
        "{00000000-0000-4000-8000-000000000000}",
    ],
}


def test_parameters_that_are_wrong_are_named(resource: Resource) -> None:
    for name in [*resource.context, *(["registration"] if resource.id_name == "stateId" else [])]:
        for value in WRONG[name]:
            for method in ("PUT", "GET", "DELETE"):
                body = b"{}" if method == "PUT" else None
                answer = resource.send(method, "one", body, query={name: value}, headers=NEW)
                assert (answer.status_code, answer.json["path"]) == (400, f"?{name}"), (name, value)


READ, WRITE = ("GET", "HEAD"), ("PUT", "POST", "DELETE")
OWN = {state_of: "state", activity_profile_of: "profile", agent_profile_of: "profile"}


@pytest.mark.parametrize("made", RESOURCES)
@pytest.mark.parametrize(
    "scope",
    [
        "statements/write",
        "statements/read/mine",
        "statements/read",
        "state",
        "define",
        "profile",
        "all/read",
        "all",
    ],
)
def test_each_scope_may_do_what_it_says_and_no_more(
    app: Flask, shared: Parts, made: Callable[[Client], Resource], scope: str
) -> None:
    resource = made(a_client(app, shared, scope))
    may = (*READ, *WRITE) if scope in ("all", OWN[made]) else READ if scope == "all/read" else ()
    before = everything(shared)
    for method in (*READ, *WRITE):
        body = b"{}" if method[0] == "P" else None
        answer = resource.send(method, "one", body, headers=NEW)
        assert (answer.status_code != 403) == (method in may), method
    assert may == (*READ, *WRITE) or everything(shared) == before
