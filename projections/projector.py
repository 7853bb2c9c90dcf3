"""One batch of events -> facts -> projections -> checkpoint, in one DuckDB transaction."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lrs.feed import LoggedEvent
from projections import materialise, rok
from projections.catalog import BATCH, Projection
from projections.checkpoint import (
    Checkpoint,
    create_checkpoint,
    read_checkpoint,
    read_hashes,
    write_checkpoint,
    write_hashes,
    write_runs,
)
from projections.fold import Fold
from projections.rebuilding import noting
from projections.refill import refill
from projections.running import ProjectionFailed, in_transaction, naming, timed
from projections.source import Source
from projections.source.batch import Batch, batches, to_batch
from projections.trouble import is_of_a_full_disk
from projections.warehouse import Warehouse

log = logging.getLogger("projections")
# Facts of a rebuild are appended a row group of DuckDB at a time: less goes through its log, more only takes memory.
REBUILD_BATCH = 122_880
# With more than this before it, a new projector makes facts first and everything else once.
MANY_EVENTS = 100_000

Progress = Callable[[int], None]


class Projector:
    """Keeps one store's warehouse in step with its log."""

    def __init__(self, warehouse: Warehouse, catalog: Sequence[Projection]) -> None:
        self.warehouse, self.catalog = warehouse, list(catalog)

    @property
    def store(self) -> str:
        return self.warehouse.store

    @property
    def checkpoint(self) -> Checkpoint:
        return read_checkpoint(self.warehouse.connection)

    def prepare(self, source: Source, progress: Progress = lambda done: None) -> list[str]:
        """Bring the tables in line with the projection files; returns what was made anew, in words.

        A new or changed projection is made from the facts, with all that reads it; a changed fact replays the log.
        """
        connection = self.warehouse.connection
        create_checkpoint(connection)
        known = read_hashes(connection)
        changed = [p for p in self.catalog if known.get(p.name) != p.hash]
        if rok.fill(connection, self.warehouse.settings.rok_folder):
            lists = self._with_readers("rok_expectation")
            changed = [p for p in self.catalog if p in changed or p in lists]
        gone = sorted(set(known) - {p.name for p in self.catalog})
        if not changed and not gone:
            return []
        behind = source.count_after(self.store, self.checkpoint.position)
        if behind > MANY_EVENTS or (self.checkpoint.position and any(p.is_append for p in changed)):
            self.rebuild(source, progress)
            return ["everything, from the log"]
        with in_transaction(connection):
            for name in gone:
                materialise.drop(connection, name)
            self._remake(connection, changed)
            write_hashes(connection, self.catalog)
        return [p.name for p in changed] + [f"{name} (gone)" for name in gone]

    def remake(self, name: str) -> list[str]:
        """Make one projection, and all that reads it, anew from the facts; returns their names.

        Raises KeyError when there is none of that name, ValueError for a fact, which only the log can make again.
        """
        wanted = self._with_readers(name)
        if not wanted:
            raise KeyError(name)
        if wanted[0].is_append:
            raise ValueError(f"{name} is made of events: rebuild everything")
        with in_transaction(self.warehouse.connection) as connection:
            self._remake(connection, wanted)
        return [p.name for p in wanted]

    def _with_readers(self, name: str) -> list[Projection]:
        """The projection of that name and all that reads it, near or far; none when there is none of that name."""
        names = {name}
        for projection in self.catalog:
            if names & set(projection.reads):
                names.add(projection.name)
        return [p for p in self.catalog if p.name in names]

    def _remake(self, connection: duckdb.DuckDBPyConnection, projections: Sequence[Projection]) -> None:
        """Views go first and come last: DuckDB keeps no view over a table that is made anew."""
        with self._batch(connection, to_batch([])):
            for projection in projections:
                with naming(None, projection.name):
                    if projection.kind == "batch":
                        materialise.append(connection, projection)
                    else:
                        materialise.create(connection, projection)
            refill(connection, self.catalog, _derived(projections), {})

    def fold(self, events: Sequence[LoggedEvent]) -> None:
        """Fold events into all tables, in one transaction; those at or before the checkpoint are dropped.

        Raises ProjectionFailed, with the tables as they were before the event that it names.
        """
        after = self.checkpoint.position
        new = [event for event in events if event.position > after]
        if not new:
            return
        try:
            self._fold(new)
        except ProjectionFailed as error:
            if len(new) == 1 or is_of_a_full_disk(error):
                raise
            # Somewhere in here is an event that cannot be taken: halves find it, and fold all that come before it.
            self.fold(new[: len(new) // 2])
            self.fold(new[len(new) // 2 :])

    def _fold(self, events: Sequence[LoggedEvent]) -> None:
        connection, last = self.warehouse.connection, events[-1]
        after = self.checkpoint.position
        with in_transaction(connection):
            fold = Fold(connection, self.catalog, last)
            with self._batch(connection, to_batch(events)):
                fold.append()
            took = fold.derive(after)
            write_checkpoint(connection, Checkpoint(last.position, last.stored))
            write_runs(connection, took, self._count_rows(connection, took))

    def rebuild(self, source: Source, progress: Progress = lambda done: None) -> int:
        """Make everything anew from the log, in a file beside the warehouse that then takes its place.

        Readers of published files notice nothing. Returns the number of events.
        """
        connection = self.warehouse.begin_rebuild()
        create_checkpoint(connection)
        rok.fill(connection, self.warehouse.settings.rok_folder)
        took: dict[str, float] = {}
        with self._batch(connection, to_batch([])):
            for projection in self.catalog:
                self._create_empty(connection, projection)
        write_hashes(connection, self.catalog)
        with noting(self.warehouse.folder, source.count_after(self.store, 0), progress) as note:
            events = self._replay(connection, source, took, note)
        # Each table by itself: all of them in one transaction would wait in memory for its end.
        refill(connection, self.catalog, _derived(self.catalog), took)
        with in_transaction(connection):
            write_runs(connection, took, self._count_rows(connection, took))
        self.warehouse.end_rebuild(connection)
        return events

    def _create_empty(self, connection: duckdb.DuckDBPyConnection, projection: Projection) -> None:
        with naming(None, projection.name):
            if projection.kind == "batch":
                materialise.append(connection, projection)
            else:
                materialise.create(connection, projection)

    def _replay(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        took: dict[str, float],
        progress: Progress,
    ) -> int:
        """Append the facts of the whole log, each batch in a transaction of its own.

        DuckDB keeps all that a transaction saw, the batch and the tables made of it, until its end: in a single one for
        the whole log memory would grow with it. A rebuild that is cut off is thrown away whole.
        """
        folded = 0
        for last, batch in batches(source, self.store, 0, REBUILD_BATCH):
            with self._batch(connection, batch), in_transaction(connection):
                for projection in self.catalog:
                    if projection.is_append:
                        with naming(last, projection.name), timed(took, projection.name):
                            materialise.append(connection, projection)
                write_checkpoint(connection, Checkpoint(last.position, last.stored))
            folded += batch.events
            progress(folded)
        return folded

    def _count_rows(self, connection: duckdb.DuckDBPyConnection, took: dict[str, float]) -> dict[str, int]:
        tables = [p.name for p in self.catalog if p.kind == "table" and p.name in took]
        counts = [f"select '{name}', count(*) from {name}" for name in tables]
        return dict(connection.execute(" union all ".join(counts)).fetchall()) if counts else {}

    @contextmanager
    def _batch(self, connection: duckdb.DuckDBPyConnection, batch: Batch) -> Iterator[None]:
        connection.register(BATCH, batch.table)
        try:
            yield
        finally:
            connection.unregister(BATCH)


def _derived(projections: Sequence[Projection]) -> list[Projection]:
    return [p for p in projections if p.kind == "table" and not p.is_append]
