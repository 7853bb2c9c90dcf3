"""What the platforms record of one working group, and when that reaches the store."""

from random import Random
from typing import Any, NamedTuple

import orjson

from lrs.simulate.calendar import DAY, HOUR, MINUTE, SchoolYear
from lrs.simulate.platforms import Agent, Platform
from lrs.simulate.seeded import Ids

Json = dict[str, Any]


class Arrival(NamedTuple):
    """A statement as it is sent. Sorted as they reach the store: `at` counts milliseconds from 1 September."""

    at: int
    source: int
    number: int
    statement_id: str
    text: bytes
    # A conformant store answers 400 to it.
    refused: bool = False


class Rates(NamedTuple):
    """How often the journey to the store goes wrong, as shares."""

    # Sessions without a connection, sent hours or days later.
    late: float = 0.03
    # Statements sent twice.
    duplicate: float = 0.005
    # Sessions in which a platform says something that it then withdraws.
    mistaken: float = 0.01
    # Statements of the badly behaving platform, of all.
    bad: float = 0.01
    # Whether that platform also sends what a store refuses.
    refused: bool = False


class Trail:
    """Statements of one source; `number` keeps its ids and its chance apart from other sources'."""

    def __init__(self, seed: int, number: int, year: SchoolYear, rates: Rates, chance: Random) -> None:
        self.year = year
        self.rates = rates
        self.number = number
        self.arrivals: list[Arrival] = []
        self.said = 0
        self._ids = Ids(seed, "statement", number)
        self._chance = chance

    def say(
        self,
        at: int,
        actor: Agent,
        verb: Json,
        thing: Json,
        platform: Platform,
        *,
        result: Json | None = None,
        delay: int = 0,
        **context: Any,
    ) -> str:
        """Record a statement that happened at `at`; gives its id. `delay`: milliseconds until it is sent."""
        statement_id = self._ids.next()
        # Only a statement about an activity may name its platform (xAPI 1.0.3, Data 2.4.6).
        where = {"platform": platform.name} if thing["objectType"] == "Activity" else {}
        statement = {
            "id": statement_id,
            "actor": actor,
            "verb": verb,
            "object": thing,
            **({"result": result} if result else {}),
            "context": {**where, "language": "nl-BE", **context},
            "timestamp": self.year.text(at),
            "version": "1.0.3",
        }
        self.send(at, statement_id, orjson.dumps(statement), delay if platform.offline else 0)
        return statement_id

    def send(self, at: int, statement_id: str, text: bytes, delay: int, refused: bool = False) -> None:
        """Send a statement's text as it is, and now and then a second time."""
        chance = self._chance
        arrives = at + delay + 200 + int(2800 * chance.random())
        self.arrivals.append(Arrival(arrives, self.number, self.said, statement_id, text, refused))
        self.said += 1
        if chance.random() < self.rates.duplicate:
            again = arrives + int(chance.uniform(MINUTE, 2 * HOUR))
            self.arrivals.append(Arrival(again, self.number, self.said, statement_id, text, refused))
            self.said += 1

    def take(self) -> list[Arrival]:
        """What was said since the last time."""
        taken, self.arrivals = self.arrivals, []
        return taken


def delay_offline(rates: Rates, chance: Random) -> int:
    """Milliseconds until a session without a connection is sent; 0 for most sessions."""
    return int(chance.uniform(6 * HOUR, 4 * DAY)) if chance.random() < rates.late else 0
