"""Some of the working groups, and the teams of their classes, through the year day by day."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Protocol

from lrs.simulate.calendar import DAY, SchoolYear
from lrs.simulate.class_year import ClassYear
from lrs.simulate.group_year import GroupYear
from lrs.simulate.quality_cycle import TeamYear
from lrs.simulate.school_group import SchoolClass, WorkingGroup
from lrs.simulate.seeded import stream
from lrs.simulate.trail import Arrival, Rates, Trail


class Witness(Protocol):
    """Whoever wants to know what truly happened."""

    def day_done(self, group: GroupYear) -> None:
        """A working group has had a day: the goals that are over can be taken."""

    def year_done(self, cohort: "Cohort") -> None:
        """All that these learners will do this year is done."""


class Nobody:
    """No one asks for the truth: what is over is let go of."""

    def day_done(self, group: GroupYear) -> None:
        for _ in group.finished_goals():
            pass

    def year_done(self, cohort: "Cohort") -> None:
        pass


class Cohort:
    """Nothing in it depends on other cohorts: who is in which makes no difference to any statement."""

    def __init__(
        self,
        seed: int,
        year: SchoolYear,
        rates: Rates,
        groups: Sequence[WorkingGroup],
        classes: Sequence[SchoolClass],
    ) -> None:
        """`classes`: the even ones whose team is to live its year here."""
        years = {g.school_class.id: ClassYear(seed, g.school_class, year) for g in groups}
        self.groups = [GroupYear(seed, g, years[g.school_class.id], rates) for g in groups]
        self.teams = [_team_year(seed, year, rates, one) for one in classes]

    def arrivals(self, days: int, witness: Witness) -> Iterator[Arrival]:
        """The statements of the first `days` days in the order in which they reach the store; late ones come late."""
        on_their_way: list[Arrival] = []
        for day in range(days):
            for group in self.groups:
                on_their_way += group.live(day)
                witness.day_done(group)
            for team in self.teams:
                team.live(day)
                on_their_way += team.trail.take()
            on_their_way.sort()
            arrived = bisect_left(on_their_way, (day + 1) * DAY, key=lambda one: one.at)
            yield from on_their_way[:arrived]
            del on_their_way[:arrived]
        witness.year_done(self)
        yield from on_their_way


def _team_year(seed: int, year: SchoolYear, rates: Rates, even: SchoolClass) -> TeamYear:
    # Odd numbers are teams' sources, even ones working groups'.
    number = even.number + 1
    return TeamYear(seed, even, year, Trail(seed, number, year, rates, stream(seed, "journey", number)))
