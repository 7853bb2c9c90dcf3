"""Goals and tasks of one learner: what was said of them, the work on them, and their rounds. Plain lists."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from tests.oracle.log import ATTEMPTS, GOAL_TYPE, HOUR, Log, Statement

OPENS = ("set", "assigned", "scheduled", "revised")
CLOSES = ("achieved", "not_achieved", "dropped")
PLANS = ("assigned", "prioritised", "scheduled", "revised", "estimated", "expected", "dropped")


@dataclass
class About:
    """A statement about a task, as it counts for the learner."""

    statement: Statement
    kind: str
    direct: bool
    work: bool
    turn: str | None
    link: str = "object"

    @property
    def due(self) -> int | None:
        return self.statement.said("due_date") if self.direct else None

    @property
    def planned_start(self) -> int | None:
        return self.statement.said("planned_start") if self.direct else None

    @property
    def progress(self) -> Decimal | None:
        stated = self.statement.said("progress") if self.direct else None
        return None if stated is None else Decimal(stated) / 100

    @property
    def level(self) -> int | None:
        rule = self.statement.rule
        return self.statement.said("level") if self.direct and rule and rule["gives_level"] else None

    @property
    def evidence(self) -> str | None:
        """Its source; what never is evidence, or is when it names its source and does not, has none."""
        default = self.statement.rule["evidence"] if self.statement.rule else None
        stated = self.statement.said("evidence_source")
        return (stated or (None if default == "stated" else default)) if default else None

    @property
    def item(self) -> str | None:
        return self.statement.object if self.link == "checklist" else None

    @property
    def checklist_size(self) -> int | None:
        return self.statement.said("checklist_size") if self.link != "context" else None

    @property
    def parent(self) -> str | None:
        """The goal of which the statement says that this one is a part; none is a part of itself."""
        s = self.statement
        named = [g for g in s.named("parent") if s.types.get(g) in GOAL_TYPE and g != s.object]
        return min(named, default=None) if self.direct else None

    def part(self, learner: str) -> str:
        """How it is the learner's: as its actor, group or member, or as the learner of whom another says it."""
        s = self.statement
        if s.rule and s.rule["subject"] == "learner":
            return "learner"
        if learner == s.actor:
            return "group" if s.by_group else "actor"
        return "member" if learner in s.members else "learner"


@dataclass
class Round:
    events: list[About]
    planned: bool = False
    due: int | None = None
    outcome: str | None = None
    closed: Statement | None = None

    @property
    def start(self) -> int | None:
        opening = [a for a in self.events if a.turn in OPENS]
        first = [a for a in opening if a.turn in ("set", "assigned")] or opening
        return first[0].statement.at if first else None


@dataclass
class Task:
    name: str
    is_goal: bool
    events: list[About] = field(default_factory=list)

    @property
    def work(self) -> list[About]:
        return [a for a in self.events if a.work]

    @property
    def rounds(self) -> list[Round]:
        turns = [a for a in self.events if a.turn]
        found: list[Round] = []
        for number, about in enumerate(turns):
            reopens = number > 0 and about.turn in OPENS and turns[number - 1].turn in CLOSES
            if not found or reopens:
                found.append(Round([]))
            found[-1].events.append(about)
        for number, each in enumerate(found):
            before = found[number - 1] if number else None
            each.planned = any(a.turn in ("set", "scheduled", "revised") for a in each.events) or bool(
                before and before.planned
            )
            each.due = due_of(each.events)
            if each.due is None and before:
                each.due = before.due
            for a, b in zip([None, *turns], turns, strict=False):
                if b in each.events and b.turn in CLOSES:
                    each.outcome = b.turn
                    if a is None or a.turn != b.turn:
                        each.closed = b.statement
        return found

    def added(self) -> list[tuple[About, int]]:
        """What each piece of work adds to the time spent, in microseconds, in the order in which it began."""
        covered, found = None, []
        began = lambda a: (a.statement.at - a.statement.duration, a.statement.at, a.statement.position)  # noqa: E731
        for about in sorted(self.work, key=began):
            start, end = about.statement.at - about.statement.duration, about.statement.at
            if covered is None or start >= covered + HOUR // 2:
                found.append((about, end - start))
            else:
                found.append((about, max(end - covered, 0)))
            covered = end if covered is None else max(covered, end)
        return found


