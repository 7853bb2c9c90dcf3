"""Monitoring, judging oneself, reflecting and revising plans: worked out by hand."""

from typing import Any

import pytest

from tests.projections.a_statement import a_group, a_voiding
from tests.projections.self_regulation.case import Case, agrees, says
from tests.projections.self_regulation.conftest import Of

Statement = dict[str, Any]
FIRST_TWO = (("a", "achieved", "09-02 09:00"), ("b", "deselected", "09-03 09:00"))
PLANNED = (("a", "09-01"), ("b", "09-02"), ("c", "09-08"))


def looks() -> list[Statement]:
    """Looked twice, ticked and judged in two weeks; in the third nothing of the kind."""
    return [
        says("watcher", "viewed", "progress-view:all", "09-01 09:00"),
        says("watcher", "completed", "item:first", "09-02 09:00", checklist="watcher-goal"),
        says("watcher", "self-assessed", "goal:a", "09-08 09:00", score=0.5),
        says("watcher", "viewed", "progress-view:all", "09-09 09:00"),
        says("watcher", "experienced", "lesson:1", "09-15 09:00"),
    ]


def looks_together() -> list[Statement]:
    """Twice with the team, once alone, and once more alone that is voided."""
    team = a_group("team", "mate", "other")
    voided = says("mate", "viewed", "progress-view:all", "09-16 09:00")
    return [
        says("mate", "viewed", "progress-view:all", "09-01 09:00", actor=team),
        says("mate", "viewed", "progress-view:all", "09-08 09:00", actor=team),
        says("mate", "viewed", "progress-view:all", "09-15 09:00"),
        voided,
        a_voiding(voided, "2025-09-17 09:00"),
    ]


def foretells(
    who: str, number: int, at: str, confidence: float, verb: str, score: float | None = None
) -> list[Statement]:
    """Says how well it will go, and an hour later how it went."""
    return [
        says(who, "expected", f"lesson:{number}", f"{at}:00", score=confidence),
        says(who, verb, f"lesson:{number}", f"{at}:59", score=score),
    ]  # fmt: skip


def judges() -> list[Statement]:
    """Confidence less performance: -0.2, 0.1 and 0 in the first week, then 1 and -0.2."""
    return [
        *foretells("judge", 1, "09-01 09", 0.8, "passed", 1.0),
        *foretells("judge", 2, "09-02 09", 0.6, "passed", 0.5),
        *foretells("judge", 3, "09-03 09", 0.5, "passed", 0.5),
        *foretells("judge", 4, "09-08 09", 1.0, "failed"),
        *foretells("judge", 5, "09-09 09", 0.4, "passed", 0.6),
    ]


def takes_back() -> list[Statement]:
    """Five times half sure of what succeeds; a sixth time very sure of what fails, which is voided."""
    said = [each for n in range(1, 6) for each in foretells("modest", n, f"09-0{n} 09", 0.5, "passed")]
    sure, failed = foretells("modest", 6, "09-08 09", 1.0, "failed")
    return [*said, sure, failed, a_voiding(sure, "2025-09-08 12:00")]


def closes(who: str, *endings: tuple[str, str, str]) -> list[Statement]:
    """Goals that were set, and how they ended: goal, verb, moment."""
    goals = dict.fromkeys(goal for goal, _, _ in endings)
    set_first = [says(who, "planned", f"goal:{goal}", "09-01 08:00") for goal in goals]
    return [*set_first, *(says(who, verb, f"goal:{goal}", at) for goal, verb, at in endings)]


def reflects() -> list[Statement]:
    """Two reflections, one of them on other work; three goals closed, two of them in the first week."""
    return [
        *closes("closer", *FIRST_TWO, ("c", "failed", "09-10 09:00")),
        says("closer", "reflected", "goal:a", "09-04 09:00"),
        says("closer", "experienced", "lesson:1", "09-11 09:00", reflection="what I learned"),
        *closes("opener", *FIRST_TWO, ("c", "failed", "09-10 09:00")),
        says("opener", "planned", "goal:a", "09-11 08:00"),
        says("opener", "achieved", "goal:a", "09-12 09:00"),
        *(says("opener", "reflected", "goal:a", f"09-{day} 10:00") for day in ("02", "03", "12")),
    ]  # fmt: skip


