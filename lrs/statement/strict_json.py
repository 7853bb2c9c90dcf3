"""Strict JSON: what two readers could understand differently is refused, and numbers keep their value.

Python's own parser keeps the last of duplicate keys in silence, accepts NaN and rounds `1.10` and 20-digit numbers;
so it is given hooks for each.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from lrs.statement.json_path import json_path

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class InvalidJson(ValueError):
    """A text that is not strict JSON; `message` says what is wrong, `path` where, `rule` names the kind."""

    def __init__(self, message: str, path: str = "$", rule: str = "json") -> None:
        super().__init__(message)
        self.message, self.path, self.rule = message, path, rule


def decode(body: bytes) -> str:
    """The text of a request body. Raises InvalidJson for anything but UTF-8 without a byte order mark."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidJson(f"not UTF-8 at byte {error.start}", rule="utf-8") from error
    if text.startswith("\ufeff"):
        raise InvalidJson("starts with a byte order mark, which JSON does not allow", rule="utf-8")
    return text


def scan(text: str, start: int, path: str, max_depth: int) -> tuple[Any, int]:
    """The JSON value that starts at a character, and where it ends; integers as int, other numbers as Decimal.

    Raises InvalidJson, with `path` as the root of where, for what is not strict JSON or nests deeper than `max_depth`.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except _Repeated as error:
        raise InvalidJson(str(error), _path_of_repeated(text, start, path), "duplicate-key") from error
    except InvalidJson as error:
        raise InvalidJson(error.message, path, error.rule) from error
    except RecursionError as error:
        raise _too_deep(path, max_depth) from error
    except json.JSONDecodeError as error:
        raise InvalidJson(f"not JSON at character {error.pos}: {error.msg}", path) from error
    except (InvalidOperation, ValueError) as error:
        raise InvalidJson("a number of too many digits or too large an exponent", path, "number") from error
    if text.count("{", start, end) + text.count("[", start, end) > max_depth and _depth(value) > max_depth:
        raise _too_deep(path, max_depth)
    if text.find("\\u", start, end) >= 0 and _ESCAPED_SURROGATE.search(text, start, end):
        _refuse_lone_surrogates(value, path)
    return value, end


def _too_deep(path: str, max_depth: int) -> InvalidJson:
    return InvalidJson(f"nested deeper than {max_depth} levels (LRS_MAX_JSON_DEPTH)", path, "max-json-depth")


def _depth(value: Any) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        each, depth = waiting.pop()
        if isinstance(each, dict | list):
            deepest = max(deepest, depth)
            waiting += [(child, depth + 1) for child in (each.values() if isinstance(each, dict) else each)]
    return deepest


def _refuse_lone_surrogates(value: Any, path: str) -> None:
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidJson(
            "holds half of a surrogate pair, which is no character", path, "surrogate"
        ) from error


class _Repeated(Exception):
    """A key is given twice in one object."""


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        [(name, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise _Repeated(f"the key {name[:80]!r} is given twice in one object")
    return members


def _no_such_constant(name: str) -> NoReturn:
    raise InvalidJson(f"{name} is no JSON number", rule="number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique_keys, parse_constant=_no_such_constant, parse_float=Decimal
)


class _Pairs(list[tuple[str, Any]]):
    """An object with all that it was given, repeated keys too."""


_PAIRS_DECODER = json.JSONDecoder(object_pairs_hook=_Pairs)


def _path_of_repeated(text: str, start: int, root: str) -> str:
    """Where a key stands for the second time, by a second reading; the root where the rest cannot be read."""
    try:
        steps = _steps_to_repeated(_PAIRS_DECODER.raw_decode(text, start)[0])
    except (ValueError, RecursionError):
        return root
    return json_path(reversed(steps), root)


def _steps_to_repeated(value: Any) -> list[str | int]:
    """The steps to the first repeated key, the last one first; none when every key stands once."""
    is_object = isinstance(value, _Pairs)
    members: Iterable[tuple[Any, Any]] = (
        value if is_object else enumerate(value if isinstance(value, list) else ())
    )
    seen: set[str | int] = set()
    for step, member in members:
        if is_object and step in seen:
            return [step]
        seen.add(step)
        if found := _steps_to_repeated(member):
            return [*found, step]
    return []
