"""Indicators of planning: values worked out by hand, too little to go on, and edges."""

from typing import Any

import pytest

from tests.projections.a_statement import a_group, a_statement, a_voiding
from tests.projections.self_regulation.conftest import Of

Statement = dict[str, Any]


def says(who: str, verb: str, thing: str, at: str, **more: Any) -> Statement:
    kind, _, slug = thing.rpartition(":")
    return a_statement(verb, f"{kind}:{who}-{slug}", f"2025-{at}", by=who, **more)


def sets(who: str, *goals: str, **more: Any) -> list[Statement]:
    return [
        says(who, "planned", f"goal:{goal}", f"09-{day:02} 09:00", **more)
        for day, goal in enumerate(goals, 1)
    ]


def self_set() -> list[Statement]:
    told_twice = [
        says("mixed", "was-assigned", "goal:d", "09-08 09:00"),
        says("mixed", "planned", "goal:d", "09-09 09:00"),
    ]
    voided = says("mixed", "planned", "goal:e", "09-10 09:00")
    shared = says("mixed", "planned", "goal:f", "09-11 09:00", actor=a_group("team", "mixed", "else"))
    mixed = [*sets("mixed", "a", "b"), *told_twice, voided, a_voiding(voided, "2025-09-11 09:00"), shared]
    return [*mixed, *sets("few", "a", "b")]


def specific() -> list[Statement]:
    return [
        says("specific", "planned", "goal:a", "09-01 09:00", due="2025-09-10 09:00", target_level=3),
        says("specific", "planned", "goal:b", "09-02 09:00", due="2025-09-10 09:00", criterion="all right"),
        says("specific", "planned", "goal:c", "09-03 09:00", due="2025-09-10 09:00"),
        says("specific", "planned", "goal:d", "09-04 09:00", target_level=3),
        # made specific afterwards: in the window, and after its end
        says("specific", "revised-plan", "goal:d", "10-12 23:59", due="2025-10-20 09:00"),
        says("specific", "revised-plan", "goal:c", "10-13 00:00", target_level=2),
        says("specific", "was-assigned", "goal:e", "09-05 09:00", due="2025-09-10 09:00", target_level=3),
    ]


def planned() -> list[Statement]:
    """Six tasks begun: lead times of 1, 2, 3 days and -1; one set with a planned start 5 days before; one unplanned."""
    tasks = [
        ("a", "09-01", "09-02"),
        ("b", "09-01", "09-03"),
        ("c", "09-01", "09-04"),
        ("d", "09-09", "09-08"),
    ]
    scheduled = [says("planner", "scheduled", f"lesson:{name}", f"{on} 10:00") for name, on, _ in tasks]
    begun = [says("planner", "attempted", f"lesson:{name}", f"{on} 10:00") for name, _, on in tasks]
    goal = says("planner", "planned", "goal:e", "09-10 10:00", planned_start="2025-09-15 10:00")
    worked = says("planner", "experienced", "lesson:z", "09-15 10:00", parent="goal:planner-e")
    unplanned = [
        says("planner", "planned", "goal:f", "09-11 10:00"),
        says("planner", "attempted", "goal:f", "09-12 10:00"),
    ]
    # an activity that was never assigned or scheduled is no task; a task not worked on is not counted
    others = [
        says("planner", "attempted", "lesson:y", "09-12 11:00"),
        says("planner", "scheduled", "lesson:x", "09-12 12:00"),
    ]
    return [*scheduled, *begun, goal, worked, *unplanned, *others]


def adherent() -> list[Statement]:
    """Planned starts kept 24 hours before, at it, 24 hours after; a minute too late; moved in time; a holiday."""
    starts = {
        "a": ("09-02 10:00", "09-01 10:00"), "b": ("09-03 10:00", "09-03 10:00"), "c": ("09-04 10:00", "09-05 10:00"),
        "d": ("09-08 10:00", "09-09 10:01"), "e": ("10-12 10:00", "10-13 09:00"), "f": ("10-28 10:00", "10-28 10:00"),
    }  # fmt: skip
    plan = [
        says("keeper", "scheduled", f"lesson:{n}", "09-01 08:00", planned_start=f"2025-{p}")
        for n, (p, _) in starts.items()
    ]
    work = [says("keeper", "attempted", f"lesson:{n}", at) for n, (_, at) in starts.items()]
    moved = [
        says("keeper", "scheduled", "lesson:g", "09-01 08:00", planned_start="2025-09-10 10:00"),
        says("keeper", "revised-plan", "lesson:g", "09-09 08:00", planned_start="2025-09-20 10:00"),
        says("keeper", "attempted", "lesson:g", "09-19 12:00", duration="PT1H"),
    ]
    return [*plan, *work, *moved]


