"""A log read plainly: who did what to what, when, and what it means. Lists and dictionaries, no SQL.

Written from indicators.md, to be held against the projections. It may be slow; it must be easy to check by eye.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from lrs.feed import LoggedEvent
from projections.facts import attempt_rule, kind_rule
from projections.facts.calendar_day import days_off

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
BRUSSELS = ZoneInfo("Europe/Brussels")
DAY = 86_400_000_000
HOUR = 3_600_000_000
Rule = dict[str, Any]
RULES: list[Rule] = kind_rule.project({}).to_pylist()
ATTEMPTS: dict[str, Rule] = {rule["verb"]: rule for rule in attempt_rule.project({}).to_pylist()}
GOAL_TYPE = {rule["object_type"] for rule in RULES if rule["kind"] == "set"}
DOUBT_TYPE = {rule["object_type"] for rule in RULES if rule["kind"] == "help_asked"} - {"*"}
REFLECTED: Rule = {
    "kind": "reflected",
    "subject": "actor",
    "planning": False,
    "monitoring": False,
    "work": False,
}


def school_weeks(first: int, last: int) -> dict[date, int]:
    """Monday -> number of the school week, for school years that start in `first` to `last`.

    Weeks count from the first of 2020-2021, those before it down.
    """
    mondays: dict[date, int] = {}
    for year in range(first, last + 1):
        off, day = days_off(year), date(year, 9, 1)
        while day <= date(year + 1, 6, 30):
            if day not in off:
                mondays.setdefault(monday(day), len(mondays) + 1)
            day += timedelta(days=1)
    before = mondays[date(2020, 8, 31)] - 1
    return {start: number - before for start, number in mondays.items()}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


FIRST_YEAR = 1970
WEEKS = school_weeks(FIRST_YEAR, 2028)
WEEK_ENDS = {number: start + timedelta(days=6) for start, number in WEEKS.items()}


def local(microseconds: int) -> datetime:
    """The wall clock in Brussels, without a zone."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return moment.astimezone(BRUSSELS).replace(tzinfo=None)


def week_of(microseconds: int) -> int | None:
    return WEEKS.get(monday(local(microseconds).date()))


@dataclass
class Statement:
    """One statement that was not voided."""

    position: int
    form: dict[str, Any]
    stored: int
    types: dict[str, str]
    people: dict[str, str]
    at: int = field(init=False)
    on: date = field(init=False)
    out: bool = field(init=False)
    week: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.form["timestamp"]
        self.on = local(self.at).date()
        self.out = self.at > self.stored + DAY
        self.week = None if self.out else week_of(self.at)

    @property
    def wall_clock(self) -> datetime:
        return local(self.at)

    def said(self, name: str) -> Any:
        return self.form.get("extensions", {}).get(name)

    @property
    def order(self) -> tuple[int, int]:
        return self.at, self.position

    @property
    def result(self) -> dict[str, Any]:
        return self.form.get("result", {})

    @property
    def object(self) -> str | None:
        return self.form["object"].get("id") if self.form["object"]["objectType"] == "Activity" else None

    @property
    def duration(self) -> int:
        """Microseconds."""
        return 1000 * min(max(self.result.get("duration_ms", 0), 0), 31_536_000_000)

    def named(self, *roles: str) -> set[str]:
        context = self.form.get("context", {})
        return {activity for role in roles for activity in context.get(role, [])}

    def person(self, key: str) -> str:
        return self.people.get(key, key)

    @property
    def by_group(self) -> bool:
        return bool(self.form["actor"]["objectType"] == "Group")

    @cached_property
    def actor(self) -> str:
        return self.person(self.form["actor"]["key"])

    @property
    def members(self) -> set[str]:
        return {self.person(key) for key in self.form["actor"].get("member", [])} if self.by_group else set()

    @cached_property
    def doers(self) -> set[str]:
        return {self.actor} | self.members

    @property
    def learner(self) -> str | None:
        return self.person(self.said("learner")) if self.said("learner") else None

    @property
    def target(self) -> str | None:
        return self.form.get("context", {}).get("statement")

    @cached_property
    def rule(self) -> Rule | None:
        """The rule of the lowest precedence that fits."""
        words = {
            self.types[a] for a in self.named("parent", "grouping", "category", "other") if a in self.types
        }
        words |= {"level"} if self.said("level") is not None else set()
        words |= {"learner"} if self.learner else set()
        words |= {"statement"} if self.target else set()
        words |= {"route"} if self.said("route") else set()
        fit = [
            rule
            for rule in RULES
            if rule["verb"] == self.form["verb"]
            and rule["object_type"] in ("*", self.types.get(self.object or ""))
            and set(rule["context"]) <= words
        ]
        return min(fit, key=lambda rule: rule["precedence"]) if fit else None

    @cached_property
    def meanings(self) -> dict[str, Rule]:
        """Kind -> rule, for all that it means beyond work."""
        found = {self.rule["kind"]: self.rule} if self.rule and self.rule["kind"] != "worked" else {}
        return found | ({"reflected": REFLECTED} if self.said("reflection") else {})

    @property
    def kind(self) -> str | None:
        return self.rule["kind"] if self.rule else None

    @property
    def works(self) -> bool:
        return bool(self.rule and self.rule["work"])

    def whose(self, kind: str) -> set[str]:
        """Whose own event it is, taken as one of this kind."""
        if (self.meanings.get(kind) or self.rule or REFLECTED)["subject"] == "actor":
            return self.doers
        return {self.learner} if self.learner else set()

    @property
    def score(self) -> float | None:
        """0..1."""
        found = self.result.get("scaled")
        if found is None and {"raw", "min", "max"} <= set(self.result):
            raw, low, high = (float(self.result[name]) for name in ("raw", "min", "max"))
            found = (raw - low) / (high - low) if high > low else None
        return None if found is None else min(max(float(found), 0.0), 1.0)


