"""One schema, two validators: jsonschema-rs decides, jsonschema explains a rejection on the same schema."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema
import jsonschema.exceptions
import jsonschema_rs

from lrs.statement.explain import DEFAULT_RULE, DEFAULT_SPEC, LONGEST_MESSAGE, explain
from lrs.statement.invalid import InvalidStatement
from lrs.statement.json_path import json_path


class Schema:
    """A compiled JSON Schema."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._decides = jsonschema_rs.validator_for(schema)
        self._explains = jsonschema.Draft202012Validator(schema)

    def check(self, value: Any) -> None:
        """Raises InvalidStatement when the value does not fit the schema."""
        if not self._decides.is_valid(value):
            raise self._refusal(value)

    def _refusal(self, value: Any) -> InvalidStatement:
        found = list(self._explains.iter_errors(value))
        # Read as another objectType than was meant, a value has every other thing wrong with it too.
        of_wrong_type = [error for error in found if error.path and error.path[-1] == "objectType"]
        error = jsonschema.exceptions.best_match(of_wrong_type or found)  # type: ignore[no-untyped-call]
        if error is not None:
            return explain(error)
        first = next(iter(self._decides.iter_errors(value)))
        message = first.message[:LONGEST_MESSAGE]
        return InvalidStatement(message, json_path(first.instance_path), DEFAULT_RULE, DEFAULT_SPEC)


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
    text = files("schemas").joinpath("xapi", version, "statement.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
