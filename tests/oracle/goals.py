"""Goals by indicators.md, section 4: how each stands for each learner, its history, its route, and what is overdue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from tests.oracle.log import Log, local
from tests.oracle.person import Person
from tests.oracle.roster import Roster
from tests.oracle.rows import Row, school_year, sixth
from tests.oracle.tasks import CLOSES, About, Task, planned_activities, runs

SOURCES = ("digital", "observation", "test", "conversation", "portfolio")


@dataclass
class Standing:
    """One goal of one learner."""

    person: Person
    task: Task
    roster: Roster

    @property
    def key(self) -> Row:
        return {"learner_key": self.person.key, "goal_id": self.task.name}

    @cached_property
    def direct(self) -> list[About]:
        return [a for a in self.task.events if a.direct]

    def last_said(self, name: str) -> object:
        return next((x for a in reversed(self.direct) if (x := a.statement.said(name)) is not None), None)

    @cached_property
    def given(self) -> list[About]:
        return [a for a in self.task.events if a.kind in ("set", "assigned")]

    @property
    def outcome(self) -> str | None:
        return self.task.rounds[-1].outcome if self.task.rounds else None

    @property
    def status(self) -> str:
        return self.outcome or ("in_progress" if self.task.work else "planned")

    @property
    def closed_at(self) -> int | None:
        closed = self.task.rounds[-1].closed if self.outcome else None
        return closed.at if closed else None

    @property
    def due(self) -> int | None:
        return self.task.rounds[-1].due if self.task.rounds else None

    @property
    def first(self) -> About:
        """What was first said of it: its first setting or assigning, if any."""
        return (self.given or self.task.events)[0]

    @property
    def parent(self) -> str | None:
        return next((a.parent for a in reversed(self.task.events) if a.parent), None)

    @property
    def place(self) -> tuple[str | None, str | None]:
        """The school and where it comes from."""
        enrolled = self.roster.place(self.person.key, self.first.statement.on)
        if enrolled:
            return enrolled.school, "roster"
        stated = [s for a in self.task.events if (s := a.statement.said("school"))]
        return (self.roster.school_called(stated[0]), "statement") if stated else (None, None)

    def planned(self) -> Row:
        return {
            "owner": "group" if self.first.statement.by_group else "agent",
            "part": self.first.part(self.person.key),
            "origin": ("self" if self.given[0].kind == "set" else "assigned") if self.given else None,
            "horizon": self.last_said("horizon"),
            "school_key": self.place[0],
            "school_year": school_year(self.first.statement.on),
            "set_at": self.given[0].statement.at if self.given else None,
            "planned_start": self.last_said("planned_start"),
            "due": self.due,
            "revisions": sum(a.kind == "revised" for a in self.task.events),
            "status": self.status,
            "closed_at": self.closed_at,
            "target_level": self.last_said("target_level"),
        }

    @cached_property
    def levels(self) -> list[int]:
        return [a.level for a in self.task.events if a.level is not None]

    @cached_property
    def evidence(self) -> list[str]:
        return [a.evidence for a in self.task.events if a.evidence]

    def work(self) -> Row:
        moments = [a.statement.at for a in self.task.work]
        return {
            "first_work_at": min(moments, default=None),
            "last_work_at": max(moments, default=None),
            "sessions": len({self.person.session_of(at) for at in moments}),
            "seconds_spent": sum(added for _, added in self.task.added()) // 1_000_000,
        }


class Goals:
    """All goals of all learners of a log."""

    def __init__(self, log: Log, roster: Roster, people: Mapping[str, Person]) -> None:
        self.log, self.roster, self.people = log, roster, people
        self.standing = {
            (key, name): Standing(person, task, roster)
            for key, person in self.people.items()
            for name, task in person.tasks.items()
            if task.is_goal
        }

    def goal_status(self) -> Iterator[Row]:
        for one in self.standing.values():
            yield {**one.key, "parent_goal_id": one.parent, "school_source": one.place[1], **one.planned()}

    def goal_part(self) -> Iterator[Row]:
        above = {(key, one.parent) for (key, _), one in self.standing.items() if one.parent}
        for key, goal in above | set(self.standing):
            done, total = self.parts(key, goal)
            if total:
                yield {"learner_key": key, "goal_id": goal, "done": done, "total": total}

    def parts(self, key: str, goal: str) -> tuple[int, int]:
        """Of the goal's checklist, else of its sub-goals: how many are done, and how many there are."""
        itself = self.standing.get((key, goal))
        events = itself.task.events if itself else []
        sizes = [a.checklist_size for a in events if a.checklist_size is not None]
        if sizes:
            return min(len({a.item for a in events if a.item}), sizes[-1]), sizes[-1]
        own = [one for one in self.standing.values() if one.person.key == key and one.parent == goal]
        below = [one for one in own if one.status != "dropped"]
        return sum(one.status == "achieved" for one in below), len(below)

    def progress(self, one: Standing) -> Decimal | None:
        if one.status == "achieved":
            return Decimal(1)
        stated = [a.progress for a in one.task.events if a.progress is not None]
        if stated:
            return stated[-1]
        done, total = self.parts(one.person.key, one.task.name)
        return sixth(done, total) if total else None

    def goal_progress(self) -> Iterator[Row]:
        for one in self.standing.values():
            in_time = None if one.closed_at is None or one.due is None else one.closed_at <= one.due
            yield {
                **one.key,
                **one.planned(),
                "progress": self.progress(one),
                "level": one.levels[-1] if one.levels else None,
                "evidence": len(one.evidence),
                **{f"evidence_{source}": one.evidence.count(source) for source in SOURCES},
                **one.work(),
                "on_time": in_time if one.status == "achieved" else None,
            }

    def goal_work(self) -> Iterator[Row]:
        yield from ({**one.key, **one.work()} for one in self.standing.values() if one.task.work)

    def goal_evidence(self) -> Iterator[Row]:
        for one in self.standing.values():
            if one.evidence:
                counts = {f"evidence_{source}": one.evidence.count(source) for source in SOURCES}
                yield {**one.key, "evidence": len(one.evidence), **counts}

    def goal_level(self) -> Iterator[Row]:
        for one in self.standing.values():
            if one.levels:
                first_and_last = {"first_level": one.levels[0], "level": one.levels[-1]}
                yield {**one.key, **first_and_last, "levels_given": len(one.levels)}

    def goal_round(self) -> Iterator[Row]:
        for one in self.standing.values():
            for number, each in enumerate(one.task.rounds):
                closed = each.closed.at if each.closed and each.outcome else None
                yield {
                    **one.key, "round": number, "outcome": each.outcome, "closed_at": closed, "due": each.due,
                }  # fmt: skip

    def goal_history(self) -> Iterator[Row]:
        for one in self.standing.values():
            outcome, worked, step = None, False, 0
            for about in one.task.events:
                worked = worked or about.work
                before = outcome
                outcome = (about.turn if about.turn in CLOSES else None) if about.turn else outcome
                if about.kind == "worked" or not about.direct:
                    continue
                step += 1
                yield {
                    **one.key,
                    "step": step,
                    "position": about.statement.position,
                    "kind": about.kind,
                    "part": about.part(one.person.key),
                    "happened_at": about.statement.at,
                    "school_week": about.statement.week,
                    "status": outcome or ("in_progress" if worked else "planned"),
                    "closes": before is None and outcome is not None,
                    "reopens": before is not None and outcome is None,
                    "due": about.due,
                    "planned_start": about.planned_start,
                    "progress": about.progress,
                    "level": about.level,
                    "target_level": about.statement.said("target_level") if about.direct else None,
                }

    def goal_route(self) -> Iterator[Row]:
        for one in self.standing.values():
            for step, about in enumerate(one.task.work, 1):
                s = about.statement
                yield {
                    **one.key,
                    "step": step,
                    "position": s.position,
                    "verb": s.form["verb"],
                    "activity_id": s.object,
                    "activity_type": self.log.types.get(s.object or ""),
                    "started_at": s.at - s.duration,
                    "ended_at": s.at,
                    "session_started_at": one.person.session_of(s.at),
                    "success": s.result.get("success"),
                    "score_scaled": Decimal(s.result["scaled"]) if "scaled" in s.result else None,
                    "evidence_source": s.said("evidence_source"),
                }

    def session(self) -> Iterator[Row]:
        for key, person in self.people.items():
            own = [s for s in self.log.by_person[key] if key in s.doers]
            for start, end in person.sessions:
                inside = sum(start <= s.at <= end for s in own)
                yield {"learner_key": key, "started_at": start, "ended_at": end, "statements": inside}

    def stretch(self) -> Iterator[Row]:
        for key in self.people:
            own = sorted(
                (local(s.at).date(), s.position, s) for s in self.log.by_person[key] if key in s.doers
            )
            for day, found in groupby(own, lambda one: one[0]):
                said = [s for *_, s in found]
                for start, end in runs(said):
                    yield {
                        "learner_key": key,
                        "local_date": day,
                        "started_at": start,
                        "ended_at": end,
                        "statements": sum(start <= s.at <= end for s in said),
                    }

    def planned_activity(self) -> Iterator[Row]:
        for key in self.people:
            for task in planned_activities(self.log, key):
                yield {"learner_key": key, "task_id": task}

    def overdue(self, as_of: date) -> Iterator[Row]:
        for one in self.standing.values():
            closed = None if one.closed_at is None else local(one.closed_at).date()
            if one.due is None or local(one.due).date() >= as_of or (closed is not None and closed <= as_of):
                continue
            late = as_of - local(one.due).date()
            yield {
                "as_of": as_of,
                **one.key,
                "due": one.due,
                "days_overdue": late // timedelta(days=1),
                "is_closed": closed is not None,
            }