def revises() -> list[Statement]:
    """Three goals, two of them in the first week; revised twice, then on either side of a window's last midnight."""
    return [
        *(says("reviser", "planned", f"goal:{g}", f"{at} 09:00") for g, at in PLANNED),
        *(says("reviser", "revised-plan", "goal:a", f"{at} 09:00") for at in ("09-10", "09-17")),
        *(says("reviser", "revised-plan", "goal:b", at) for at in ("10-12 23:59", "10-13 00:00")),
    ]  # fmt: skip


def revises_in_time() -> list[Statement]:
    """Before the first due date, after it, and before the one that came in its place; and a plan without one."""
    return [
        says("timely", "planned", "goal:a", "09-01 09:00", due="2025-09-12 16:00"),
        says("timely", "revised-plan", "goal:a", "09-10 09:00"),
        says("timely", "revised-plan", "goal:a", "09-13 09:00", due="2025-09-20 16:00"),
        says("timely", "revised-plan", "goal:a", "09-19 09:00"),
        says("timely", "planned", "goal:b", "09-01 09:00"),
        says("timely", "revised-plan", "goal:b", "09-10 09:00"),
        says("january", "planned", "goal:a", "12-15 09:00", due="2025-12-31 23:59"),
        says("january", "revised-plan", "goal:a", "12-18 09:00"),
        says("january", "revised-plan", "goal:a", "2026-01-05 09:00", due="2026-01-09 16:00"),
        says("january", "revised-plan", "goal:a", "2026-01-08 09:00"),
    ]


STATEMENTS = [
    *looks(), *looks_together(), *judges(), *takes_back(), *reflects(), *revises(), *revises_in_time()
]  # fmt: skip

CASES = [
    Case("monitoring_frequency", "watcher", 4 / 3, 3, "two looks, a tick and a judgement in three weeks"),
    Case("monitoring_frequency", "watcher", None, 2, "2 weeks of 3", window_end="2025-09-14"),
    Case(
        "monitoring_frequency", "mate", 3 / 3, 3, "twice in a group, once alone, and one voided", "group goal"
    ),
    Case("self_assessment_bias", "judge", (-0.2 + 0.1 + 0 + 1 - 0.2) / 5, 5, "of five results"),
    Case("self_assessment_bias", "judge", None, 3, "3 results of 5", window_end="2025-09-07"),
    Case("self_assessment_bias", "modest", 0.5 - 1, 5, "the sixth is voided", "voided"),
    Case("self_assessment_accuracy", "judge", (0.04 + 0.01 + 0 + 1 + 0.04) / 5, 5, "of five results"),
    Case("self_assessment_accuracy", "judge", None, 3, "3 results of 5", window_end="2025-09-07"),
    Case("self_assessment_accuracy", "modest", 0.25, 5, "the sixth is voided", "voided"),
    Case("reflection_rate", "closer", 2 / 3, 3, "one on a goal, one with a lesson"),
    Case("reflection_rate", "closer", None, 2, "2 goals of 3 in the first week", window_end="2025-09-07"),
    Case("reflection_rate", "opener", 3 / 3, 3, "a was closed twice and counts once", "re-opened"),
    Case("plan_revision_rate", "reviser", 2 / 3, 3, "a twice", window_end="2025-09-21"),
    Case("plan_revision_rate", "reviser", None, 2, "2 goals of 3 in the first week", window_end="2025-09-07"),
    Case(
        "plan_revision_rate",
        "reviser",
        3 / 3,
        3,
        "on Sunday at 23:59, and not on Monday at 00:00",
        "midnight",
    ),
    Case("plan_revision_timely", "timely", 2 / 3, 3, "late once; b has no due date"),
    Case("plan_revision_timely", "timely", None, 2, "2 revisions of 3", window_end="2025-09-14"),
    Case(
        "plan_revision_timely", "january", 2 / 3, 3, "late in the new year", "turn of the year", "2026-01-11"
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_is_as_worked_out_by_hand(of: Of, case: Case) -> None:
    agrees(of, case)
