"""One store that is followed: its warehouse kept in step, published now and then, and asked things."""

import logging
import time
from collections.abc import Callable, Sequence

import duckdb

from lrs.feed import LoggedEvent
from lrs.settings import Settings
from projections.catalog import Projection
from projections.pace import Pace
from projections.projector import Projector
from projections.publish import publish
from projections.requests import PUBLISH, Request, pending
from projections.source import Source
from projections.status import write_status
from projections.trouble import is_of_a_full_disk
from projections.warehouse import Warehouse

log = logging.getLogger("projections")
Tell = Callable[[str], None]
# A publication waits this many times LRS_PUBLISH_SECONDS for the projector to catch up.
PATIENCE = 10


class Follower:
    """The projector of a store, and when and of what position it last published."""

    def __init__(
        self, settings: Settings, source: Source, catalog: Sequence[Projection], store: str, tell: Tell
    ) -> None:
        """Open the warehouse and bring its tables in line with the projection files.

        Raises WarehouseOwned when another process has it, ProjectionFailed when a table cannot be made.
        """
        self.settings, self.source, self.catalog, self.store = settings, source, catalog, store
        self.projector = Projector(Warehouse(settings, store), catalog)
        self._opened_at = time.monotonic()
        self._published_at, self._published_position = float("-inf"), -1
        self._parquet_position, self._pace = -1, Pace()
        self._is_told = False
        try:
            made = self.projector.prepare(source)
            if made:
                tell(f"{store}: made {', '.join(made) if len(made) < 8 else f'{len(made)} projections'}")
            self._tell_status()
        except BaseException:
            self.close()
            raise

    @property
    def warehouse(self) -> Warehouse:
        return self.projector.warehouse

    @property
    def position(self) -> int:
        """The last position that is in the tables."""
        return self.projector.checkpoint.position

    def close(self) -> None:
        self.warehouse.close()

    def fold_from_log(self) -> bool:
        """One batch straight from the log; returns whether there was one. Raises ProjectionFailed."""
        events = self.source.read(self.store, self.position, self.settings.projector_batch)
        if events:
            self.fold(events)
        return bool(events)

    def fold(self, events: Sequence[LoggedEvent]) -> None:
        """Fold events, which begin right after the position. Raises ProjectionFailed; the status then tells of it."""
        try:
            self.projector.fold(events)
        except Exception as error:
            self._tell_status(str(error))
            raise
        self._tell_status()

    def _tell_status(self, error: str | None = None) -> None:
        """It says how far the log is, too: what cannot be told while the log is away is told later."""
        self._is_told = False
        write_status(self.warehouse, self.source, error)
        self._is_told = True

    def serve(self) -> bool:
        """Do what was asked, and publish when that is due; returns whether tables were made anew.

        A publication for which there is no room is left for the next time; the former one stays.
        """
        rebuilt = False
        if not self._is_told:
            self._tell_status()
        for request in pending(self.settings, self.store):
            rebuilt |= self._do(request)
        self._publish_when_due()
        return rebuilt

    def _do(self, request: Request) -> bool:
        try:
            if request.act == PUBLISH:
                request.answer(self._publish(with_parquet=True))
                return False
            request.answer(rebuild(self.projector, self.source, request.name))
            self._tell_status()
        except Exception as error:  # noqa: BLE001  told to whoever asked; the projector itself goes on
            request.answer(str(error), failed=True)
            return False
        return True

    def _publish_when_due(self) -> None:
        """At most once in LRS_PUBLISH_SECONDS, only what is new, and not while more waits, unless that takes long.

        Schools get one publication a school week: the first that is made of it should not be half of an import. The
        Parquet of learners has a pace of its own: it takes many times as long as all else.
        """
        now, every = time.monotonic(), self.settings.publish_seconds
        with_parquet = self._pace.allows(now)
        is_due = now - self._published_at >= every and self._is_new(with_parquet)
        is_overdue = now - max(self._published_at, self._opened_at) >= PATIENCE * every
        if is_due and (is_overdue or not self.source.count_after(self.store, self.position)):
            try:
                self._publish(with_parquet)
            except (duckdb.Error, OSError) as error:
                if not is_of_a_full_disk(error):
                    raise
                self._published_at = now
                log.error("store %s could not be published: %s", self.store, error)

    def _is_new(self, with_parquet: bool) -> bool:
        with_parquet &= self.settings.publish_parquet
        return self.position != self._published_position or (
            with_parquet and self.position != self._parquet_position
        )

    def _publish(self, with_parquet: bool) -> str:
        started = time.monotonic()
        made = publish(self.warehouse, self.catalog, with_parquet)
        self._published_at, self._published_position = time.monotonic(), made.position
        if with_parquet:
            self._parquet_position = made.position
            self._pace.took(started, self._published_at)
        seconds = self._published_at - started
        return f"published position {made.position} of store {self.store} in {seconds:.1f} s"


def rebuild(
    projector: Projector, source: Source, name: str, progress: Callable[[int], None] = lambda n: None
) -> str:
    """Rebuild one projection with all that reads it, or everything from the log; returns what was done, in words."""
    started = time.monotonic()
    if name:
        made = projector.remake(name)
        return f"made {', '.join(made)} anew in {time.monotonic() - started:.1f} s"
    events = projector.rebuild(source, progress)
    seconds = time.monotonic() - started
    return f"rebuilt everything from {events} events of store {projector.store} in {seconds:.1f} s"
