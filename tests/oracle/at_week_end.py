"""Goals as they stood at the end of the last closed school week: what views of schools may know."""

from functools import cached_property

from tests.oracle.goals import Goals, Standing
from tests.oracle.rows import Row
from tests.oracle.school_days import SchoolDays
from tests.oracle.school_people import UNKNOWN
from tests.oracle.school_roles import SchoolRoles
from tests.oracle.tasks import Task


class AtWeekEnd:
    def __init__(self, goals: Goals, days: SchoolDays, roles: SchoolRoles) -> None:
        self.goals, self.days, self.roles = goals, days, roles

    @cached_property
    def rows(self) -> list[Row]:
        """Goals of students that were set or assigned by the end of the last closed week, as they stood then."""
        end = self.days.closed_until
        standing = {}
        for key, one in self.goals.standing.items():
            until = [a for a in one.task.events if a.statement.on <= end and not a.statement.out]
            if until and key[0] not in self.goals.log.groups:
                standing[key] = Standing(one.person, Task(one.task.name, True, until), one.roster)
        then = Goals(self.goals.log, self.goals.roster, self.goals.people)
        then.standing = standing
        return [self._stood(then, one) for one in standing.values() if one.given and self._counts(one)]

    def _counts(self, one: Standing) -> bool:
        """By what the person was in the school year in which the goal was set."""
        return self.roles.is_student(one.planned()["school_year"], one.person.key)

    def _stood(self, then: Goals, one: Standing) -> Row:
        progress, place = then.progress(one), one.place
        in_time = None if one.closed_at is None or one.due is None else one.closed_at <= one.due
        tied = {g for a in one.task.events if a.direct for g in a.statement.said("framework_goals") or ()}
        return {
            **one.key,
            "school_key": place[0] or UNKNOWN,
            "school_source": place[1] or UNKNOWN,
            "school_year": one.planned()["school_year"],
            "closed_until": self.days.closed_until,
            "achieved": one.status == "achieved",
            "on_time": in_time if one.status == "achieved" else None,
            "progress": progress,
            "first_level": one.levels[0] if one.levels else None,
            "level": one.levels[-1] if one.levels else None,
            "levels_given": len(one.levels),
            "framework_goals": sorted(tied),
            "has_evidence": bool(one.evidence),
        }
