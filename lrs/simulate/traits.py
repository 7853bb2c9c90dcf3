"""What learners are like: six latent traits and an ability, each between 0 and 1, and habits that follow them.

Each trait drives behaviours of its own and no others, so that an indicator can be held against the trait that it is
said to trace. FOLLOWED_BY says which indicators of self-regulation follow it and no other, and which way.

| trait | drives |
|---|---|
| planning | how many goals a learner sets, how specific they are, whether and how early work on them is scheduled |
| persistence | whether a failed exercise is tried again |
| help_seeking | whether and how soon a learner asks for help after two failures in a row |
| calibration | how far the learner's confidence and estimates lie from what comes out |
| regularity | whether homework keeps to its usual days and hours, and stays out of holidays |
| motivation | what the learner says about it, and extra work within the hours of work |
| ability | how well exercises and goals go; no indicator of self-regulation should follow it |
"""

from functools import cache
from random import Random
from typing import NamedTuple

from lrs.simulate.seeded import stream

# Traits are dealt out in blocks of this many learners: a block holds every level of every trait once.
BLOCK = 24
_SWAPS = 600


class Traits(NamedTuple):
    """All evenly spread between 0 and 1."""

    planning: float
    persistence: float
    help_seeking: float
    calibration: float
    regularity: float
    motivation: float
    ability: float


# trait -> the indicators that follow it alone: +1 when they rise with it, -1 when they fall.
#
# The first is the closest. The other indicators of self-regulation follow no single trait, and rightly:
# - ownership_* rise and fall with planning, since most acts of regulation are plans, and somewhat with persistence;
#   reflection_rate falls with planning: whoever sets more goals closes more.
# - estimate_bias and help_resolution rise with persistence: an estimate is for one attempt, and who tries again needs
#   longer, and gets there. Calibration drives how far an estimate is off, not on which side.
# - spacing rises with regularity: the usual days lie apart; the goals that it is a mean over are few.
# - periodicity_* tell how much of the activity lies in one part of the day or the week, not whether it comes back: of a
#   learner who keeps to three days that lie apart they are low. The lessons, the same for all, weigh most.
# - help_timeliness falls with help seeking, for the few who ask often enough to have it.
# - plan_completion, procrastination, retry_gain follow ability; the rest follows nothing that differs between learners.
FOLLOWED_BY: dict[str, dict[str, int]] = {
    "planning": {"goal_setting_rate": 1, "self_set_share": 1, "goal_specificity": 1, "planning_rate": 1},
    "persistence": {"persistence": 1},
    "help_seeking": {"help_seeking_rate": 1},
    "calibration": {"self_assessment_accuracy": -1},
    "regularity": {
        "weekly_similarity_1": 1,
        "weekly_similarity_2": 1,
        "weekly_similarity_3": 1,
        "peak_hour": 1,
        "peak_weekday": 1,
    },
    "motivation": {"motivation": 1},
}


def traits_of(seed: int, number: int) -> Traits:
    """The traits of the learner with this number, whoever else there is.

    In a group of a few dozen, traits drawn apart would go together by chance; these hardly do, so what an indicator
    has to do with another learner's trait is the indicator's doing.
    """
    block, place = divmod(number, BLOCK)
    return Traits(*(levels[place] for levels in _block(seed, block)))


@cache
def _block(seed: int, block: int) -> tuple[tuple[float, ...], ...]:
    chance = stream(seed, "traits", block)
    columns: list[list[float]] = []
    for _ in Traits._fields:
        columns.append(_unlike(columns, chance))
    return tuple(
        tuple((level + (BLOCK - 1) / 2 + chance.random()) / BLOCK for level in column) for column in columns
    )


def _unlike(columns: list[list[float]], chance: Random) -> list[float]:
    """Levels around 0 in an order that has next to nothing to do with the order of the other columns."""
    mine = [level - (BLOCK - 1) / 2 for level in range(BLOCK)]
    chance.shuffle(mine)
    products = [sum(map(float.__mul__, mine, other)) for other in columns]
    for _ in range(_SWAPS if columns else 0):
        p, q = chance.randrange(BLOCK), chance.randrange(BLOCK)
        swapped = [
            total + (mine[p] - mine[q]) * (other[q] - other[p])
            for total, other in zip(products, columns, strict=True)
        ]
        if sum(x * x for x in swapped) < sum(x * x for x in products):
            mine[p], mine[q] = mine[q], mine[p]
            products = swapped
    return mine


class Habit:
    """Says yes as often as its strength asks, without long runs of luck."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._credit = chance.random()

    def says_yes(self, strength: float) -> bool:
        """`strength` is the share of yes, 0 to 1."""
        return self._pays(strength, most=1) == 1

    def times(self, expected: float) -> int:
        """How often now, when it is `expected` times on average."""
        return self._pays(expected, most=100)

    def _pays(self, earned: float, most: int) -> int:
        self._credit += earned + 0.4 * (self._chance.random() - 0.5)
        count = min(most, max(0, int(self._credit)))
        self._credit -= count
        return count
