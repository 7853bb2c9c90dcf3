"""How a learner's goal goes on and ends: worked on, put off, dropped, taken up again, reached or not."""

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY, HOUR
from lrs.simulate.goal import ACHIEVED, DROPPED, NOT_ACHIEVED, Goal
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import LEERPLEIN, service
from lrs.simulate.timetable import Session


def close_what_is_due(state: LearnerState, session: Session) -> None:
    """Goals whose last session this is, before they are due, get what their fate has in store."""
    for goal in [g for g in state.goals if not g.items and 0 < g.close_by <= state.next_start]:
        if not goal.work and goal.fate not in (DROPPED, "again"):
            work_on(state, goal, session)
        _meet_fate(state, goal, session)


def work_on(state: LearnerState, goal: Goal, session: Session) -> None:
    """The learner says how far the goal is."""
    at = session.after(1)
    share = min(95, 20 + 15 * goal.work + state.chance.randrange(15))
    state.say(at, v.PROGRESSED, goal.thing, result={"extensions": {v.PROGRESS: share}})
    goal.worked_on(at)
    goal.stated_progress = share / 100


def _meet_fate(state: LearnerState, goal: Goal, session: Session) -> None:
    fate = goal.fate
    if fate == "late":
        _put_off(state, goal, session)
    elif fate == "open":
        goal.close_by = 0
    elif fate == "again":
        close(state, goal, DROPPED, session.after(1))
        goal.fate, goal.close_by = ACHIEVED, state.next_start + 8 * DAY
        state.did["goals_reopened"] += 1
    elif goal.outcome is not None:
        _take_up_again(state, goal, session)
    else:
        if state.chance.random() < state.trail.rates.mistaken:
            _mistake(state, goal, session)
        close(state, goal, fate, session.after(1))
        state.goals.remove(goal)
        state.finished.append(goal)


def _put_off(state: LearnerState, goal: Goal, session: Session) -> None:
    """It will be a week later; half of the learners say so in time."""
    goal.fate, goal.close_by = ACHIEVED, goal.close_by + 7 * DAY
    if state.chance.random() < 0.5:
        return
    at = session.after(1)
    state.say(at, v.REVISED, goal.thing, extensions={v.DUE_DATE: state.year.text(goal.close_by)})
    goal.revisions += 1
    # Once the due moment has passed, another date does not make it on time.
    if goal.due is None or at <= goal.due:
        goal.due = goal.close_by


def _take_up_again(state: LearnerState, goal: Goal, session: Session) -> None:
    at = session.after(1)
    goal.due = goal.close_by = (max(goal.close_by, session.end) // DAY + 7) * DAY + 21 * HOUR
    state.say(
        at, v.PLANNED, goal.thing, extensions={v.HORIZON: goal.horizon, v.DUE_DATE: state.year.text(goal.due)}
    )
    goal.reopened()
    work_on(state, goal, session)


def close(state: LearnerState, goal: Goal, outcome: str, at: int) -> None:
    """Say the outcome, in one of the ways in which platforms say it."""
    if outcome == DROPPED:
        state.say(at, v.DESELECTED, goal.thing)
    elif outcome == NOT_ACHIEVED:
        state.say(at, v.FAILED, goal.thing, result={"success": False})
        goal.worked_on(at)
    else:
        verb = state.chance.choice((v.MASTERED, v.ACHIEVED, v.SATISFIED))
        state.say(at, verb, goal.thing, result={"success": True}, extensions=_evidence(state))
    goal.closed(outcome, at)
    state.did[f"goals_{outcome}"] += 1


def _evidence(state: LearnerState) -> dict[str, str]:
    source = state.chance.choice(("digital", "digital", "observation", "test", "conversation", "portfolio"))
    return {
        v.EVIDENCE_SOURCE: source,
        v.PURPOSE: state.chance.choice(("formative", "formative", "summative")),
    }


def _mistake(state: LearnerState, goal: Goal, session: Session) -> None:
    """The platform reports an outcome that never was, and withdraws it."""
    at = session.after(0.3)
    wrong = state.say(at, v.FAILED, goal.thing, result={"success": False})
    void = {"objectType": "StatementRef", "id": wrong}
    state.say_about(session.after(0.3), service(LEERPLEIN), v.VOIDED, void)
    state.did["mistakes_withdrawn"] += 1
