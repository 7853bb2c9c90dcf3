"""The alternate request syntax: a form posted with the method in the query (Communication 1.3)."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lrs.http.parts import NAME
from tests.lrs.conftest import Client, a_client, a_statement, an_id

FORM = "application/x-www-form-urlencoded"


def send(client: Client, method: str, fields: Any, *, headers: bool = True, **options: Any) -> TestResponse:
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    options.setdefault("query_string", {"method": method})
    options.setdefault("content_type", FORM)
    return client.app.test_client().post(
        "/xAPI/statements", data=body, headers=client.headers() if headers else {}, **options
    )


def as_fields(client: Client) -> dict[str, str]:
    return client.headers()


def test_a_put_and_a_get_go_in_a_form_with_their_headers(client: Client) -> None:
    one = an_id()
    fields = {"statementId": one, "content": json.dumps(a_statement()), "Content-Type": "application/json"}
    assert send(client, "PUT", fields | as_fields(client), headers=False).status_code == 204
    answer = send(client, "GET", {"statementId": one} | as_fields(client), headers=False)
    assert (answer.status_code, answer.json["id"]) == (200, one)
    assert answer.headers["X-Experience-API-Version"] == "1.0.3"


def test_a_post_goes_in_a_form_whatever_type_the_browser_names(client: Client) -> None:
    content = json.dumps([a_statement(verb={"id": "http://e.org/é"}), a_statement()])
    answer = send(client, "POST", {"content": content}, content_type="text/plain")
    assert (answer.status_code, len(answer.json)) == (200, 2)
    assert len(client.found(verb="http://e.org/é")) == 1


def test_a_page_and_its_more_link_go_in_a_form(client: Client) -> None:
    client.post([a_statement() for _ in range(3)])
    page = send(client, "GET", {"limit": "2"})
    assert len(page.json["statements"]) == 2
    token = page.json["more"].split("cursor=")[1]
    assert len(send(client, "GET", {"cursor": token}).json["statements"]) == 1


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"method": "PUT", "statementId": "x"}, {"content": "{}"}),
        ({"method": "PATCH"}, {"content": "{}"}),
        ({"method": ["PUT", "PUT"]}, {"content": "{}"}),
        ({"method": "PUT"}, {"statementId": "00000000-0000-4000-8000-000000000001"}),
        ({"method": "POST"}, [("content", "{}"), ("content", "{}")]),
        ({"method": "POST"}, b'{"content": "no form"}'),
        ({"method": "POST"}, b"content=%ff"),
        ({"method": "POST"}, b""),
    ],
    ids=[
        "more in the query",
        "no such method",
        "two methods",
        "no content",
        "two contents",
        "json",
        "latin",
        "empty",
    ],
)
def test_a_form_that_is_not_one_is_400(client: Client, query: Any, fields: Any) -> None:
    answer = send(client, "", fields, query_string=query)
    assert (answer.status_code, bool(answer.json["error"])) == (400, True)
    assert client.found() == []


def test_a_version_in_the_form_counts(client: Client) -> None:
    fields = {"statementId": an_id(), "content": json.dumps(a_statement()), "X-Experience-API-Version": "0.8"}
    assert send(client, "PUT", fields).status_code == 400


def test_xapi_2_has_no_alternate_syntax(app: Flask, client: Client) -> None:
    later = Client(app, client.key, client.secret, version="2.0.0")
    fields = {"statementId": an_id(), "content": json.dumps(a_statement())}
    assert send(later, "PUT", fields).status_code == 400
    assert send(client, "PUT", fields | as_fields(later), headers=False).status_code == 400
    assert client.found() == []


def test_it_must_be_a_post(client: Client) -> None:
    answer = client.send("PUT", "/xAPI/statements", a_statement(), query_string={"method": "POST"})
    assert answer.status_code == 400


def test_a_form_over_the_limit_is_413(open_app: Callable[..., Flask]) -> None:
    app = open_app(max_body_bytes=500)
    client = a_client(app, app.extensions[NAME])
    assert send(client, "POST", {"content": json.dumps(a_statement(id="x" * 600))}).status_code == 413