def due_of(events: list[About]) -> int | None:
    """The due date that held when it came: the first that was not replaced before, else the last."""
    stated = [a for a in events if a.due is not None]
    for one, after in pairwise(stated):
        if one.due is not None and one.due < after.statement.at:
            return one.due
    return stated[-1].due if stated else None


def tasks_of(log: Log, learner: str) -> dict[str, Task]:
    found: dict[str, Task] = {}
    planned = planned_activities(log, learner)
    for s in log.by_person[learner]:
        for name, about in (goal_events(log, s, learner) | activity_events(log, s, learner, planned)).items():
            found.setdefault(name, Task(name, log.types.get(name) in GOAL_TYPE)).events.append(about)
    for task in found.values():
        task.events.sort(key=lambda a: a.statement.order)
    return found


def goal_events(log: Log, s: Statement, learner: str) -> dict[str, About]:
    named = {goal: "context" for goal in s.named("parent", "grouping", "other")}
    if s.said("checklist"):
        named[s.said("checklist")] = "checklist"
    if s.object:
        named[s.object] = "object"
    if s.rule is None or learner not in s.whose(s.rule["kind"]):
        return {}
    found = {}
    for goal, link in named.items():
        if log.types.get(goal) not in GOAL_TYPE or not (link == "object" or s.works):
            continue
        kind = s.rule["kind"] if link == "object" or s.rule["kind"] == "item_ticked" else "worked"
        turn = kind if link == "object" and kind in OPENS + CLOSES else None
        found[goal] = About(s, kind, link == "object", s.works, turn, link)
    return found


def planned_activities(log: Log, learner: str) -> set[str]:
    return {
        s.object
        for s in log.by_person[learner]
        for kind in ("assigned", "scheduled", "estimated")
        if kind in s.meanings
        and s.object
        and learner in s.whose(kind)
        and log.types.get(s.object) not in GOAL_TYPE
    }


def activity_events(log: Log, s: Statement, learner: str, planned: set[str]) -> dict[str, About]:
    found = {}
    for kind in PLANS:
        if kind in s.meanings and learner in s.whose(kind) and s.object in planned:
            found[s.object or ""] = About(s, kind, True, False, kind if kind in OPENS + CLOSES else None)
    works = s.works or (s.rule is not None and s.rule["kind"] == "worked")
    if works and learner in s.doers:
        for name in planned & (s.named("parent", "grouping", "other") | {s.object or ""}):
            ends = name == s.object and ATTEMPTS.get(s.form["verb"], {}).get("finishes")
            finished = ends and s.result.get("success", True)
            found[name] = About(s, "worked", False, True, "achieved" if finished else None)
    return found


def sessions(log: Log, learner: str) -> list[tuple[int, int]]:
    """Start and end of each session: runs of the learner's statements with gaps under 30 minutes."""
    return runs(s for s in log.by_person[learner] if learner in s.doers)


def runs(statements: Iterable[Statement]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted((s.at - s.duration, s.at) for s in statements):
        if found and start < found[-1][1] + HOUR // 2:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def by_activity(log: Log, learner: str) -> dict[str, list[tuple[Statement, bool | None, float | None, bool]]]:
    """Activity -> (statement, success, score, is an attempt), one a moment, in order."""
    moments: dict[tuple[str, int], list[tuple[Statement, bool | None, float | None, bool]]] = defaultdict(
        list
    )
    for s in log.by_person[learner]:
        rule = ATTEMPTS.get(s.form["verb"])
        if rule is None or s.object is None or learner not in s.doers or s.kind == "help_answered":
            continue
        starts = rule["attempt"] == "start"
        said = {"success": True, "failure": False}.get(rule["attempt"])
        success = None if starts else s.result.get("success", said)
        score = None if starts else s.score
        if starts or success is not None or score is not None:
            moments[s.object, s.at].append((s, success, score, starts or success is not None))
    found = defaultdict(list)
    for (activity, _), rows in sorted(moments.items(), key=lambda item: item[0]):
        successes = [row[1] for row in rows if row[1] is not None]
        scores = [row[2] for row in rows if row[2] is not None]
        found[activity].append(
            (
                rows[-1][0],
                successes[-1] if successes else None,
                scores[-1] if scores else None,
                any(row[3] for row in rows),
            )
        )
    return found
