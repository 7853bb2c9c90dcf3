"""What a learner does in a session, in the order in which it happens."""

from lrs.simulate.calendar import DAY, HOUR, MINUTE, Week
from lrs.simulate.class_year import GOALS_A_WEEK
from lrs.simulate.contract_work import assign_contract, close_contracts, tick_an_item
from lrs.simulate.conversation import attend_mini_lesson, look_at_progress, report_motivation, talk_with_coach
from lrs.simulate.feedback import act_on_feedback, give_peer_feedback, hand_in_work
from lrs.simulate.goal_outcome import close_what_is_due
from lrs.simulate.goal_setting import (
    assign_period_goal,
    direct_goal,
    long_term_goal,
    own_goal,
    plan_what_was_assigned,
    prioritise,
)
from lrs.simulate.help_episode import ask_for_help
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.lesson_material import choose_route, study
from lrs.simulate.practice import new_exercise, practise
from lrs.simulate.rubric import place_on_rubric
from lrs.simulate.timetable import Session
from lrs.simulate.trail import delay_offline

_LONG_TERM_WEEK = 3
# Share of weeks in which a teacher gives a learner a goal of the learner's own.
_DIRECTED = 0.03
_SCHOOL_STARTS = 8 * HOUR + 15 * MINUTE


def spend(state: LearnerState, session: Session, mates: list[LearnerState]) -> None:
    """One session from start to end; `mates` are the classmates of the working group who are there too."""
    session.delay = delay_offline(state.trail.rates, state.chance)
    session.pace = state.chance.uniform(0.8, 1.2)
    state.did["sessions"] += 1
    state.did["sessions_at_usual_time"] += session.usual
    state.did["sessions_at_home"] += session.lesson is None
    if not session.week.school_days:
        _in_holiday(state, session)
        return
    look_at_progress(state, session)
    attend_mini_lesson(state, session)
    _plan_the_week(state, session)
    act_on_feedback(state, session)
    _take_up_what_failed(state, session)
    practise(state, session, new_exercise(state, session))
    study(state, session)
    hand_in_work(state, session)
    give_peer_feedback(state, session, mates)
    tick_an_item(state, session)
    talk_with_coach(state, session)
    place_on_rubric(state, session)
    close_what_is_due(state, session)
    close_contracts(state, session)
    report_motivation(state, session)


def hand_out(state: LearnerState, week: Week) -> None:
    """On the first school day of a week: goals for a period that starts, and the contract."""
    year, at = state.class_year, week.school_days[0] * DAY + _SCHOOL_STARTS
    if week.number in year.period_starts:
        for planned in year.period_goals(week):
            assign_period_goal(state, planned, at + state.chance.randrange(MINUTE))
    contract = year.contract(week)
    if contract is not None:
        assign_contract(state, contract, at + state.chance.randrange(MINUTE, 2 * MINUTE))
        if state.chance.random() < _DIRECTED:
            direct_goal(state, week, at + state.chance.randrange(2 * MINUTE, 9 * MINUTE))


def _plan_the_week(state: LearnerState, session: Session) -> None:
    """In the first session of a school week: plan what the school asks, then set goals of one's own."""
    week = session.week
    if state.planned_week == week.number or session.day < week.school_days[0]:
        return
    state.planned_week = week.number
    state.did["weeks"] += 1
    plan_what_was_assigned(state, session)
    if week.number in state.class_year.exam_weeks:
        return
    if week.number >= _LONG_TERM_WEEK and not state.did["long_term_goals"]:
        state.did["long_term_goals"] = 1
        long_term_goal(state, session)
    _set_own_goals(state, session)
    prioritise(state, session)
    choose_route(state, session)


def _set_own_goals(state: LearnerState, session: Session) -> None:
    """Planners set more goals, and treated classes more after the intervention than before."""
    least, added = GOALS_A_WEEK
    rate = least + added * state.traits.planning
    if state.class_year.is_treated(session.start):
        rate += state.class_year.intervention.extra_goals_a_week
    for _ in range(state.habits["goals"].times(rate)):
        luck = state.chance.random()
        own_goal(state, session, "day" if luck < 0.12 else "period" if luck < 0.2 else "week")
        state.did[
            "own_goals_after" if session.start >= state.class_year.intervention.at else "own_goals_before"
        ] += 1


def _take_up_what_failed(state: LearnerState, session: Session) -> None:
    """Questions that were put off, then exercises that are tried again."""
    questions, state.questions = state.questions, []
    for exercise in questions:
        ask_for_help(state, session, exercise)
    retries, state.retries = state.retries, []
    for exercise in retries:
        practise(state, session, exercise)


def _in_holiday(state: LearnerState, session: Session) -> None:
    """Those who work in holidays look back and finish something; nothing is asked of them."""
    look_at_progress(state, session)
    _take_up_what_failed(state, session)
    act_on_feedback(state, session)
