"""Follow the log on one machine: every store in turn, publications between batches, requests as they come."""

import logging
import threading
from collections.abc import Sequence

import duckdb

from lrs.feed import LogAway
from lrs.settings import Settings
from projections.catalog import Projection
from projections.follower import Follower, Tell
from projections.running import ProjectionFailed
from projections.source import Source
from projections.trouble import RETRY_SECONDS, is_of_a_full_disk

log = logging.getLogger("projections")
# Between two questions to a log that did not answer.
AWAY_SECONDS = 1.0


class Runner:
    """All stores of one installation; a new one is picked up when its first event is there."""

    def __init__(self, settings: Settings, source: Source, catalog: Sequence[Projection], tell: Tell) -> None:
        self.settings, self.source, self.catalog, self.tell = settings, source, catalog, tell
        self.followers: dict[str, Follower] = {}
        self._is_away = False

    def run(self, stopping: threading.Event) -> None:
        """Follow until told to stop, between two batches. Raises ProjectionFailed, and stands still, on the first.

        While the log is away it waits for it, and for room when the disk of the tables is full.
        """
        try:
            while not stopping.is_set():
                stopping.wait(self._try_turn(stopping))
        finally:
            self.close()

    def _try_turn(self, stopping: threading.Event) -> float:
        """A turn; returns how many seconds to wait before the next."""
        try:
            folded = self.turn(stopping)
            self._is_away = False
            return 0.0 if folded else self.settings.poll_seconds
        except LogAway as error:
            if not self._is_away:
                self.tell(f"waiting: {error}")
            self._is_away = True
            return AWAY_SECONDS
        except (ProjectionFailed, duckdb.Error, OSError) as error:
            if not is_of_a_full_disk(error):
                raise
            self.tell("waiting for room on the disk")
            log.error("waiting for room on the disk: %s", error)
            self.close()  # each store begins anew from what its file has then
            return RETRY_SECONDS

    def run_once(self) -> None:
        """Fold everything that is there now, and stop."""
        try:
            while self.turn(threading.Event()):
                pass
        finally:
            self.close()

    def close(self) -> None:
        while self.followers:
            self.followers.popitem()[1].close()

    def turn(self, stopping: threading.Event) -> bool:
        """One batch of each store; returns whether there was anything to fold."""
        self._pick_up_stores()
        folded = False
        for follower in self.followers.values():
            if not stopping.is_set():
                folded |= follower.fold_from_log()
                follower.serve()
        return folded

    def _pick_up_stores(self) -> None:
        for store in self.source.stores():
            if store not in self.followers:
                self.followers[store] = Follower(self.settings, self.source, self.catalog, store, self.tell)
