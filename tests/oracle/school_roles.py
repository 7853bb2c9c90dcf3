"""What people and groups are at school in a school year: students, teachers or groups."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from tests.oracle.log import Log
from tests.oracle.roster import Roster
from tests.oracle.rows import Row
from tests.oracle.school_days import ClosedYear, SchoolDays


class Role(NamedTuple):
    name: str
    source: str


class SchoolRoles:
    def __init__(self, log: Log, roster: Roster, days: SchoolDays, day_rows: Sequence[Row]) -> None:
        """`day_rows`: what was done on each day, as learner_day has it."""
        self.log, self.roster, self.days, self.day_rows = log, roster, days, day_rows

    @cached_property
    def known(self) -> dict[str, dict[str, Role]]:
        """School year -> who has a role in it; the roster goes before what statements show."""
        return {year.name: self._stated | self._enrolled(year) for year in self.days.closed_years}

    def is_student(self, year: str, person: str) -> bool:
        """Who has no role is taken for one, and so is everyone in a year that has no closed week."""
        role = self.known.get(year, {}).get(person)
        return role is None or role.name == "student"

    def _enrolled(self, year: ClosedYear) -> dict[str, Role]:
        """By the place that counts on each day up to the one for which the views of that year hold."""
        days = [day for day in year.days if day <= year.as_of]
        found: dict[str, set[str]] = {}
        for learner in {stay.learner for stay in self.roster.stays}:
            places = [self.roster.place(learner, day) for day in days]
            found[learner] = {place.role for place in places if place}
        return {
            learner: Role("student" if "student" in roles else "teacher", "roster")
            for learner, roles in found.items()
            if roles
        }

    @cached_property
    def _stated(self) -> dict[str, Role]:
        """Whoever records for others or takes a step in a quality cycle, in whatever year."""
        taught = {row["learner_key"] for row in self.day_rows if row["for_others"]}
        groups = {row["learner_key"] for row in self.day_rows if row["as_group"]}
        for s in self.log.statements:
            if any(kind.startswith("cycle_") for kind in s.meanings):
                taught |= s.doers
                groups |= {s.actor} if s.by_group else set()
        return {key: Role("group" if key in groups else "teacher", "statement") for key in taught | groups}

    def school_role(self) -> Iterator[Row]:
        for year, roles in self.known.items():
            for person, role in roles.items():
                yield {
                    "school_year": year,
                    "learner_key": person,
                    "role": role.name,
                    "source": role.source,
                }
