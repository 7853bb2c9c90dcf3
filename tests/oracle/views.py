"""Views of schools by indicators.md, section 6, before anything is withheld: inclusion, feedback, evaluation."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from statistics import median

from tests.oracle.facts import CONVERSATIONS, Facts
from tests.oracle.goals import Goals
from tests.oracle.log import local
from tests.oracle.rows import Row
from tests.oracle.school_days import ClosedYear
from tests.oracle.school_people import Group, SchoolPeople
from tests.oracle.signals import Signal, Signals
from tests.oracle.tasks import Round, Task


class Views:
    def __init__(self, goals: Goals, facts: Facts, people: SchoolPeople, signals: Signals) -> None:
        self.goals, self.facts, self.people, self.signals = goals, facts, people, signals
        self.days, self.learners = people.days, people.learners

    def grouped(self) -> Iterator[tuple[ClosedYear, Group, set[str], Row]]:
        """Each group of each school and year, with the front of its row."""
        for year in self.days.closed_years:
            for group, learners in self.people.groups(year.name).items():
                front = {
                    "school_key": group.school,
                    "school_year": year.name,
                    "grouping": group.grouping,
                    "group_key": group.key,
                    "part_of": group.part_of,
                    "as_of": year.as_of,
                    "learners": len(learners),
                }
                yield year, group, learners, front

    def inclusion(self) -> Iterator[Row]:
        for year, group, learners, front in self.grouped():
            school = self.people.groups(year.name)[Group(group.school, "school", "all", "all")]
            row, found = front, dict(self._included(year))
            for share, having in found.items():
                own, rest = part(having, learners), part(having, school - learners)
                row |= {
                    f"with_{share}": len(having & learners),
                    f"share_{share}": plain(own),
                    f"gap_{share}": None if own is None or rest is None else float(own - rest),
                    f"ratio_{share}": float(own / rest) if own is not None and rest else None,
                }
            yield row | self._flagged(year, learners)

    def _included(self, year: ClosedYear) -> Iterator[tuple[str, set[str]]]:
        last_three = range(year.last_week - 2, year.last_week + 1)
        yield (
            "active_goal",
            {s.person.key for s in self.goals.standing.values() if is_active(s.task, year.as_of)},
        )
        yield (
            "evidence",
            {
                key
                for key, one in self.learners.items()
                for task in one.tasks.values()
                if task.is_goal and any(a.evidence and a.statement.week in last_three for a in task.events)
            },
        )
        yield (
            "conversation",
            {
                person
                for s in self.people.log.statements
                if s.week in last_three and any(kind in s.meanings for kind in CONVERSATIONS)
                for person in self.facts.parts(s)
            },
        )

    def _flagged(self, year: ClosedYear, learners: set[str]) -> Row:
        own = [s for s in self.signals.signals(year) if s.member.learner in learners]
        compared = any(s.is_compared for s in own)
        row: Row = {}
        for name, flag in (("support", Signal.support), ("challenge", Signal.challenge)):
            count = sum(bool(flag.fget(s)) for s in own) if compared and flag.fget else None
            row[f"flagged_{name}"] = count
            row[f"share_flagged_{name}"] = None if count is None else count / len(learners)
        return row

    def feedback(self) -> Iterator[Row]:
        given = list(self.facts.feedback_event())
        for year, _, learners, front in self.grouped():
            own = [f for f in given if f["learner_key"] in learners and year.holds(f["given_on"])]
            dated = [
                f
                for f in own
                if f["worked_on"] is not None and year.first_day <= f["worked_on"] <= f["given_on"]
            ]
            acted = [f for f in own if f["acted_on"] is not None and f["acted_on"] <= year.last_day]
            waits = [self.days.school_days(f["worked_on"], f["given_on"]) for f in dated]
            yield front | {
                "with_feedback": len({f["learner_key"] for f in own}),
                "feedbacks": len(own),
                "by_peers": sum(f["regulator"] == "peer" for f in own),
                "dated": len(dated),
                "median_school_days": median(waits) if waits else None,
                "acted_on": len(acted),
                "share_acted_on": len(acted) / len(own) if own else None,
            }

    def evaluation_mix(self) -> Iterator[Row]:
        for year in self.days.closed_years:
            pieces: dict[tuple[str, str, str], list[str]] = {}
            for member in self.people.members[year.name]:
                for source, purpose in self._evidence(member.learner, year):
                    pieces.setdefault((member.school, "source", source), []).append(member.learner)
                    pieces.setdefault((member.school, "purpose", purpose), []).append(member.learner)
            for (school, dimension, way), whose in pieces.items():
                yield {
                    "school_key": school,
                    "school_year": year.name,
                    "dimension": dimension,
                    "way": way,
                    "as_of": year.as_of,
                    "learners": len(set(whose)),
                    "evidence": len(whose),
                }

    def _evidence(self, learner: str, year: ClosedYear) -> Iterator[tuple[str, str]]:
        one = self.learners.get(learner)
        for task in one.tasks.values() if one else ():
            for a in task.events if task.is_goal else ():
                if a.evidence and year.holds(a.statement.on) and not a.statement.out:
                    yield a.evidence, a.statement.said("assessment_purpose") or "unstated"


def is_active(task: Task, day: date) -> bool:
    """Whether a round of it is open at the end of that day."""
    return any(is_open(each, day) for each in task.rounds)


def is_open(each: Round, day: date) -> bool:
    closed = local(each.closed.at).date() if each.closed and each.outcome else None
    begun = each.start is not None and local(each.start).date() <= day
    return begun and (closed is None or closed > day)


def part(having: set[str], of: set[str]) -> Fraction | None:
    return Fraction(len(having & of), len(of)) if of else None


def plain(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
