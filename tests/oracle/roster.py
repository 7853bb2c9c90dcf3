"""Who is where on a day, by the records of a roster: the last record of a key holds."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lrs.feed import LoggedEvent
from tests.oracle.log import linked
from tests.oracle.rows import Row


@dataclass
class Stay:
    key: str
    learner: str
    class_key: str
    school: str | None
    role: str
    primary: bool | None
    first: date
    until: date | None
    homeroom: bool

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)

    @property
    def rank(self) -> tuple[object, ...]:
        """The smallest counts: as a student, in a homeroom class, primary, begun last."""
        began_last = -self.first.toordinal()
        return (
            self.role != "student",
            not self.homeroom,
            not self.primary,
            began_last,
            self.class_key,
            self.key,
        )

    @property
    def place(self) -> "Place":
        return Place(self.school, self.class_key if self.role == "student" else None, self.role)


@dataclass(frozen=True)
class Place:
    school: str | None
    class_key: str | None
    role: str


class Roster:
    def __init__(self, events: Sequence[LoggedEvent]) -> None:
        """`events`: any; records of schools, classes, people and enrolments count."""
        self.people = linked([json.loads(e.form)["agents"] for e in events if e.kind == "person_linked"])
        self.schools, self.classes = last(events, "school"), last(events, "class")
        self.persons, self.enrolments = last(events, "person"), last(events, "enrolment")
        self.learners = {key: self._learner(key, person) for key, person in self.persons.items()}
        self.stays = [self._stay(key, each) for key, each in self.enrolments.items()]
        self.aliases = {each["identifier"]: key for key, each in self.schools.items() if "identifier" in each}

    def _learner(self, key: str, person: Row) -> str:
        return min((self.people.get(agent, agent) for agent in person.get("agents", [])), default=key)

    def _stay(self, key: str, each: Row) -> Stay:
        room = self.classes.get(each["class"], {})
        return Stay(
            key,
            self.learners.get(each["person"], each["person"]),
            each["class"],
            each.get("school") or room.get("school"),
            each["role"],
            each.get("primary"),
            date.fromisoformat(each["from"]),
            date.fromisoformat(each["until"]) if "until" in each else None,
            room.get("kind") == "homeroom",
        )

    def stay(self, learner: str, day: date) -> Stay | None:
        here = [stay for stay in self.stays if stay.learner == learner and stay.holds(day)]
        return min(here, key=lambda stay: stay.rank, default=None)

    def place(self, learner: str, day: date) -> Place | None:
        found = self.stay(learner, day)
        return found.place if found else None

    def school_called(self, stated: str) -> str:
        """The school that a statement means: by the roster's id or its other identifier, else as stated."""
        return stated if stated in self.schools else self.aliases.get(stated, stated)

    def enrolment(self) -> Iterator[Row]:
        for each in self.stays:
            yield {
                "enrolment_key": each.key,
                "learner_key": each.learner,
                "class_key": each.class_key,
                "school_key": each.school,
                "role": each.role,
                "is_primary": bool(each.primary),
                "valid_from": each.first,
                "valid_until": each.until,
            }

    def learner_school(self) -> Iterator[Row]:
        for learner in {stay.learner for stay in self.stays}:
            for first, until, place in self.spans(learner):
                yield {
                    "learner_key": learner,
                    "valid_from": first,
                    "valid_until": until,
                    "school_key": place.school,
                    "class_key": place.class_key,
                    "role": place.role,
                }

    def spans(self, learner: str) -> Iterator[tuple[date, date | None, Place]]:
        """From each day on which a stay of the learner begins or ends to the next: the place that counts."""
        own = [stay for stay in self.stays if stay.learner == learner and stay.first != stay.until]
        days = sorted({day for stay in own for day in (stay.first, stay.until) if day})
        for first, until in zip(days, [*days[1:], None], strict=True):
            place = self.place(learner, first)
            if place:
                yield first, until, place

    def roster_person(self) -> Iterator[Row]:
        for key, person in self.persons.items():
            yield {
                "person_key": key,
                "learner_key": self.learners[key],
                "is_known": bool(person.get("agents")),
                "roles": person.get("roles"),
                "ended": date.fromisoformat(person["ended"]) if "ended" in person else None,
            }


def last(events: Sequence[LoggedEvent], entity: str) -> dict[str, Row]:
    """Key -> the last record of each entity of a type."""
    told = sorted((e for e in events if e.kind == f"{entity}_recorded"), key=lambda e: e.position)
    return {form["key"]: form for form in (json.loads(e.form) for e in told)}
