"""Levels on a rubric: halfway and at the end of a period the learner places himself, then the teacher does."""

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY, HOUR, MINUTE
from lrs.simulate.goal import Goal
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import LEERPLEIN
from lrs.simulate.timetable import Session

LEVEL_SCHEME = "vier-niveaus"
LEVELS = ("beginner", "in ontwikkeling", "gevorderd", "expert")


def level_scheme() -> bytes:
    """The levels in the schools' own words, as `lrs levels import` reads them (CSV)."""
    rows = [f"{LEVEL_SCHEME},{level},{name}" for level, name in enumerate(LEVELS, 1)]
    return "\n".join(["scheme,level,name", *rows, ""]).encode()


def place_on_rubric(state: LearnerState, session: Session) -> None:
    """In the second lesson of the middle week and of the last full week of a period."""
    period = state.class_year.period_of.get(session.week.number)
    if session.lesson != 1 or period is None:
        return
    weeks = state.year.periods()[period - 1]
    if session.week not in (weeks[len(weeks) // 2 - 1], weeks[-1]):
        return
    goals = [g for g in state.goals if g.framework_goal and g.set_at >= weeks[0].monday * DAY]
    for goal in goals:
        _place(state, session, goal, late=session.week == weeks[-1])


def _place(state: LearnerState, session: Session, goal: Goal, late: bool) -> None:
    own = _level(state, late, spread=0.3 + 0.9 * (1 - state.traits.calibration))
    state.say(session.after(0.6), v.SELF_ASSESSED, goal.thing, result=_given(own))
    goal.level = _level(state, late, spread=0.3)
    teacher = state.class_year.one.teachers[0].agent
    state.say_about(
        session.day * DAY + 16 * HOUR + 30 * MINUTE + state.chance.randrange(60 * MINUTE),
        teacher,
        v.EVALUATED,
        goal.thing,
        result=_given(goal.level),
        extensions={
            v.LEARNER: state.agent(LEERPLEIN),
            v.EVIDENCE_SOURCE: "observation",
            v.PURPOSE: "summative" if late else "formative",
            v.BY_HAND: 20,
        },
    )
    state.did["levels_given"] += 1


def _level(state: LearnerState, late: bool, spread: float) -> int:
    height = 1.2 + 1.6 * state.traits.ability + 0.9 * late + state.chance.gauss(0, spread)
    return min(len(LEVELS), max(1, round(height)))


def _given(level: int) -> dict[str, object]:
    return {"extensions": {v.LEVEL: level, v.LEVEL_SCHEME: LEVEL_SCHEME}}
