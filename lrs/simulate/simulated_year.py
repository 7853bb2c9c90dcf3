"""A whole school group over a whole year, as its statements reach the store."""

import heapq
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lrs.simulate.calendar import SchoolYear
from lrs.simulate.cohort import Cohort, Nobody, Witness
from lrs.simulate.school_group import school_group
from lrs.simulate.spool import spool, unspool
from lrs.simulate.trail import Arrival, Rates

# What one learner leaves in a year, on average; the tests hold it within a few per cent.
STATEMENTS_A_LEARNER = 1850
DEFAULT_YEAR = 2024
# Working groups that live their year at the same time; about 40 MB.
GROUPS_AT_A_TIME = 64


@dataclass(frozen=True)
class Plan:
    """What to simulate. `until`: the first day, counted from 1 September, that is not lived any more."""

    seed: int
    learners: int
    first_year: int = DEFAULT_YEAR
    until: int | None = None
    rates: Rates = field(default_factory=Rates)


def learners_for(statements: int) -> int:
    """How many learners leave about this many statements in a year."""
    return max(1, round(statements / STATEMENTS_A_LEARNER))


def _ignore(_count: int) -> None:
    pass


class SimulatedYear:
    """Learners live their year in cohorts, one cohort after the other, so memory grows with neither.

    Only the list of who there is grows with learners, by a few kilobytes each.
    """

    def __init__(self, plan: Plan, groups_at_a_time: int = GROUPS_AT_A_TIME) -> None:
        self.plan = plan
        self.year = SchoolYear(plan.first_year)
        self.people = school_group(plan.seed, self.year, plan.learners)
        self._at_a_time = groups_at_a_time

    def arrivals(
        self,
        witness: Witness | None = None,
        folder: Path | None = None,
        lived: Callable[[int], None] = _ignore,
    ) -> Iterator[Arrival]:
        """All statements in the order in which they reach the store; late ones come late.

        When there is more than one cohort each is kept in `folder` (by default the system's for temporary files)
        until all have lived, and `lived` is told how many statements there are so far. Raises OSError when they
        cannot be kept.
        """
        days = self.year.days if self.plan.until is None else self.plan.until
        told = witness or Nobody()
        starts = range(0, len(self.people.groups), self._at_a_time)
        if len(starts) == 1:
            yield from self._cohort(0).arrivals(days, told)
            return
        with tempfile.TemporaryDirectory(prefix=".simulated-", dir=folder) as kept:
            paths, count = [Path(kept) / str(start) for start in starts], 0
            for start, path in zip(starts, paths, strict=True):
                count += spool(path, self._cohort(start).arrivals(days, told))
                lived(count)
            yield from heapq.merge(*map(unspool, paths))

    def _cohort(self, start: int) -> Cohort:
        """Working groups from `start` on; all teams are in the first cohort, they say little."""
        groups = self.people.groups[start : start + self._at_a_time]
        teams = [one for one in self.people.classes if one.number % 2 == 0] if start == 0 else []
        return Cohort(self.plan.seed, self.year, self.plan.rates, groups, teams)
