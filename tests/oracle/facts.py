"""What happened to goals and to regulation, help, feedback, conversations and quality cycles, event by event."""

from collections.abc import Iterator, Mapping

from tests.oracle.frames import Frames
from tests.oracle.learner import Learner
from tests.oracle.log import Log, Statement
from tests.oracle.rows import Row
from tests.oracle.trier import Request

PHASES = {
    "planning": "set assigned prioritised dropped scheduled revised estimated expected route_chosen",
    "monitoring": "progress_viewed item_ticked self_assessed",
    "control": "strategy_chosen strategy_dropped help_asked help_answered feedback_acted_on",
    "reflection": "reflected data_commented level_given feedback_given",
}
PHASE = {kind: phase for phase, kinds in PHASES.items() for kind in kinds.split()}
CONVERSATIONS = ("coach_conversation", "three_way_conversation")


class Facts:
    def __init__(self, log: Log, learners: Mapping[str, Learner], frames: Frames) -> None:
        self.log, self.learners, self.frames = log, learners, frames

    def goal_event(self) -> Iterator[Row]:
        for learner in self.learners.values():
            for task in learner.tasks.values():
                for about in task.events if task.is_goal else ():
                    s, rule = about.statement, about.statement.rule or {}
                    its_own = about.direct or about.kind == "item_ticked"
                    yield {
                        "position": s.position,
                        "learner_key": learner.key,
                        "goal_id": task.name,
                        "kind": about.kind,
                        "link": about.link,
                        "part": about.part(learner.key),
                        "owner": "group" if s.by_group else "agent",
                        "work": about.work,
                        "planning": its_own and rule["planning"],
                        "monitoring": its_own and rule["monitoring"],
                        "happened_at": s.at,
                        "local_at": s.wall_clock,
                        "out_of_window": s.out,
                        "duration_ms": s.result.get("duration_ms"),
                        "horizon": s.said("horizon"),
                        "due_at": about.due,
                        "planned_start_at": about.planned_start,
                        "progress": about.progress,
                        "level": about.level,
                        "target_level": s.said("target_level") if about.direct else None,
                        "criterion": bool(s.said("criterion")) and about.direct,
                        "evidence_source": about.evidence,
                        "assessment_purpose": s.said("assessment_purpose"),
                        "item_id": about.item,
                        "checklist_size": about.checklist_size,
                        "parent_goal_id": about.parent,
                        "framework_goals": s.said("framework_goals") if about.direct else None,
                        "school_key": s.said("school"),
                    }

    def regulation_event(self) -> Iterator[Row]:
        for learner in self.learners.values():
            for s, kind, regulator in learner.regulation:
                rule = s.meanings[kind]
                yield {
                    "position": s.position,
                    "learner_key": learner.key,
                    "kind": kind,
                    "phase": PHASE[kind],
                    "regulator": regulator,
                    "acted_by": s.actor,
                    "object_id": s.object or s.form["object"].get("id"),
                    "planning": rule["planning"],
                    "monitoring": rule["monitoring"],
                    "happened_at": s.at,
                    "school_week": s.week,
                }

    def help_event(self) -> Iterator[Row]:
        for learner in self.learners.values():
            for request in learner.all_requests:
                yield {"learner_key": learner.key, **self._asked(learner, request)}

    def _asked(self, learner: Learner, request: Request) -> Row:
        s = request.statement
        answers = sorted(
            (
                a
                for a in self.log.naming[s.form["id"]]
                if "help_answered" in a.meanings and a.actor != learner.key
            ),
            key=lambda a: a.order,
        )
        first = answers[0] if answers else None
        return {
            "position": s.position,
            "activities": sorted(request.activities),
            "asked_at": s.at,
            "asked_on": s.on,
            "school_week": s.week,
            "answered_at": first.at if first else None,
            "answered_on": first.on if first else None,
            "answered_by": first.actor if first else None,
            "answers": len(answers),
            "school_key": s.said("school"),
        }

    def feedback_event(self) -> Iterator[Row]:
        for learner in self.learners.values():
            acted = sorted(learner.own("feedback_acted_on"), key=lambda a: a.order)
            for s in self.log.statements:
                if "feedback_given" in s.meanings and s.actor != learner.key and learner.receives(s):
                    yield {"learner_key": learner.key, **self._feedback(s, acted)}

    def _feedback(self, s: Statement, acted: list[Statement]) -> Row:
        work = self.log.target_of(s)
        activity = (work.object if work else None) or s.object
        after = [
            a
            for a in acted
            if a.at >= s.at
            and (
                a.target == s.form["id"]
                or (work is not None and a.target == work.form["id"])
                or (activity is not None and a.object == activity and self.log.target_of(a) is None)
            )
        ]
        return {
            "position": s.position,
            "given_at": s.at,
            "given_on": s.on,
            "school_week": s.week,
            "given_by": s.actor,
            "regulator": s.said("regulator"),
            "activity_id": activity,
            "worked_at": work.at if work else None,
            "worked_on": work.on if work else None,
            "acted_at": after[0].at if after else None,
            "acted_on": after[0].on if after else None,
            "school_key": s.said("school"),
        }

    def conversation_event(self) -> Iterator[Row]:
        for s in self.log.statements:
            for kind in CONVERSATIONS:
                for person, part in self.parts(s).items() if kind in s.meanings else ():
                    yield {
                        "position": s.position,
                        "learner_key": person,
                        "kind": kind,
                        "part": part,
                        "acted_by": s.actor,
                        "held_at": s.at,
                        "held_on": s.on,
                        "school_week": s.week,
                        "duration_ms": s.result.get("duration_ms"),
                        "agreed_actions": s.said("agreed_actions"),
                        "school_key": s.said("school"),
                        "class_key": s.said("class"),
                    }

    def parts(self, s: Statement) -> dict[str, str]:
        """Who takes part, and how: whoever does so twice counts by the first that is said here."""
        thing = s.form["object"]
        found = {s.actor: "group" if s.by_group else "actor"}
        for member in s.members:
            found.setdefault(member, "member")
        if s.learner:
            found.setdefault(s.learner, "learner")
        if thing["objectType"] in ("Agent", "Group"):
            found.setdefault(s.person(thing["id"]), "object")
        return found

    def cycle_event(self) -> Iterator[Row]:
        for s in self.log.statements:
            for kind in s.meanings:
                if not kind.startswith("cycle_"):
                    continue
                for person in s.doers:
                    actor = "group" if s.by_group else "actor"
                    yield {
                        "position": s.position,
                        "learner_key": person,
                        "part": actor if person == s.actor else "member",
                        "cycle_id": s.object,
                        "step": kind.removeprefix("cycle_"),
                        "happened_at": s.at,
                        "local_date": s.on,
                        "school_week": s.week,
                        "evidence_source": s.said("evidence_source"),
                        "duration_ms": s.result.get("duration_ms"),
                        "school_key": s.said("school"),
                        "class_key": s.said("class"),
                    }

    def goal(self) -> Iterator[Row]:
        """What holds of a goal whoever has it."""
        for name in {n for one in self.learners.values() for n, t in one.tasks.items() if t.is_goal}:
            having = [one.tasks[name] for one in self.learners.values() if name in one.tasks]
            events = sorted((a for t in having for a in t.events), key=lambda a: a.statement.order)
            stated = {g for a in events if a.direct for g in a.statement.said("framework_goals") or ()}
            yield {
                "goal_id": name,
                "parent_goal_id": next((a.parent for a in reversed(events) if a.parent), None),
                "learners": len(having),
                "is_shared": any(a.statement.by_group for a in events),
                "framework_goals": sorted(set(map(self.frames.named, stated))),
                "first_at": events[0].statement.at,
            }
