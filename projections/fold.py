"""One batch in the tables: what its events change is made anew, for the learners whom they touch, and nothing else."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lrs.feed import LoggedEvent
from projections import materialise, touched
from projections.catalog import Projection, read_by


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
    run for the touched learners only, and for all when it reads a table of which it cannot be said whom it concerns.
    Where other tables are made of it, its rows are compared with those that are there: if nothing changed, they rest.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, catalog: Sequence[Projection], last: LoggedEvent
    ) -> None:
        self._connection, self._catalog, self._last = connection, catalog, last
        self._made_of = {name for p in catalog if p.kind == "table" for name in p.reads}
        self._changed: set[str] = set()
        self._changed_for_all: set[str] = set()
        self._copies: dict[str, str] = {}
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
            anyone = touched.find_touched(self._connection, after, moving)
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
                self._copy_touched(projection)
                compare = projection.name in self._made_of
                changed = materialise.fill_touched(self._connection, projection, self._copies, compare)
                self._note(projection, changed, False)

    def _note(self, projection: Projection, changed: bool, for_all: bool) -> None:
        self._changed |= {projection.name} if changed else set()
        self._changed_for_all |= {projection.name} if for_all else set()

    def _copy_touched(self, projection: Projection) -> None:
        """Whatever it reads that is kept by position or learner, of the touched ones, once for all that read it."""
        for each in self._catalog:
            if each.name in projection.reads and each.name not in self._copies:
                copy = materialise.copy_touched(self._connection, each)
                self._copies |= {each.name: copy} if copy else {}

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
