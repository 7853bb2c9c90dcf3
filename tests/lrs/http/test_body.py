"""Request bodies: packed, chunked, broken off, too large."""

import gzip
import io
import json
import zlib
from collections.abc import Callable

import pytest
from flask import Flask

from lrs.http.parts import NAME
from tests.lrs.conftest import Client, a_client, a_statement, an_id


def a_body(size: int = 1) -> bytes:
    return json.dumps([a_statement(id=an_id()) for _ in range(size)]).encode()


def send_packed(client: Client, body: bytes, encoding: str = "gzip") -> tuple[int, str]:
    answer = client.post(body, headers={"Content-Encoding": encoding})
    return answer.status_code, answer.text


@pytest.fixture
def small(open_app: Callable[..., Flask]) -> Client:
    """A client of a store that takes bodies of at most 5,000 bytes."""
    app = open_app(max_body_bytes=5000)
    return a_client(app, app.extensions[NAME])


def test_a_packed_body_is_unpacked(client: Client) -> None:
    for encoding, pack in (("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress)):
        assert send_packed(client, pack(a_body(100)), encoding)[0] == 200
    assert send_packed(client, a_body(), "identity")[0] == 200
    assert len(client.found(limit=0)) == 301


def test_an_encoding_that_is_not_known_is_415(client: Client) -> None:
    assert send_packed(client, a_body(), "br")[0] == 415


@pytest.mark.parametrize(
    "body",
    [b"", b"no gzip", gzip.compress(b"[]")[:-3], gzip.compress(b"[]") + b"more"],
    ids=["empty", "other bytes", "cut off", "something after it"],
)
def test_a_broken_packed_body_is_400_and_stores_nothing(client: Client, body: bytes) -> None:
    status, text = send_packed(client, body)
    assert (status, json.loads(text)["rule"]) == (400, "content-encoding")
    assert client.found() == []


def test_the_limit_holds_for_what_a_body_unpacks_to(small: Client) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    assert len(bomb) > 5000  # refused as it came
    nested = gzip.compress(b" " * 1_000_000)
    assert len(nested) < 5000  # refused while it is unpacked
    for body in (bomb, nested):
        status, text = send_packed(small, body)
        assert (status, "LRS_MAX_BODY_BYTES" in text) == (413, True)


def chunked(client: Client, body: bytes) -> int:
    """As a server hands over a chunked body: without a length, ending where the stream ends."""
    answer = client.app.test_client().post(
        "/xAPI/statements",
        input_stream=io.BytesIO(body),
        headers={**client.headers(), "Transfer-Encoding": "chunked"},
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    return answer.status_code


def test_a_chunked_body_is_read_to_its_end_and_held_to_the_limit(small: Client) -> None:
    assert chunked(small, a_body(3)) == 200
    assert chunked(small, a_body(100)) == 413
    assert len(small.found()) == 3


def test_a_body_shorter_than_its_content_length_is_400(client: Client, app: Flask) -> None:
    answer = app.test_client().post(
        "/xAPI/statements",
        input_stream=io.BytesIO(a_body()),
        headers=client.headers(),
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": "5000"},
    )
    assert (answer.status_code, answer.json["rule"]) == (400, "content-length")
