"""How goals begin: set by the learner, assigned by a teacher, ordered and planned."""

from typing import Any

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY, HOUR, MINUTE, Week
from lrs.simulate.class_year import PeriodGoal
from lrs.simulate.goal import ACHIEVED, DROPPED, NOT_ACHIEVED, Goal
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.platforms import LEERPLEIN
from lrs.simulate.timetable import Session

_WEEK_TITLES = (
    "Ik werk elke dag twintig minuten aan {theme}",
    "Ik begrijp de fouten uit mijn vorige taak over {theme}",
    "Ik maak een overzicht van {theme} dat ik zelf kan gebruiken",
    "Ik leg {theme} uit aan iemand anders",
    "Ik vraag op tijd hulp bij {theme}",
    "Ik maak mijn opdrachten over {theme} zonder uitstel af",
)
_DAY_TITLES = (
    "Vandaag werk ik een uur geconcentreerd aan {theme}",
    "Vandaag maak ik een oefenreeks over {theme} af",
)
_PERIOD_TITLES = (
    "Tegen het einde van de periode haal ik niveau gevorderd voor {theme}",
    "Ik haal mijn achterstand in voor {theme}",
)


def own_goal(state: LearnerState, session: Session, horizon: str) -> Goal:
    """The learner sets a goal; planners say more precisely what, and by when."""
    strength = 0.1 + 0.85 * state.traits.planning
    theme = state.chance.choice(state.class_year.period_goals(session.week)).framework.theme
    detailed = state.habits["detail"].says_yes(strength)
    at = session.after(1.5)
    due = _due(state, session, horizon)
    goal = Goal(
        _next_id(state),
        state.chance.choice(_titles(horizon)).format(theme=theme),
        horizon,
        "self",
        at,
        due=due if detailed or state.chance.random() < 0.4 else None,
        target_level=state.chance.choice((3, 4)) if detailed else None,
        criterion=detailed and state.chance.random() < 0.5,
        fate=_fate(state),
        close_by=due,
    )
    state.say(at, v.PLANNED, goal.thing, extensions=_stated(state, goal))
    _opened(state, goal, session)
    return goal


def _titles(horizon: str) -> tuple[str, ...]:
    return {"day": _DAY_TITLES, "week": _WEEK_TITLES, "period": _PERIOD_TITLES}[horizon]


def _next_id(state: LearnerState) -> str:
    state.goals_set += 1
    name = state.agent(LEERPLEIN)["account"]["name"]
    return f"{LEERPLEIN.home_page}/doel/{name}/{state.year.first}/{state.goals_set}"


