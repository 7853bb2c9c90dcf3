"""A statement as it is given back: the client's text to the letter, with what the store sets in front."""

import json
from collections.abc import Iterator
from enum import IntFlag
from typing import Any

from lrs.statement.instants import format_instant


class Given(IntFlag):
    """What of a client's text decides how it is given back: members that the store may set, and lone activities."""

    ID = 1
    STORED = 2
    TIMESTAMP = 4
    AUTHORITY = 8
    VERSION = 16
    LONE_ACTIVITY = 32  # a context activity without the list that belongs around it


_ALWAYS_OURS = ("stored", "authority")
_GIVEN = [Given(bits) for bits in range(64)]
_JSON = json.JSONDecoder()


def given(statement: dict[str, Any]) -> Given:
    """Which of them a parsed statement has."""
    return _GIVEN[
        ("id" in statement)
        | ("stored" in statement) << 1
        | ("timestamp" in statement) << 2
        | ("authority" in statement) << 3
        | ("version" in statement) << 4
        | _has_lone_activity(statement) << 5
    ]


def _has_lone_activity(statement: dict[str, Any]) -> bool:
    for part in (statement, statement.get("object")):
        context = part.get("context") if isinstance(part, dict) else None
        activities = context.get("contextActivities") if isinstance(context, dict) else None
        if isinstance(activities, dict) and any(isinstance(named, dict) for named in activities.values()):
            return True
    return False


def compose(text: str, given: Given, *, statement_id: str, stored: int, authority: str, version: str) -> str:
    """The statement as JSON text: `stored` (microseconds) and `authority` (JSON text) are always the store's.

    id, version and timestamp are added where the client gave none (Data 2.4): the timestamp is then `stored`. A lone
    context activity comes back in a list (Data 2.4.6.2). Nothing else is written anew, so that `1.10` and every escape
    stay as they were sent.
    """
    if given & Given.LONE_ACTIVITY:
        text = _with_lists(text)
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


def _with_lists(text: str) -> str:
    """The text with a list around each context activity that stands alone; all else verbatim."""
    lone = [*_lone(text, "context"), *_lone(text, "object", "context")]
    for start, end in sorted(lone, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def _lone(text: str, *path: str) -> Iterator[tuple[int, int]]:
    """From where to where each lone context activity of the context at a path stands."""
    at = text.index("{")
    for step in (*path, "contextActivities"):
        at = next((start for name, start, _ in _members(text, at) if name == step), -1)
        if at < 0:
            return
    yield from ((start, end) for _, start, end in _members(text, at) if text[start] == "{")


def _members(text: str, at: int) -> Iterator[tuple[str, int, int]]:
    """The members of the object that starts at `at`: name, and from where to where the value stands."""
    if text[at] != "{":
        return
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, end = _JSON.raw_decode(text, at)
        start = _skip(text, _skip(text, end) + 1)
        _, end = _JSON.raw_decode(text, start)
        yield name, start, end
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
