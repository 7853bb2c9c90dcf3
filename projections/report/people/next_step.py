"""What a goal asks for next."""

from datetime import date

from projections.report.people.model import NextStep
from projections.report.people.published import Row


def next_step(goal: Row, as_of: date) -> NextStep:
    """The next step of a row of `goals.sql`, on a day. The first that fits: a date that went by comes before others."""
    if goal["status"] == "achieved":
        return NextStep.LEVEL_UP if _under_target(goal) else NextStep.LOOK_BACK
    if goal["status"] == "not_achieved":
        return NextStep.PLAN_AGAIN
    if goal["status"] == "dropped":
        return NextStep.NOTHING
    if goal["days_overdue"] is not None:
        return NextStep.CATCH_UP
    return _of_planned(goal, as_of) if goal["status"] == "planned" else NextStep.GO_ON


def _of_planned(goal: Row, as_of: date) -> NextStep:
    if goal["start_day"] is None:
        return NextStep.PLAN
    return NextStep.BEGIN_LATE if goal["start_day"] < as_of else NextStep.BEGIN


def _under_target(goal: Row) -> bool:
    return None not in (goal["level"], goal["target_level"]) and goal["level"] < goal["target_level"]
