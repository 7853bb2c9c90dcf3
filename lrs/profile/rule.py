"""A rule of a statement template (xAPI Profiles 1.0, Structure 8.1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lrs.profile.location import Location
from lrs.statement.canonical_json import canonical_json

PRESENCES = ("included", "excluded", "recommended")
_LONGEST_VALUE = 80
Words = dict[str, str]  # by language tag


class Broken(NamedTuple):
    """A rule that a statement breaks.

    `rule` names it, as `included $.result.duration`: what it asks and where; it quotes nothing of the statement.
    `path` is where in the statement, `message` what is wrong there.
    """

    rule: str
    path: str
    message: str


class Values:
    """The values of an any, all or none; compared as JSON values, so 1 is 1.0 and is not true."""

    def __init__(self, values: Iterable[Any]) -> None:
        self.listed = list(values)
        self._texts = frozenset(value for value in self.listed if isinstance(value, str))
        self._others = frozenset(canonical_json(value) for value in self.listed if not isinstance(value, str))

    def __contains__(self, value: Any) -> bool:
        if isinstance(value, str):
            return value in self._texts
        return bool(self._others) and canonical_json(value) in self._others

    def __str__(self) -> str:
        return ", ".join(map(_shown, self.listed))


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to be asked.

    Structure 8.1 decides where the pseudocode of Communication 2.1 reads otherwise: any, all and none do not count
    beside `excluded`, and beside `recommended` only when a matchable value is there.
    """

    location: Location
    selector: Location | None
    presence: str | None
    any: Values | None
    all: Values | None
    none: Values | None
    note: Words = field(default_factory=dict)

    def broken(self, statement: dict[str, Any]) -> Broken | None:
        """What is wrong, None when the rule is followed. The contextActivities are lists."""
        check = self._failed(*self._evaluate(statement))
        return None if check is None else self._told(check, statement)

    def _evaluate(self, statement: dict[str, Any]) -> tuple[list[Any], bool]:
        """The matchable values, and whether there are unmatchable ones: places where the selector finds nothing."""
        found = self.location.values(statement)
        if self.selector is None:
            return found, False
        selected = [self.selector.values(each) for each in found]
        return [value for values in selected for value in values], not all(selected)

    def _failed(self, values: list[Any], unmatchable: bool) -> str | None:
        if self.presence == "excluded":
            return "excluded" if values else None
        if self.presence == "included" and (unmatchable or not values):
            return "included"
        if self.presence == "recommended" and not values:
            return None
        if self.any is not None and not any(value in self.any for value in values):
            return "any"
        if self.all is not None and (unmatchable or not all(value in self.all for value in values)):
            return "all"
        if self.none is not None and any(value in self.none for value in values):
            return "none"
        return None

    def _told(self, check: str, statement: dict[str, Any]) -> Broken:
        places = self._places(statement)
        rule = f"{check} {self.text}"
        if check == "included":
            empty = next((path for path, values in places if not values), self.location.text)
            return Broken(rule, empty, "is missing" if self.selector is None else f"has no {self._selected}")
        if check == "excluded":
            return Broken(rule, _first(places), "must not be there")
        if check == "any":
            return Broken(rule, _first(places) or self.location.text, f"none is one of {self.any}")
        return self._wrong_value(check, rule, places)

    def _wrong_value(self, check: str, rule: str, places: list[tuple[str, list[Any]]]) -> Broken:
        for path, values in places:
            if check == "all" and not values:
                return Broken(rule, path, f"has no {self._selected}")
            for value in values:
                if check == "all" and value not in (self.all or ()):
                    return Broken(rule, path, f"is {_shown(value)}; it takes {self.all}")
                if check == "none" and value in (self.none or ()):
                    return Broken(rule, path, f"is {_shown(value)}, which it must not be")
        raise AssertionError("a broken rule names a value")

    @property
    def text(self) -> str:
        """The location, and the selector where there is one."""
        return self.location.text + (f" select {self.selector.text}" if self.selector else "")

    @property
    def _selected(self) -> str:
        return self.selector.text if self.selector else ""

    def _places(self, statement: dict[str, Any]) -> list[tuple[str, list[Any]]]:
        found = self.location.places(statement)
        return [(path, self.selector.values(each) if self.selector else [each]) for path, each in found]


def _first(places: list[tuple[str, list[Any]]]) -> str:
    return next((path for path, values in places if values), "")


def _shown(value: Any) -> str:
    text = canonical_json(value).decode()
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "..."
