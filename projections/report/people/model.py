"""What the reports of a class and of a learner say, before any words: days, figures with their n, names by then.

These values hold names, titles and texts. They are made to be rendered once, and are written nowhere else.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NextStep(StrEnum):
    """What a goal asks for next, from what is known of it. A suggestion to talk about, no order."""

    PLAN = "plan"
    BEGIN = "begin"
    BEGIN_LATE = "begin_late"
    GO_ON = "go_on"
    CATCH_UP = "catch_up"
    LEVEL_UP = "level_up"
    LOOK_BACK = "look_back"
    PLAN_AGAIN = "plan_again"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Person:
    """A learner: the key that tables have, and the name, None when nobody gave one."""

    key: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a learner. `progress` 0..1, None when unknown; `evidence` is the n of what is known of it."""

    id: str
    title: str | None
    shared: bool
    origin: str | None
    status: str
    progress: float | None
    parts_done: int | None
    parts: int | None
    level: int | None
    target_level: int | None
    start: date | None
    due: date | None
    closed: date | None
    evidence: int
    days_overdue: int | None
    next_step: NextStep

    @property
    def is_open(self) -> bool:
        return self.status in ("planned", "in_progress")


@dataclass(frozen=True, slots=True)
class Signal:
    """What may call for support or for challenge, compared with the class; reasons in words."""

    support: bool
    challenge: bool
    reasons: str


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """A request for help. `about` holds titles, None for what has none; `answered` None: not yet answered by then."""

    asked: date
    about: tuple[str | None, ...]
    answered: date | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """Feedback that a learner got. `acted` None: nothing was done with it by then, as far as is recorded."""

    given: date
    about: str | None
    acted: date | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of a learner with a coach, or of three."""

    held: date
    kind: str
    agreed_actions: int | None


@dataclass(frozen=True, slots=True)
class Followed:
    """All that is told of one learner in both reports."""

    person: Person
    goals: tuple[Goal, ...]
    help: tuple[HelpRequest, ...]
    feedback: tuple[Feedback, ...]
    conversations: tuple[Conversation, ...]

    @property
    def open_goals(self) -> list[Goal]:
        return [goal for goal in self.goals if goal.is_open]

    @property
    def closed_goals(self) -> list[Goal]:
        return [goal for goal in self.goals if not goal.is_open]

    @property
    def overdue(self) -> list[Goal]:
        return [goal for goal in self.goals if goal.days_overdue is not None]

    @property
    def unanswered(self) -> list[HelpRequest]:
        return [request for request in self.help if request.answered is None]

    @property
    def waiting(self) -> list[Feedback]:
        return [feedback for feedback in self.feedback if feedback.acted is None]

    @property
    def last_conversation(self) -> Conversation | None:
        return self.conversations[0] if self.conversations else None


@dataclass(frozen=True, slots=True)
class Moment:
    """Of when a report is: `as_of` is the day, in a school year; `newest_day` the newest with a trace in the store."""

    school_year: str
    as_of: date
    newest_day: date

    @property
    def first_day(self) -> date:
        return date(int(self.school_year[:4]), 9, 1)


@dataclass(frozen=True, slots=True)
class ClassReport:
    """A class on a day. `signals` by learner key: whoever is not there could not be compared."""

    class_key: str
    class_name: str | None
    school_name: str | None
    moment: Moment
    signals_as_of: date | None
    learners: tuple[Followed, ...]
    signals: dict[str, Signal]
    # Learners of the class in the tables whom the viewer may not see (any more).
    hidden: int

    def flagged(self, flag: str) -> list[tuple[Followed, Signal]]:
        """Learners with a flag (`support` or `challenge`), by name."""
        of = [(each, self.signals.get(each.person.key)) for each in self.learners]
        return [(each, signal) for each, signal in of if signal is not None and getattr(signal, flag)]


@dataclass(frozen=True, slots=True)
class Trace:
    """An indicator of self-regulation in one window: a trace, no level. `value` None: too few data to say."""

    indicator: str
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Reflected:
    """What the learner wrote, on which day."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class LearnerReport:
    """One learner. `regulation` holds (phase, regulator, n): how many traces there are of each in the school year."""

    followed: Followed
    class_name: str | None
    school_name: str | None
    moment: Moment
    window_end: date | None
    traces: tuple[Trace, ...]
    regulation: tuple[tuple[str, str, int], ...]
    reflections: tuple[Reflected, ...]
    # Reflections without a text that can be shown: given by no text, or withdrawn since.
    reflections_without_text: int
