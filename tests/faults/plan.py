"""Which mishap befalls whom, and when: planned from a seed, so that the same ones can be had again."""

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

# By whom it befalls: what, and the least and the most seconds that it lasts. What is there twice is twice as likely.
KILLED: tuple[str, int, int] = ("killed", 0, 0)
OF_A_NODE = (
    KILLED,
    ("first process killed", 0, 0),
    ("worker killed", 0, 0),
    ("paused", 1, 8),
    ("clock stepped", 2, 8),
)
OF_ANOTHER = (KILLED, ("paused", 1, 15))
OF_POSTGRESQL = (
    ("crashed", 1, 4),
    ("killed", 1, 4),
    ("paused", 1, 6),
    ("disk full", 3, 8),
    ("clock stepped", 2, 6),
)
OF_KAFKA = (("killed", 1, 8), ("paused", 1, 8))
KINDS = {
    "node-1": OF_A_NODE, "node-2": OF_A_NODE, "relay-1": OF_ANOTHER, "relay-2": OF_ANOTHER,
    "member-1": OF_ANOTHER, "member-2": OF_ANOTHER, "members": (("disk full", 3, 8),),
    "postgresql": OF_POSTGRESQL, "kafka": OF_KAFKA,
}  # fmt: skip
# The log's times never go back: how far a clock may run ahead is how long the log then waits for it.
STEPS = {"node": (3600, 30, -30, -86400), "postgresql": (2, 4, 8, -2, -600)}
MOST_BETWEEN, REST_SECONDS = 4.0, 8.0


class Mishap(NamedTuple):
    """What befalls whom, from which second on, and for how many."""

    second: float
    who: str
    what: str
    lasts: float
    step: int = 0

    def __str__(self) -> str:
        lasts = f" for {self.lasts:.1f} s" if self.lasts else ""
        return f"{self.second:6.1f} s  {self.who} {self.what}{f' by {self.step:+d} s' if self.step else ''}{lasts}"


def plan(seed: int, seconds: float) -> Iterator[Mishap]:
    """One every two seconds or so; each of them rests a while after its own. Whoever has many kinds has more."""
    choose, free_at = random.Random(seed), defaultdict[str, float](float)
    likely = [who for who, kinds in KINDS.items() for _ in kinds]
    second = 0.0
    while (second := second + choose.uniform(0.2, MOST_BETWEEN)) < seconds:
        who = choose.choice(likely)
        what, least, most = choose.choice(KINDS[who])
        lasts = choose.uniform(least, most)
        step = choose.choice(STEPS[who.split("-")[0]]) if what == "clock stepped" else 0
        if second >= free_at[who]:
            free_at[who] = second + lasts + REST_SECONDS
            yield Mishap(second, who, what, lasts, step)
