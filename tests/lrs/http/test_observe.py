"""Each request has an id; what is logged of it names nobody."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from lrs.app import create_app
from lrs.http.parts import NAME
from lrs.logs import JsonLines
from lrs.settings import Settings
from tests.lrs.conftest import Client, a_client, a_statement

PLANTED = "Zebedee Vanderplank"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the loggers of the LRS write, as JSON."""
    written, ours = io.StringIO(), logging.getLogger("lrs")
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    level = ours.level
    ours.addHandler(handler)
    ours.setLevel(logging.DEBUG)
    yield written
    ours.removeHandler(handler)
    ours.setLevel(level)


@pytest.fixture
def talking(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Settings(home=tmp_path / "home", log_access=True), joined=())
    yield app
    app.extensions[NAME].database.close()


@pytest.mark.parametrize("sent", ["7f3e", "01J9ZQ:web-1", "a/b+c=", "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"])
def test_a_well_formed_id_is_given_back(client: Client, sent: str) -> None:
    answer = client.send("GET", "/xAPI/about", headers={"X-Request-Id": sent})
    assert answer.headers["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["", "an@example.org", "a b", "x" * 129, "é", '"', "{}"])
def test_any_other_is_replaced_by_one_of_ours(client: Client, sent: str) -> None:
    answer = client.send("GET", "/xAPI/about", headers={"X-Request-Id": sent})
    assert answer.headers["X-Request-Id"] not in ("", sent)


def test_each_request_has_another_id_refused_ones_too(client: Client) -> None:
    answers = [client.get(), client.get(limit="many"), client.send("GET", "/nowhere")]
    assert len({answer.headers["X-Request-Id"] for answer in answers}) == 3


def test_a_page_of_another_origin_may_read_the_id(client: Client) -> None:
    answer = client.send("GET", "/xAPI/about", headers={"Origin": "https://content.example"})
    assert "X-Request-Id" in answer.headers["Access-Control-Expose-Headers"]


def test_no_line_is_written_for_a_request_unless_it_is_wanted(client: Client, lines: io.StringIO) -> None:
    client.post(a_statement())
    assert lines.getvalue() == ""


def test_a_line_tells_route_status_time_and_key(talking: Flask, lines: io.StringIO) -> None:
    client = a_client(talking, talking.extensions[NAME])
    client.post(a_statement(), headers={"X-Request-Id": "r-1"})
    told = json.loads(lines.getvalue())
    assert told["ms"] > 0
    expected = {"level": "info", "logger": "lrs.access", "message": "request", "request_id": "r-1"}
    expected |= {"method": "POST", "route": "/xAPI/statements", "status": 200}
    expected |= {"credential": client.key, "store": "default"}
    assert {name: told[name] for name in expected} == expected


def test_no_line_has_anything_of_a_statement_a_person_or_a_secret(
    talking: Flask, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stored, refused, asked for in queries and paths, and when the database and we ourselves fail."""
    shared = talking.extensions[NAME]
    client = a_client(talking, shared)
    actor = {"name": PLANTED, "mbox": f"mailto:{PLANTED.split()[0]}@example.org"}
    client.post(a_statement(actor=actor))
    client.post(a_statement(actor=actor, verb={"id": PLANTED}))
    client.send("GET", "/xAPI/agents", query_string={"agent": json.dumps(actor)})
    client.send("GET", f"/{PLANTED}")
    client.send(
        "PUT",
        "/xAPI/agents/profile",
        {"a": PLANTED},
        query_string={"agent": json.dumps(actor), "profileId": "p"},
    )
    with shared.database.writing() as connection:
        connection.exec_driver_sql("alter table event_payload rename to elsewhere")
    assert client.post(a_statement(actor=actor)).status_code in (500, 503)
    monkeypatch.setattr("lrs.http.statements.read_filters", lambda *_, **__: int(PLANTED))
    assert client.get(agent=json.dumps(actor)).status_code == 500
    told = lines.getvalue()
    assert len(told.splitlines()) >= 8 and "ValueError" in told
    for planted in (
        *PLANTED.split(),
        "example.org",
        client.secret,
        client.headers()["Authorization"].split()[1],
    ):
        assert planted.lower() not in told.lower()
