"""The OpenAPI document tells of the quality API what it does: no more, no less."""

import re
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from projections.web.openapi import paths
from tests.lrs.conftest import Client

OPERATIONS = [(path, method, told) for path, methods in paths().items() for method, told in methods.items()]
NAMES = [f"{method} {path}" for path, method, _ in OPERATIONS]
VALUES = {"year": "2025", "lang": "en", "limit": "1", "offset": "1", "format": "csv"}


def at(path: str) -> str:
    return path.replace("{school}", "north")


def in_query(operation: dict[str, Any]) -> list[str]:
    return [each["name"] for each in operation["parameters"] if each["in"] == "query"]


def test_the_whole_document_is_valid_and_holds_both_apis(app: Flask) -> None:
    document = app.test_client().get("/openapi.json").json
    OpenAPIV31SpecValidator(document).validate()
    assert {*paths(), "/xAPI/statements"} <= set(document["paths"])
    page = app.test_client().get("/docs").text
    assert all(f"<code>{path}</code>" in page for path in paths())


def test_it_has_every_route_and_method_and_no_other(app: Flask) -> None:
    served = {
        (re.sub("<path:([a-z]+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in rule.methods or ()
    }
    assert {(path, method) for path, method, _ in OPERATIONS} == {
        each for each in served if each[1] != "options"
    }


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_parameter_is_known_and_every_other_is_refused(
    client: Client, path: str, method: str, operation: dict[str, Any]
) -> None:
    names = in_query(operation)
    query = {name: VALUES[name] for name in names}
    assert client.send(method.upper(), at(path), query_string=query).status_code == 200
    for name in {*VALUES, "nobodyKnowsMe"} - set(names):
        answer = client.send(method.upper(), at(path), query_string={name: VALUES.get(name, "1")})
        assert answer.status_code == 400


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_each_asks_for_credentials_and_for_no_version(
    app: Flask, client: Client, path: str, method: str, operation: dict[str, Any]
) -> None:
    assert [each["basic"][0] for each in operation["security"]] == ["quality/read", "all/read", "all"]
    assert app.test_client().open(at(path), method=method.upper()).status_code == 401
    bare = {"X-Experience-API-Version": None}
    assert client.send(method.upper(), at(path), headers=bare).status_code == 200


def test_a_row_of_the_answer_is_as_described(client: Client) -> None:
    schema = paths()["/api/v1/schools"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(client.send("GET", "/api/v1/schools").json) == set(schema["required"])
