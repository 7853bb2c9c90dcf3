"""Practice: confidence first, then the attempt and its result, then what a failure leads to."""

from typing import Any

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY
from lrs.simulate.exercise import Exercise
from lrs.simulate.goal import Goal
from lrs.simulate.help_episode import ask_for_help
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import LEERPLEIN, OEFENHOEK, activity
from lrs.simulate.timetable import Session

PASS_MARK = 0.6
# A retry counts as persistence within 7 days (indicators.md section 5); one that cannot come in time is made at once.
_RETRY_WITHIN = 6 * DAY
_MOST_FAILURES = 5
_STRATEGIES = (
    "Eerst de theorie herlezen",
    "Stap voor stap werken",
    "Een tekening maken",
    "Een voorbeeld zoeken",
)


def new_exercise(state: LearnerState, session: Session) -> Exercise:
    """The next series, for a goal of the learner's own if there is one, else for one of the period."""
    state.exercises += 1
    planned = state.chance.choice(state.class_year.period_goals(session.week))
    goal = _goal_to_work_on(state, planned.id)
    level = state.chance.randint(1, 9)
    code = planned.framework.code.lower()
    return Exercise(
        f"{OEFENHOEK.home_page}/reeks/{code}/{state.exercises}-{level}",
        f"Oefenreeks {state.exercises}: {planned.framework.theme}",
        goal,
    )


def _goal_to_work_on(state: LearnerState, period_goal: str) -> Goal | None:
    own = [g for g in state.goals if g.origin == "self" and g.owner == "agent" and g.outcome is None]
    if own and state.chance.random() < 0.65:
        return min(own, key=lambda g: (g.work, g.set_at))
    return next((g for g in state.goals if g.id == period_goal and g.outcome is None), None)


def practise(state: LearnerState, session: Session, exercise: Exercise) -> None:
    """One attempt, and what comes of it."""
    retry = exercise.attempts > 0
    if retry:
        state.did["retries"] += 1
        if state.chance.random() < 0.4:
            _choose_strategy(state, session, exercise)
    score = _score(state, exercise)
    minutes = state.chance.uniform(4, 9)
    if not retry:
        _foresee(state, session, exercise, score, minutes)
    _attempt(state, session, exercise, score, minutes)
    if score < PASS_MARK:
        _after_failure(state, session, exercise)
    elif exercise.helped:
        state.did["help_resolved"] += 1


def _score(state: LearnerState, exercise: Exercise) -> float:
    succeeds = 0.36 + 0.2 * state.traits.ability + 0.06 * exercise.attempts + 0.3 * exercise.helped
    luck = state.chance.random()
    if state.chance.random() < succeeds:
        return round(PASS_MARK + (1 - PASS_MARK) * luck, 2)
    return round(0.1 + (PASS_MARK - 0.12) * luck, 2)


def _foresee(state: LearnerState, session: Session, exercise: Exercise, score: float, minutes: float) -> None:
    """Confidence and estimates come before the result; calibration says how far they lie from it."""
    error = 0.02 + 0.45 * (1 - state.traits.calibration) * (0.7 + 0.6 * state.chance.random())
    side = state.leaning if state.chance.random() < 0.75 else -state.leaning
    if state.chance.random() < 0.6:
        confidence = score + side * error
        if not 0 <= confidence <= 1:
            confidence = score - side * error
        confidence = round(min(1.0, max(0.0, confidence)), 2)
        state.say(
            session.after(0.3), v.SELF_ASSESSED, exercise.thing, result={"score": {"scaled": confidence}}
        )
        state.did["self_assessments"] += 1
        state.sums["self_assessment_squared_error"] += (confidence - score) ** 2
        if state.chance.random() < 0.15:
            expected = {"score": {"scaled": confidence}}
            state.say(session.after(0.2), v.EXPECTED, exercise.thing, result=expected)
    if state.chance.random() < 0.35:
        estimate = max(60, round(60 * minutes / (1 + side * error)))
        state.say(session.after(0.2), v.ESTIMATED, exercise.thing, result={"duration": f"PT{estimate}S"})


