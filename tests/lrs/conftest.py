"""An LRS of its own for each test, in a temporary folder, spoken to without a network."""

import base64
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lrs.app import create_app
from lrs.credential.credentials import create_credential
from lrs.http.parts import NAME, Parts
from lrs.settings import Settings
from tests.lrs.installation import Installation, databases_of_one_test, each_installation

__all__ = ["databases_of_one_test", "each_installation"]

VERSION = {"X-Experience-API-Version": "1.0.3"}
_numbers = itertools.count(1)


def a_statement(**members: Any) -> dict[str, Any]:
    """A small valid statement; members given replace its own, None takes one away."""
    statement = {
        "actor": {"mbox": "mailto:an@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://example.org/activities/1"},
        **members,
    }
    return {name: value for name, value in statement.items() if value is not None}


def an_id() -> str:
    return f"00000000-0000-4000-8000-{next(_numbers):012x}"


class Client:
    """A client of one credential. Bodies that are not bytes are sent as JSON."""

    def __init__(self, app: Flask, key: str, secret: str, version: str = "1.0.3") -> None:
        self.app, self.key, self.secret, self.version = app, key, secret, version

    def headers(self) -> dict[str, str]:
        basic = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        return {"Authorization": f"Basic {basic}", "X-Experience-API-Version": self.version}

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> TestResponse:
        headers = {**self.headers(), **options.pop("headers", {})}
        headers = {name: value for name, value in headers.items() if value is not None}
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        options.setdefault("content_type", "application/json" if body is not None else None)
        return self.app.test_client().open(path, method=method, data=data, headers=headers, **options)

    def post(self, body: Any, **options: Any) -> TestResponse:
        return self.send("POST", "/xAPI/statements", body, **options)

    def put(self, body: Any, statement_id: str, **options: Any) -> TestResponse:
        return self.send(
            "PUT", "/xAPI/statements", body, query_string={"statementId": statement_id}, **options
        )

    def get(self, **query: Any) -> TestResponse:
        return self.send("GET", "/xAPI/statements", query_string=query)

    def found(self, **query: Any) -> list[str]:
        """The ids of the statements on the first page of a GET."""
        answer = self.get(**query)
        assert answer.status_code == 200, answer.text
        return [s["id"] for s in answer.json["statements"]]


@pytest.fixture
def settings(tmp_path: Path, installation: Installation) -> Settings:
    return installation(tmp_path / "home", credential_seconds=0)


@pytest.fixture
def open_app(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """Opens the LRS, xAPI alone, each time as another process would; settings given replace the test's own."""
    opened: list[Flask] = []

    def open_one(**members: Any) -> Flask:
        opened.append(create_app(replace(settings, **members), joined=()))
        return opened[-1]

    yield open_one
    for app in opened:
        app.extensions[NAME].database.close()


@pytest.fixture
def app(open_app: Callable[..., Flask]) -> Flask:
    return open_app()


@pytest.fixture
def shared(app: Flask) -> Parts:
    parts: Parts = app.extensions[NAME]
    return parts


@pytest.fixture
def client(app: Flask, shared: Parts) -> Client:
    return a_client(app, shared)


def a_client(
    app: Flask, shared: Parts, *scopes: str, store: str = "default", version: str = "1.0.3"
) -> Client:
    made, secret = create_credential(shared.database, scopes=scopes or ("all",), store=store)
    return Client(app, made.key, secret, version)