class Log:
    """The statements of a log that were not voided, in the order of the log."""

    def __init__(self, events: Sequence[LoggedEvent]) -> None:
        forms = {e.position: json.loads(e.form) for e in events if e.kind == "statement"}
        types: dict[str, str] = {}
        for position in sorted(forms):
            types.update({activity: kind for activity, kind in forms[position].get("types", [])})
        voids = {f["object"]["id"] for f in forms.values() if is_voiding(f)}
        people = linked([json.loads(e.form)["agents"] for e in events if e.kind == "person_linked"])
        self.types = types
        self.statements = [
            Statement(e.position, forms[e.position], e.stored, types, people)
            for e in sorted(events, key=lambda e: e.position)
            if e.kind == "statement" and (e.statement_id not in voids or is_voiding(forms[e.position]))
        ]
        self.by_id = {s.form["id"]: s for s in self.statements}

    def target_of(self, statement: Statement) -> Statement | None:
        return self.by_id.get(statement.target) if statement.target else None

    @cached_property
    def teams(self) -> dict[str | None, list[set[str]]]:
        """Activity -> each group that acted on it, with its members."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for s in self.statements:
            if s.by_group and s.object:
                found[s.object, s.actor] |= s.doers
        return {activity: [found[each] for each in found if each[0] == activity] for activity, _ in found}

    @cached_property
    def naming(self) -> dict[str | None, list[Statement]]:
        """Id of a statement -> the statements that name it in their context."""
        found: dict[str | None, list[Statement]] = defaultdict(list)
        for s in self.statements:
            found[s.target].append(s)
        return found

    @cached_property
    def by_person(self) -> dict[str, list[Statement]]:
        """Person or group -> the statements done by them or said of them, in the order of the log."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for s in self.statements:
            for key in s.doers | ({s.learner} if s.learner else set()):
                found[key].append(s)
        return found

    @cached_property
    def regulating(self) -> dict[str | None, list[Statement]]:
        """Activity, or goal of a ticked item -> the statements that plan or monitor it."""
        found: dict[str | None, list[Statement]] = defaultdict(list)
        for s in self.statements:
            if any(rule["planning"] or rule["monitoring"] for rule in s.meanings.values()):
                found[s.said("checklist") or s.object].append(s)
        return found

    @cached_property
    def groups(self) -> set[str]:
        return {s.actor for s in self.statements if s.by_group}

    @cached_property
    def learners(self) -> list[str]:
        return sorted(self.by_person)


def is_voiding(form: dict[str, Any]) -> bool:
    return bool(form["verb"] == VOIDED and form["object"]["objectType"] == "StatementRef")


def linked(links: Sequence[Sequence[str]]) -> dict[str, str]:
    """Agent key -> the smallest key of the person."""
    groups: dict[str, set[str]] = defaultdict(set)
    for agents in links:
        together = set(agents).union(*(groups[agent] for agent in agents))
        for agent in together:
            groups[agent] = together
    return {agent: min(together) for agent, together in groups.items()}
