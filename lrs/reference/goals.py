"""A goal framework from a file: which of the three forms it has, and how its goals stand beside those known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from lrs.reference import case_package, goal_csv, onderwijsdoelen
from lrs.reference.entity import FRAMEWORK_GOAL, Reading, UnreadableFile
from lrs.reference.known import Known

__all__ = ["Goals", "read_goals"]


@dataclass
class Goals(Reading):
    """Goals of a framework. A goal's parent must be known; a goal of the public data keeps the sets it was in."""

    def settle(self, known: Known, as_of: date) -> Reading:
        self.reject_others(known)
        self._keep_sets(known)
        self.reject(FRAMEWORK_GOAL, self._circles())
        while lost := self._lost(known):  # whoever loses its parent loses its children
            self.reject(FRAMEWORK_GOAL, lost)
        return self

    def _lost(self, known: Known) -> dict[str, str]:
        there = self.keys(FRAMEWORK_GOAL, known)
        return {
            each.key: f"its parent {parent} is in no framework that is known"
            for each in self.entities
            for parent in each.content.get("parents", ())
            if parent not in there
        }

    def _keep_sets(self, known: Known) -> None:
        """One `@id` is in several sets, and they come in different files: what one file says adds to the others."""
        mine = [each for each in self.entities if "sets" in each.content]
        before = known.contents(FRAMEWORK_GOAL, [each.key for each in mine])
        merged = {
            each.key: onderwijsdoelen.merged(each, before[each.key]) for each in mine if each.key in before
        }
        self.entities = [merged.get(e.key, e) if e.type == FRAMEWORK_GOAL else e for e in self.entities]

    def _circles(self) -> dict[str, str]:
        parents = {e.key: e.content.get("parents", []) for e in self.entities if e.type == FRAMEWORK_GOAL}
        return {key: "it is its own ancestor" for key in parents if _reaches(key, key, parents)}


def _reaches(start: str, target: str, parents: dict[str, list[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(parents.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key == target:
            return True
        if key not in seen:
            seen.add(key)
            waiting += parents.get(key, ())
    return False


def read_goals(
    files: Sequence[tuple[str, bytes]],
    framework: str | None,
    progress: Callable[[int], None] = lambda goals: None,
) -> Goals:
    """The goals of files (name, content): pages of the public onderwijsdoelen, CASE packages, or CSV.

    `framework` names the framework of a CSV file, by default after the file. `progress` is called with the number of
    goals read. Raises UnreadableFile.
    """
    goals = Goals()
    read = 0
    pages: list[tuple[str, dict[str, Any]]] = []
    for name, content in files:
        document = None if name.lower().endswith((".csv", ".txt")) else _json(name, content)
        if document is None:
            goal_csv.read_into(goals, name, content, framework or _stem(name))
        elif case_package.is_package(document):
            case_package.read_into(goals, name, document)
        elif onderwijsdoelen.is_page(document):
            pages.append((name, document))
        else:
            raise UnreadableFile(
                f"{name} is no page of onderwijsdoelen (gegevens.member), CASE package (CFDocument) or CSV"
            )
        read = len(goals.entities)
        progress(read)
    onderwijsdoelen.read_into(goals, pages, lambda count: progress(read + count))
    return goals


def _json(name: str, content: bytes) -> Any:
    try:
        return orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(f"{name} is not JSON: {error}") from error


def _stem(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
