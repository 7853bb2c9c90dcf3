"""Follow the log on one machine: every store in turn, publications between batches, requests as they come."""

import threading
from collections.abc import Sequence

from lrs.settings import Settings
from projections.catalog import Projection
from projections.follower import Follower, Tell
from projections.source import Source


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
            follower.close()
        self.followers.clear()

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
