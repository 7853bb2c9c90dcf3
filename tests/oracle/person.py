"""One learner in a log: the learner's own events, tasks, windows and attempts."""

from functools import cached_property

from tests.oracle.log import Log, Statement
from tests.oracle.tasks import Task, by_activity, sessions, tasks_of
from tests.oracle.windows import Window, windows_of


class Person:
    def __init__(self, log: Log, key: str) -> None:
        self.log, self.key = log, key

    @cached_property
    def tasks(self) -> dict[str, Task]:
        return tasks_of(self.log, self.key)

    @cached_property
    def windows(self) -> list[Window]:
        return windows_of(self.log, self.key)

    @cached_property
    def attempts(self) -> dict[str, list[tuple[Statement, bool | None, float | None, bool]]]:
        return by_activity(self.log, self.key)

    def own(self, *kinds: str) -> list[Statement]:
        return [
            s
            for s in self.log.by_person[self.key]
            for k in kinds
            if k in s.meanings and self.key in s.whose(k)
        ]

    @cached_property
    def sessions(self) -> list[tuple[int, int]]:
        return sessions(self.log, self.key)

    def session_of(self, at: int) -> int:
        """The start of the session in which the moment lies."""
        return next(start for start, end in self.sessions if start <= at <= end)

    def touches(self, s: Statement) -> bool:
        """Whether it names a statement in which the learner has a part, in its context."""
        target = self.log.target_of(s)
        return (
            target is not None
            and target is not s
            and (self.key in target.doers or self.key == target.learner)
        )