def completed() -> list[Statement]:
    """Achieved at the due moment, a minute late, dropped, finished activity; re-opened and achieved in each round."""
    due = "2025-09-12 16:00"
    said = [
        says("doer", "planned", "goal:a", "09-01 09:00", due=due), says("doer", "achieved", "goal:a", "09-12 16:00"),
        says("doer", "planned", "goal:b", "09-01 09:00", due=due), says("doer", "achieved", "goal:b", "09-12 16:01"),
        says("doer", "planned", "goal:c", "09-01 09:00", due=due), says("doer", "deselected", "goal:c", "09-02 09:00"),
        says("doer", "scheduled", "lesson:d", "09-01 09:00", due=due),
        says("doer", "completed", "lesson:d", "09-11 09:00"),
        says("doer", "scheduled", "goal:a", "09-15 09:00", due="2025-09-19 16:00"),
        says("doer", "achieved", "goal:a", "09-19 09:00"),
        # only assigned: not the learner's plan
        says("doer", "was-assigned", "goal:f", "09-01 09:00", due=due),
        says("doer", "achieved", "goal:f", "09-02 09:00"),
    ]  # fmt: skip
    return [*said, says("starter", "planned", "goal:a", "09-01 09:00", due=due)]


def estimated() -> list[Statement]:
    """Estimated 60, 30 and 20 minutes, took 30, 60 and 20: -1/2, +1, 0. An estimate after the start does not count."""
    said = []
    for name, guess, took in (("a", 60, 30), ("b", 30, 60), ("c", 20, 20)):
        said += [
            says("guesser", "estimated", f"lesson:{name}", "09-01 08:00", duration=f"PT{guess}M"),
            says("guesser", "completed", f"lesson:{name}", "09-02 12:00", duration=f"PT{took}M"),
            says("guesser", "estimated", f"lesson:{name}", "09-03 08:00", duration="PT1M"),
        ]
    unfinished = [
        says("guesser", "estimated", "lesson:d", "09-01 08:00", duration="PT10M"),
        says("guesser", "attempted", "lesson:d", "09-02 12:00", duration="PT50M"),
    ]
    return [
        *said,
        *unfinished,
        *[s | {"actor": says("hasty", "x", "y", "09-01 08:00")["actor"]} for s in said[:2]],
    ]


STATEMENTS = [*self_set(), *specific(), *planned(), *adherent(), *completed(), *estimated()]


def test_self_set_share_counts_a_goal_once_by_what_came_first(of: Of) -> None:
    # a, b and the group's f; d was assigned first; e is voided
    assert of("mixed", "self_set_share") == (3 / 4, 4, True)


def test_self_set_share_needs_three_goals(of: Of) -> None:
    assert of("few", "self_set_share") == (None, 2, False)


def test_goal_specificity_is_the_share_with_a_measure_and_a_due_date_by_the_end_of_the_window(of: Of) -> None:
    # a and b at once, d on the last day of the window; c a minute too late; e is another's
    assert of("specific", "goal_specificity") == (3 / 4, 4, True)


def test_goal_specificity_needs_three_goals(of: Of) -> None:
    assert of("few", "goal_specificity") == (None, 2, False)


def test_planning_rate_is_the_share_scheduled_before_the_first_work(of: Of) -> None:
    # a, b, c and e of a, b, c, d, e, f
    assert of("planner", "planning_rate") == (4 / 6, 6, True)


def test_planning_lead_time_is_the_median_in_days_and_may_be_negative(of: Of) -> None:
    # 1, 2, 3, -1 and 5 days
    assert of("planner", "planning_lead_time") == (2.0, 5, True)


@pytest.mark.parametrize("indicator", ["planning_rate", "planning_lead_time"])
def test_planning_needs_five_tasks(of: Of, indicator: str) -> None:
    # in the first week the work on a, b and c began
    assert of("planner", indicator, "2025-09-07") == (None, 3, False)


def test_plan_adherence_counts_starts_within_24_hours_and_the_window(of: Of) -> None:
    # kept: a, b, c, g; missed: d by a minute, e after the window; f lies in a holiday, the first plan for g was moved
    assert of("keeper", "plan_adherence") == (4 / 6, 6, True)


def test_plan_adherence_needs_five_planned_starts(of: Of) -> None:
    assert of("keeper", "plan_adherence", "2025-09-07") == (None, 3, False)


def test_plan_completion_is_the_share_achieved_by_its_due_date_in_each_round(of: Of) -> None:
    # a twice and d; not b, c
    assert of("doer", "plan_completion") == (3 / 5, 5, True)


def test_plan_completion_needs_three_tasks(of: Of) -> None:
    assert of("starter", "plan_completion") == (None, 1, False)


def test_estimate_bias_is_the_mean_relative_error_of_estimates_made_before_the_work(of: Of) -> None:
    assert of("guesser", "estimate_bias") == ((-0.5 + 1 + 0) / 3, 3, True)


def test_estimate_bias_needs_three_tasks(of: Of) -> None:
    assert of("hasty", "estimate_bias") == (None, 1, False)
