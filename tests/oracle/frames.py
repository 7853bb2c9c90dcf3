"""Goals of frameworks as last recorded: what serves what, and for whom each is meant."""

from collections.abc import Iterable, Sequence
from datetime import date

from lrs.feed import LoggedEvent
from tests.oracle.roster import last
from tests.oracle.rows import Row

STEPS = 20


class Frames:
    def __init__(self, events: Sequence[LoggedEvent]) -> None:
        self.goals = last(events, "framework_goal")

    def named(self, stated: str) -> str:
        """The goal that a statement means: by its id, or by another id of it; else as stated."""
        if stated in self.goals:
            return stated
        others = [key for key, goal in self.goals.items() if stated in goal.get("aliases", ())]
        return min(others, default=stated)

    def served(self, goals: Iterable[str]) -> dict[str, int]:
        """The goals, and all that they serve, near or far -> how far, by the shortest way."""
        found, here = dict.fromkeys(goals, 0), list(goals)
        for distance in range(1, STEPS + 1):
            above = {parent for goal in here for parent in self.goals.get(goal, {}).get("parents", ())}
            here = sorted(above - set(found))
            found |= dict.fromkeys(here, distance)
        return found

    def is_for(self, goal: Row, room: Row, day: date) -> bool:
        """Whether the goal is expected of a class on a day."""
        return (
            goal.get("grade") is not None
            and goal["grade"] == room.get("grade")
            and all(goal.get(name) in (None, room.get(name)) for name in ("finality", "stream"))
            and not goal.get("reference")
            and holds(goal, day)
        )


def holds(goal: Row, day: date) -> bool:
    """By its dates; what has no last day holds unless it is called expired."""
    ends = [date.fromisoformat(goal[name]) for name in ("until", "ended") if name in goal]
    begun = "from" not in goal or day >= date.fromisoformat(goal["from"])
    return begun and (day < min(ends) if ends else goal.get("validity") != "expired")
