"""A log many times as long as one that is there: the same school year in many school groups, in order of time."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lrs.feed import Head, LoggedEvent
from projections.source import Source

# A year of another group has its own people, classes, schools, goals, statements; frameworks and days off are shared.
_OWN = re.compile(
    r'(?P<key>"1-)[0-9a-f]|(?P<place>(?:class|school|leerling)-)(?=\d)|(?P<goal>doel/)'
    r"|[0-9a-f](?P<uuid>[0-9a-f]{7}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
)
SHARED = ("framework", "calendar")


class Replicas:
    """Replicas of a store's log, up to ten; its first `length` events are the log, the others are still to come.

    What was stored is stored when it was done, so that school weeks close one after another.
    """

    def __init__(self, source: Source, replicas: int, length: int) -> None:
        self._source, self._replicas, self._length = source, replicas, length
        self._events, self._given, self._stored = self._all(), 0, 0

    def stores(self) -> list[str]:
        return ["default"]

    def head(self, store: str) -> Head:
        return Head(self._length, self._stored)

    def read(self, store: str, after: int, limit: int) -> Sequence[LoggedEvent]:
        """The next ones: it is read from the beginning to the end, once."""
        assert after == self._given
        return self.take(min(limit, self._length - after))

    def count_after(self, store: str, after: int) -> int:
        return self._length - after

    def take(self, count: int) -> list[LoggedEvent]:
        found = list(islice(self._events, count))
        self._given += len(found)
        return found

    def _all(self) -> Iterator[LoggedEvent]:
        position, after = 0, 0
        while events := self._source.read("default", after, 1000):
            after = events[-1].position
            for number in range(self._replicas):
                for event in events:
                    if number == 0 or not event.kind.startswith(SHARED):
                        position += 1
                        yield self._of_group(event, number, position)

    def _of_group(self, event: LoggedEvent, number: int, position: int) -> LoggedEvent:
        form = _OWN.sub(lambda found: _renamed(found, number), event.form)
        self._stored = max(self._stored + 1, _said_at(event))
        return event._replace(
            position=position,
            stored=self._stored,
            form=form,
            statement_id=event.statement_id and f"{number}{event.statement_id[1:]}",
        )


def _renamed(found: re.Match[str], number: int) -> str:
    if found["key"]:
        return f"{found['key']}{number}"
    if found["uuid"]:
        return f"{number}{found['uuid']}"
    return f"{found['place'] or found['goal']}{number}-"


def _said_at(event: LoggedEvent) -> int:
    """Microseconds; 0 for what is no statement, or of a clock that was never set."""
    at = int(json.loads(event.form).get("timestamp", 0)) if event.kind == "statement" else 0
    return at if at < event.stored else 0
