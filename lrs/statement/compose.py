"""A statement as it is given back: the client's text to the letter, with what the store sets in front."""

import json
from enum import IntFlag
from typing import Any

from lrs.statement.instants import format_instant


class Given(IntFlag):
    """Which of the members that the store may set the client's text has already."""

    ID = 1
    STORED = 2
    TIMESTAMP = 4
    AUTHORITY = 8
    VERSION = 16


_ALWAYS_OURS = ("stored", "authority")
_GIVEN = [Given(bits) for bits in range(32)]
_JSON = json.JSONDecoder()


def given(statement: dict[str, Any]) -> Given:
    """Which of them a parsed statement has."""
    return _GIVEN[
        ("id" in statement)
        | ("stored" in statement) << 1
        | ("timestamp" in statement) << 2
        | ("authority" in statement) << 3
        | ("version" in statement) << 4
    ]


def compose(text: str, given: Given, *, statement_id: str, stored: int, authority: str, version: str) -> str:
    """The statement as JSON text: `stored` (microseconds) and `authority` (JSON text) are always the store's.

    id, version and timestamp are added where the client gave none (Data 2.4): the timestamp is then `stored`. Nothing
    is written anew, so that `1.10` and every escape stay as they were sent.
    """
    members = _ours(given, statement_id, format_instant(stored), authority, version)
    start = text.index("{") + 1
    theirs = _without(text, start) if given & (Given.STORED | Given.AUTHORITY) else text[start:]
    return "{" + ",".join(members) + ("" if theirs.lstrip().startswith("}") else ",") + theirs


def _ours(given: Given, statement_id: str, stored: str, authority: str, version: str) -> list[str]:
    members = [f'"stored":"{stored}"', f'"authority":{authority}']
    if not given & Given.VERSION:
        members.insert(0, f'"version":"{version}"')
    if not given & Given.TIMESTAMP:
        members.insert(0, f'"timestamp":"{stored}"')
    if not given & Given.ID:
        members.insert(0, f'"id":"{statement_id}"')
    return members


def _without(text: str, at: int) -> str:
    """What follows the opening brace of an object, without the members that are always ours; all else verbatim."""
    kept: list[str] = []
    while True:
        start = at
        name, end = _JSON.raw_decode(text, _skip(text, at))
        _, end = _JSON.raw_decode(text, _skip(text, _skip(text, end) + 1))
        end = _skip(text, end)
        if name not in _ALWAYS_OURS:
            kept.append(text[start:end])
        if text[end] == "}":
            return ",".join(kept) + text[end:]
        at = end + 1


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
