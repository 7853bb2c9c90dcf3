"""The teachers of a school, and what they learn by themselves and in teams: counted, never told of one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tests.oracle.log import Statement
from tests.oracle.rows import Row
from tests.oracle.school_days import ClosedYear
from tests.oracle.school_people import UNKNOWN, SchoolPeople


@dataclass(frozen=True)
class Teacher:
    key: str
    school: str
    source: str


class SchoolTeachers:
    def __init__(self, people: SchoolPeople) -> None:
        self.people = people

    @cached_property
    def of_year(self) -> dict[str, list[Teacher]]:
        return {year.name: list(self._teachers(year)) for year in self.people.days.closed_years}

    def _teachers(self, year: ClosedYear) -> Iterator[Teacher]:
        for key, role in self.people.roles.known[year.name].items():
            if role.name != "teacher":
                continue
            if role.source == "roster":
                place = self.people.roster.place(key, year.as_of)
                found = [place.school] if place and place.school else []
            else:
                found = self._stated(year, key)
            yield from (Teacher(key, s, UNKNOWN if s == UNKNOWN else role.source) for s in found)

    def _stated(self, year: ClosedYear, key: str) -> list[str]:
        """The school stated last, if he or she did anything in that year."""
        own = [r for r in self.people.day_rows if r["learner_key"] == key and year.holds(r["local_date"])]
        told = [(r["local_date"], r["school_key"]) for r in own if r["source"] == "statement"]
        return [max(told)[1]] if told else [UNKNOWN] if own else []

    def school_teacher(self) -> Iterator[Row]:
        for year, teachers in self.of_year.items():
            for one in teachers:
                row = {"school_year": year, "learner_key": one.key, "school_key": one.school}
                yield row | {"source": one.source}

    def professional_learning(self) -> Iterator[Row]:
        for year in self.people.days.closed_years:
            schools: dict[str, set[str]] = defaultdict(set)
            for one in self.of_year[year.name]:
                schools[one.school].add(one.key)
            for school, teachers in schools.items():
                front = {"school_key": school, "school_year": year.name, "as_of": year.as_of}
                yield front | {"teachers": len(teachers)} | self._learning(year, teachers)

    def _learning(self, year: ClosedYear, teachers: set[str]) -> Row:
        """A deed of a team is one deed, and counts for each of its members."""
        goals, thoughts, steps = (
            [(s, whose & teachers) for s, whose in self._done(year, what) if whose & teachers]
            for what in ("set", "reflected", "cycle_")
        )
        in_team = [(s, whose) for s, whose in [*goals, *thoughts, *steps] if s.by_group]
        return {
            "with_goal": people_in(goals),
            "goals_set": len({(s.actor, s.object) for s, _ in goals}),
            "with_reflection": people_in(thoughts),
            "reflections": len(thoughts),
            "in_cycle": people_in(steps),
            "cycles": len({s.object for s, _ in steps}),
            "cycle_steps": len(steps),
            "in_team": people_in(in_team),
            "teams": len({s.actor for s, _ in in_team}),
        }

    def _done(self, year: ClosedYear, what: str) -> Iterator[tuple[Statement, set[str]]]:
        """Statements of the year that mean this, with who did so: people, not the group that they acted in."""
        for s in self.people.log.statements:
            kinds = [k for k in s.meanings if k == what or (what == "cycle_" and k.startswith(what))]
            if kinds and year.holds(s.on) and not s.out:
                yield s, s.whose(kinds[0]) - ({s.actor} if s.by_group else set())


def people_in(done: list[tuple[Statement, set[str]]]) -> int:
    return len({person for _, whose in done for person in whose})
