"""What one learner did in a window, counted for the indicators."""

from functools import cached_property

from tests.oracle.log import Statement
from tests.oracle.planner import Planner
from tests.oracle.tasks import Task
from tests.oracle.trier import Trier
from tests.oracle.windows import Window

# kind -> regulated by the learner's own event; by what another does to the learner's work
OWN = {
    "set", "assigned", "prioritised", "dropped", "scheduled", "revised", "estimated", "expected", "route_chosen",
    "progress_viewed", "item_ticked", "self_assessed", "strategy_chosen", "strategy_dropped", "help_asked",
    "feedback_acted_on", "reflected", "data_commented", "level_given",
}  # fmt: skip
RECEIVED = {"help_answered", "feedback_given"}


class Learner(Planner, Trier):
    def monitored(self, window: Window) -> int:
        return len(
            {
                s.position
                for s in self.own("progress_viewed", "item_ticked", "self_assessed")
                if window.holds(s.week)
            }
        )

    def regulators(self, window: Window) -> list[str | None]:
        return [who for s, _, who in self.regulation if window.holds(s.week)]

    @cached_property
    def regulation(self) -> list[tuple[Statement, str, str | None]]:
        """What regulated the learner's learning, as which kind, and by whom."""
        found = []
        for s in self.log.statements:
            for kind in s.meanings:
                own = kind in OWN and self.key in s.whose(kind)
                received = kind in RECEIVED and s.actor != self.key and self.receives(s)
                if own or received:
                    found.append((s, kind, self.regulator(s, kind, own)))
        return found

    def receives(self, s: Statement) -> bool:
        is_object = s.form["object"]["objectType"] in ("Agent", "Group") and self.key == s.person(
            s.form["object"]["id"]
        )
        return self.key not in s.doers and (self.touches(s) or self.key == s.learner or is_object)

    def regulator(self, s: Statement, kind: str, own: bool) -> str | None:
        if s.said("regulator"):
            return str(s.said("regulator"))
        if s.by_group:
            return "group"
        if kind == "assigned":
            return "teacher"
        if s.actor == self.key:
            return "self"
        return "teacher" if own else None

    def shared_goals(self, window: Window) -> list[bool]:
        groups = [
            t.name for t in self.tasks.values() if t.is_goal and any(a.statement.by_group for a in t.events)
        ]
        return [self.is_shared(goal, window) for goal in groups if self.is_alive(goal, window)]

    def is_alive(self, goal: str, window: Window) -> bool:
        happened = [a.statement for a in self.tasks[goal].events if a.statement.by_group]
        return any(window.holds(s.week) for s in happened + self.regulating(goal))

    def is_shared(self, goal: str, window: Window) -> bool:
        acts = [s for s in self.regulating(goal) if window.holds(s.week)]
        alone = {s.actor for s in acts if not s.by_group}
        return len(alone) >= 2 or any(s.by_group and len(s.members) >= 2 and s.kind != "set" for s in acts)

    def regulating(self, goal: str) -> list[Statement]:
        return [
            s
            for s in self.log.regulating[goal]
            if (any(self.key in s.whose(k) for k in s.meanings) or self.is_teammate(s))
        ]

    def is_teammate(self, s: Statement) -> bool:
        """Whether someone of a group of the learner's acts alone on what the group acted on."""
        teams = [
            team
            for about in {s.object, s.said("checklist")} - {None}
            for team in self.log.teams.get(about, [])
        ]
        return not s.by_group and any({self.key, s.actor} <= team for team in teams)

    def reflections(self, window: Window) -> int:
        return len({s.position for s in self.own("reflected") if window.holds(s.week)})

    def closed_goals(self, window: Window) -> int:
        return sum(
            any(window.holds(week) for week in closing_weeks(t)) for t in self.tasks.values() if t.is_goal
        )

    def revisions_in_time(self, window: Window) -> list[bool]:
        found = []
        for task in self.tasks.values():
            due = None
            for about in task.events:
                if about.kind == "revised" and due is not None and window.holds(about.statement.week):
                    found.append(about.statement.at < due)
                due = about.due if about.due is not None else due
        return found

    def reports(self, window: Window, about: str) -> list[tuple[int, float]]:
        said = [(s.week, rating(s)) for s in self.own(f"{about}_reported") if window.holds(s.week)]
        return [(week, value) for week, value in said if week is not None and value is not None]


def closing_weeks(task: Task) -> list[int | None]:
    """The weeks in which an open goal was closed."""
    found, closed = [], False
    for about in task.events:
        if about.turn in ("achieved", "not_achieved", "dropped"):
            found += [] if closed else [about.statement.week]
            closed = True
        elif about.turn:
            closed = False
    return found


def rating(s: Statement) -> float | None:
    """-1..1, by the rating scale."""
    raw, scaled = s.result.get("raw"), s.result.get("scaled")
    low, high = s.said("rating_min"), s.said("rating_max")
    low = s.result.get("min") if low is None else low
    high = s.result.get("max") if high is None else high
    value = raw if raw is not None else scaled
    own_scale = [s.said("rating_min"), s.said("rating_max")]
    fits = raw is not None or (
        None not in own_scale and float(own_scale[0]) >= -1 and float(own_scale[1]) <= 1
    )
    if value is not None and fits and low is not None and high is not None:
        at, first, last = float(value), float(low), float(high)
        if first < last and first <= at <= last:
            return 2 * (at - first) / (last - first) - 1
    return None if scaled is None else float(scaled)
