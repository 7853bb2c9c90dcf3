"""What learners say of their motivation and emotion: worked out by hand."""

from typing import Any

import pytest

from tests.projections.self_regulation.case import Case, agrees, says
from tests.projections.self_regulation.conftest import Of

SCALE = {"min": 1, "max": 5}
ABOUT = ("motivation", "emotion")


def rates(who: str, **on: int) -> list[dict[str, Any]]:
    """Ratings of both on a scale of 1 to 5, by day (d0901)."""
    return [
        says(who, "rated", f"{about}:{about}", f"{day[1:3]}-{day[3:]} 09:00", score={"raw": rating}, rating_scale=SCALE)
        for day, rating in on.items()
        for about in ABOUT
    ]  # fmt: skip


STATEMENTS = [
    *rates("teller", d0901=2, d0908=3, d0915=5),
    *rates("twice", d0901=2, d0908=3, d0909=5),
    *rates("autumn", d1020=1, d1029=5, d1103=3, d1110=5),
    says("scaled", "rated", "motivation:motivation", "09-01 09:00", score=-0.5),
    says("scaled", "rated", "motivation:motivation", "09-08 09:00", score=0.5),
    says("scaled", "rated", "motivation:motivation", "09-15 09:00", score=0.9),
]
# Of -1/2, 0 and 1: their mean is 1/6, and the line through them rises from the first week to the third.
SLOPE = ((-1) * (-1 / 2 - 1 / 6) + (1 - 1 / 6)) / 2

CASES = [
    Case("motivation", "scaled", (-0.5 + 0.5 + 0.9) / 3, 3, "a scaled score stands for itself"),
    *(Case(about, "teller", 1 / 6, 3, "2, 3 and 5 of 1 to 5 are -1/2, 0 and 1") for about in ABOUT),
    *(Case(about, "teller", None, 2, "2 reports of 3", window_end="2025-09-14") for about in ABOUT),
    *(Case(about, "autumn", 0.0, 3, "nothing of the holiday", "holiday week", "2025-11-16") for about in ABOUT),
    *(Case(f"{about}_slope", "teller", SLOPE, 3, "least squares over three weeks") for about in ABOUT),
    *(Case(f"{about}_slope", "twice", None, 3, "3 reports in 2 weeks") for about in ABOUT),
    *(
        Case(f"{about}_slope", "autumn", 1.0, 3, "-1, 0 and 1 in three weeks on end", "holiday week", "2025-11-16")
        for about in ABOUT
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_is_as_worked_out_by_hand(of: Of, case: Case) -> None:
    agrees(of, case)
