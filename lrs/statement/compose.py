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


_MEMBERS = {"id": Given.ID, "stored": Given.STORED, "timestamp": Given.TIMESTAMP,
            "authority": Given.AUTHORITY, "version": Given.VERSION}  # fmt: skip
_STRING = json.JSONDecoder()


def given(statement: dict[str, Any]) -> Given:
    found = Given(0)
    for name, flag in _MEMBERS.items():
        if name in statement:
            found |= flag
    return found


def compose(text: str, given: Given, *, statement_id: str, stored: int, authority: str, version: str) -> str:
    """The statement as JSON text: `stored` (microseconds) and `authority` (JSON text) are always the store's.

    id, version and timestamp are added where the client gave none (Data 2.4): the timestamp is then `stored`. Nothing
    is written anew, so that `1.10` and every escape stay as they were sent.
    """
    instant = format_instant(stored)
    members = []
    if not given & Given.ID:
        members.append(f'"id":"{statement_id}"')
    members.append(f'"stored":"{instant}"')
    if not given & Given.TIMESTAMP:
        members.append(f'"timestamp":"{instant}"')
    if not given & Given.VERSION:
        members.append(f'"version":"{version}"')
    members.append(f'"authority":{authority}')
    rest = (
        _without(text, ("stored", "authority"))
        if given & (Given.STORED | Given.AUTHORITY)
        else text.lstrip()[1:]
    )
    separator = "" if rest.lstrip().startswith("}") else ","
    return "{" + ",".join(members) + separator + rest


def _without(text: str, names: tuple[str, ...]) -> str:
    """What follows the opening brace of an object, without its members of these names."""
    kept, at = [], _skip(text, text.index("{") + 1)
    while text[at] != "}":
        name, end = _STRING.raw_decode(text, at)
        _, end = _STRING.raw_decode(text, _skip(text, _skip(text, end) + 1))
        if name not in names:
            kept.append(text[at:end])
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return ",".join(kept) + text[at:]


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
