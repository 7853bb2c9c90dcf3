"""Whom a school counts: where a statement counts for a person, what was done on a day, and the school's learners."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from tests.oracle.learner import Learner
from tests.oracle.log import Log, Statement, is_voiding
from tests.oracle.roster import Roster
from tests.oracle.rows import Row
from tests.oracle.school_days import ClosedYear, SchoolDays
from tests.oracle.school_roles import SchoolRoles
from tests.oracle.windows import DONE_TO

UNKNOWN = "unknown"


class Where(NamedTuple):
    school: str
    class_key: str | None
    source: str


class Member(NamedTuple):
    """A learner of a school in a school year."""

    learner: str
    school: str
    class_key: str
    grade: str
    finality: str
    source: str


class Group(NamedTuple):
    school: str
    grouping: str
    key: str
    part_of: str


class SchoolPeople:
    def __init__(self, log: Log, roster: Roster, days: SchoolDays, learners: Mapping[str, Learner]) -> None:
        self.log, self.roster, self.days, self.learners = log, roster, days, learners

    def where(self, s: Statement, person: str) -> Where:
        """By the roster on the statement's day; else as it states; else unknown."""
        place = self.roster.place(person, s.on)
        if place:
            return Where(place.school or UNKNOWN, place.class_key, "roster")
        stated, room = s.said("school"), s.said("class")
        school = (
            self.roster.school_called(stated) if stated else self.roster.classes.get(room, {}).get("school")
        )
        return Where(school, room, "statement") if school else Where(UNKNOWN, room, UNKNOWN)

    @cached_property
    def day_rows(self) -> list[Row]:
        return list(self.learner_day())

    def learner_day(self) -> Iterator[Row]:
        for (person, day, where), said in self._days.items():
            own = [
                s for s in said if not (s.by_group and s.actor == person) and s.form["verb"] not in DONE_TO
            ]
            made = [s for s in said if s.actor == person]
            typed = [s for s in made if s.said("entered_by_hand") is not None]
            taught = [s for s in made if s.learner not in (None, person) and s.said("regulator") != "peer"]
            yield {
                "learner_key": person,
                "local_date": day,
                "school_key": where.school,
                "class_key": where.class_key or UNKNOWN,
                "source": where.source,
                "own": len(own),
                "own_late": sum(s.wall_clock.hour >= 20 or s.wall_clock.hour < 6 for s in own),
                "made": len(made),
                "typed": len(typed),
                "typed_seconds": sum(s.said("entered_by_hand") for s in typed),
                "for_others": len(taught),
                "as_group": sum(s.by_group for s in made),
            }

    @cached_property
    def _days(self) -> dict[tuple[str, date, Where], list[Statement]]:
        found = defaultdict(list)
        for s in self.log.statements:
            for person in () if s.out or is_voiding(s.form) else s.doers:
                found[person, s.on, self.where(s, person)].append(s)
        return found

    @cached_property
    def roles(self) -> SchoolRoles:
        return SchoolRoles(self.log, self.roster, self.days, self.day_rows)

    @cached_property
    def members(self) -> dict[str, list[Member]]:
        """School year -> its learners, school by school."""
        return {year.name: [*self._enrolled(year), *self._stated(year)] for year in self.days.closed_years}

    def _enrolled(self, year: ClosedYear) -> Iterator[Member]:
        for learner in {stay.learner for stay in self.roster.stays}:
            place = self.roster.place(learner, year.as_of)
            if place and place.role == "student":
                yield self._member(learner, place.school, place.class_key, "roster")

    def _stated(self, year: ClosedYear) -> Iterator[Member]:
        known = self.roles.known[year.name]
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self.day_rows:
            if year.holds(row["local_date"]) and row["learner_key"] not in known:
                rows[row["learner_key"]].append(row)
        for learner, own in rows.items():
            told = [r for r in own if r["source"] != UNKNOWN] or own
            latest = max(told, key=lambda r: (r["local_date"], r["school_key"], r["class_key"]))
            rooms = [r for r in own if r["school_key"] == latest["school_key"] and r["class_key"] != UNKNOWN]
            room = max(rooms, key=lambda r: (r["local_date"], r["class_key"]), default=latest)["class_key"]
            yield self._member(learner, latest["school_key"], room, latest["source"])

    def _member(self, learner: str, school: str | None, room: str | None, source: str) -> Member:
        told = self.roster.classes.get(room or "", {})
        grade, finality = told.get("grade") or UNKNOWN, told.get("finality") or UNKNOWN
        return Member(learner, school or UNKNOWN, room or UNKNOWN, grade, finality, source)

    def school_learner(self) -> Iterator[Row]:
        for year, members in self.members.items():
            for one in members:
                yield {
                    "school_year": year,
                    "learner_key": one.learner,
                    "school_key": one.school,
                    "class_key": one.class_key,
                    "grade": one.grade,
                    "finality": one.finality,
                    "source": one.source,
                }

    def groups(self, year: str) -> dict[Group, set[str]]:
        """One other dimension beside the school at a time; a class lies within its grade."""
        found: dict[Group, set[str]] = defaultdict(set)
        for one in self.members[year]:
            found[Group(one.school, "school", "all", "all")].add(one.learner)
            found[Group(one.school, "grade", one.grade, "all")].add(one.learner)
            found[Group(one.school, "class", one.class_key, one.grade)].add(one.learner)
            found[Group(one.school, "finality", one.finality, "all")].add(one.learner)
        return found

    def school_group(self) -> Iterator[Row]:
        for year in self.members:
            for group, learners in self.groups(year).items():
                for learner in learners:
                    yield {
                        "school_year": year,
                        "school_key": group.school,
                        "grouping": group.grouping,
                        "group_key": group.key,
                        "part_of": group.part_of,
                        "learner_key": learner,
                    }
