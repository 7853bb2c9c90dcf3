"""What differs between a statement that a row makes now and the one that is stored under its id."""

from collections.abc import Iterator
from typing import Any

from lrs.statement.instants import parse_instant
from lrs.statement.json_path import json_path

# What the store sets, and what equality leaves out (lrs/statement/equality.py).
_NOT_COMPARED = {
    ("id",),
    ("stored",),
    ("authority",),
    ("version",),
    ("verb", "display"),
    ("object", "definition"),
}
_LONGEST_SHOWN = 40
# Free text stays where it is: in the sheet and in the statement.
_FREE_TEXT = ("response", "criterion", "reflection", "name", "description")


def changes(stored: dict[str, Any], made: dict[str, Any]) -> dict[str, str]:
    """The members that differ, by their JSONPath, each with what it was and is now; texts of people are not quoted."""
    return {json_path(path): _told(path, old, new) for path, old, new in _differing(stored, made, ())}


def _differing(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if path in _NOT_COMPARED:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            if name != "definition":
                yield from _differing(old.get(name), new.get(name), (*path, name))
    elif not _is_same(old, new, path):
        yield path, old, new


def _is_same(old: Any, new: Any, path: tuple[str, ...]) -> bool:
    if path == ("timestamp",) and isinstance(old, str) and isinstance(new, str):
        return parse_instant(old) == parse_instant(new)
    if isinstance(old, list) and isinstance(new, list):
        return [_name(each) for each in old] == [_name(each) for each in new]
    return bool(old == new)


def _name(each: Any) -> Any:
    return each.get("id", each) if isinstance(each, dict) else each


def _told(path: tuple[str, ...], old: Any, new: Any) -> str:
    if path[-1].rsplit("/", 1)[-1] in _FREE_TEXT:
        return "the text is another"
    return f"was {_shown(old)}, is {_shown(new)}"


def _shown(value: Any) -> str:
    text = "not there" if value is None else str(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "..."
