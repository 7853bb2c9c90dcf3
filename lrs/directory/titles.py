"""Names of things: activities, goals of a framework, classes and schools."""

from collections.abc import Iterable, Mapping
from typing import Any

from lrs.directory.store_index import Opened, recorded_by_key
from lrs.index.activities import read_definitions
from lrs.reference.entity import CLASS, FRAMEWORK_GOAL, SCHOOL
from lrs.statement.languages import best_tag


def goal_titles(opened: Opened, goal_ids: Iterable[str], language: str) -> dict[str, str]:
    """Titles of goals, or of any activities, by id: as its definition names it, else as its framework words it.

    In the language asked for if there is such a text, else in whichever is there. Without a title: left out.
    """
    wanted = set(goal_ids)
    known = read_definitions(opened.connection, opened.store, sorted(wanted))
    titles = {
        goal: text for goal, said in known.items() if (text := _in_language(said.get("name"), language))
    }
    framework = recorded_by_key(opened, FRAMEWORK_GOAL, wanted - titles.keys())
    return titles | {goal: text for goal, said in framework.items() if (text := str(said.get("title", "")))}


def class_names(opened: Opened, class_keys: Iterable[str]) -> dict[str, str]:
    """Names of classes by class key; of a class that no roster knows: left out."""
    return _names(recorded_by_key(opened, CLASS, class_keys))


def school_names(opened: Opened, school_keys: Iterable[str]) -> dict[str, str]:
    """Names of schools by school key; of a school that no roster knows: left out."""
    return _names(recorded_by_key(opened, SCHOOL, school_keys))


def _names(contents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {key: str(said["name"]) for key, said in contents.items() if said.get("name")}


def _in_language(translations: Mapping[str, Any] | None, language: str) -> str:
    texts = {tag: str(text) for tag, text in (translations or {}).items() if str(text).strip()}
    return texts[best_tag(texts, [(language, 1.0), ("*", 0.1)])] if texts else ""
