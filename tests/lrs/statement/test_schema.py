"""One schema and two validators, which must agree on it."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from lrs.statement.schema import Schema, statement_schema
from tests.lrs.statement.full_statements import VERSIONS

NAMES = [f"{version}/statement.json" for version in VERSIONS] + ["analytic_form.json"]


def schema_of(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("schemas").joinpath("xapi", name).read_text("utf-8"))
    return loaded


def parts_of(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for each in value if isinstance(value, list) else ():
        yield from parts_of(each)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_of_draft_2020_12(name: str) -> None:
    schema = schema_of(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", NAMES)
def test_patterns_mean_the_same_to_both_validators(name: str) -> None:
    for part in parts_of(schema_of(name)):
        assert "format" not in part
        if isinstance(pattern := part.get("pattern"), str):
            assert pattern.startswith("^")
            assert not re.search(r"\\[dDwWsSbB]|\(\?[=!<]", pattern)


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_is_inside_the_file_and_every_definition_is_used(name: str) -> None:
    schema = schema_of(name)
    used = {part["$ref"] for part in parts_of(schema) if "$ref" in part}
    assert used == {f"#/$defs/{each}" for each in schema["$defs"]}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_of_a_statement_is_closed(version: str) -> None:
    for name, part in schema_of(f"{version}/statement.json")["$defs"].items():
        if part.get("type") == "object" and name not in ("extensions", "languageMap"):
            assert part["additionalProperties"] is False


def test_a_schema_is_compiled_once() -> None:
    assert statement_schema("1.0.3") is statement_schema("1.0.3")


def test_where_the_explaining_validator_finds_nothing_the_deciding_one_speaks() -> None:
    schema = Schema({"type": "object", "properties": {"a": {"pattern": "^[a-z]$"}}})
    # To Python's `re` a $ stands before a last line break as well.
    with pytest.raises(ValueError) as caught:
        schema.check({"a": "b\n"})
    assert caught.value.path == "$.a"  # type: ignore[attr-defined]
    assert str(caught.value)


@pytest.mark.parametrize("kind", ["integer", "number"])
def test_a_boolean_is_no_number(kind: str) -> None:
    decides = jsonschema_rs.validator_for({"properties": {"a": {"type": kind, "minimum": 0}}})
    for _ in range(100):
        assert [decides.is_valid({"a": value}) for value in (1, True, 10**30, False)] == [
            True,
            False,
            True,
            False,
        ]
