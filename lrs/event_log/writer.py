"""Group commit: requests that wait for the writer lock at the same time share one transaction.

The disk's fsync is the dearest part of a small write. The first to come leads: it prepares its own work and that of
everyone who has queued up since, in a row, and commits it together. While it waits for the disk, the next in line leads
the preparing of the next group.
"""

import threading
import time
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa

from lrs.event_log.append import Head, read_head
from lrs.event_log.database import Database
from lrs.event_log.trouble import passes

MOST_IN_ONE_COMMIT = 64
A = TypeVar("A")
T = TypeVar("T")

# What is done under the writer lock for several callers at once: it gets the connection, the head of the log and each
# caller's argument, and returns for each its result, or the exception that is its result, and the new head.
Together = Callable[[sa.Connection, Head, Sequence[A]], tuple[Sequence[T | Exception], Head]]


class Commit(NamedTuple):
    """One transaction that is on disk: what it cost and what it held."""

    seconds: float  # the wait for the writer lock and for the disk with it
    callers: int
    events: int


class _Ticket(Generic[A, T]):
    """One caller's place in the queue: woken when it is done, or when it is its turn to lead.

    It waits on a bare lock: an Event would wake it twice, once for its condition and once for that condition's lock.
    """

    def __init__(self, prepare: Callable[[], A], together: Together[A, T]) -> None:
        self.prepare = prepare
        self.together = together
        self.argument: A
        self._asleep = threading.Lock()
        self._asleep.acquire()
        self.outcome: T | Exception | None = None
        self.done = False

    def is_prepared(self) -> bool:
        """Prepare its argument; one that cannot be is done with the exception for an outcome."""
        try:
            self.argument = self.prepare()
        except Exception as error:  # noqa: BLE001  handed to the caller whose work it is
            self.finish(error)
        return not self.done

    def sleep(self) -> None:
        self._asleep.acquire()

    def wake(self) -> None:
        self._asleep.release()

    def finish(self, outcome: T | Exception) -> None:
        self.outcome, self.done = outcome, True
        self.wake()


class Writer:
    """Runs work under the database's writer lock, several callers' at a time in one commit."""

    def __init__(self, database: Database, on_commit: Callable[[Commit], None] = lambda commit: None) -> None:
        """`on_commit` is told of each commit, by the thread that made it; it should be short work."""
        self._database = database
        self._on_commit = on_commit
        self._mutex = threading.Lock()
        self._waiting: list[_Ticket[Any, Any]] = []
        self._led = False
        self._committing = threading.Lock()

    def run(self, together: Together[A, T], argument: A) -> T:
        """Do `together` with `argument`, and perhaps with other callers', and return once it is on disk.

        Raises the exception that `together` returned for this caller. When it raises instead, or the commit fails,
        nothing is kept of anyone's work, and each caller is tried once more alone, so that one can not fail others;
        unless it is trouble of the database, which each of them is told.
        """
        return self.prepare_and_run(lambda: argument, together)

    def prepare_and_run(self, prepare: Callable[[], A], together: Together[A, T]) -> T:
        """As `run`, with the argument that `prepare` returns, or the exception that it raises.

        It is called once, outside of the writer lock, perhaps by another caller's thread, in a row with others': a
        processor that does one thing several times over does it about twice as fast. It should be short work.
        """
        ticket = _Ticket(prepare, together)
        with self._mutex:
            self._waiting.append(ticket)
            leads, self._led = not self._led, True
        if not leads:
            ticket.sleep()
        if not ticket.done:
            self._lead()
        if isinstance(ticket.outcome, Exception):
            raise ticket.outcome
        return ticket.outcome  # type: ignore[return-value]

    def _lead(self) -> None:
        tickets = self._prepare_next(MOST_IN_ONE_COMMIT)
        with self._committing:  # the group before may still be under way; who came meanwhile joins this one
            tickets += self._prepare_next(MOST_IN_ONE_COMMIT - len(tickets))
            self._pass_the_lead()
            if tickets:
                self._commit(tickets)

    def _prepare_next(self, most: int) -> list[_Ticket[Any, Any]]:
        with self._mutex:
            tickets = self._waiting[:most]
            del self._waiting[:most]
        return [ticket for ticket in tickets if ticket.is_prepared()]

    def _pass_the_lead(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting[0].wake()
            else:
                self._led = False

    def _commit(self, tickets: Sequence[_Ticket[Any, Any]]) -> None:
        commit = None
        try:
            outcomes, commit = self._in_one_transaction(tickets)
        except Exception as error:  # noqa: BLE001  handed to the caller whose work it was
            if passes(error):
                # Nobody's work is to blame, and a commit whose answer was lost may have been done all the same.
                outcomes = [error] * len(tickets)
            elif len(tickets) > 1:
                for ticket in tickets:
                    self._commit([ticket])
                return
            else:
                outcomes = [error]
        for ticket, outcome in zip(tickets, outcomes, strict=True):
            ticket.finish(outcome)
        if commit is not None:
            self._on_commit(commit)

    def _in_one_transaction(self, tickets: Sequence[_Ticket[Any, Any]]) -> tuple[list[Any], Commit]:
        outcomes: list[Any] = []
        started = time.perf_counter()
        with self._database.writing() as connection:
            before = head = read_head(connection)
            for together, group in groupby(tickets, key=lambda ticket: ticket.together):
                results, head = together(connection, head, [ticket.argument for ticket in group])
                outcomes += results
        events = head.position - before.position
        return outcomes, Commit(time.perf_counter() - started, len(tickets), events)
