"""A goal of four: set by the group in a lesson, worked on in lessons, closed together."""

from lrs.simulate import vocabulary as v
from lrs.simulate.goal import ACHIEVED, NOT_ACHIEVED, Goal
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import LEERPLEIN
from lrs.simulate.school_group import WorkingGroup
from lrs.simulate.seeded import stream
from lrs.simulate.timetable import Session
from lrs.simulate.trail import Json, Trail

_TITLES = (
    "Wij maken samen een poster over {theme}",
    "Wij bereiden een les over {theme} voor onze klas voor",
    "Wij zoeken samen uit hoe {theme} in ons leven voorkomt",
)
_WORK_SESSIONS = 5


class SharedGoals:
    """One goal a period for the group; it moves in lessons in which all members are there."""

    def __init__(self, group: WorkingGroup, seed: int, trail: Trail) -> None:
        self.group = group
        self.trail = trail
        self.chance = stream(seed, "shared", group.number)
        self.open: Goal | None = None
        self.finished: list[Goal] = []
        self.period = 0

    def meet(self, states: list[LearnerState], sessions: list[Session]) -> None:
        """A lesson with all four: they set a goal, work on it, or close it."""
        year = states[0].class_year
        week = sessions[0].week
        period = year.period_of[week.number]
        if self.open is not None:
            self._work(self.open, states, sessions)
            if self.open.work >= _WORK_SESSIONS:
                self._close(self.open, states, sessions)
        elif period > self.period and week.number not in year.exam_weeks:
            self.period = period
            self.open = self._set(states, sessions)

    def _set(self, states: list[LearnerState], sessions: list[Session]) -> Goal:
        year = states[0].class_year
        planned = year.period_goals(sessions[0].week)[self.chance.randrange(2)]
        at = max(session.after(1) for session in sessions)
        name = self.group.agent["account"]["name"]
        goal = Goal(
            f"{LEERPLEIN.home_page}/doel/{name}/{states[0].year.first}/{self.period}",
            self.chance.choice(_TITLES).format(theme=planned.framework.theme),
            "period",
            "self",
            at,
            due=planned.due,
            owner="group",
            fate=ACHIEVED if self.chance.random() < 0.8 else NOT_ACHIEVED,
        )
        stated = {v.HORIZON: "period", v.DUE_DATE: states[0].year.text(planned.due)}
        self._say(goal, at, v.PLANNED, {**year.place, **stated})
        for state in states:
            state.did["shared_goals_set"] += 1
        return goal

    def _work(self, goal: Goal, states: list[LearnerState], sessions: list[Session]) -> None:
        at = max(session.after(2) for session in sessions)
        share = min(90, 17 * (goal.work + 1) + self.chance.randrange(10))
        place = states[0].class_year.place
        self._say(goal, at, v.PROGRESSED, place, {"extensions": {v.PROGRESS: share}})
        goal.worked_on(at)
        goal.stated_progress = share / 100
        # Some members say by themselves how far they think the group is.
        for state, session in zip(states, sessions, strict=True):
            if self.chance.random() < 0.35:
                guess = {"score": {"scaled": round(self.chance.uniform(0.3, 0.95), 2)}}
                state.say(max(at + 1000, session.after(0.3)), v.SELF_ASSESSED, goal.thing, result=guess)
                state.did["shared_goals_monitored"] += 1

    def _close(self, goal: Goal, states: list[LearnerState], sessions: list[Session]) -> None:
        at = max(session.after(1) for session in sessions) + 2000
        reached = goal.fate == ACHIEVED
        place = states[0].class_year.place
        self._say(goal, at, v.ACHIEVED if reached else v.FAILED, place, {"success": reached})
        if not reached:
            goal.worked_on(at)
        goal.closed(goal.fate, at)
        self.finished.append(goal)
        self.open = None

    def _say(self, goal: Goal, at: int, verb: Json, extensions: Json, result: Json | None = None) -> None:
        self.trail.say(
            at, self.group.agent, verb, goal.thing, LEERPLEIN, result=result, extensions=extensions
        )