def _attempt(state: LearnerState, session: Session, exercise: Exercise, score: float, minutes: float) -> None:
    exercise.attempts += 1
    state.did["attempts"] += 1
    goals = [exercise.goal.mentioned] if exercise.goal else []
    agent, say = state.agent(OEFENHOEK), state.trail.say
    for number in range(1, 2 + (state.chance.random() < 0.25)):
        at = session.after(minutes / 3)
        question = activity(
            f"{exercise.id}/vraag-{number}", v.QUESTION, f"Vraag {number}", interactionType="other"
        )
        right = state.chance.random() < score
        parts = {"parent": [exercise.thing], **({"grouping": goals} if goals else {})}
        answer = {"success": right, "response": state.chance.choice(("a", "b", "c", "d"))}
        say(
            at,
            agent,
            v.ANSWERED,
            question,
            OEFENHOEK,
            result=answer,
            contextActivities=parts,
            delay=session.delay,
        )
        _counts_for(exercise.goal, at)
    at = session.after(minutes / 3)
    result: dict[str, Any] = {
        "score": {"scaled": score, "raw": round(score * 20, 1), "min": 0, "max": 20},
        "success": score >= PASS_MARK,
        "completion": True,
        "duration": f"PT{round(60 * minutes)}S",
    }
    more = {"contextActivities": {"parent": goals}} if goals else {}
    verb = v.PASSED if score >= PASS_MARK else v.FAILED
    said = say(at, agent, verb, exercise.thing, OEFENHOEK, result=result, delay=session.delay, **more)
    _counts_for(exercise.goal, at)
    state.sums["seconds_practised"] += round(60 * minutes)
    if score < PASS_MARK:
        exercise.failed_id = said


def _counts_for(goal: Goal | None, at: int) -> None:
    if goal is not None:
        goal.worked_on(at)


def _after_failure(state: LearnerState, session: Session, exercise: Exercise) -> None:
    """Persistence decides on another attempt, help seeking on a question; neither looks at the other."""
    exercise.failures += 1
    state.did["failures"] += 1
    asks_later = False
    if exercise.failures == 2:
        asks_later = _difficulty(state, session, exercise)
    if exercise.failures >= _MOST_FAILURES:
        return
    if not state.habits["retry"].says_yes(0.3 + 0.67 * state.traits.persistence):
        return
    state.did["failures_retried"] += 1
    soon = state.next_start - session.start < _RETRY_WITHIN
    if soon and (asks_later or state.chance.random() < 0.7):
        state.retries.append(exercise)
    else:
        practise(state, session, exercise)


def _difficulty(state: LearnerState, session: Session, exercise: Exercise) -> bool:
    """Two failures in a row: whether the learner will ask for help later; asking now happens here."""
    state.did["difficulty_episodes"] += 1
    if not state.habits["help"].says_yes(0.05 + 0.9 * state.traits.help_seeking):
        return False
    if state.habits["soon"].says_yes(0.2 + 0.7 * state.traits.help_seeking):
        ask_for_help(state, session, exercise)
        return False
    state.questions.append(exercise)
    return True


def _choose_strategy(state: LearnerState, session: Session, exercise: Exercise) -> None:
    given_up, chosen = state.chance.sample(_STRATEGIES, 2)
    if state.chance.random() < 0.25:
        _say_strategy(state, session, exercise, v.DISCARDED, given_up)
    _say_strategy(state, session, exercise, v.SELECTED, chosen)
    state.did["strategies_chosen"] += 1


def _say_strategy(
    state: LearnerState, session: Session, exercise: Exercise, verb: dict[str, Any], title: str
) -> None:
    slug = title.lower().replace(" ", "-")
    strategy = activity(f"{LEERPLEIN.home_page}/aanpak/{slug}", v.STRATEGY, title)
    state.say(session.after(0.3), verb, strategy, contextActivities={"parent": [exercise.thing]})
