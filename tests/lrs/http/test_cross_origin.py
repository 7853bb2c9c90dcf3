"""A page of another site calls the store from a browser."""

from collections.abc import Callable

import pytest
from flask import Flask

from lrs.http.parts import NAME
from tests.lrs.conftest import Client, a_client

ORIGIN = "https://course.example.org"


def test_a_preflight_needs_no_credentials_and_no_version(app: Flask) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "PUT"}
    answer = app.test_client().options("/xAPI/statements", headers=asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "PUT" in answer.headers["Access-Control-Allow-Methods"]
    for name in ("Authorization", "X-Experience-API-Version", "If-Match", "If-None-Match", "Content-Type"):
        assert name in answer.headers["Access-Control-Allow-Headers"]


def test_answers_and_refusals_may_be_read_by_the_page(client: Client) -> None:
    for headers in ({"Origin": ORIGIN}, {"Origin": ORIGIN, "Authorization": None}):
        answer = client.send("GET", "/xAPI/statements", headers=headers)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        for name in (
            "ETag",
            "Last-Modified",
            "X-Experience-API-Consistent-Through",
            "X-Experience-API-Version",
        ):
            assert name in answer.headers["Access-Control-Expose-Headers"]


def test_a_request_of_no_page_gets_no_such_headers(client: Client) -> None:
    assert "Access-Control-Allow-Origin" not in client.get().headers


@pytest.mark.parametrize(("origin", "allowed"), [(ORIGIN, ORIGIN), ("https://elsewhere.example.org", None)])
def test_only_the_origins_of_the_setting_may_call(
    open_app: Callable[..., Flask], origin: str, allowed: str | None
) -> None:
    app = open_app(origins=f"https://one.example.org {ORIGIN}")
    client = a_client(app, app.extensions[NAME])
    answer = client.send("GET", "/xAPI/statements", headers={"Origin": origin})
    assert answer.headers.get("Access-Control-Allow-Origin") == allowed
    assert "Origin" in answer.headers["Vary"]


def test_head_answers_what_get_does_without_the_body(client: Client) -> None:
    answer = client.send("HEAD", "/xAPI/statements")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["X-Experience-API-Consistent-Through"]
    assert client.send("HEAD", "/xAPI/about").status_code == 200
