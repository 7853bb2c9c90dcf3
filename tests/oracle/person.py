"""One learner in a log: the learner's own events, tasks, windows and attempts."""

from tests.oracle.log import Log, Statement
from tests.oracle.tasks import by_activity, tasks_of
from tests.oracle.windows import windows_of


class Person:
    def __init__(self, log: Log, key: str) -> None:
        self.log, self.key = log, key
        self.tasks = tasks_of(log, key)
        self.windows = windows_of(log, key)
        self.attempts = by_activity(log, key)

    def own(self, *kinds: str) -> list[Statement]:
        return [s for s in self.log.statements for k in kinds if k in s.meanings and self.key in s.whose(k)]

    def touches(self, s: Statement) -> bool:
        """Whether it names a statement in which the learner has a part, in its context."""
        target = self.log.target_of(s)
        return (
            target is not None
            and target is not s
            and (self.key in target.doers or self.key == target.learner)
        )
