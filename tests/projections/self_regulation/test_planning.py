"""Setting goals, planning and estimating: worked out by hand."""

from typing import Any

import pytest

from tests.projections.a_statement import a_group, a_voiding
from tests.projections.self_regulation.case import Case, agrees, says
from tests.projections.self_regulation.conftest import Of

Statement = dict[str, Any]


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


def weekly() -> list[Statement]:
    """Goals in three weeks; and around the autumn holiday and in it."""
    days = {"weekly": ("09-01", "09-02", "09-08", "09-15"), "autumn": ("10-20", "10-28", "11-03")}
    goals = [says(who, "planned", f"goal:{day}", f"{day} 09:00") for who in days for day in days[who]]
    return [*goals, says("autumn", "experienced", "lesson:1", "11-10 09:00")]


def plain() -> list[Statement]:
    """Three goals of one's own and one assigned; five planned starts that were kept; two of three goals in time."""
    due, days = "2025-09-12 16:00", ("02", "03", "04", "05", "08")
    return [
        *sets("setter", "a", "b", "c"), says("setter", "was-assigned", "goal:d", "09-04 09:00"),
        *(
            says("punctual", "scheduled", f"lesson:{day}", "09-01 08:00", planned_start=f"2025-09-{day} 10:00")
            for day in days
        ),
        *(says("punctual", "attempted", f"lesson:{day}", f"09-{day} 10:00") for day in days),
        *(says("finisher", "planned", f"goal:{goal}", "09-01 09:00", due=due) for goal in "abc"),
        *(says("finisher", "achieved", f"goal:{goal}", "09-10 09:00") for goal in "ab"),
    ]  # fmt: skip


def over_the_night() -> list[Statement]:
    """Scheduled on Saturday at twelve, begun on Sunday at twelve: in that night the clock goes back."""
    return [
        each
        for name in "abcde"
        for each in (
            says("winter", "scheduled", f"lesson:{name}", "10-25 12:00"),
            says("winter", "attempted", f"lesson:{name}", "10-26 12:00"),
        )
    ]


def restated() -> list[Statement]:
    """Estimated an hour, took half of it, three times; a fourth time two hours, which is voided."""
    tasks = {"a": "PT30M", "b": "PT30M", "c": "PT30M", "d": "PT2H"}
    guesses = [says("restater", "estimated", f"lesson:{n}", "09-01 08:00", duration="PT1H") for n in tasks]
    done = [says("restater", "completed", f"lesson:{n}", "09-02 12:00", duration=d) for n, d in tasks.items()]
    return [*guesses, *done, a_voiding(done[-1], "2025-09-03 09:00")]


STATEMENTS = [
    *self_set(), *specific(), *planned(), *adherent(), *completed(), *estimated(), *weekly(), *plain(),
    *over_the_night(), *restated(),
]  # fmt: skip

CASES = [
    Case("goal_setting_rate", "weekly", 4 / 3, 3, "four goals in three weeks"),
    Case("goal_setting_rate", "weekly", None, 2, "2 weeks of 3", window_end="2025-09-14"),
    Case("goal_setting_rate", "autumn", 2 / 3, 3, "not the goal of the holiday", "holiday week", "2025-11-16"),
    Case("self_set_share", "setter", 3 / 4, 4, "d was assigned"),
    Case("self_set_share", "few", None, 2, "2 goals of 3"),
    Case("self_set_share", "mixed", 3 / 4, 4, "a, b and the group's f; d was assigned first; e is voided", "voided"),
    Case("goal_specificity", "setter", 0 / 3, 3, "no due dates"),
    Case("goal_specificity", "few", None, 2, "2 goals of 3"),
    Case("goal_specificity", "specific", 3 / 4, 4, "d in the last minute, c after it; e is another's", "midnight"),
    Case("planning_rate", "planner", 4 / 6, 6, "a, b, c and e of a, b, c, d, e, f"),
    Case("planning_rate", "planner", None, 3, "a, b and c of 5 in the first week", window_end="2025-09-07"),
    Case("planning_rate", "winter", 5 / 5, 5, "all were scheduled a day before", "summer time", "2025-10-26"),
    Case("planning_lead_time", "planner", 2.0, 5, "the middle of 1, 2, 3, -1 and 5 days"),
    Case("planning_lead_time", "planner", None, 3, "a, b and c of 5 in the first week", window_end="2025-09-07"),
    Case("planning_lead_time", "winter", 25 / 24, 5, "a day of 25 hours", "summer time", "2025-10-26"),
    Case("plan_adherence", "punctual", 5 / 5, 5, "begun at the planned minute"),
    Case("plan_adherence", "keeper", None, 3, "3 planned starts of 5 in the first week", window_end="2025-09-07"),
    Case("plan_adherence", "keeper", 4 / 6, 6, "not d by a minute, nor e after it; f lies in one", "holiday week"),
    Case("plan_completion", "finisher", 2 / 3, 3, "a and b of three"),
    Case("plan_completion", "starter", None, 1, "1 task of 3"),
    Case("plan_completion", "doer", 3 / 5, 5, "a in each of its rounds and d; not b by a minute, nor c", "re-opened"),
    Case("estimate_bias", "guesser", (-0.5 + 1 + 0) / 3, 3, "estimates made before the work"),
    Case("estimate_bias", "hasty", None, 1, "1 task of 3"),
    Case("estimate_bias", "restater", 0.5 - 1, 3, "the fourth is voided", "voided"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_is_as_worked_out_by_hand(of: Of, case: Case) -> None:
    agrees(of, case)
