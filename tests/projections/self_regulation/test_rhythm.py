"""Rhythm of activity: Boroujeni's measures and the spacing of work, worked out by hand."""

from math import cos, log2, pi
from typing import Any

import pytest

from tests.projections.self_regulation.case import Case, agrees, says
from tests.projections.self_regulation.conftest import Of

Statement = dict[str, Any]
PERIODICITY = ("periodicity_day", "periodicity_week_hour", "periodicity_week")
SIMILARITY = ("weekly_similarity_1", "weekly_similarity_2", "weekly_similarity_3")
MONDAYS = ("09-01", "09-08", "09-15", "09-22", "09-29")
PEAKS = {"peak_hour": log2(24), "peak_weekday": log2(7)}


def does(who: str, *moments: str) -> list[Statement]:
    return [says(who, "experienced", "lesson:1", moment) for moment in moments]


def works(who: str, goal: str, *moments: str) -> list[Statement]:
    return [says(who, "attempted", f"goal:{goal}", moment) for moment in moments]


def around_the_holiday(who: str) -> list[Statement]:
    """Mondays at ten, four times each, before and after the autumn holiday; and a Tuesday in it."""
    days = ("10-20", "10-28", "11-03", "11-10")
    return does(who, *(f"{day} 10:{minute}" for day in days for minute in (10, 20, 30, 40)))


def through_midnight(who: str) -> list[Statement]:
    """Each goal on a day of its own: in the morning, and from ten to twelve until ten past."""
    days = {"a": ("09-02", "09-03"), "b": ("09-08", "09-09"), "c": ("09-15", "09-16")}
    return [
        each
        for goal, (day, after) in days.items()
        for each in works(who, goal, f"{day} 10:00", f"{day} 23:50", f"{after} 00:10")
    ]


STATEMENTS = [
    *does("steady", *(f"{day} 10:10" for day in MONDAYS), *(f"{day} 10:40" for day in MONDAYS)),
    *does("halves", *(f"{day} 10:00" for day in ("09-01", "09-08", "09-15"))),
    *does("halves", *(f"{day} 22:00" for day in ("09-02", "09-09", "09-16"))),
    *does("varied", "09-01 10:00", "09-01 11:00", "09-02 10:00", "09-08 10:00"),
    *does("once", "09-01 10:00"),
    *around_the_holiday("autumn"),
    *works("spread", "a", "09-02 10:00", "09-03 10:00"),
    *works("spread", "b", "09-04 10:00", "09-04 14:00"),
    *works("spread", "c", "09-08 09:00", "09-09 09:00", "09-09 15:00"),
    *works("spread", "d", "09-10 09:00"),
    *through_midnight("late"),
]  # fmt: skip


def entropy(p: float) -> float:
    """Of a share and what it leaves, in bits."""
    return -p * log2(p) - (1 - p) * log2(1 - p)


CASES = [
    *(Case(name, "steady", bits * 5, 10, "one hour of one weekday, in 5 weeks") for name, bits in PEAKS.items()),
    *(Case(name, "once", None, 1, "1 statement of 10") for name in PEAKS),
    *(
        Case(name, "autumn", bits * 3, 12, "the Tuesday of the holiday is in no week", "holiday week", "2025-11-16")
        for name, bits in PEAKS.items()
    ),
    Case("weekly_similarity_1", "varied", 1 / 2, 2, "Monday of Monday and Tuesday"),
    Case("weekly_similarity_2", "varied", 1 - (entropy(5 / 6) - entropy(2 / 3) / 2), 2, "(2/3, 1/3) beside (1, 0)"),
    Case("weekly_similarity_3", "varied", 1 - ((1 / 3) ** 2 + 1) / 2, 2, "2 and 1 hours on Monday, 1 and 0 on Tuesday"),
    *(Case(name, "once", None, 1, "1 week of 2") for name in SIMILARITY),
    *(
        Case(name, "autumn", 1.0, 3, "the weeks around the holiday are alike", "holiday week", "2025-11-16")
        for name in SIMILARITY
    ),
    Case("periodicity_day", "halves", 0.0, 3, "twelve hours apart cancel out"),
    Case("periodicity_week_hour", "halves", cos(pi * 36 / 168), 3, "36 hours apart in 168"),
    Case("periodicity_week", "halves", cos(pi / 7), 3, "1 day apart in 7"),
    *(Case(name, "steady", 1.0, 5, "always the same hour") for name in PERIODICITY),
    *(Case(name, "once", None, 1, "1 week of 3") for name in PERIODICITY),
    *(
        Case(name, "autumn", 1.0, 3, "school weeks follow each other, past the holiday", "holiday week", "2025-11-16")
        for name in PERIODICITY
    ),
    Case("spacing", "spread", (2 / 2 + 1 / 2 + 2 / 3) / 3, 3, "a, b and c; d had one session"),
    Case("spacing", "spread", None, 2, "c came later", window_end="2025-09-07"),
    Case("spacing", "late", 1 / 2, 3, "a session past midnight is of the day on which it began", "midnight"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_is_as_worked_out_by_hand(of: Of, case: Case) -> None:
    agrees(of, case)
