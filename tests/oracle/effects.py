"""The effect of an intervention by indicators.md, section 6: differences in change, in standard deviations before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from statistics import fmean, variance

from tests.oracle.interventions import Interventions
from tests.oracle.rows import Row

RESAMPLES, FEWEST = 2000, 10


def effect(interventions: Interventions, changes: Iterable[Row]) -> Iterator[Row]:
    """`changes`: those of each learner, by intervention."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for change in changes:
        found[change["cycle_id"], change["intervention_id"]].append(change)
    for one in interventions.intervention():
        own = sorted(found[one["cycle_id"], one["intervention_id"]], key=lambda row: row["learner_key"])
        treated, compared = arms(own)
        enough = len(treated) >= FEWEST and len(compared) >= FEWEST
        size = hedges(own) if enough else None
        low, high = interval(own, one["cycle_id"]) if size is not None else (None, None)
        named = ("cycle_id", "intervention_id", "school_key", "school_year", "begins_on", "indicator")
        yield {
            **{name: one[name] for name in named},
            "learners": len(own),
            "treated": len(treated),
            "comparison": len(compared),
            "value": size,
            "low": low,
            "high": high,
            "sufficient": enough,
        }


def arms(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    return [row for row in rows if row["treated"]], [row for row in rows if not row["treated"]]


def hedges(rows: Sequence[Row]) -> float | None:
    """Mean change of one arm minus the other's, over the pooled deviation before, times J = 1 - 3 / (4 df - 1)."""
    treated, compared = arms(rows)
    freedom = len(treated) + len(compared) - 2
    pooled = (
        sum((len(arm) - 1) * variance([row["before"] for row in arm]) for arm in (treated, compared))
        / freedom
    )
    if pooled == 0:
        return None
    gains = [fmean(row["after"] - row["before"] for row in arm) for arm in (treated, compared)]
    return float((gains[0] - gains[1]) / pooled**0.5 * (1 - 3 / (4 * freedom - 1)))


def interval(rows: Sequence[Row], cycle: str) -> tuple[float | None, float | None]:
    """Ends of the 95 % interval: of 2000 times that learners are drawn again within their class, by the cycle's seed.

    Draws go class by class, those of the comparison first; what all had the same value before tells nothing.
    """
    chance, rooms = Random(cycle), defaultdict(list)
    for row in rows:
        rooms[row["treated"], row["class_key"]].append(row)
    sizes = []
    for _ in range(RESAMPLES):
        drawn = [row for key in sorted(rooms) for row in chance.choices(rooms[key], k=len(rooms[key]))]
        sizes.append(hedges(drawn))
    told = sorted(size for size in sizes if size is not None)
    if len(told) < RESAMPLES / 2:
        return None, None
    return told[round(0.025 * (len(told) - 1))], told[round(0.975 * (len(told) - 1))]
