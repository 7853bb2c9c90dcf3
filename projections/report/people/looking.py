"""From the options of a command to who looks: a role, and the person in it."""

from collections.abc import Callable
from datetime import date

from lrs.directory.directory import Directory
from lrs.directory.view import View
from lrs.directory.viewer import MayNotSee, Role, as_administrator, as_learner, as_teacher

Looking = Callable[[date], View]


class UnknownPerson(ValueError):
    """Nobody in the store is called this; the text says what names a person."""


def found(directory: Directory, named: str) -> str:
    """The learner key of a person. Raises UnknownPerson."""
    key = directory.find_person(named)
    if key is None:
        raise UnknownPerson(
            f"{named} is nobody whom the store knows: give the roster's id, an agent as JSON, or an agent key"
        )
    return key


def as_role(directory: Directory, role: Role, teacher: str | None, learner: str | None) -> Looking:
    """Who looks on a day. A teacher sees the classes that he teaches then. Raises UnknownPerson and MayNotSee."""
    if role is Role.TEACHER:
        key = found(directory, teacher or "")
        return lambda day: directory.seen_by(as_teacher(directory.classes_taught(key, day)), day)
    if role is Role.LEARNER and learner is not None:
        return lambda day: directory.seen_by(as_learner(learner), day)
    if role is Role.ADMINISTRATOR:
        return lambda day: directory.seen_by(as_administrator(), day)
    raise MayNotSee(f"a {role} sees no report with names")
