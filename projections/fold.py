"""One batch in the tables: what its events change is made anew, for the learners whom they touch, and nothing else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lrs.feed import LoggedEvent
from projections import materialise, touched
from projections.catalog import Projection, read_by
from projections.due import Due
from projections.narrowed import narrow_bases
from projections.running import naming, timed
from projections.seen import Seen, are


class Fold:
    """The steps of one batch, within one transaction; the batch is registered as `batch`.

    A projection is run when a row of something that it reads came, went or changed. What is kept by learner, statement,
    day, window or task is then run for those that are due only; for all, when it reads a table of which it cannot be
    said whom it concerns. Rows that are made anew as they were are left alone, and so are their readers.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, catalog: Sequence[Projection], last: LoggedEvent
    ) -> None:
        self._connection, self._catalog, self._last = connection, catalog, last
        self._by_name = {projection.name: projection for projection in catalog}
        self._changed: set[str] = set()
        self._changed_for_all: set[str] = set()
        self._took: dict[str, float] = {}
        self._due, self._seen = Due(connection, self._by_name), Seen(connection, self._by_name)

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
        reads = set(projection.reads)
        if self._changed_for_all & reads or not projection.counts:
            return bool(self._changed & reads)
        return self._due.matters(projection, self._changed)

    def _derive(self, projection: Projection, anyone: bool) -> None:
        for_all = bool(self._changed_for_all & set(projection.reads))
        if projection.kind == "view":
            self._note(projection, True, for_all)
            return
        with self._running(projection):
            if not projection.by:
                changed = materialise.fill_whole(self._connection, projection)
                self._note(projection, changed, changed)
            elif for_all:
                materialise.refill(self._connection, projection)
                self._note(projection, True, True)
            elif anyone:
                self._note(projection, self._fill_some(projection), False)

    def _note(self, projection: Projection, changed: bool, for_all: bool) -> None:
        self._changed |= {projection.name} if changed else set()
        self._changed_for_all |= {projection.name} if for_all else set()

    def _fill_some(self, projection: Projection) -> bool:
        """Fill it where something changed that it reads."""
        if projection.is_by_statement:
            return self._fill_statements(projection)
        keys = self._due.find(projection, self._changed)
        if not keys:
            return False
        seen = self._seen.statements(projection, "day" if "local_date" in keys else "touched")
        seen |= self._seen.learners(projection, keys)
        return materialise.fill_some(self._connection, projection, seen, are(keys, keys, "due"))

    def _fill_statements(self, projection: Projection) -> bool:
        prefix, positions = "near", "affected_position"
        if projection.due:
            prefix, positions = "due", "due_position"
            asked = [select for name, select in projection.due.items() if name in self._changed]
            selects = ["from temp.affected_position", *asked]
            self._connection.execute(f"create or replace temp table {positions} as {' union '.join(selects)}")
            narrow_bases(self._connection, prefix, positions)
        seen = self._seen.statements(projection, prefix)
        seen |= self._seen.learners(projection, ["position"], positions)
        which = f"position in (from temp.{positions})"
        return materialise.fill_some(self._connection, projection, seen, which)

    @contextmanager
    def _running(self, projection: Projection) -> Iterator[None]:
        with naming(self._last, projection.name), timed(self._took, projection.name):
            yield
