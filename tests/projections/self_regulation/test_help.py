"""Help and persistence: what follows on failures, worked out by hand."""

from typing import Any

import pytest

from tests.projections.a_statement import a_voiding
from tests.projections.self_regulation.case import Case, agrees, says
from tests.projections.self_regulation.conftest import Of

Statement = dict[str, Any]


def fails(who: str, lesson: str, *moments: str, **more: Any) -> list[Statement]:
    return [says(who, "failed", f"lesson:{lesson}", at, **more) for at in moments]


def asks(who: str, lesson: str, at: str) -> Statement:
    return says(who, "requested-attention", f"lesson:{lesson}", at)


def answers(request: Statement, at: str) -> Statement:
    return says("teacher", "replied", "lesson:1", at, about=request)


def seeks() -> list[Statement]:
    """Failed twice at a, b, c and d; asked 2, 24 and 4 hours after, and about d when it had succeeded."""
    about_a, about_c, about_d = (
        asks("seeker", *each) for each in (("a", "09-01 12:00"), ("c", "09-08 14:00"), ("d", "09-15 12:00"))
    )
    about_b = says("seeker", "asked", "doubt:how", "09-03 10:00", parent="lesson:seeker-b")
    return [
        *fails("seeker", "a", "09-01 09:00", "09-01 10:00"), about_a, answers(about_a, "09-01 13:00"),
        says("seeker", "passed", "lesson:a", "09-02 09:00"),
        *fails("seeker", "b", "09-02 09:00", "09-02 10:00"), about_b, answers(about_b, "09-03 11:00"),
        says("seeker", "passed", "lesson:b", "09-04 09:00"),
        *fails("seeker", "c", "09-08 09:00", "09-08 10:00"), about_c, *fails("seeker", "c", "09-08 16:00"),
        *fails("seeker", "d", "09-15 09:00", "09-15 10:00"), says("seeker", "passed", "lesson:d", "09-15 11:00"),
        about_d,
    ]  # fmt: skip


def leaps() -> list[Statement]:
    """Over the end of February of a leap year: asked 48, 24 and 48 hours after the second failure."""
    about_a, about_b, about_c = (
        asks("leaper", *each)
        for each in (("a", "2024-03-01 12:00"), ("b", "2024-03-01 10:00"), ("c", "2024-03-02 23:30"))
    )
    return [
        *fails("leaper", "a", "2024-02-26 09:00", "2024-02-28 12:00"), about_a, answers(about_a, "2024-03-01 13:00"),
        says("leaper", "passed", "lesson:a", "2024-03-02 09:00"),
        *fails("leaper", "b", "2024-02-29 09:00", "2024-02-29 10:00"), about_b,
        *fails("leaper", "c", "2024-02-29 23:00", "2024-02-29 23:30"), about_c,
    ]  # fmt: skip


def tries() -> list[Statement]:
    """Tried again the next day, after 168 hours, a minute later than that, and never."""
    again = {"a": "09-02 09:00", "b": "09-09 09:00", "c": "09-10 09:01"}
    return [
        *(each for lesson, at in zip("abcd", ("01", "02", "03", "04"), strict=True)
          for each in fails("trier", lesson, f"09-{at} 09:00")),
        *(says("trier", "attempted", f"lesson:{lesson}", at) for lesson, at in again.items()),
    ]  # fmt: skip


def tries_in_winter() -> list[Statement]:
    """168 hours over the end of summer time end an hour earlier by the clock: 08:00, 08:01 is too late."""
    again = {"a": ("10-20", "10-27 08:00"), "b": ("10-21", "10-28 08:01"), "c": ("10-22", "10-29 08:00")}
    return [
        each
        for lesson, (day, at) in again.items()
        for each in (*fails("winter", lesson, f"{day} 09:00"), says("winter", "attempted", f"lesson:{lesson}", at))
    ]  # fmt: skip