def _due(state: LearnerState, session: Session, horizon: str) -> int:
    if horizon == "day":
        return -(-session.end // (5 * MINUTE)) * 5 * MINUTE
    if horizon == "period":
        return state.class_year.period_goals(session.week)[0].due
    friday = (session.week.monday + 4) * DAY + 17 * HOUR
    sunday = friday + 2 * DAY + 4 * HOUR
    # The first of these that leaves a session to work in.
    return next((due for due in (friday, sunday) if state.next_start < due - HOUR), sunday + 7 * DAY)


def _fate(state: LearnerState) -> str:
    luck = state.chance.random() - 0.25 * (state.traits.ability - 0.5)
    for share, fate in (
        (0.70, ACHIEVED),
        (0.80, "late"),
        (0.87, DROPPED),
        (0.93, NOT_ACHIEVED),
        (0.96, "again"),
    ):
        if luck < share:
            return fate
    return "open"


def _stated(state: LearnerState, goal: Goal) -> dict[str, Any]:
    """What is said about a goal when it is set or assigned."""
    stated: dict[str, Any] = {v.HORIZON: goal.horizon}
    if goal.due is not None:
        stated[v.DUE_DATE] = state.year.text(goal.due)
    if goal.target_level is not None:
        stated[v.TARGET_LEVEL] = goal.target_level
    if goal.criterion:
        stated[v.CRITERION] = "Ik kan het zonder hulp en leg het aan een klasgenoot uit"
    if goal.framework_goal is not None:
        stated[v.FRAMEWORK_GOALS] = [goal.framework_goal]
    return stated


def _opened(state: LearnerState, goal: Goal, session: Session) -> None:
    state.goals.append(goal)
    state.did["goals_set"] += 1
    if goal.horizon != "day":
        _perhaps_schedule(state, goal, session)


def assigned(state: LearnerState, goal: Goal) -> None:
    """Take up a goal that the school set; whether it is planned shows in the learner's next session."""
    state.goals.append(goal)
    state.unplanned.append(goal)
    state.did["goals_assigned"] += 1


def plan_what_was_assigned(state: LearnerState, session: Session) -> None:
    """Goals that came in since the last time are scheduled before work on them, or not."""
    unplanned, state.unplanned = state.unplanned, []
    for goal in unplanned:
        _perhaps_schedule(state, goal, session)


def prioritise(state: LearnerState, session: Session) -> None:
    """Whoever has several open goals says now and then which one comes first."""
    open_goals = [goal for goal in state.goals if goal.outcome is None and not goal.items]
    if len(open_goals) > 2 and state.chance.random() < 0.2:
        state.say(session.after(0.3), v.PRIORITISED, state.chance.choice(open_goals).thing)
        state.did["goals_prioritised"] += 1


def _perhaps_schedule(state: LearnerState, goal: Goal, session: Session) -> None:
    if state.habits["schedule"].says_yes(0.05 + 0.9 * state.traits.planning):
        schedule(state, goal, session)


def schedule(state: LearnerState, goal: Goal, session: Session) -> None:
    """The learner plans when to start: at the next session, which comes, or at a time that seemed good."""
    at = session.after(0.7)
    start = state.next_start if state.upcoming else at + DAY
    if state.chance.random() > 0.3 + 0.65 * state.traits.planning:
        start += state.chance.randrange(-3, 4) * DAY
    start = max(start, at + 10 * MINUTE) // (5 * MINUTE) * (5 * MINUTE)
    start = min(start, (state.year.days + 60) * DAY)
    extensions = {
        v.PLANNED_START: state.year.text(start),
        v.PLANNED_DURATION: f"PT{state.chance.choice((20, 30, 40, 60))}M",
    }
    state.say(at, v.SCHEDULED, goal.thing, extensions=extensions)
    goal.scheduled_at = at
    state.did["goals_scheduled"] += 1


def assign_period_goal(state: LearnerState, planned: PeriodGoal, at: int) -> None:
    """A teacher assigns a goal of the curriculum when the period starts."""
    goal = Goal(
        planned.id,
        planned.title,
        "period",
        "assigned",
        at,
        due=planned.due,
        target_level=3,
        framework_goal=planned.framework.id,
        fate=_fate(state),
        close_by=planned.due,
    )
    teacher = state.class_year.one.teachers[state.class_year.one.subjects.index(planned.framework.subject)]
    state.say(at, v.ASSIGNED, goal.thing, extensions=_stated(state, goal), instructor=teacher.agent)
    assigned(state, goal)


def direct_goal(state: LearnerState, week: Week, at: int) -> None:
    """A teacher gives one learner a goal to catch up on something, until the end of the week after."""
    planned = state.chance.choice(state.class_year.period_goals(week))
    due = (week.monday + 11) * DAY + 16 * HOUR
    goal = Goal(
        _next_id(state),
        f"Je werkt weg wat je miste van {planned.framework.theme}",
        "period",
        "assigned",
        at,
        due=due,
        fate=_fate(state),
        close_by=due,
    )
    stated = {**_stated(state, goal), v.LEARNER: state.agent(LEERPLEIN)}
    state.say_about(at, state.class_year.one.coach.agent, v.DIRECTED, goal.thing, extensions=stated)
    assigned(state, goal)


def long_term_goal(state: LearnerState, session: Session) -> None:
    """In September every learner sets a goal for the year, with the coach."""
    at = session.after(2)
    due = (state.year.days - 12) * DAY + 16 * HOUR
    title = state.chance.choice(
        ("Ik plan tegen juni mijn schoolwerk zelf", "Ik durf tegen juni zelf hulp te vragen")
    )
    fate = ACHIEVED if state.chance.random() < 0.65 else "open"
    goal = Goal(_next_id(state), title, "long-term", "self", at, due=due, fate=fate, close_by=due)
    state.say(at, v.PLANNED, goal.thing, extensions=_stated(state, goal))
    _opened(state, goal, session)
