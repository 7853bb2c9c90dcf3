"""Cases worked out by hand: what an indicator gives for a learner, plainly, on too little, and at an edge."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.projections.a_statement import a_statement

# Where counting goes wrong first.
EDGES = {
    "holiday week", "summer time", "leap day", "turn of the year", "midnight", "change of class", "group goal",
    "voided", "re-opened",
}  # fmt: skip


class Case(NamedTuple):
    """`value` is None where it rests on too little; `why` says how it was worked out."""

    indicator: str
    learner: str
    value: float | None
    n: int
    why: str
    edge: str = ""
    window_end: str = "2025-10-12"

    def __str__(self) -> str:
        return f"{self.indicator} of {self.learner}: {self.why}"


def agrees(of: Callable[..., tuple[float | None, int, bool]], case: Case) -> None:
    """The table has the case's row; `of` is the fixture of this folder."""
    expected = None if case.value is None else pytest.approx(case.value, abs=1e-9)
    found = of(case.learner, case.indicator, case.window_end)
    assert found == (expected, case.n, case.value is not None), f"{found} is not {case.value}, {case.n}"


def says(who: str, verb: str, thing: str, at: str, **more: Any) -> dict[str, Any]:
    """A statement of `who` on a thing of his own; a moment without a year is in 2025."""
    kind, _, slug = thing.rpartition(":")
    moment = at if at.startswith("20") else f"2025-{at}"
    return a_statement(verb, f"{kind}:{who}-{slug}", moment, by=more.pop("by", who), **more)
