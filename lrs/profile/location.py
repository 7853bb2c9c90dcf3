"""JSONPath as profiles may use it (xAPI Profiles 1.0, Structure 8.1): no filters, no scripts, unions by `|`."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, NoReturn

from lrs.statement.json_path import json_path


class _Every(Enum):
    """Steps that name no member: every child (`*`), and a value with all that lies under it (`..`)."""

    CHILD = "*"
    DEPTH = ".."


# A step is a union of members, indexes and `*`, or the descent `..`.
_Step = tuple[str | int | _Every, ...] | _Every
_Keys = tuple[str | int, ...]

_ROOT = re.compile(r"\s*(\$(?=[.\[]|\s*$|\s*\|)|(?=[A-Za-z_]))")
_NAME = re.compile(r"[^\s.\[\]|'\",*$()?@]+")
_MEMBER = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([0-9]+)|(\*))\s*""")


class InvalidLocation(ValueError):
    """A text that is no JSONPath of the profile specification; the text says at which character, and why."""


class Location:
    """A JSONPath, read once.

    `$` may be left out at the start, as the specification's own examples do. Raises InvalidLocation.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._paths = tuple(_read(text))
        self._plain = [_plain(path) for path in self._paths]

    def values(self, value: Any) -> list[Any]:
        """All values that the path finds, in order; none when it finds nothing."""
        found: list[Any] = []
        for path, names in zip(self._paths, self._plain, strict=True):
            if names is not None:
                found += _walk(value, names)
            else:
                found += [each for _, each in _find(value, path)]
        return found

    def places(self, value: Any) -> list[tuple[str, Any]]:
        """The values with the exact path of each, such as `$.context.contextActivities.parent[0].id`."""
        return [(json_path(keys), each) for path in self._paths for keys, each in _find(value, path)]


def _plain(path: list[_Step]) -> list[str] | None:
    """The names of a path that has nothing but single names: nearly all of them."""
    names = [
        step[0] for step in path if isinstance(step, tuple) and len(step) == 1 and isinstance(step[0], str)
    ]
    return [str(name) for name in names] if len(names) == len(path) else None


def _walk(value: Any, names: list[str]) -> list[Any]:
    for name in names:
        if type(value) is not dict or name not in value:
            return []
        value = value[name]
    return [value]


def _find(value: Any, path: list[_Step]) -> list[tuple[_Keys, Any]]:
    found: list[tuple[_Keys, Any]] = [((), value)]
    for step in path:
        if isinstance(step, tuple):
            found = [((*keys, key), child) for keys, each in found for key, child in _children(each, step)]
        else:
            found = [deeper for keys, each in found for deeper in _under(keys, each)]
    return found


def _children(value: Any, step: tuple[str | int | _Every, ...]) -> Iterator[tuple[str | int, Any]]:
    members: dict[Any, Any] = {}
    if isinstance(value, dict):
        members = value
    elif isinstance(value, list):
        members = dict(enumerate(value))
    for key in step:
        if key is _Every.CHILD:
            yield from members.items()
        elif not isinstance(key, _Every) and key in members:
            yield key, members[key]


def _under(keys: _Keys, value: Any) -> Iterator[tuple[_Keys, Any]]:
    yield keys, value
    for key, child in _children(value, (_Every.CHILD,)):
        yield from _under((*keys, key), child)


def _read(text: str) -> Iterator[list[_Step]]:
    at = 0
    while True:
        root = _ROOT.match(text, at)
        if root is None:
            _refuse(text, at, "a path starts with $")
        path: list[_Step] = []
        at = root.end()
        if not root[1]:
            at = _read_name(text, at, path)
        while at < len(text) and text[at] in ".[":
            at = _read_step(text, at, path)
        at += len(text[at:]) - len(text[at:].lstrip())
        yield path
        if at == len(text):
            return
        if text[at] != "|":
            _refuse(text, at, "expected . or [ or |")
        at += 1


def _read_step(text: str, at: int, path: list[_Step]) -> int:
    if text.startswith("..", at):
        path.append(_Every.DEPTH)
        at += 2
        return at if text[at : at + 1] == "[" else _read_name(text, at, path)
    if text[at] == "[":
        return _read_bracket(text, at + 1, path)
    return _read_name(text, at + 1, path)


def _read_name(text: str, at: int, path: list[_Step]) -> int:
    if text[at : at + 1] == "*":
        path.append((_Every.CHILD,))
        return at + 1
    name = _NAME.match(text, at)
    if name is None:
        _refuse(text, at, "expected a name or *")
    path.append((name[0],))
    return name.end()


def _read_bracket(text: str, at: int, path: list[_Step]) -> int:
    step: list[str | int | _Every] = []
    while True:
        member = _MEMBER.match(text, at)
        if member is None:
            _refuse(
                text,
                at,
                "brackets hold names in quotes, indexes, * and unions of them; no filters, no scripts",
            )
        single, double, index, _ = member.groups()
        name = single if single is not None else double
        if name is not None:
            step.append(re.sub(r"\\(.)", r"\1", name))
        else:
            step.append(int(index) if index is not None else _Every.CHILD)
        at = member.end()
        if text[at : at + 1] == "]":
            path.append(tuple(step))
            return at + 1
        if text[at : at + 1] != ",":
            _refuse(text, at, "expected , or ]")
        at += 1


def _refuse(text: str, at: int, why: str) -> NoReturn:
    raise InvalidLocation(f"{text!r} at character {at}: {why}")
