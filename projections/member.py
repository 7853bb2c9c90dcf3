"""Follow the topic as one of several: a member of the group has the warehouses of the stores in its partitions."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import pairwise

import duckdb

from lrs.feed import LogAway, LoggedEvent
from lrs.settings import Settings
from projections.catalog import Projection
from projections.follower import Follower, Tell
from projections.running import ProjectionFailed
from projections.source import Source
from projections.source.kafka import Delivery, Topic
from projections.trouble import RETRY_SECONDS, is_of_a_full_disk
from projections.warehouse import WarehouseOwned

log = logging.getLogger("projections")
# How long a member with work of its own listens to the group between two batches, and during one.
BUSY_SECONDS, STAY_SECONDS = 0.05, 0.2
Arrived = Mapping[str, list[Delivery]]


class Member:
    """The stores of the partitions that this process has now.

    A store begins with the log: from nothing, or from where its warehouse was left, to the head. From then on it
    follows the topic, and goes back to the log whenever a message says that it has missed one.

    Folding has a thread of its own, for this one to stay in the group: who does not answer while partitions are shared
    anew loses his.
    """

    def __init__(
        self, settings: Settings, source: Source, topic: Topic, catalog: Sequence[Projection], tell: Tell
    ) -> None:
        self.settings, self.source, self.topic, self.catalog = settings, source, topic, catalog
        self.tell = tell
        self.followers: dict[str, Follower] = {}
        self._partitions: frozenset[int] = frozenset()
        self._awaited: set[str] = set()  # ours, but not open yet
        self._owned: set[str] = set()  # of those, what another process still has
        self._behind: set[str] = set()  # open, and to be read from the log
        self._failed: set[str] = set()
        self._retry_at: dict[str, float] = {}  # without room on the disk
        self._are_listed = True  # whether it is known which stores the partitions have
        self._is_away = self._was_away = False
        self._folding = ThreadPoolExecutor(max_workers=1, thread_name_prefix="fold")

    def run(self, stopping: threading.Event) -> None:
        """Follow until told to stop, between two batches.

        A store whose projection fails stands still, and says so in its status; the others go on. One whose disk is full
        is tried again now and then, and while the log is away, all wait for it.
        """
        busy = True
        try:
            while not stopping.is_set():
                busy = self.turn(BUSY_SECONDS if busy else self.settings.poll_seconds, stopping)
        finally:
            self.close()

    def close(self) -> None:
        self._folding.shutdown()
        for store in list(self.followers):
            self._let_go(store)
        self.topic.close()

    def turn(self, patience: float, stopping: threading.Event) -> bool:
        """What has come, folded and then committed; returns whether there is more to do."""
        arrived = defaultdict(list)
        for delivery in self.topic.poll(patience, self.settings.projector_batch):
            arrived[delivery.event.store].append(delivery)
        self._follow_partitions()
        folded = self._stay_until(self._folding.submit(self._work, arrived, stopping))
        if arrived:
            self.topic.commit()
        return (folded or bool(self._behind)) and not self._is_away

    def _stay_until(self, work: Future[bool]) -> bool:
        while not wait([work], timeout=STAY_SECONDS).done:
            self.topic.stay(STAY_SECONDS)
        return work.result()

    def _follow_partitions(self) -> None:
        """Let go of what is no longer ours: whoever has it now waits for the warehouse."""
        if self.topic.partitions == self._partitions:
            return
        self._partitions = self.topic.partitions
        self.tell(f"partitions: {', '.join(map(str, sorted(self._partitions))) or 'none'}")
        for store in [each for each in self.followers if not self._owns(each)]:
            self._let_go(store)
        self._are_listed = False

    def _owns(self, store: str) -> bool:
        return self.topic.partition_of(store) in self._partitions

    def _let_go(self, store: str) -> None:
        self.followers.pop(store).close()
        self._behind.discard(store)
        self._failed.discard(store)
        self.tell(f"{store}: let go")

    def _work(self, arrived: Arrived, stopping: threading.Event) -> bool:
        """A turn of every store; returns whether anything was folded."""
        self._is_away, folded = False, False
        try:
            self._list_stores()
            self._take_on(arrived)
        except LogAway as error:
            self._wait_for_log(error)
        for store, follower in list(self.followers.items()):
            if not stopping.is_set():
                folded |= self._keep_up(follower, arrived.get(store, []))
        self._was_away = self._is_away
        return folded

    def _list_stores(self) -> None:
        if not self._are_listed:
            self._awaited = {each for each in self.source.stores() if self._owns(each)} - set(self.followers)
            self._owned &= self._awaited
            self._are_listed = True

    def _take_on(self, arrived: Arrived) -> None:
        """One store a turn: of those that wait to be built, another member may get its share meanwhile."""
        self._awaited |= {store for store in arrived if self._owns(store)} - set(self.followers)
        for store in sorted(self._awaited):
            if time.monotonic() < self._retry_at.get(store, 0.0):
                continue
            try:
                follower = Follower(self.settings, self.source, self.catalog, store, self.tell)
            except WarehouseOwned as owned:
                if store not in self._owned:
                    self.tell(f"{store}: waiting, since {owned}")
                self._owned.add(store)
                continue
            except (ProjectionFailed, duckdb.Error, OSError) as error:
                self._wait_for_room(store, error)
                continue
            self.followers[store] = follower
            self._awaited.discard(store)
            self._owned.discard(store)
            self._behind.add(store)
            self.tell(f"{store}: taken on at position {follower.position}")
            return

    def _keep_up(self, follower: Follower, arrived: list[Delivery]) -> bool:
        """One batch of a store, from the log or from what has come; returns whether there was one."""
        store = follower.store
        try:
            if follower.serve():
                self._failed.discard(store)
                self._behind.add(store)
            return store not in self._failed and self._fold(follower, arrived)
        except LogAway as error:
            self._behind.add(store)  # what has come is dropped, and the log has it
            self._wait_for_log(error)
        except (ProjectionFailed, duckdb.Error, OSError) as error:
            self._stand_still(store, error)
        return False

    def _wait_for_log(self, error: LogAway) -> None:
        if not self._was_away:
            self.tell(f"waiting: {error}")
        self._is_away = self._was_away = True

    def _stand_still(self, store: str, error: Exception) -> None:
        if is_of_a_full_disk(error):
            self._wait_for_room(store, error)
        elif isinstance(error, ProjectionFailed):
            self._behind.discard(store)
            self._failed.add(store)
            log.error("store %s stands still: %s", store, error)
        else:
            raise error

    def _wait_for_room(self, store: str, error: Exception) -> None:
        """Begin anew with a store after a while, from what its file has then. Raises what is no full disk."""
        if not is_of_a_full_disk(error):
            raise error
        self.tell(f"{store}: waiting for room on its disk")
        log.error("store %s waits for room on its disk: %s", store, error)
        self._retry_at[store] = time.monotonic() + RETRY_SECONDS
        if store in self.followers:
            self._let_go(store)
        self._awaited.add(store)

    def _fold(self, follower: Follower, arrived: list[Delivery]) -> bool:
        if follower.store not in self._behind:
            events = _continuing(arrived, follower.position)
            if events is not None:
                if events:
                    follower.fold(events)
                return bool(events)
            self._behind.add(follower.store)
            self.tell(
                f"{follower.store}: missed something after position {follower.position}; reading the log"
            )
        if follower.fold_from_log():
            return True
        self._behind.discard(follower.store)
        return False


def _continuing(arrived: list[Delivery], position: int) -> list[LoggedEvent] | None:
    """What is new of what has come, in order; None when something between is missing."""
    new: dict[int, Delivery] = {}
    for delivery in arrived:
        if delivery.event.position > position:
            new.setdefault(delivery.event.position, delivery)
    ordered = [new[each] for each in sorted(new)]
    before = [position, *(each.event.position for each in ordered)]
    if any(each.previous > known for (known, _), each in zip(pairwise(before), ordered, strict=True)):
        return None
    return [each.event for each in ordered]
