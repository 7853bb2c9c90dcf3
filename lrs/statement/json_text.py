"""Strict JSON: what two readers could understand differently is refused, and numbers keep their value.

Python's own parser keeps the last of duplicate keys in silence, accepts NaN and rounds `1.10` and 20-digit numbers;
so it is given hooks for each. One pass gives the value and where it stood in the text, which is kept to the letter.
"""

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, NoReturn

from lrs.statement.json_path import json_path

RULE = "json"
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_WHITE = re.compile(r"[ \t\r\n]*")


class InvalidJson(ValueError):
    """A text that is not strict JSON; `message` says what is wrong, `path` where, `rule` names the kind."""

    def __init__(self, message: str, path: str = "$", rule: str = RULE) -> None:
        super().__init__(message)
        self.message, self.path, self.rule = message, path, rule


class ParsedStatement(NamedTuple):
    """A JSON object with the client's own characters for it."""

    text: str
    value: dict[str, Any]


def parse_statements(body: bytes, max_depth: int = 100) -> tuple[list[ParsedStatement], bool]:
    """The objects of a request body, one or an array of them, and whether it was an array.

    Integers come as int, other numbers as Decimal. Raises InvalidJson for anything that is not strict JSON, nests
    deeper than `max_depth`, or holds something else than objects.
    """
    text = _decode(body)
    start = _skip(text, 0)
    if text[start : start + 1] != "[":
        value, end = _scan(text, start, "$", max_depth)
        _at_end(text, end)
        return [ParsedStatement(text[start:end], _object(value, "$"))], False
    return _members(text, start, max_depth), True


def parse_object(text: bytes | str, max_depth: int = 100) -> Any:
    """One strict JSON value of any kind. Raises InvalidJson."""
    decoded = _decode(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    value, end = _scan(decoded, _skip(decoded, 0), "$", max_depth)
    _at_end(decoded, end)
    return value


def _members(text: str, start: int, max_depth: int) -> list[ParsedStatement]:
    found: list[ParsedStatement] = []
    at = _skip(text, start + 1)
    if text[at : at + 1] == "]":
        _at_end(text, at + 1)
        return found
    while True:
        path = f"$[{len(found)}]"
        value, end = _scan(text, at, path, max_depth)
        found.append(ParsedStatement(text[at:end], _object(value, path)))
        at = _skip(text, end)
        if text[at : at + 1] == "]":
            _at_end(text, at + 1)
            return found
        if text[at : at + 1] != ",":
            raise InvalidJson(f"expected , or ] at character {at}")
        at = _skip(text, at + 1)


def _decode(body: bytes) -> str:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidJson(f"not UTF-8 at byte {error.start}", rule="utf-8") from error
    if text.startswith("\ufeff"):
        raise InvalidJson("starts with a byte order mark, which JSON does not allow", rule="utf-8")
    return text


def _scan(text: str, start: int, path: str, max_depth: int) -> tuple[Any, int]:
    try:
        value, end = _DECODER.raw_decode(text, start)
    except _Repeated as error:
        raise InvalidJson(str(error), _path_of_repeated(text, start, path), "duplicate-key") from error
    except InvalidJson as error:
        raise InvalidJson(error.message, path, error.rule) from error
    except RecursionError as error:
        raise _too_deep(path, max_depth) from error
    except json.JSONDecodeError as error:
        raise InvalidJson(f"not JSON: {error.msg} at character {error.pos}", path) from error
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


def _object(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidJson("a statement is a JSON object", path, "statement-object")
    return value


def _skip(text: str, at: int) -> int:
    found = _WHITE.match(text, at)
    return found.end() if found else at


def _at_end(text: str, end: int) -> None:
    if _skip(text, end) != len(text):
        raise InvalidJson(f"something follows the JSON at character {end}")


class _Repeated(Exception):
    """A key is given twice in one object."""


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Repeated(f"the key {_first_repeated(pairs)[:80]!r} is given twice in one object")
    return members


def _first_repeated(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    return next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]


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
    seen: set[str] = set()
    is_object = isinstance(value, _Pairs)
    for step, member in value if is_object else enumerate(value) if isinstance(value, list) else ():
        if is_object and step in seen:
            return [step]
        seen.add(step)
        if found := _steps_to_repeated(member):
            return [*found, step]
    return []
