"""Unwanted side effects by indicators.md, section 6.3, before anything is withheld."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean

from tests.oracle.facts import Facts
from tests.oracle.goals import Goals
from tests.oracle.learner import rating
from tests.oracle.log import local
from tests.oracle.rows import Row
from tests.oracle.school_days import ClosedYear
from tests.oracle.school_people import Group, SchoolPeople
from tests.oracle.tasks import Round
from tests.oracle.views import is_open

PATIENCE = 5
WEEKS = 6


class SideEffects:
    def __init__(self, goals: Goals, facts: Facts, people: SchoolPeople) -> None:
        self.goals, self.facts, self.people = goals, facts, people
        self.days, self.learners = people.days, people.learners
        self.requests = list(facts.help_event())

    def side_effects(self) -> Iterator[Row]:
        for year in self.days.closed_years:
            for group, learners in self.people.groups(year.name).items():
                yield {
                    "school_key": group.school,
                    "school_year": year.name,
                    "grouping": group.grouping,
                    "group_key": group.key,
                    "part_of": group.part_of,
                    "as_of": year.as_of,
                    "learners": len(learners),
                    **self.activity(year, group, learners),
                    **self.rounds(year, learners),
                    **self.help(year, learners),
                    **self.motivation(year, learners),
                    **self.registration(year, group),
                }

    def activity(self, year: ClosedYear, group: Group, learners: set[str]) -> Row:
        rows = [
            row
            for row in self.people.day_rows
            if row["own"] and row["learner_key"] in learners and row["school_key"] == group.school
            and year.holds(row["local_date"])
        ]  # fmt: skip
        total = sum(row["own"] for row in rows)
        rest = [row for row in rows if not self.days.is_school_day(row["local_date"])]
        weekend = sum(row["own"] for row in rest if self.days.day_off(row["local_date"]) == "weekend")
        lengths = [
            end - start
            for key in learners & set(self.learners)
            for start, end in self.learners[key].sessions
            if year.holds(local(start).date())
        ]
        weeks = year.last_week - year.first_week + 1
        return {
            "active_learners": len({row["learner_key"] for row in rows}),
            "statements": total,
            "share_late": sum(row["own_late"] for row in rows) / total if total else None,
            "share_weekend": weekend / total if total else None,
            "share_holiday": (sum(row["own"] for row in rest) - weekend) / total if total else None,
            "hours_per_week": sum(lengths) / 3_600_000_000 / len(learners) / weeks,
        }

    def rounds(self, year: ClosedYear, learners: set[str]) -> Row:
        own = [
            (key, r)
            for (key, _), one in self.goals.standing.items()
            if key in learners
            for r in one.task.rounds
        ]
        still = [(key, r) for key, r in own if begun_in(r, year) and is_open(r, year.as_of)]
        closed = [
            (key, r) for key, r in own if r.outcome and r.closed and year.holds(local(r.closed.at).date())
        ]
        dropped = sum(r.outcome == "dropped" for _, r in closed)
        return {
            "learners_with_open_goal": len({key for key, _ in still}),
            "open_goals": len(still),
            "open_goals_per_learner": len(still) / len(learners),
            "learners_with_closed_goal": len({key for key, _ in closed}),
            "goals_closed": len(closed),
            "goals_dropped": dropped,
            "share_dropped": dropped / len(closed) if closed else None,
        }

    def help(self, year: ClosedYear, learners: set[str]) -> Row:
        asked = [
            r
            for r in self.requests
            if r["learner_key"] in learners
            and year.first_day <= r["asked_on"] <= year.as_of
            and self.days.school_days(r["asked_on"], year.as_of) >= PATIENCE
        ]
        waiting = [
            r
            for r in asked
            if r["answered_on"] is None or self.days.school_days(r["asked_on"], r["answered_on"]) > PATIENCE
        ]
        return {
            "askers": len({r["learner_key"] for r in asked}),
            "requests": len(asked),
            "unanswered": len(waiting),
            "share_unanswered": len(waiting) / len(asked) if asked else None,
        }

    def motivation(self, year: ClosedYear, learners: set[str]) -> Row:
        now = self.told(learners, range(year.last_week - WEEKS + 1, year.last_week + 1))
        before = self.told(learners, range(year.last_week - 2 * WEEKS + 1, year.last_week - WEEKS + 1))
        changes = [fmean(now[key]) - fmean(before[key]) for key in now.keys() & before.keys()]
        return {
            "tellers": len(now),
            "reports": sum(map(len, now.values())),
            "motivation": fmean(map(fmean, now.values())) if now else None,
            "tellers_of_change": len(changes),
            "motivation_change": fmean(changes) if changes else None,
        }

    def told(self, learners: set[str], weeks: range) -> dict[str, list[float]]:
        found: dict[str, list[float]] = defaultdict(list)
        for key in learners & set(self.learners):
            for s in self.learners[key].own("motivation_reported"):
                value = rating(s)
                if value is not None and s.week in weeks:
                    found[key].append(value)
        return found

    def registration(self, year: ClosedYear, group: Group) -> Row:
        if group.grouping != "school":
            return dict.fromkeys(
                ("typists", "statements_made", "statements_typed", "share_typed", "typed_minutes")
            )
        rows = [
            r for r in self.people.day_rows if r["school_key"] == group.school and year.holds(r["local_date"])
        ]
        made, typed = (sum(row[name] for row in rows) for name in ("made", "typed"))
        return {
            "typists": len({row["learner_key"] for row in rows if row["typed"]}),
            "statements_made": made,
            "statements_typed": typed,
            "share_typed": typed / made if made else None,
            "typed_minutes": sum(row["typed_seconds"] for row in rows) / 60,
        }


def begun_in(each: Round, year: ClosedYear) -> bool:
    return each.start is not None and year.holds(local(each.start).date())
