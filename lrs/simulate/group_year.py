"""The year of a working group, day by day: lessons together, then work at home."""

from collections.abc import Iterator

from lrs.simulate.bad_platform import Misbehaviour
from lrs.simulate.class_year import ClassYear
from lrs.simulate.goal import Goal
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.learner_year import hand_out, spend
from lrs.simulate.school_group import WorkingGroup
from lrs.simulate.seeded import stream
from lrs.simulate.shared_goal import SharedGoals
from lrs.simulate.timetable import Session
from lrs.simulate.trail import Arrival, Rates, Trail


class GroupYear:
    """Nothing in it depends on other groups, so a larger simulation has the same ones and more."""

    def __init__(self, seed: int, group: WorkingGroup, class_year: ClassYear, rates: Rates) -> None:
        # Even numbers are working groups' sources, odd ones teams'.
        number = 2 * group.number
        self.group = group
        self.trail = Trail(seed, number, class_year.year, rates, stream(seed, "journey", number))
        self.states = [
            LearnerState(one, class_year, self.trail, tuple(m for m in group.learners if m is not one))
            for one in group.learners
        ]
        self.shared = SharedGoals(group, seed, self.trail)
        self.misbehaviour = Misbehaviour()

    def live(self, day: int) -> list[Arrival]:
        """What is recorded about a day; days are asked for in order."""
        week = self.trail.year.opening.get(day)
        if week is not None:
            for state in self.states:
                if state.learner.joined <= day < state.learner.left:
                    hand_out(state, week)
        lessons = [
            (s, s.take_session()) for s in self.states if _starts(s, day) and s.upcoming[0].lesson is not None
        ]
        if lessons:
            self._lesson(lessons)
        for state in self.states:
            while _starts(state, day):
                self._alone(state, state.take_session())
        return self.trail.take()

    def _lesson(self, lessons: list[tuple[LearnerState, Session]]) -> None:
        here = frozenset(state.learner.id for state, _ in lessons)
        if len(lessons) == len(self.states):
            self.shared.meet([state for state, _ in lessons], [session for _, session in lessons])
        for state, session in lessons:
            state.present = here - {state.learner.id}
            spend(state, session, [mate for mate, _ in lessons if mate is not state])
            self.misbehaviour.act_up(state, session)

    def _alone(self, state: LearnerState, session: Session) -> None:
        state.present = frozenset()
        spend(state, session, [])
        self.misbehaviour.act_up(state, session)

    def finished_goals(self) -> Iterator[tuple[LearnerState | None, Goal]]:
        """Goals that nothing will happen to any more, each given once; None for the group's own."""
        for state in self.states:
            yield from ((state, goal) for goal in state.finished)
            state.finished = []
        yield from ((None, goal) for goal in self.shared.finished)
        self.shared.finished = []

    def open_goals(self) -> Iterator[tuple[LearnerState | None, Goal]]:
        """At the end of the year: goals that stayed open."""
        for state in self.states:
            yield from ((state, goal) for goal in state.goals)
        if self.shared.open is not None:
            yield None, self.shared.open


def _starts(state: LearnerState, day: int) -> bool:
    return bool(state.upcoming) and state.upcoming[0].day == day
