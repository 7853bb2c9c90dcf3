"""The OpenAPI document says what the service does: no more, no less."""

import json
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from lrs.http.openapi.document import openapi_document
from tests.lrs.conftest import Client

DOCUMENT = openapi_document("")
OPERATIONS = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
NAMES = [f"{method} {path}" for path, method, _ in OPERATIONS]
VALUES = {
    "agent": json.dumps({"mbox": "mailto:an@example.org"}), "activityId": "https://example.org/a",
    "activity": "https://example.org/a", "verb": "https://example.org/v", "since": "2026-01-01T00:00:00Z",
    "until": "2026-01-01T00:00:00Z", "limit": "1", "format": "ids",
    "statementId": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee", "registration": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "voidedStatementId": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
}  # fmt: skip


def in_query(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in operation["parameters"] if each.get("in") == "query"]


def needed(operation: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: a_value(each["name"]) for each in in_query(operation) if each["required"]}


def a_value(name: str) -> str:
    return VALUES.get(name, "true")


def ask(client: Client, path: str, method: str, query: dict[str, str]) -> Any:
    body = {} if method in ("put", "post") else None
    return client.send(method.upper(), path, body, query_string=query)


def test_it_is_a_valid_document_of_openapi_3_1() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_it_has_every_route_and_method_and_no_other(app: Flask) -> None:
    rules = app.url_map.iter_rules()
    served = {(rule.rule, method.lower()) for rule in rules for method in rule.methods or ()}
    served = {(path, method) for path, method in served if method != "options"}
    assert {(path, method) for path, method, _ in OPERATIONS} == served


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_parameter_is_known_to_its_resource(
    client: Client, path: str, method: str, operation: dict[str, Any]
) -> None:
    for parameter in in_query(operation):
        name = parameter["name"]
        answer = ask(
            client, path, "get" if method == "head" else method, needed(operation) | {name: a_value(name)}
        )
        assert answer.status_code != 400 or "is not a parameter" not in answer.json["error"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_other_parameter_is_refused_where_credentials_are_asked(
    client: Client, path: str, method: str, operation: dict[str, Any]
) -> None:
    if "security" in operation:
        assert ask(client, path, method, needed(operation) | {"nobodyKnowsMe": "1"}).status_code == 400


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_without_credentials_only_the_open_ones_answer(
    app: Flask, path: str, method: str, operation: dict[str, Any]
) -> None:
    answer = app.test_client().open(
        path,
        method=method.upper(),
        headers={"X-Experience-API-Version": "2.0.0"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},  # figures are free to read on the machine itself
    )
    assert (answer.status_code == 401) == ("security" in operation)


def test_both_routes_are_open_and_say_when_nothing_changed(app: Flask) -> None:
    for path, kind in (("/openapi.json", "application/json"), ("/docs", "text/html; charset=utf-8")):
        first = app.test_client().get(path)
        assert (first.status_code, first.content_type) == (200, kind)
        again = app.test_client().get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert app.test_client().get(path, headers={"If-Match": '"other"'}).status_code == 200


def test_the_page_names_every_path_and_parameter_and_asks_nothing_of_anyone_else(app: Flask) -> None:
    page = app.test_client().get("/docs").text
    for path, _, operation in OPERATIONS:
        assert f"<code>{path}</code>" in page
        for parameter in in_query(operation):
            assert f"<code>{parameter['name']}</code>" in page
    assert "http://" not in page and "https://" not in page and "<script" not in page


def test_a_path_prefix_is_the_servers_address() -> None:
    assert openapi_document("https://school.example.org/lrs/")["servers"] == [{"url": "/lrs"}]
    assert DOCUMENT["servers"] == [{"url": "/"}]
