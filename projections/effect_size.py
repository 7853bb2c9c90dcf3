"""How much more one group of learners changed than another: a standardised difference with its uncertainty.

The mean change of the treated minus that of the comparison group, over the pooled standard deviation before, times
Hedges' J = 1 - 3 / (4 df - 1) (Hedges 1981; for designs with a measure before and after, Morris 2008). Its 95 %
interval comes from resampling learners within their class (percentile bootstrap, Efron and Tibshirani 1993).
"""

from collections.abc import Sequence
from functools import lru_cache
from math import fsum, sqrt
from random import Random
from typing import NamedTuple

RESAMPLES = 2000
MINIMUM = 10


class Change(NamedTuple):
    """One learner: arm, class, and the indicator before and after."""

    treated: bool
    class_key: str
    before: float
    after: float


class Effect(NamedTuple):
    """Difference in change in standard deviations, and the ends of its 95 % interval; None where it cannot be told."""

    size: float
    low: float | None
    high: float | None


@lru_cache(maxsize=1024)
def effect(changes: tuple[Change, ...], seed: str) -> Effect | None:
    """The effect, the same for the same changes in the same order and the same seed; None when an arm has fewer than
    10 learners, or when all had the same value before. It is remembered: each batch asks again."""
    arms = [sum(c.treated == arm for c in changes) for arm in (True, False)]
    size = standardised(changes)
    if min(arms) < MINIMUM or size is None:
        return None
    # resamples in which everybody has the same value before say nothing
    sizes = sorted(s for s in (standardised(again) for again in _resamples(changes, seed)) if s is not None)
    if len(sizes) < RESAMPLES // 2:
        return Effect(size, None, None)
    return Effect(size, sizes[round(0.025 * (len(sizes) - 1))], sizes[round(0.975 * (len(sizes) - 1))])


def standardised(changes: Sequence[Change]) -> float | None:
    """The difference in mean change over the pooled deviation before, times J; None when that deviation is 0."""
    arms = [[c for c in changes if c.treated == arm] for arm in (True, False)]
    if min(map(len, arms)) < 2:
        return None
    freedom = len(changes) - 2
    spread = sqrt(fsum(_squares([c.before for c in arm]) for arm in arms) / freedom)
    if spread == 0:
        return None
    treated, compared = (fsum(c.after - c.before for c in arm) / len(arm) for arm in arms)
    return (treated - compared) / spread * (1 - 3 / (4 * freedom - 1))


def _squares(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values)


def _resamples(changes: Sequence[Change], seed: str) -> "list[list[Change]]":
    """Learners drawn again, with replacement, within each class."""
    chance = Random(seed)  # noqa: S311  for statistics, and the same each time
    classes: dict[tuple[bool, str], list[Change]] = {}
    for change in changes:
        classes.setdefault((change.treated, change.class_key), []).append(change)
    ordered = [classes[key] for key in sorted(classes)]
    return [
        [change for group in ordered for change in chance.choices(group, k=len(group))]
        for _ in range(RESAMPLES)
    ]
