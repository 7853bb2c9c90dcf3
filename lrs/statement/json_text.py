"""Request bodies of JSON: one reading gives each statement's value and its text, which is kept to the letter."""

import re
from typing import Any, NamedTuple

from lrs.statement.strict_json import InvalidJson, decode, scan

__all__ = ["InvalidJson", "ParsedStatement", "parse_object", "parse_statements"]

_WHITE = re.compile(r"[ \t\r\n]*")


class ParsedStatement(NamedTuple):
    """A JSON object with the client's own characters for it."""

    text: str
    value: dict[str, Any]


def parse_statements(body: bytes, max_depth: int = 100) -> tuple[list[ParsedStatement], bool]:
    """The objects of a request body, one or an array of them, and whether it was an array.

    Integers come as int, other numbers as Decimal. Raises InvalidJson for anything that is not strict JSON, nests
    deeper than `max_depth`, or holds something else than objects.
    """
    text = decode(body)
    start = _skip(text, 0)
    if text[start : start + 1] != "[":
        value, end = scan(text, start, "$", max_depth)
        _at_end(text, end)
        return [ParsedStatement(text[start:end], _object(value, "$"))], False
    return _members(text, start, max_depth), True


def parse_object(text: bytes | str, max_depth: int = 100) -> Any:
    """One strict JSON value of any kind. Raises InvalidJson."""
    decoded = decode(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    value, end = scan(decoded, _skip(decoded, 0), "$", max_depth)
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
        value, end = scan(text, at, path, max_depth)
        found.append(ParsedStatement(text[at:end], _object(value, path)))
        at = _skip(text, end)
        if text[at : at + 1] == "]":
            _at_end(text, at + 1)
            return found
        if text[at : at + 1] != ",":
            raise InvalidJson(f"expected , or ] at character {at}")
        at = _skip(text, at + 1)


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
