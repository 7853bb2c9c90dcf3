"""When the work on a task is done, between its start and its due date: worked out by hand."""

from typing import Any

import pytest

from tests.projections.self_regulation.case import Case, agrees, says
from tests.projections.self_regulation.conftest import Of


def works(who: str, *stretches: tuple[str, str]) -> list[dict[str, Any]]:
    """Work on the goal that ended at a moment, and how long it took."""
    return [says(who, "attempted", "goal:a", at, duration=length) for at, length in stretches]


STATEMENTS = [
    # ten days: the work ends after 1, 2, 5 and 8 of them, and too late
    says("worker", "planned", "goal:a", "09-01 08:00", due="2025-09-11 08:00"),
    *works("worker", ("09-02 08:00", "PT1H"), ("09-03 08:00", "PT1H"), ("09-06 08:00", "PT1H")),
    *works("worker", ("09-09 08:00", "PT1H"), ("09-12 08:00", "PT2H")),
    # 46 hours, of which the clock shows 45; the work ends after 6, 12, 19, 24 and 36:59 of them, half an hour each
    says("night", "planned", "goal:a", "10-25 12:00", due="2025-10-27 09:00"),
    *works("night", ("10-25 18:00", "PT30M"), ("10-26 00:00", "PT30M"), ("10-26 06:00", "PT30M")),
    *works("night", ("10-26 11:00", "PT30M"), ("10-26 23:59", "PT30M")),
    # ten days again; achieved after one, set anew with ten days more, in which the work counts from its new start
    says("again", "planned", "goal:a", "09-01 08:00", due="2025-09-11 08:00"),
    *works("again", ("09-02 08:00", "PT1H")),
    says("again", "achieved", "goal:a", "09-02 09:00"),
    says("again", "planned", "goal:a", "09-15 08:00", due="2025-09-25 08:00"),
    *works("again", *((f"09-{day} 08:00", "PT1H") for day in (16, 17, 18, 24))),
]

CASES = [
    Case("procrastination", "worker", (0.1 + 0.2 + 0.5 + 0.8 + 2 * 1) / 6, 5, "the last took two hours of six"),
    Case("procrastination", "worker", None, 3, "3 of 5 in the first week", window_end="2025-09-07"),
    Case("procrastination", "night", (6 + 12 + 19 + 24 + 36 + 59 / 60) / 46 / 5, 5, "the night has an hour more",
         "summer time", "2025-10-26"),
    Case("procrastination", "again", (0.1 + 0.1 + 0.2 + 0.3 + 0.9) / 5, 5, "each round has its own start", "re-opened"),
    Case("last_moment_share", "worker", 3 / 6, 5, "after 8 of 10 days, and too late"),
    Case("last_moment_share", "worker", None, 3, "3 of 5 in the first week", window_end="2025-09-07"),
    Case("last_moment_share", "night", 1 / 5, 5, "36:59 is over 4/5 of 46 hours; by the clock 35:59 is not of 45",
         "summer time", "2025-10-26"),
    Case("last_moment_share", "again", 1 / 5, 5, "in the second round", "re-opened"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_is_as_worked_out_by_hand(of: Of, case: Case) -> None:
    agrees(of, case)
