"""From a validator's finding to a short reason; its own text would quote the whole value."""

import json
from decimal import Decimal
from typing import Any

from jsonschema.exceptions import ValidationError

from lrs.statement.invalid import InvalidStatement
from lrs.statement.json_path import json_path

DEFAULT_RULE, DEFAULT_SPEC = "schema", "Data 2.2"
LONGEST_VALUE, LONGEST_MESSAGE = 60, 200
_RULES = {
    "additionalProperties": "unknown-property",
    "dependentRequired": "interaction-type",
    "maximum": "number-range",
    "minItems": "empty-list",
    "minimum": "number-range",
    "required": "missing-property",
    "type": "type",
}
# What these find beside a `type` is told in their own words: x-message then speaks of another keyword.
_OWN_WORDS = ("type", "required", "additionalProperties", "dependentRequired")
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def explain(error: ValidationError) -> InvalidStatement:
    """The refusal, by x-message, x-rule and x-spec of the schema at fault where it has them."""
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    says = {} if error.validator in _OWN_WORDS and "type" in schema else schema
    message = _told(error.instance, says["x-message"]) if "x-message" in says else _reason(error, schema)
    rule = says.get("x-rule") or _RULES.get(str(error.validator), DEFAULT_RULE)
    if error.validator == "type" and error.instance is None:
        rule = "null"
    spec = schema.get("x-spec", DEFAULT_SPEC)
    return InvalidStatement(message[:LONGEST_MESSAGE], json_path(error.absolute_path), rule, spec)


def _told(value: Any, message: str) -> str:
    if message.startswith("is "):
        return f"{_shown(value)} {message}"
    if "exactly one" in message:
        return f"{', '.join(n for n in _IDENTIFIERS if n in value) or 'no identifier'}: {message}"
    return message


def _reason(error: ValidationError, schema: dict[str, Any]) -> str:
    value, expected = error.instance, error.validator_value
    match error.validator:
        case "type":
            return f"{_shown(value)} is not of type {expected}"
        case "additionalProperties":
            return f"{_names(set(value) - set(schema['properties']))}: no such property here"
        case "required":
            return f"{_names(set(expected) - set(value))} is missing"
        case "minimum" | "maximum":
            return f"{_shown(value)} is {'under' if error.validator == 'minimum' else 'over'} {expected}"
        case "dependentRequired":
            return f"{_names({n for n in expected if n in value})} needs an interactionType"
        case "minItems":
            return "an empty list says nothing: leave the property out"
    return f"{_shown(value)} does not fit ({error.validator})"


def _names(names: set[str]) -> str:
    return ", ".join(name[:LONGEST_VALUE] for name in sorted(names))


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 3]}..."
