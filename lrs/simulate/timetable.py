"""When learners work: two hours of contract work at school, three times a week at home."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import exp
from random import Random

from lrs.simulate.calendar import DAY, HOUR, MINUTE, SchoolYear, Week
from lrs.simulate.school_group import Learner, SchoolClass
from lrs.simulate.seeded import stream
from lrs.simulate.traits import Habit

# Below this regularity a learner also works in holidays.
IRREGULAR = 0.3
_LESSON_DAYS = ((1, 4), (2, 5), (1, 5), (2, 4))
_LESSON_STARTS = tuple(
    h * HOUR + m * MINUTE for h, m in ((8, 30), (9, 20), (10, 25), (11, 15), (13, 10), (14, 0))
)
LESSON = 50 * MINUTE
AT_HOME = 40 * MINUTE
HOME_SESSIONS = 3
_ILL = 0.025


@dataclass(slots=True)
class Session:
    """A stretch of work, in milliseconds. `lesson`: 0 and 1 for the week's first and second hour, None at home."""

    start: int
    end: int
    week: Week
    lesson: int | None = None
    usual: bool = False
    delay: int = 0
    # Nobody works by the clock: what takes a minute takes this many.
    pace: float = 1.0
    _minutes: float = field(default=0.0)
    _last: int = field(default=0)

    @property
    def day(self) -> int:
        return self.start // DAY

    def after(self, minutes: float) -> int:
        """Let time pass; gives the moment. Whatever is done, a session ends in time: then it is done faster."""
        self._minutes += minutes * self.pace
        length = self.end - self.start
        spent, calm = self._minutes * MINUTE, 0.8 * length
        if spent > calm:
            spent = calm + 0.19 * length * (1 - exp((calm - spent) / (0.19 * length)))
        self._last = max(self._last + 137, self.start + int(spent))
        return self._last


@dataclass(frozen=True, slots=True)
class Lesson:
    """An hour of contract work that comes back every week; `hour` is 0 or 1, the week's first or second."""

    weekday: int
    start: int
    hour: int


def lessons_of(seed: int, one: SchoolClass) -> tuple[Lesson, Lesson]:
    chance = stream(seed, "lessons", one.number)
    first, second = chance.choice(_LESSON_DAYS)
    return (
        Lesson(first, chance.choice(_LESSON_STARTS), 0),
        Lesson(second, chance.choice(_LESSON_STARTS), 1),
    )


def lesson_times(lessons: tuple[Lesson, Lesson], week: Week) -> list[tuple[int, int]]:
    """(start, hour) of the lessons that take place in a week."""
    return [
        (day * DAY + lesson.start, lesson.hour)
        for lesson in lessons
        if (day := week.monday + lesson.weekday - 1) in week.school_days
    ]


def sessions_of(
    seed: int, learner: Learner, lessons: tuple[Lesson, Lesson], year: SchoolYear
) -> Iterator[Session]:
    """The learner's sessions of the whole year, in order."""
    chance = stream(seed, learner.id, "sessions")
    home = _HomeWork(learner, lessons, chance)
    for week in year.weeks:
        ill = {day for day in range(week.monday, week.monday + 7) if chance.random() < _ILL}
        found = [Session(at, at + LESSON, week, hour) for at, hour in lesson_times(lessons, week)]
        found += home.in_week(week) if week.school_days else home.in_holiday(week)
        for session in sorted(found, key=lambda s: s.start):
            if session.day in ill or not learner.joined <= session.day < min(learner.left, year.days):
                continue
            if year.holiday(session.day) is None or learner.traits.regularity < IRREGULAR:
                yield session


class _HomeWork:
    """Three times a week at a usual hour on usual days; what is not kept is moved to any other day and hour."""

    def __init__(self, learner: Learner, lessons: tuple[Lesson, Lesson], chance: Random) -> None:
        self.regularity = learner.traits.regularity
        self.chance = chance
        self.keeps = Habit(chance)
        free = sorted(set(range(1, 8)) - {lesson.weekday for lesson in lessons})
        self.usual_days = sorted(chance.sample(free, HOME_SESSIONS))
        self.usual_minute = 60 * chance.choice((17, 18, 19)) + chance.randrange(5)
        self._other_days: list[int] = []

    def in_week(self, week: Week) -> Iterator[Session]:
        kept = [day for day in self.usual_days if self.keeps.says_yes(0.03 + 0.95 * self.regularity)]
        for day in kept:
            yield self._session(week, day, self.usual_minute, usual=True)
        taken = set(kept)
        for _ in range(HOME_SESSIONS - len(kept)):
            day = self._other_day(taken)
            taken.add(day)
            yield self._session(week, day, self._any_minute(day), usual=False)

    def in_holiday(self, week: Week) -> Iterator[Session]:
        for day in self.chance.sample(range(1, 8), self.chance.randrange(3)):
            yield self._session(week, day, self._any_minute(7), usual=False)

    def _session(self, week: Week, weekday: int, minute: int, usual: bool) -> Session:
        start = (week.monday + weekday - 1) * DAY + minute * MINUTE + self.chance.randrange(5 * MINUTE)
        return Session(start, start + AT_HOME, week, usual=usual)

    def _other_day(self, taken: set[int]) -> int:
        """A day that has not had its turn; whoever avoids habits comes round to every day of the week."""
        if not set(self._other_days) - taken:
            self._other_days = self.chance.sample(range(1, 8), 7)
        day = next(day for day in self._other_days if day not in taken)
        self._other_days.remove(day)
        return day

    def _any_minute(self, weekday: int) -> int:
        return 60 * self.chance.randint(10 if weekday > 5 else 16, 21) + 5 + self.chance.randrange(10)
