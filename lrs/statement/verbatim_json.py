"""JSON values as text again, with numbers as they were read: `1.10` stays, and so do 20 digits."""

from decimal import Decimal
from typing import Any

import orjson


def verbatim_json(value: Any) -> str:
    """The text of a value that `parse_object` gave."""
    try:
        return orjson.dumps(value, default=_number).decode()
    except orjson.JSONEncodeError:
        return orjson.dumps(_with_large_integers(value), default=_number).decode()


def _number(value: Any) -> orjson.Fragment:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value)} is no JSON value")
    return orjson.Fragment(str(value))


def _with_large_integers(value: Any) -> Any:
    """The value with integers written out that do not fit the 64 bits of the JSON writer."""
    if isinstance(value, dict):
        return {name: _with_large_integers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_large_integers(member) for member in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 63:
        return orjson.Fragment(str(value))
    return value
