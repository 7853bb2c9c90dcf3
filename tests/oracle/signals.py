"""How a learner stands beside the class, for the teacher's view: robust z, and the flags that it raises."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import mean, median

from tests.oracle.at_week_end import AtWeekEnd
from tests.oracle.indicators import of_window
from tests.oracle.rows import Row
from tests.oracle.school_days import A_DAY, ClosedYear
from tests.oracle.school_people import UNKNOWN, Member, SchoolPeople

FEWEST_COMPARED = 5
FLAG = 2


@dataclass
class Signal:
    """What of a learner is compared with the class, and how far it lies from the class's median."""

    member: Member
    progress: float | None
    persistence: float | None
    inactivity: int
    progress_z: float | None = None
    persistence_z: float | None = None
    inactivity_z: float | None = None

    @property
    def support(self) -> bool:
        low = any(z is not None and z <= -FLAG for z in (self.progress_z, self.persistence_z))
        return low or (self.inactivity_z is not None and self.inactivity_z >= FLAG)

    @property
    def challenge(self) -> bool:
        return self.progress_z is not None and self.progress_z >= FLAG

    @property
    def is_compared(self) -> bool:
        return any(z is not None for z in (self.progress_z, self.persistence_z, self.inactivity_z))


class Signals:
    def __init__(self, people: SchoolPeople, week_end: AtWeekEnd) -> None:
        self.people, self.days, self.learners = people, people.days, people.learners
        self.week_end = week_end

    @cached_property
    def _signals(self) -> dict[str, list[Signal]]:
        return {year.name: list(self._compared(year)) for year in self.days.closed_years}

    def signals(self, year: ClosedYear) -> list[Signal]:
        return self._signals[year.name]

    def _compared(self, year: ClosedYear) -> Iterator[Signal]:
        rooms: dict[tuple[str, str], list[Signal]] = {}
        for member in self.people.members[year.name]:
            if member.class_key != UNKNOWN:
                rooms.setdefault((member.school, member.class_key), []).append(self._signal(year, member))
        for signals in rooms.values():
            for name in ("progress", "persistence", "inactivity"):
                values = [getattr(s, name) for s in signals]
                for signal, z in zip(signals, robust(values), strict=True):
                    setattr(signal, f"{name}_z", z)
            yield from signals

    def _signal(self, year: ClosedYear, member: Member) -> Signal:
        own = [row for row in self.week_end.rows if row["learner_key"] == member.learner]
        known = [
            row["progress"] for row in own if row["school_year"] == year.name and row["progress"] is not None
        ]
        active = [
            row["local_date"]
            for row in self.people.day_rows
            if row["learner_key"] == member.learner and row["own"] and year.holds(row["local_date"])
        ]
        since = min(max(active, default=year.first_day - A_DAY), year.as_of)
        persistence = self._persistence(member.learner, year.closed_until)
        return Signal(
            member, mean(known) if known else None, persistence, self.days.school_days(since, year.as_of)
        )

    def _persistence(self, learner: str, end: date) -> float | None:
        one = self.learners.get(learner)
        for window in one.windows if one else ():
            if window.end == end and one:
                return dict(of_window(one, window))["persistence"][0]
        return None

    def learner_signal(self) -> Iterator[Row]:
        for year in self.days.closed_years:
            for signal in filter(Signal.is_compared.fget, self.signals(year)):
                yield {
                    "school_year": year.name,
                    "learner_key": signal.member.learner,
                    "school_key": signal.member.school,
                    "class_key": signal.member.class_key,
                    "as_of": year.as_of,
                    **{name: value for name, value in vars(signal).items() if name != "member"},
                    "support": signal.support,
                    "challenge": signal.challenge,
                }


def robust(values: list[float | None]) -> list[float | None]:
    """Robust z of each; none when fewer than five are known, or most are equal."""
    known = [float(v) for v in values if v is not None]
    if len(known) < FEWEST_COMPARED:
        return [None] * len(values)
    middle = median(known)
    spread = median(abs(v - middle) for v in known)
    return [None if v is None or spread == 0 else 0.6745 * (float(v) - middle) / spread for v in values]
