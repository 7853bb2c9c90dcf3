"""One schema, two validators: jsonschema-rs decides, jsonschema explains a rejection on the same schema."""

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
import jsonschema.exceptions
import jsonschema_rs

from lrs.statement.invalid import InvalidStatement

DEFAULT_SPEC = "Data 2.2"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST_VALUE = 80


class Schema:
    """A compiled JSON Schema."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._decides = jsonschema_rs.validator_for(schema)
        self._explains = jsonschema.Draft202012Validator(schema)

    def check(self, value: Any) -> None:
        """Raises InvalidStatement when the value does not fit the schema."""
        if not self._decides.is_valid(value):
            raise self._explain(value)

    def _explain(self, value: Any) -> InvalidStatement:
        error = jsonschema.exceptions.best_match(self._explains.iter_errors(value))  # type: ignore[no-untyped-call]
        if error is None:
            first = next(iter(self._decides.iter_errors(value)))
            return InvalidStatement(
                str(first.message)[:200], json_path(first.instance_path), "schema", DEFAULT_SPEC
            )
        schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
        message = (
            schema.get("x-message")
            if error.validator in ("pattern", "oneOf", "minItems", "maxItems")
            else None
        )
        told = f"{_shorten(error.instance)}: {message}" if message else _told(error)
        rule = f"schema-{error.validator}"
        return InvalidStatement(
            told, json_path(error.absolute_path), rule, schema.get("x-spec", DEFAULT_SPEC)
        )


def _told(error: jsonschema.exceptions.ValidationError) -> str:
    """A short reason; jsonschema's own text quotes the whole value first."""
    value, expected = error.instance, error.validator_value
    if error.validator == "type":
        return f"{_shorten(value)} is not of type {expected}"
    if error.validator == "additionalProperties" and isinstance(value, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        return f"{', '.join(sorted(set(value) - set(known)))[:LONGEST_VALUE]}: no such property here"
    if error.validator == "required" and isinstance(value, dict):
        return f"{', '.join(n for n in expected if n not in value)} is missing"
    if error.validator == "const":
        return f"{_shorten(value)} is not {expected!r}"
    return (
        error.message if len(error.message) <= 2 * LONGEST_VALUE else f"{_shorten(value)}: {error.validator}"
    )


def _shorten(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 3] + "..."


def json_path(steps: Iterable[str | int]) -> str:
    """A JSON path such as `$.context.contextActivities.parent[0].id`."""
    path = "$"
    for step in steps:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step}" if _NAME.fullmatch(step) else f"[{json.dumps(step)}]"
    return path


@cache
def statement_schema(version: str) -> Schema:
    """The schema of statements of xAPI "1.0.3" or "2.0.0"."""
    return Schema(_load(version))


@cache
def agent_schema() -> Schema:
    """The schema of an Agent or a Group; it is the same in both versions."""
    loaded = _load("1.0.3")
    return Schema({"$schema": loaded["$schema"], "$ref": "#/$defs/actor", "$defs": loaded["$defs"]})


def _load(version: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        files("schemas").joinpath("xapi", version, "statement.json").read_text("utf-8")
    )
    return loaded
