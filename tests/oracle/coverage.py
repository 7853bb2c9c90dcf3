"""Goal frameworks, and what a class did for each goal of one, by indicators.md, section 4."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from tests.oracle.facts import Facts
from tests.oracle.frames import Frames
from tests.oracle.goals import SOURCES
from tests.oracle.rows import Row
from tests.oracle.school_days import ClosedYear
from tests.oracle.school_people import SchoolPeople
from tests.oracle.tasks import CLOSES, OPENS, About

Piece = tuple[str, int, str]


class Done:
    """What the learners of a class did in a year for one goal of a framework."""

    def __init__(self) -> None:
        self.having: set[str] = set()
        self.achieved: set[str] = set()
        self.achieved_part: set[str] = set()
        self.pieces: set[Piece] = set()

    def counted(self) -> Row:
        sources = [source for _, _, source in self.pieces]
        return {
            "learners_with_goal": len(self.having),
            "learners_with_evidence": len({learner for learner, *_ in self.pieces}),
            "learners_achieved": len(self.achieved),
            "learners_achieved_part": len(self.achieved_part),
            "evidence": len(self.pieces),
            **{f"evidence_{source}": sources.count(source) for source in (*SOURCES, "unstated")},
        }


class Coverage:
    def __init__(self, frames: Frames, facts: Facts, people: SchoolPeople) -> None:
        self.frames, self.people, self.learners = frames, people, people.learners
        self.tied = {row["goal_id"]: row["framework_goals"] for row in facts.goal()}

    def framework_coverage(self) -> Iterator[Row]:
        for year in self.people.days.closed_years:
            rooms: dict[tuple[str, str], set[str]] = defaultdict(set)
            for member in self.people.members[year.name]:
                rooms[member.school, member.class_key].add(member.learner)
            for (school, room), learners in rooms.items():
                front = {"school_year": year.name, "school_key": school, "class_key": room}
                expected, done = self.expected(room, year.as_of), self.done(year, learners)
                for goal in expected | set(done):
                    counted = done.get(goal, Done()).counted()
                    about = {"framework_goal_id": goal, "as_of": year.as_of, "is_expected": goal in expected}
                    yield front | about | {"learners": len(learners)} | counted

    def expected(self, room: str, day: date) -> set[str]:
        known = self.people.roster.classes.get(room, {})
        return {key for key, goal in self.frames.goals.items() if self.frames.is_for(goal, known, day)}

    def done(self, year: ClosedYear, learners: set[str]) -> dict[str, Done]:
        found: dict[str, Done] = defaultdict(Done)
        for learner in learners & set(self.learners):
            for name, task in self.learners[learner].tasks.items():
                here = [a for a in task.events if year.holds(a.statement.on) and not a.statement.out]
                if task.is_goal and here:
                    self._add(found, learner, name, here)
        return found

    def _add(self, found: dict[str, Done], learner: str, goal: str, events: Sequence[About]) -> None:
        turns = [a.kind for a in events if a.kind in (*OPENS, *CLOSES)]
        reached = turns[-1:] == ["achieved"]
        pieces = {(learner, a.statement.position, a.evidence) for a in events if a.evidence}
        for framework_goal, distance in self.frames.served(self.tied[goal]).items():
            done = found[framework_goal]
            done.having.add(learner)
            done.pieces |= pieces
            if reached:
                done.achieved_part.add(learner)
            if reached and distance == 0:
                done.achieved.add(learner)
