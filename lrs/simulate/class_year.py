"""What a class has before it: its lessons, the goals of each period, a contract every week, an intervention perhaps."""

from math import sqrt
from typing import Any, NamedTuple

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY, HOUR, SchoolYear, Week
from lrs.simulate.framework import FrameworkGoal, framework_goals
from lrs.simulate.platforms import LEERPLEIN, activity
from lrs.simulate.school_group import SchoolClass
from lrs.simulate.seeded import seeded_id, stream
from lrs.simulate.timetable import LESSON, Lesson, lesson_times, lessons_of

ITEMS = 4
# Goals that a learner sets per school week: at no planning, and what full planning adds.
GOALS_A_WEEK = (0.35, 1.15)
# The spread of that rate over learners, whose planning is even between 0 and 1.
_SPREAD = GOALS_A_WEEK[1] / sqrt(12)
# Planted effects, in standard deviations between learners; a school without one keeps the tables honest.
_EFFECTS = (0.8, 0.5, 0.0)
# School weeks of the year, from 0, in which the teams intervene: six weeks before and after hold no exams.
_INTERVENTION_WEEKS = (7, 21, 22)


class PeriodGoal(NamedTuple):
    """A goal of the curriculum for one period, the same activity for the whole class."""

    id: str
    title: str
    framework: FrameworkGoal
    due: int


class Contract(NamedTuple):
    """A week's contract and the activities of its checklist."""

    id: str
    title: str
    due: int
    items: tuple[dict[str, Any], ...]


class Intervention(NamedTuple):
    """What a team changes for one class and not for the other, and how much that truly does."""

    id: str
    at: int
    treated: str
    comparison: str
    indicator: str
    effect_size: float

    @property
    def extra_goals_a_week(self) -> float:
        return self.effect_size * _SPREAD


class ClassYear:
    """Everything about a class that does not depend on its learners."""

    def __init__(self, seed: int, one: SchoolClass, year: SchoolYear) -> None:
        self.one = one
        self.year = year
        self.seed = seed
        self.lessons: tuple[Lesson, Lesson] = lessons_of(seed, one)
        self.place = {v.SCHOOL: one.school.id, v.CLASS: one.id}
        self.intervention = intervention_of(one, year)
        self.period_starts = {weeks[0].number for weeks in year.periods()}
        self.period_of = {w.number: n for n, weeks in enumerate(year.periods(), 1) for w in weeks}
        self.exam_weeks = exam_weeks(year)
        self._goals = {n: self._period_goals(n, weeks) for n, weeks in enumerate(year.periods(), 1)}
        self._contracts: dict[int, Contract] = {}
        self.items: dict[str, tuple[dict[str, Any], ...]] = {}

    def period_goals(self, week: Week) -> tuple[PeriodGoal, ...]:
        return self._goals[self.period_of[week.number]]

    def contract(self, week: Week) -> Contract | None:
        """The contract of a week; none while there are exams or no lessons."""
        if week.number in self.exam_weeks or week.number not in self.period_of:
            return None
        if week.number not in self._contracts:
            made = self._contracts[week.number] = self._contract(week)
            self.items[made.id] = made.items
        return self._contracts[week.number]

    def is_treated(self, at: int) -> bool:
        return self.one.id == self.intervention.treated and at >= self.intervention.at

    def _period_goals(self, number: int, weeks: tuple[Week, ...]) -> tuple[PeriodGoal, ...]:
        due = last_lesson_end(self.lessons, weeks)
        found = [framework_goals()[self.one.course.grade, subject, number] for subject in self.one.subjects]
        base = f"{LEERPLEIN.home_page}/doel/{self.one.id}/{self.year.first}"
        return tuple(PeriodGoal(f"{base}/{g.code.lower()}", g.text, g, due) for g in found)

    def _contract(self, week: Week) -> Contract:
        chance = stream(self.seed, "contract", self.one.number, week.number)
        base = f"{LEERPLEIN.home_page}/contract/{self.one.id}/{self.year.first}/{week.number}"
        themes = [goal.framework.theme for goal in self.period_goals(week)]
        tasks = [f"{chance.choice(_TASKS)} {themes[n % 2]}" for n in range(ITEMS)]
        items = tuple(activity(f"{base}/punt-{n}", v.CHECKLIST_ITEM, task) for n, task in enumerate(tasks, 1))
        number = self.year.school_weeks.index(week) + 1
        title = f"Contract van week {number}: {' en '.join(self.one.subjects)}"
        return Contract(base, title, last_lesson_end(self.lessons, (week,)), items)


_TASKS = (
    "Maak een oefenreeks over",
    "Bekijk de instructiefilm over",
    "Lees het bronnenblad over",
    "Werk de opdracht uit over",
    "Maak een samenvatting van",
    "Verbeter je vorige taak over",
    "Leg aan een klasgenoot uit:",
)


def last_lesson_end(lessons: tuple[Lesson, Lesson], weeks: tuple[Week, ...]) -> int:
    """When the last lesson of these weeks ends; 16:00 on the last school day when there is none."""
    ends = [start + LESSON for week in weeks for start, _ in lesson_times(lessons, week)]
    return max(ends, default=weeks[-1].school_days[-1] * DAY + 16 * HOUR)


def exam_weeks(year: SchoolYear) -> frozenset[int]:
    """The last two school weeks before Christmas and before summer: no new contracts or goals."""
    periods = year.periods()
    return frozenset(week.number for period in (periods[1], periods[-1]) for week in period[-2:])


def intervention_of(one: SchoolClass, year: SchoolYear) -> Intervention:
    """The one intervention of the team that teaches this class and the parallel one."""
    even = one.number & ~1
    week = year.school_weeks[_INTERVENTION_WEEKS[one.school.number % 3]]
    return Intervention(
        f"{LEERPLEIN.home_page}/ingreep/{seeded_id('intervention', year.first, even)[:8]}",
        week.monday * DAY + 8 * HOUR,
        f"class-{even + 1}",
        f"class-{even + 2}",
        "goal_setting_rate",
        _EFFECTS[one.school.number % len(_EFFECTS)],
    )
