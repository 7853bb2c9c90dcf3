"""A learner in the middle of the year: what is open, what comes next, what was truly done so far."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from lrs.simulate.class_year import ClassYear
from lrs.simulate.exercise import Exercise
from lrs.simulate.goal import Goal
from lrs.simulate.platforms import LEERPLEIN, Agent, Platform
from lrs.simulate.school_group import Learner
from lrs.simulate.seeded import stream
from lrs.simulate.timetable import Session, sessions_of
from lrs.simulate.trail import Trail
from lrs.simulate.traits import Habit


class Feedback(NamedTuple):
    """Feedback that a learner got and has not yet looked at: when, on what work, by which statement."""

    at: int
    work: dict[str, Any]
    statement_id: str


_HABITS = ("goals", "detail", "schedule", "retry", "help", "soon", "extra")


class LearnerState:
    """`did` counts what the learner truly did; `sums` adds up what has a size (seconds, errors, reports)."""

    def __init__(
        self, learner: Learner, class_year: ClassYear, trail: Trail, mates: tuple[Learner, ...]
    ) -> None:
        self.learner = learner
        self.traits = learner.traits
        self.class_year = class_year
        self.year = class_year.year
        self.trail = trail
        self.mates = mates
        self.chance: Random = stream(class_year.seed, learner.id, "year")
        self.habits = {name: Habit(stream(class_year.seed, learner.id, name)) for name in _HABITS}
        self.goals: list[Goal] = []
        self.finished: list[Goal] = []
        self.unplanned: list[Goal] = []
        self.retries: list[Exercise] = []
        self.questions: list[Exercise] = []
        self.feedback: list[Feedback] = []
        self.present: frozenset[str] = frozenset()
        self.last_talk = -99
        self.worked_in = 0
        # Own work that no classmate has read yet: the activity and the statement that handed it in.
        self.for_mates: list[tuple[dict[str, Any], str]] = []
        self.planned_week = 0
        self.goals_set = 0
        self.exercises = 0
        self.did: Counter[str] = Counter()
        self.sums: defaultdict[str, float] = defaultdict(float)
        self.mood = self.chance.uniform(-0.2, 0.6)
        # Whether the learner tends to think too well or too little of own work.
        self.leaning = 1 if self.chance.random() < 0.6 else -1
        self._coming: Iterator[Session] = sessions_of(class_year.seed, learner, class_year.lessons, self.year)
        self.upcoming: deque[Session] = deque()
        self._look_ahead()

    def take_session(self) -> Session:
        """The next session; the ones after it are then `upcoming`."""
        session = self.upcoming.popleft()
        self._look_ahead()
        return session

    def _look_ahead(self) -> None:
        while len(self.upcoming) < 4 and (session := next(self._coming, None)) is not None:
            self.upcoming.append(session)

    @property
    def next_start(self) -> int:
        """When the learner works again; after the end of the year when never."""
        return self.upcoming[0].start if self.upcoming else self.year.days * 2 * 86_400_000

    def agent(self, platform: Platform) -> Agent:
        return self.learner.agents[platform.name]

    def say(self, at: int, verb: dict[str, Any], thing: dict[str, Any], **more: Any) -> str:
        """The learner does something on Leerplein, which knows the school and the class."""
        extensions = {**self.class_year.place, **more.pop("extensions", {})}
        return self.trail.say(
            at, self.agent(LEERPLEIN), verb, thing, LEERPLEIN, extensions=extensions, **more
        )

    def say_about(
        self, at: int, actor: Agent, verb: dict[str, Any], thing: dict[str, Any], **more: Any
    ) -> str:
        """A teacher or a classmate does something that concerns the learner, on Leerplein."""
        extensions = {**self.class_year.place, **more.pop("extensions", {})}
        return self.trail.say(at, actor, verb, thing, LEERPLEIN, extensions=extensions, **more)
