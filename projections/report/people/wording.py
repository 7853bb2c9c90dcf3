"""Values of a report in words of a language: days, shares, names that are not there."""

import unicodedata
from datetime import date
from typing import Any

from projections.report.people.model import Followed, Goal, HelpRequest, NextStep, Person, Trace
from projections.report.people.trace_groups import GROUPS, Unit
from projections.report.people.words import read_words

_PERCENT = (Unit.SHARE, Unit.GAP)
_SIGNED = (Unit.GAP, Unit.RATING, Unit.RATING_PER_WEEK)
_UNITS = {indicator: unit for group in GROUPS.values() for indicator, unit in group.items()}
_MINUS = "\u2212"


class Wording:
    """The words of one language, filled in. `people` are numbered where they have no name."""

    def __init__(self, language: str, people: tuple[Followed, ...] = ()) -> None:
        self.language = language
        self._words = read_words(language)
        nameless = [each.person.key for each in people if not each.person.name]
        self._numbers = {key: number for number, key in enumerate(nameless, 1)}

    def __call__(self, key: str, **values: Any) -> str:
        """The words of a key such as `page.intro`. Raises KeyError."""
        found: Any = self._words
        for step in key.split("."):
            found = found[step]
        return str(found.format(**values)) if values else str(found)

    def name(self, person: Person) -> str:
        """The name, else a neutral word; never a key, which tells a reader nothing and would lead elsewhere."""
        named = plain(person.name or "")
        return named or self("page.name", number=self._numbers.get(person.key, "")).strip()

    def goal(self, goal: Goal) -> str:
        title = plain(goal.title or "") or self("page.no_title")
        return self("shared.goal", title=title) if goal.shared else title

    def about(self, request: HelpRequest) -> str:
        """What a request is about; what nothing names is said once."""
        said = [self.activity(title) for title in request.about]
        return self("page.and").join(dict.fromkeys(said)) or self("page.unsaid")

    def activity(self, title: str | None) -> str:
        return plain(title or "") or self("page.no_activity_title")

    def day(self, day: date | None, missing: str = "page.unsaid") -> str:
        if day is None:
            return self(missing)
        month = self._words["format"]["months"][day.month - 1]
        return self("format.date", day=day.day, month=month, year=day.year)

    def counted(self, key: str, count: int) -> str:
        """Words with a number in them, which have a form of their own for one."""
        return self(f"{key}_one") if count == 1 else self(key, n=count)

    def days(self, count: int) -> str:
        return self.counted("format.days", count)

    def progress(self, goal: Goal) -> str:
        if goal.progress is None:
            return self("page.unknown")
        share = self.figure(goal.progress, Unit.SHARE)
        if not goal.parts or goal.parts_done is None:
            return share
        return self("format.parts", share=share, done=goal.parts_done, of=goal.parts)

    def level(self, goal: Goal) -> str:
        if goal.target_level is None:
            return self("page.unknown") if goal.level is None else self("level.given", level=goal.level)
        key = "level.only_aimed" if goal.level is None else "level.aimed"
        return self(key, level=goal.level, target=goal.target_level)

    def next_step(self, goal: Goal) -> str:
        if goal.next_step is NextStep.GO_ON and goal.parts and goal.parts_done is not None:
            return self("next_step.go_on_parts", left=goal.parts - goal.parts_done, parts=goal.parts)
        words = self(f"next_step.{goal.next_step}", start=self.day(goal.start), target=goal.target_level)
        return words

    def trace(self, trace: Trace) -> str:
        if trace.value is None:
            return self("page.too_few")
        return self.figure(trace.value, _UNITS[trace.indicator])

    def figure(self, value: float, unit: Unit) -> str:
        text = f"{100 * value:.0f}" if unit in _PERCENT else f"{value:.2f}".rstrip("0").rstrip(".")
        number = text.lstrip("-").replace(".", self("format.decimal"))
        if float(text) == 0:
            return self(f"unit.{unit}", figure="0")
        sign = _MINUS if value < 0 else "+" if unit in _SIGNED else ""
        return self(f"unit.{unit}", figure=sign + number)


def plain(text: str) -> str:
    """Text of others without what would steer a terminal or turn the line around; line ends and tabs stay."""
    return "".join(each for each in text if each in "\n\t" or not _steers(each)).strip()


def _steers(character: str) -> bool:
    # Controls, and the marks that override or isolate direction (Unicode bidi, UAX 9, 2.4 and 2.5); a joiner of emoji
    # is a format character too, and stays.
    return unicodedata.category(character) == "Cc" or unicodedata.bidirectional(character) in (
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    )  # fmt: skip