def gains() -> list[Statement]:
    """From 0.2 to 0.8; from 0.4 to 0.3, and then to 1."""
    return [
        *fails("gainer", "a", "09-01 09:00", score=0.2), says("gainer", "passed", "lesson:a", "09-02 09:00", score=0.8),
        *fails("gainer", "b", "09-01 10:00", score=0.4), *fails("gainer", "b", "09-02 10:00", score=0.3),
        says("gainer", "passed", "lesson:b", "09-03 10:00", score=1.0),
        *fails("briefly", "a", "09-01 09:00", score=0.2),
        says("briefly", "passed", "lesson:a", "09-02 09:00", score=0.6),
    ]  # fmt: skip


def takes_back() -> list[Statement]:
    """From 0.5 to 0.9, three times; before the first there was a failure of 0.1 that is voided."""
    voided = fails("voider", "a", "09-01 08:00", score=0.1)
    tried = [
        each
        for lesson in "abc"
        for each in (
            *fails("voider", lesson, "09-01 09:00", score=0.5),
            says("voider", "passed", f"lesson:{lesson}", "09-02 09:00", score=0.9),
        )
    ]
    return [*voided, *tried, a_voiding(voided[0], "2025-09-03 09:00")]


def changes(who: str, *, is_voided: bool) -> list[Statement]:
    """Chose a strategy before trying a again, asked about c before trying it again; b again as it was, d never."""
    chosen = says(who, "selected", "strategy:1", "09-01 10:00")
    return [
        *fails(who, "a", "09-01 09:00"), chosen, says(who, "attempted", "lesson:a", "09-01 11:00"),
        *fails(who, "b", "09-02 09:00"), says(who, "attempted", "lesson:b", "09-02 10:00"),
        *fails(who, "c", "09-03 09:00"), asks(who, "c", "09-03 10:00"),
        says(who, "attempted", "lesson:c", "09-03 11:00"),
        *fails(who, "d", "09-04 09:00"),
        *([a_voiding(chosen, "2025-09-05 09:00")] if is_voided else []),
    ]  # fmt: skip


STATEMENTS = [
    *seeks(), *leaps(), *tries(), *tries_in_winter(), *gains(), *takes_back(),
    *changes("changer", is_voided=False), *changes("waverer", is_voided=True),
]  # fmt: skip

CASES = [
    Case("help_seeking_rate", "seeker", 3 / 4, 4, "not about d, which had succeeded"),
    Case("help_seeking_rate", "seeker", None, 2, "a and b of 3", window_end="2025-09-07"),
    Case("help_seeking_rate", "leaper", 3 / 3, 3, "over 29 February", "leap day", "2024-03-03"),
    Case("help_timeliness", "seeker", 4.0, 3, "the middle of 2, 24 and 4 hours"),
    Case("help_timeliness", "seeker", None, 2, "a and b of 3", window_end="2025-09-07"),
    Case(
        "help_timeliness",
        "leaper",
        48.0,
        3,
        "from 28 February to 1 March are two days",
        "leap day",
        "2024-03-03",
    ),
    Case("help_resolution", "seeker", 2 / 4, 4, "a and b were answered, and then succeeded"),
    Case("help_resolution", "seeker", None, 2, "a and b of 3", window_end="2025-09-07"),
    Case(
        "help_resolution", "leaper", 1 / 3, 3, "a was answered, and then succeeded", "leap day", "2024-03-03"
    ),
    Case("persistence", "trier", 2 / 4, 4, "the next day, and after 168 hours"),
    Case("persistence", "briefly", None, 1, "1 failure of 3"),
    Case(
        "persistence",
        "winter",
        2 / 3,
        3,
        "168 hours, and not a week by the clock",
        "summer time",
        "2025-11-09",
    ),
    Case("retry_gain", "gainer", (0.6 - 0.1 + 0.7) / 3, 3, "each failure with what came next"),
    Case("retry_gain", "briefly", None, 1, "1 retry of 3"),
    Case("retry_gain", "voider", 0.4, 3, "a voided failure was none", "voided"),
    Case("strategy_change", "changer", 2 / 3, 3, "a and c of a, b and c"),
    Case("strategy_change", "briefly", None, 1, "1 retry of 3"),
    Case("strategy_change", "waverer", 1 / 3, 3, "the choice before a is voided", "voided"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_is_as_worked_out_by_hand(of: Of, case: Case) -> None:
    agrees(of, case)
