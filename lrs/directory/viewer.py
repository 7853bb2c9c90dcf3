"""Who is looking, in which role, and whom that role may see."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """As what somebody looks. Whoever renders a page has made sure that he or she is."""

    LEARNER = "learner"
    TEACHER = "teacher"
    ADMINISTRATOR = "administrator"
    DIRECTOR = "director"


class MayNotSee(Exception):
    """The role does not let its viewer see what was asked for; the text names neither people nor what they wrote."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A learner sees himself, a teacher the learners of his classes, an administrator all, a director nobody.

    `learner_key` is any agent key of the learner; `classes` are class keys, as the published tables have them.
    """

    role: Role
    learner_key: str | None = None
    classes: frozenset[str] = frozenset()


def as_learner(learner_key: str) -> Viewer:
    return Viewer(Role.LEARNER, learner_key)


def as_teacher(classes: frozenset[str]) -> Viewer:
    """A teacher of these classes: `Directory.classes_taught` gives them for a person of the roster."""
    return Viewer(Role.TEACHER, classes=classes)


def as_administrator() -> Viewer:
    return Viewer(Role.ADMINISTRATOR)


def as_director() -> Viewer:
    return Viewer(Role.DIRECTOR)
