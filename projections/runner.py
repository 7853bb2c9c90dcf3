"""Follow the log: every store's projector in turn, publications between batches, requests as they come."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from lrs.settings import Settings
from projections.catalog import Projection
from projections.projector import Projector
from projections.publish import publish
from projections.requests import PUBLISH, pending
from projections.source import Source
from projections.status import write_status
from projections.warehouse import Warehouse

log = logging.getLogger("projections")
Tell = Callable[[str], None]


@dataclass
class Follower:
    """One store: its projector, and when and of what position it last published."""

    projector: Projector
    published_at: float = float("-inf")
    published_position: int = field(default=-1)

    @property
    def warehouse(self) -> Warehouse:
        return self.projector.warehouse


class Runner:
    """All stores of one installation; a new one is picked up when its first event is there."""

    def __init__(self, settings: Settings, source: Source, catalog: Sequence[Projection], tell: Tell) -> None:
        self.settings, self.source, self.catalog, self.tell = settings, source, catalog, tell
        self.followers: dict[str, Follower] = {}

    def run(self, stopping: threading.Event) -> None:
        """Follow until told to stop, between two batches. Raises ProjectionFailed, and stands still, on the first."""
        try:
            while not stopping.is_set():
                if not self.turn(stopping):
                    stopping.wait(self.settings.poll_seconds)
        finally:
            self.close()

    def run_once(self) -> None:
        """Fold everything that is there now, and stop."""
        try:
            while self.turn(threading.Event()):
                pass
        finally:
            self.close()

    def close(self) -> None:
        for follower in self.followers.values():
            follower.warehouse.close()
        self.followers.clear()

    def turn(self, stopping: threading.Event) -> bool:
        """One batch of each store; returns whether there was anything to fold."""
        self._pick_up_stores()
        folded = False
        for follower in self.followers.values():
            if not stopping.is_set():
                folded |= self._fold(follower)
                self._do_requests(follower)
                self._publish_when_due(follower)
        return folded

    def _pick_up_stores(self) -> None:
        for store in self.source.stores():
            if store in self.followers:
                continue
            warehouse = Warehouse(self.settings, store)
            projector = Projector(warehouse, self.catalog)
            self.followers[store] = Follower(projector)
            if made := projector.prepare(self.source):
                self.tell(f"{store}: made {', '.join(made) if len(made) < 8 else f'{len(made)} projections'}")
            write_status(warehouse, self.source)

    def _fold(self, follower: Follower) -> bool:
        projector = follower.projector
        store, position = projector.store, projector.checkpoint.position
        events = self.source.read(store, position, self.settings.projector_batch)
        if not events:
            return False
        try:
            projector.fold(events)
        except Exception as error:
            write_status(follower.warehouse, self.source, str(error))
            raise
        write_status(follower.warehouse, self.source)
        return True

    def _publish_when_due(self, follower: Follower) -> None:
        """At most once in LRS_PUBLISH_SECONDS, and only what is new."""
        position = follower.projector.checkpoint.position
        waited = time.monotonic() - follower.published_at
        if position != follower.published_position and waited >= self.settings.publish_seconds:
            self._publish(follower)

    def _publish(self, follower: Follower) -> str:
        started = time.monotonic()
        made = publish(follower.warehouse, self.catalog)
        follower.published_at, follower.published_position = time.monotonic(), made.position
        seconds = time.monotonic() - started
        return f"published position {made.position} of store {follower.projector.store} in {seconds:.1f} s"

    def _do_requests(self, follower: Follower) -> None:
        for request in pending(self.settings, follower.projector.store):
            try:
                if request.act == PUBLISH:
                    request.answer(self._publish(follower))
                else:
                    request.answer(rebuild(follower.projector, self.source, request.name))
                    write_status(follower.warehouse, self.source)
            except Exception as error:  # noqa: BLE001  told to whoever asked; the projector itself goes on
                request.answer(str(error), failed=True)


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
