"""Interventions of quality cycles, and the indicator of each learner before and after one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tests.oracle.log import WEEK_ENDS, WEEKS, Statement
from tests.oracle.quality_cycles import school_of
from tests.oracle.rows import Row, school_year
from tests.oracle.school_people import UNKNOWN, SchoolPeople

SPAN = 6


@dataclass
class Intervention:
    statement: Statement
    told: Row
    school: str

    @property
    def begins(self) -> date:
        return date.fromisoformat(self.told["date"])

    @property
    def key(self) -> Row:
        return {"cycle_id": self.statement.object, "intervention_id": self.told["id"]}


class Interventions:
    def __init__(self, people: SchoolPeople) -> None:
        self.people, self.days = people, people.days
        found: dict[tuple[str | None, str], Intervention] = {}
        for s in sorted(people.log.statements, key=lambda s: s.order):
            told = s.said("intervention")
            if told and any(kind.startswith("cycle_") for kind in s.meanings):
                found[s.object, told["id"]] = Intervention(s, told, school_of(people, s))
        self.all = list(found.values())

    def before_end(self, one: Intervention) -> date:
        """Sunday of the last school week that ended before its day."""
        return max(end for end in WEEK_ENDS.values() if end < one.begins)

    def after_end(self, one: Intervention) -> date | None:
        """Sunday of the sixth school week that began on its day or later; None as long as it is not closed."""
        first = min(number for start, number in WEEKS.items() if start >= one.begins)
        end = WEEK_ENDS[first + SPAN - 1]
        return end if end <= self.days.closed_until else None

    def intervention(self) -> Iterator[Row]:
        for one in self.all:
            yield {
                **one.key,
                "school_key": one.school,
                "school_year": school_year(one.begins),
                "begins_on": one.begins,
                "classes": one.told["classes"],
                "comparison_classes": one.told["comparison_classes"],
                "indicator": one.told["indicator"],
                "before_end": self.before_end(one),
                "after_end": self.after_end(one),
            }

    def effect_change(self, values: Mapping[tuple[str, str, date], float]) -> Iterator[Row]:
        """`values`: (learner, indicator, end of window) -> value, where it is sufficient."""
        for one in self.all:
            after_end = self.after_end(one)
            students = {key for key, _, _ in values if self.is_student(key, one)}
            for learner in students:
                room, name = self.class_of(learner, one.begins), one.told["indicator"]
                before = values.get((learner, name, self.before_end(one)))
                after = values.get((learner, name, after_end)) if after_end else None
                if before is None or after is None:
                    continue
                if room in one.told["classes"] or room in one.told["comparison_classes"]:
                    treated = room in one.told["classes"]
                    row = {"learner_key": learner, "class_key": room, "treated": treated}
                    yield {**one.key, **row, "before": before, "after": after}

    def is_student(self, person: str, one: Intervention) -> bool:
        return self.people.roles.is_student(school_year(one.begins), person)

    def class_of(self, learner: str, day: date) -> str | None:
        """By the roster on that day; for whom no roster knows, as last stated by then in that school year."""
        if any(stay.learner == learner for stay in self.people.roster.stays):
            place = self.people.roster.place(learner, day)
            return place.class_key if place else None
        stated = [
            (row["local_date"], row["class_key"])
            for row in self.people.day_rows
            if row["learner_key"] == learner
            and row["class_key"] != UNKNOWN
            and row["local_date"] <= day
            and school_year(row["local_date"]) == school_year(day)
        ]
        return max(stated)[1] if stated else None
