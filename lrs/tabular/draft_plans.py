"""Which statements the columns of an unknown sheet suggest."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lrs.tabular.draft_columns import UNKNOWN, Looked

GOAL = "http://id.tincanapi.com/activitytype/goal"
_LESSON = "http://adlnet.gov/expapi/activities/lesson"
# No column has this name, so the mapping does not work before somebody has looked.
MISSING = "{CHECK}"
_GOALS = "https://school.example/doelen/"
# The words of platforms for what a learner did.
_ACTIONS = {
    "worked-initialized": ("geopend", "gestart", "begonnen", "bekeken", "opened", "started", "viewed"),
    "worked-completed": ("afgewerkt", "voltooid", "klaar", "af", "ingediend", "completed", "submitted"),
    "worked-scored": (
        "score",
        "gescoord",
        "beoordeeld",
        "oefening gemaakt",
        "toets gemaakt",
        "scored",
        "graded",
    ),
}


@dataclass
class Proposal:
    """A `[[statement]]` to propose: its members, and what to check of it."""

    template: str
    members: dict[str, Any]
    checks: list[str] = field(default_factory=list)


@dataclass
class Suggested:
    """What all proposals of a sheet share: columns by role, when it happened, which columns are the key."""

    columns: Sequence[Looked]
    timestamp: Any
    key: list[str]
    has_two_rows: bool

    staff: str | None  # a reference to who observed

    def first(self, role: str) -> Looked | None:
        """The first column of a role; under two header rows, one that stands for itself comes first."""
        found = [each for each in self.columns if each.role == role]
        return min(found, key=lambda each: self.has_two_rows and len(each.column.parts), default=None)

    def unknown(self, kind: str) -> list[Looked]:
        """The columns of a kind whose header says nothing we know, each a goal perhaps."""
        return [each for each in self.columns if each.kind == kind and each.role in (UNKNOWN, "goal")]


def proposals(seen: Suggested) -> list[Proposal]:
    """In the order in which a reader would look for them; at least one."""
    found = [*_grouped(seen)] if seen.has_two_rows else [*_of_goal(seen), *_wide(seen)]
    found += [*_worked(seen), *_talks(seen), *_texts(seen)]
    return found or [_anything(seen)]


def ref(column: Looked | None) -> str | None:
    return None if column is None else "{" + column.name + "}"


def _made(seen: Suggested, template: str, *checks: str, **members: Any) -> Proposal:
    stated = {"key": seen.key, "timestamp": seen.timestamp, **members, "class": ref(seen.first("class"))}
    order = ("each", "but_not", "when", "key", "actor", "learner", "object", "parent", "category")
    ordered = {name: stated[name] for name in (*order, *stated) if stated.get(name) is not None}
    return Proposal(template, ordered, list(checks))


def _goal_object(name: str) -> dict[str, str]:
    return {"id": _GOALS + name, "name": name, "type": GOAL}


def _of_goal(seen: Suggested) -> Iterator[Proposal]:
    """One row for each learner and goal."""
    goal, due = seen.first("goal"), seen.first("due")
    if goal is None or goal.kind == "ticks" or seen.first("action"):
        return
    thing = _goal_object("{" + goal.name + "}")
    planned, done, points = seen.first("planned"), seen.first("done"), seen.first("points")
    if planned or due:
        yield _made(
            seen,
            "goal-set",
            "or was it assigned? then goal-assigned",
            when=ref(planned),
            object=thing,
            due=ref(due),
        )
    if done:
        yield _made(seen, "goal-completed", when=ref(done), object=thing, completion=True)
    if points:
        yield _scored(seen, points, thing)
    level = seen.first("level")
    if level:
        yield _level(seen, [level], "{" + level.name + "}", thing)


def _scored(seen: Suggested, points: Looked, thing: dict[str, str]) -> Proposal:
    highest = seen.first("highest")
    if points.kind == "percentages":
        return _made(
            seen, "level-scored", object=thing, score={"scaled": ref(points)}, evidence_source="test"
        )
    check = [] if highest else ["the highest score: is it 100 everywhere?"]
    score = {"raw": ref(points), "min": 0, "max": ref(highest) or 100}
    when = {"of": ref(points), "filled": True, "is_not": ["afw", "afwezig", "ziek", "/", "-"]}
    return _made(seen, "level-scored", *check, when=when, object=thing, score=score, evidence_source="test")


def _level(
    seen: Suggested, columns: Sequence[Looked], of: str, thing: dict[str, str], **more: Any
) -> Proposal:
    words = [word for word, times in _counted(columns).items() if times > 1]
    level = {"of": of, "words": words} if columns[0].kind == "words" else of
    checks = (
        ["put the words of the level from low to high; those that came up once are left out"] if words else []
    )
    people = {"actor": "teacher", "learner": "learner"} if seen.staff else {}
    if not seen.staff:
        checks.append("nothing says who gave the level: is it the learner's own view? then self-assessed")
    return _made(
        seen, "level-given", *checks, object=thing, level=level, level_scheme="school-niveaus",
        evidence_source="observation", **people, **more,
    )  # fmt: skip


def _counted(columns: Sequence[Looked]) -> Counter[str]:
    """The words of columns together. One that comes up once may be anything, a name too, so it is not quoted."""
    counted: Counter[str] = Counter()
    for column in columns:
        counted.update(column.words)
    return counted


def _wide(seen: Suggested) -> Iterator[Proposal]:
    """One row for each learner, a column for each goal."""
    thing = _goal_object("{@header}")
    if ticked := seen.unknown("ticks"):
        each = [column.name for column in ticked]
        yield _made(
            seen, "goal-completed", "each of these columns is taken for a goal",
            each=each, when="{@cell}", object=thing, completion=True,
        )  # fmt: skip
    if seen.first("goal") or seen.first("activity"):
        return
    if rated := seen.unknown("words"):
        yield _level(seen, rated, "{@cell}", thing, each=[column.name for column in rated])
    if scored := [] if seen.first("points") else seen.unknown("numbers"):
        yield _made(
            seen, "level-scored", "each of these columns is taken for a goal, with a highest score of 100",
            each=[column.name for column in scored], object=thing,
            score={"raw": "{@cell}", "min": 0, "max": 100}, evidence_source="test",
        )  # fmt: skip


def _grouped(seen: Suggested) -> Iterator[Proposal]:
    """A goal over several columns: planned, done, how it went."""
    thing = _goal_object("{@header.1}")
    done: set[str] = set()
    for column in seen.columns:
        if len(column.column.parts) < 2 or column.last in done:
            continue
        done.add(column.last)
        each = [f"* / {column.last}"]
        if column.kind == "ticks":
            template = "goal-set" if column.role == "planned" else "goal-completed"
            yield _made(seen, template, each=each, when="{@cell}", object=thing)
        elif column.kind == "words":
            alike = [other for other in seen.columns if other.last == column.last]
            yield _level(seen, alike, "{@cell}", thing, each=each)


def _worked(seen: Suggested) -> Iterator[Proposal]:
    """The export of a platform: a learner, an activity, what was done."""
    activity, action, goal = seen.first("activity"), seen.first("action"), seen.first("goal")
    if activity is None or action is None:
        return
    known = {word for words in _ACTIONS.values() for word in words}
    unknown = [word for word, times in action.words.items() if word not in known and times > 1]
    checks = [
        "some words of " + action.name + " may be left out" + (f": {', '.join(unknown)}" if unknown else "")
    ]
    parent = _goal_object(ref(goal) or MISSING)
    if goal is None:
        checks.append("no column says which goal the activity serves")
    thing = {
        "id": "https://platform.example/activiteit/{" + activity.name + "}",
        "name": ref(activity),
        "type": _LESSON,
    }
    for template, words in _ACTIONS.items():
        if meant := [word for word in action.words if word in words]:
            more = _score_of(seen) if template == "worked-scored" else {}
            yield _made(
                seen, template, *checks, when={"of": ref(action), "is": meant}, object=thing, parent=parent,
                duration=ref(seen.first("length")), **more,
            )  # fmt: skip
            checks = []


def _score_of(seen: Suggested) -> dict[str, Any]:
    points, highest = seen.first("points"), seen.first("highest")
    if points is None:
        return {"score": {"scaled": 0}}
    return {
        "score": {"raw": ref(points), "min": 0, "max": ref(highest)} if highest else {"scaled": ref(points)}
    }


def _talks(seen: Suggested) -> Iterator[Proposal]:
    talk, report = seen.first("talk"), seen.first("report")
    if seen.staff is None or (report is None and talk is None):
        return
    words = [word for word in talk.words if re.search("coach|voortgang|begeleiding", word)] if talk else []
    category = {"id": "https://school.example/gesprekken/coachgesprek", "name": "Coachgesprek"}
    checks = (
        ["other kinds of talks need a statement of their own: three-way-mentored for driehoeksgesprekken"]
        if words
        else []
    )
    yield _made(
        seen, "coach-mentored", *checks, when={"of": ref(talk), "is": words} if words else None, actor="teacher",
        object={"person": "learner"}, category=category, duration=ref(seen.first("length")), response=ref(report),
        agreed_actions=ref(seen.first("agreed")),
    )  # fmt: skip


def _texts(seen: Suggested) -> Iterator[Proposal]:
    reflection, feedback = seen.first("reflection"), seen.first("feedback")
    if reflection:
        goal = seen.first("goal")
        thing = (
            _goal_object("{" + goal.name + "}") if goal else {"id": "https://school.example/werk/" + MISSING}
        )
        when = {"of": ref(reflection), "filled": True}
        check = [] if goal else ["what is the reflection about?"]
        yield _made(seen, "reflected", *check, when=when, object=thing, response=ref(reflection))
    if feedback:
        when = {"of": ref(feedback), "filled": True}
        yield _made(
            seen,
            "feedback-given",
            actor="teacher",
            when=when,
            object={"person": "learner"},
            response=ref(feedback),
        )


def _anything(seen: Suggested) -> Proposal:
    texts = (each for each in seen.columns if each.kind in ("text", "words") and each.role == UNKNOWN)
    text = seen.first("goal") or next(texts, None)
    return _made(
        seen, "goal-set", "nothing in the headers says what a row tells: choose a template (lrs profile list)",
        object=_goal_object(ref(text) or MISSING),
    )  # fmt: skip
