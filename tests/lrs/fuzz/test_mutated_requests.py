"""Requests that nobody would send: real statements with pieces exchanged, random headers, queries and multipart bodies.

Whatever comes: no answer is a 5xx, a 4xx says why in the one shape, and a refused request changes nothing in the log.
"""

import gzip
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from lrs.app import create_app
from lrs.event_log.append import read_head
from lrs.http.parts import NAME
from tests.lrs.conftest import Client, a_client
from tests.lrs.http.a_multipart import CONTENT_TYPE, a_body, a_part, an_attachment
from tests.lrs.installation import Installation

REQUESTS = int(os.environ.get("LRS_TEST_FUZZ_REQUESTS", 10 * settings.default.max_examples))
FUZZ = settings(max_examples=REQUESTS // 4)
ROOT = Path(__file__).parents[3]
WORKED = [
    json.loads(line) for line in (ROOT / "tests/worked_example/statements.ndjson").read_text().splitlines()
]
EXAMPLES = [
    json.loads(path.read_text()) for path in sorted((ROOT / "schemas/xapi/profiles/examples").glob("*.json"))
]
REAL = WORKED[::13] + EXAMPLES
PATHS = ["/xAPI/statements", "/xAPI/activities", "/xAPI/activities/state", "/xAPI/activities/profile",
         "/xAPI/agents", "/xAPI/agents/profile", "/xAPI/about", "/health/ready", "/docs", "/xAPI/nothing"]  # fmt: skip
METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"]

anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, installation: Installation) -> Iterator[Client]:
    app = create_app(installation(tmp_path_factory.mktemp("home"), credential_seconds=60), joined=())
    yield a_client(app, app.extensions[NAME])
    app.extensions[NAME].database.close()


def position(client: Client) -> int:
    with client.app.extensions[NAME].database.reading() as connection:
        return read_head(connection).position


def hold(client: Client, answer: TestResponse, before: int, method: str) -> None:
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert position(client) == before
        if method != "HEAD":
            assert {"error", "rule"} <= set(json.loads(answer.data))


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A real statement with some of its values taken away, doubled, exchanged, or replaced by anything."""
    statement = json.loads(json.dumps(draw(st.sampled_from(REAL))))
    choose = random.Random(draw(st.integers(0, 2**32)))
    for _ in range(draw(st.integers(0, 3))):
        holder, step = choose.choice(list(places(statement)))
        change = choose.choice(("drop", "replace", "swap", "wrap"))
        if change == "drop":
            del holder[step]
        elif change == "replace":
            holder[step] = draw(anything)
        elif change == "swap":
            other, there = choose.choice(list(places(statement)))
            holder[step] = json.loads(json.dumps(other[there]))
        else:
            holder[step] = [holder[step]]
        if not list(places(statement)):
            break
    return statement


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of a JSON value, as what holds it and its key or index."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        yield value, key
        yield from places(value[key])


@FUZZ
@given(st.lists(mutated(), max_size=3), st.sampled_from(["1.0.3", "2.0.0"]), st.booleans())
def test_mutated_statements_are_stored_whole_or_refused_whole(
    client: Client, statements: list[Any], version: str, alone: bool
) -> None:
    before = position(client)
    body = json.dumps(statements[0] if alone and statements else statements).encode()
    answer = client.post(body, headers={"X-Experience-API-Version": version})
    hold(client, answer, before, "POST")
    if answer.status_code == 200:
        assert position(client) - before <= len(answer.json)
        for each in answer.json:
            found = client.get(statementId=each).status_code
            assert found == 200 or client.get(voidedStatementId=each).status_code == 200


@FUZZ
@given(st.binary(max_size=300) | anything.map(lambda value: json.dumps(value).encode()), st.booleans())
def test_random_bodies_are_refused_or_taken(client: Client, body: bytes, packed: bool) -> None:
    before = position(client)
    headers = {"Content-Encoding": "gzip"} if packed else {}
    answer = client.post(gzip.compress(body) if packed else body, headers=headers)
    hold(client, answer, before, "POST")


header_text = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30)
header_names = st.sampled_from(["X-Experience-API-Version", "Authorization", "Content-Type", "Content-Encoding",
                                "If-Match", "If-None-Match", "Accept-Language", "Origin", "Content-Length",
                                "Access-Control-Request-Method"])  # fmt: skip
query_names = st.sampled_from(["agent", "activityId", "stateId", "profileId", "registration", "since", "limit",
                               "statementId", "format", "cursor", "method", "attachments", "verb"])  # fmt: skip
query_names = query_names | st.text(max_size=8)
query_values = st.text(max_size=30) | st.sampled_from(
    [
        "true",
        "0",
        "-1",
        "99999999999999999999",
        "2026-01-01",
        '{"mbox":"mailto:a@b.c"}',
        "https://e.org/a",
        "ids",
    ]
)


@FUZZ
@given(
    st.sampled_from(METHODS), st.sampled_from(PATHS), st.dictionaries(header_names, header_text, max_size=3),
    st.lists(st.tuples(query_names, query_values), max_size=4), st.none() | st.binary(max_size=60),
)  # fmt: skip
def test_random_headers_and_queries_are_answered(
    client: Client,
    method: str,
    path: str,
    headers: dict[str, str],
    query: list[tuple[str, str]],
    body: bytes | None,
) -> None:
    before = position(client)
    headers = {
        name: value for name, value in headers.items() if name != "Content-Length" or value.isdecimal()
    }
    answer = client.send(method, path, body, headers=headers, query_string=query)
    hold(client, answer, before, method)


@FUZZ
@given(st.lists(st.binary(max_size=40), max_size=3), st.data())
def test_cut_and_shuffled_multipart_bodies_are_refused_or_taken(
    client: Client, contents: list[bytes], data: st.DataObject
) -> None:
    statement = {**REAL[0], "attachments": [an_attachment(content) for content in contents]}
    statement.pop("id", None)
    body = a_body(statement, *map(a_part, contents))
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(body)))
        end = data.draw(st.integers(start, min(len(body), start + 60)))
        body = body[:start] + data.draw(st.binary(max_size=5)) + body[end:]
    before = position(client)
    answer = client.send("POST", "/xAPI/statements", body, content_type=CONTENT_TYPE)
    hold(client, answer, before, "POST")
