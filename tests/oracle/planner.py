"""What a learner planned and how the work on it went, window by window."""

from datetime import date
from fractions import Fraction
from functools import cached_property

from tests.oracle.log import DAY, local, week_of
from tests.oracle.person import Person
from tests.oracle.tasks import About, Task, sessions
from tests.oracle.windows import Window


class PlannedTask:
    """A task that was worked on, with when it was first scheduled."""

    def __init__(self, task: Task) -> None:
        self.task, self.events, self.first = task, task.events, task.work[0]
        scheduling = [
            a
            for a in task.events
            if a.kind == "scheduled" or (a.kind == "set" and a.planned_start is not None)
        ]
        self.scheduled = scheduling[0].statement.order if scheduling else ()


class Goal:
    def __init__(self, task: Task) -> None:
        self.events = task.events
        self.origin = (
            next(a.kind for a in task.events if a.kind in ("set", "assigned")) if self._is_set() else None
        )

    def _is_set(self) -> bool:
        return any(a.kind in ("set", "assigned") for a in self.events)


class Planner(Person):
    def goals_with(self, window: Window, *kinds: str) -> list["Goal"]:
        return [
            Goal(t)
            for t in self.tasks.values()
            if t.is_goal and any(a.kind in kinds and window.holds(a.statement.week) for a in t.events)
        ]

    def is_specific(self, goal: "Goal", window: Window) -> bool:
        told = [
            a.statement
            for a in goal.events
            if a.direct and not a.statement.out and a.statement.on <= window.end
        ]
        measured = any(s.said("target_level") is not None or s.said("criterion") for s in told)
        return measured and any(s.said("due_date") is not None for s in told)

    @cached_property
    def planned_tasks(self) -> list[PlannedTask]:
        return [
            PlannedTask(t)
            for t in self.tasks.values()
            if t.work and (t.is_goal or any(a.kind in ("assigned", "scheduled") for a in t.events))
        ]

    def planned_starts(self, window: Window) -> list[date | None]:
        """For each planned start in the window: the day on which work within 24 hours of it began."""
        found = []
        for task in self.tasks.values():
            stated = [
                a
                for a in task.events
                if a.planned_start is not None and a.kind in ("set", "assigned", "scheduled", "revised")
            ]
            later: list[About | None] = [*stated[1:], None]
            kept = {
                a.planned_start
                for a, after in zip(stated, later, strict=False)
                if a.planned_start is not None and (after is None or after.statement.at > a.planned_start)
            }
            found += [begun(task, start) for start in kept if window.holds(week_of(start))]
        return found

    def due_rounds(self, window: Window) -> list[bool]:
        return [
            r.outcome == "achieved" and r.closed is not None and r.closed.at <= r.due
            for t in self.tasks.values()
            for r in t.rounds
            if r.planned and r.due is not None and window.holds(week_of(r.due))
        ]

    def estimates(self, window: Window) -> list[float]:
        found = []
        for task in self.tasks.values():
            ends = [r.closed for r in task.rounds if r.outcome == "achieved" and r.closed is not None]
            first = task.work[0].statement.order if task.work else None
            stated = [
                a.statement.result["duration_ms"] * 1000
                for a in task.events
                if a.kind == "estimated"
                and a.statement.result.get("duration_ms", 0) > 0
                and (first is None or a.statement.order < first)
            ]
            if ends and stated and window.holds(ends[0].week):
                spent = sum(added for a, added in task.added() if a.statement.at <= ends[0].at)
                found += [(spent - stated[-1]) / stated[-1]] if spent > 0 else []
        return found

    def efforts(self, window: Window) -> list[tuple[Fraction, int]]:
        """Where between start and due date the work was done, 0..1, with its time."""
        found = []
        for task in self.tasks.values():
            rounds = task.rounds
            for about, added in task.added():
                begun = [r for n, r in enumerate(rounds) if n == 0 or (r.start or 0) <= about.statement.at]
                if added <= 0 or not begun or not window.holds(about.statement.week):
                    continue
                start, due = begun[-1].start, begun[-1].due
                if start is not None and due is not None and due > start:
                    at = min(max(about.statement.at, start), due)
                    found.append((Fraction(at - start, due - start), added))
        return found

    def spread(self, window: Window) -> list[float]:
        found = []
        runs = sessions(self.log, self.key)
        for task in self.tasks.values():
            moments = [a.statement.at for a in task.work if window.holds(a.statement.week)]
            starts = {start for start, end in runs for at in moments if start <= at <= end}
            if task.is_goal and len(starts) >= 2:
                found.append(len({local(start).date() for start in starts}) / len(starts))
        return found


def begun(task: Task, start: int) -> date | None:
    near = [
        a.statement
        for a in task.work
        if a.statement.at - a.statement.duration <= start + DAY and a.statement.at >= start - DAY
    ]
    return min((local(s.at - s.duration).date() for s in near), default=None)
