"""What a server process counts while it works.

A request leaves no more than a note of itself, and notes are counted some hundreds in a row: prometheus_client's own
counters, which its processes share through mapped files, take twelve microseconds a request, and end a process whose
disk is full. See lrs/http/shared_meters.py
for how the processes of one server put their figures together.
"""

import threading
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple

from lrs.event_log.writer import Commit
from lrs.figures import Count, Spread

# More names than there are rules in the code; a further one would be a mistake of ours, not of a client.
MOST_RULES = 300
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"))
OTHER = "other"
# So many notes are counted by the request that writes the last of them, if nobody has asked meanwhile.
MOST_NOTES = 500
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# Name -> what it tells, and the names of its labels.
COUNTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "lrs_requests": ("Requests answered, by route, method and status", ("route", "method", "status")),
    "lrs_rejections": ("Requests refused with a 4xx, by the rule that they broke", ("rule",)),
    "lrs_statements_stored": ("Statements stored", ()),
    "lrs_statements_equal": ("Statements acknowledged that were there already", ()),
    "lrs_events_appended": ("Events appended to the log, of whatever kind", ()),
}
# Name -> what it tells, the names of its labels, and its bounds.
SPREADS: dict[str, tuple[str, tuple[str, ...], tuple[float, ...]]] = {
    "lrs_request_seconds": ("Seconds until the answer began", ("route", "method"), _SECONDS),
    "lrs_commit_seconds": ("Seconds of one commit, with the wait for the writer lock", (), _SECONDS),
    "lrs_commit_events": ("Events in one commit", (), (1, 2, 5, 10, 25, 50, 100, 250, 1000, 5000, 10000)),
    "lrs_commit_callers": ("Requests that shared one commit", (), (1, 2, 4, 8, 16, 32, 64)),
}
# Labels' values, and a number; or labels' values, how many of each bound, and their sum. As JSON has it.
Sample = list[Any]
Totals = dict[str, list[Sample]]


class Answered(NamedTuple):
    """A request: the pattern of its path, `rule` what it broke if it was refused, how many statements it brought."""

    route: str
    method: str
    status: int
    seconds: float
    rule: str | None = None
    stored: int = 0
    equal: int = 0


class Meters:
    """The counters of one process. The values of each label are few: routes, methods, statuses, rules."""

    def __init__(self) -> None:
        self._notes: deque[Answered | Commit] = deque()
        self._mutex = threading.Lock()
        self._counts: dict[str, dict[tuple[str, ...], float]] = {name: {} for name in COUNTS}
        self._spreads: dict[str, dict[tuple[str, ...], Sample]] = {name: {} for name in SPREADS}

    def note(self, what: Answered | Commit) -> None:
        """One answered request, or one transaction of the writer."""
        self._notes.append(what)
        if len(self._notes) >= MOST_NOTES:
            with self._mutex:
                self._count_notes()

    def _count_notes(self) -> None:
        while self._notes:  # only who holds the lock takes any
            each = self._notes.popleft()
            if isinstance(each, Commit):
                self._count_commit(each)
            else:
                self._count_request(each)

    def _count_request(self, request: Answered) -> None:
        method = request.method if request.method in METHODS else OTHER
        self._count("lrs_requests", (request.route, method, str(request.status)))
        self._spread("lrs_request_seconds", (request.route, method), request.seconds)
        self._count("lrs_statements_stored", (), request.stored)
        self._count("lrs_statements_equal", (), request.equal)
        if request.rule is not None:
            known = self._counts["lrs_rejections"]
            is_new = (request.rule,) not in known
            self._count("lrs_rejections", (OTHER if is_new and len(known) >= MOST_RULES else request.rule,))

    def _count_commit(self, commit: Commit) -> None:
        self._count("lrs_events_appended", (), commit.events)
        self._spread("lrs_commit_seconds", (), commit.seconds)
        self._spread("lrs_commit_events", (), commit.events)
        self._spread("lrs_commit_callers", (), commit.callers)

    def totals(self) -> Totals:
        """All that was counted, of one moment; to be put together with those of other processes by `added_up`."""
        with self._mutex:
            self._count_notes()
            counts = {name: [[k, v] for k, v in each.items()] for name, each in self._counts.items()}
            spreads = {
                name: [[k, list(sizes), total] for k, (sizes, total) in each.items()]
                for name, each in self._spreads.items()
            }
        return counts | spreads

    def _count(self, name: str, labels: tuple[str, ...], more: float = 1) -> None:
        counts = self._counts[name]
        counts[labels] = counts.get(labels, 0) + more

    def _spread(self, name: str, labels: tuple[str, ...], value: float) -> None:
        bounds = SPREADS[name][2]
        sample = self._spreads[name].get(labels)
        if sample is None:
            sample = self._spreads[name][labels] = [[0] * (len(bounds) + 1), 0.0]
        sample[0][bisect_left(bounds, value)] += 1
        sample[1] += value


def added_up(several: Iterable[Totals]) -> list[Count | Spread]:
    """The figures of several processes as one; each name is there, whether it was counted yet or not."""
    counts: dict[str, dict[tuple[str, ...], float]] = {name: {} for name in COUNTS}
    spreads: dict[str, dict[tuple[str, ...], tuple[list[int], float]]] = {name: {} for name in SPREADS}
    for totals in several:
        for name, known in counts.items():
            for labels, number in totals[name]:
                known[tuple(labels)] = known.get(tuple(labels), 0) + number
        for name, seen in spreads.items():
            for labels, sizes, total in totals[name]:
                before = seen.get(tuple(labels), ([0] * len(sizes), 0.0))
                seen[tuple(labels)] = (
                    [a + b for a, b in zip(before[0], sizes, strict=True)],
                    before[1] + total,
                )
    made: list[Count | Spread] = []
    for name, (meaning, labels) in COUNTS.items():
        none_yet: dict[tuple[str, ...], float] = {} if labels else {(): 0}
        made.append(Count(name, meaning, labels, sorted((none_yet | counts[name]).items())))
    for name, (meaning, labels, bounds) in SPREADS.items():
        samples = [(k, sizes, total) for k, (sizes, total) in sorted(spreads[name].items())]
        made.append(Spread(name, meaning, labels, bounds, samples))
    return made
