"""One batch in the tables: what its events change is made anew, for the learners whom they touch, and nothing else."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lrs.feed import LoggedEvent
from projections import materialise, touched
from projections.catalog import Projection, read_by
from projections.narrowed import is_of_statements, narrowed

# A column -> the temp table with the keys of which rows are made anew.
_KEYS_OF = {"position": "affected_position", "learner_key": "due_learner", "local_date": "touched_day"}


class ProjectionFailed(RuntimeError):
    """A projection cannot take an event; the projector stands still before it and skips nothing."""

    def __init__(self, event: LoggedEvent | None, projection: str, cause: BaseException) -> None:
        where = f"position {event.position}, statement {event.statement_id}" if event else "all events"
        super().__init__(
            f"projection {projection} failed at {where} (store {event.store if event else '?'}): {cause}"
        )
        self.event, self.projection = event, projection


class Fold:
    """The steps of one batch, within one transaction; the batch is registered as `batch`.

    A projection is run when a row of something that it reads came, went or changed. What is kept by learner is then
    run for those learners only, and by statement for those statements; for all, when it reads a table of which it
    cannot be said whom it concerns. Rows that are made anew as they were are left alone, and so are their readers.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, catalog: Sequence[Projection], last: LoggedEvent
    ) -> None:
        self._connection, self._catalog, self._last = connection, catalog, last
        self._by_name = {projection.name: projection for projection in catalog}
        self._changed: set[str] = set()
        self._changed_for_all: set[str] = set()
        self._copied: set[str] = set()
        self._took: dict[str, float] = {}

    def append(self) -> None:
        """Add the batch's own rows to what is kept by position. Raises ProjectionFailed."""
        for projection in self._catalog:
            if projection.is_append:
                with self._running(projection):
                    if materialise.append(self._connection, projection):
                        self._changed.add(projection.name)

    def derive(self, after: int) -> dict[str, float]:
        """Make anew what the events after a position changed; returns the seconds of each projection that ran.

        Raises ProjectionFailed.
        """
        moving = self._fill_learners()
        with naming(self._last, "touched learners"):
            anyone = touched.find_touched(self._connection, self._by_name, after, moving)
        for projection in self._catalog:
            if projection.name not in self._took and self._is_due(projection):
                self._derive(projection, anyone)
        materialise.drop_drafts(self._connection)
        return self._took

    def _fill_learners(self) -> bool:
        """Who is whom, and where, must be known before it can be said who is touched; returns whether any moved."""
        upstream = read_by(self._catalog, touched.OF_LEARNERS)
        dimensions = [p for p in self._catalog if p.name in upstream and not p.is_append]
        if not any(self._is_due(projection) for projection in dimensions):
            return False
        touched.remember_learners(self._connection)
        for projection in dimensions:
            if self._is_due(projection):
                self._derive(projection, anyone=False)
        # what changed of these is known by learner: only the touched ones are made anew
        self._changed_for_all -= set(touched.OF_LEARNERS)
        return True

    def _is_due(self, projection: Projection) -> bool:
        return bool(self._changed & set(projection.reads))

    def _derive(self, projection: Projection, anyone: bool) -> None:
        for_all = bool(self._changed_for_all & set(projection.reads))
        if projection.kind == "view":
            self._note(projection, True, for_all)
            return
        with self._running(projection):
            if projection.by is None:
                changed = materialise.fill_whole(self._connection, projection)
                self._note(projection, changed, changed)
            elif for_all:
                materialise.refill(self._connection, projection)
                self._note(projection, True, True)
            elif anyone:
                self._note(projection, self._fill_some(projection), False)

    def _fill_some(self, projection: Projection) -> bool:
        """Fill it for whom, and where it tells of one statement or day, for which, something changed that it reads."""
        if projection.is_by_statement:
            return self._fill(projection, "near", ["position"])
        self._connection.execute(f"create or replace temp table due_learner as {self._due(projection)}")
        # who moves to another class, or turns out to be another learner, does so on other days too
        if projection.is_by_day and not self._changed & set(touched.OF_LEARNERS):
            return self._fill(projection, "day", ["learner_key", "local_date"])
        return self._fill(projection, "touched", ["learner_key"])

    def _fill(self, projection: Projection, prefix: str, keys: Sequence[str]) -> bool:
        which = " and ".join(f"{key} in (from temp.{_KEYS_OF[key]})" for key in keys)
        return materialise.fill_some(self._connection, projection, self._see(projection, prefix, keys), which)

    def _note(self, projection: Projection, changed: bool, for_all: bool) -> None:
        self._changed |= {projection.name} if changed else set()
        self._changed_for_all |= {projection.name} if for_all else set()

    def _due(self, projection: Projection) -> str:
        """The learners for whom something changed that it reads: all touched ones, unless tables by learner tell."""
        changed = [self._by_name[name] for name in projection.reads if name in self._changed]
        if not all(read.is_by_learner for read in changed):
            return "from temp.touched_learner"
        return " union ".join(f"select learner_key from temp.changed_{read.name}" for read in changed)

    def _see(self, projection: Projection, prefix: str, keys: Sequence[str]) -> dict[str, str]:
        """How it sees what it reads: tables by learner for the same keys, statements through a copy."""
        seen = {}
        for read in (self._by_name[name] for name in projection.reads):
            if is_of_statements(read):
                seen[read.name] = f"from temp.{self._copy(read, prefix)}"
            elif read.is_by_learner:
                name, own = read.name, [key for key in keys if key in read.columns]
                which = " and ".join(f"{key} in (from temp.{_KEYS_OF[key]})" for key in own)
                self._connection.execute(f"create or replace temp view all_of_{name} as from {name}")
                seen[name] = f"from temp.all_of_{name} where {which}"
        return seen

    def _copy(self, read: Projection, prefix: str) -> str:
        """What a view says of the statements that matter, kept for all that read it."""
        copy = f"{prefix}_{read.name}"
        if copy not in self._copied:
            self._copied.add(copy)
            select = narrowed(self._by_name, read.name, prefix)
            self._connection.execute(f"create or replace temp table {copy} as {select}")
        return copy

    @contextmanager
    def _running(self, projection: Projection) -> Iterator[None]:
        with naming(self._last, projection.name), timed(self._took, projection.name):
            yield


@contextmanager
def naming(event: LoggedEvent | None, projection: str) -> Iterator[None]:
    """Whatever is raised within is raised as ProjectionFailed, with the event and the projection."""
    try:
        yield
    except Exception as error:
        raise ProjectionFailed(event, projection, error) from error


@contextmanager
def timed(took: dict[str, float], name: str) -> Iterator[None]:
    """Add the seconds spent within to those of that name."""
    started = time.perf_counter()
    yield
    took[name] = took.get(name, 0.0) + time.perf_counter() - started
