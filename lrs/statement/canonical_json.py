"""JSON values as one text each, whatever the order of members and however a number was written."""

from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Any

import orjson

# Exact for any number that a client can write; the default context would round to 28 digits.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_MOST_ZEROS = 40


def as_set(values: Iterable[Any]) -> list[Any]:
    """Values without their order and repetitions, to stand in a value for `canonical_json`."""
    return [orjson.Fragment(text) for text in sorted(set(map(canonical_json, values)))]


def canonical_json(value: Any) -> bytes:
    """One text for equal JSON values, and for no others: keys sorted, every number written one way."""
    try:
        return orjson.dumps(value, default=_number, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return orjson.dumps(_with_numbers(value), option=orjson.OPT_SORT_KEYS)


def _with_numbers(value: Any) -> Any:
    """The value with its numbers written out, for integers that do not fit the 64 bits of a JSON writer."""
    if isinstance(value, dict):
        return {name: _with_numbers(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_numbers(member) for member in value]
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return _number(Decimal(value)) if is_number else value


def _number(value: Any) -> orjson.Fragment:
    """A number as digits, as an int is written too; with an exponent when it would be mostly zeros."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value)} is no JSON value")
    plain = _EXACT.normalize(value)
    if not plain:
        return orjson.Fragment("0")
    return orjson.Fragment(f"{plain:f}" if -_MOST_ZEROS < plain.adjusted() < _MOST_ZEROS else str(plain))
