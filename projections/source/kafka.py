"""From the topic that the relay fills: this process's share of it, as one member of a consumer group."""

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from kafka import KafkaConsumer
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.errors import KafkaError
from kafka.partitioner.default import murmur2

from lrs.feed import LoggedEvent
from lrs.kafka import KafkaAway, reaching
from lrs.settings import Settings

# A member that is silent for LRS_KAFKA_SESSION_SECONDS is taken for dead, and others get its partitions.
HEARTBEATS = 3
MOST_BETWEEN_POLLS_MS = 60_000
ASK_SECONDS = 5.0
START_MS = 5_000


class Delivery(NamedTuple):
    """An event as it came, perhaps not for the first time; `previous`: the position of the store's event before it."""

    event: LoggedEvent
    previous: int


class Topic:
    """Messages of the partitions that this member has now.

    The committed offset only says where to begin reading; what was folded is known from the warehouse alone.
    """

    def __init__(self, settings: Settings) -> None:
        """Raises KafkaAway, also when the topic is not there or of another number of partitions; InvalidSetting."""
        self._topic, self._count = settings.kafka_topic, settings.kafka_partitions
        session_ms = round(settings.kafka_session_seconds * 1000)
        with reaching(settings) as options:
            self._consumer = KafkaConsumer(
                **options,
                group_id=settings.kafka_group,
                enable_auto_commit=False,
                # An offset that is gone leads to reading too much, which is dropped, never to reading too little.
                auto_offset_reset="earliest",
                partition_assignment_strategy=[CooperativeStickyAssignor],
                session_timeout_ms=session_ms,
                heartbeat_interval_ms=session_ms // HEARTBEATS,
                max_poll_interval_ms=MOST_BETWEEN_POLLS_MS,
                max_partition_fetch_bytes=max(settings.kafka_message_bytes, 1024 * 1024),
                allow_auto_create_topics=False,
                bootstrap_timeout_ms=START_MS,
            )
        self._hold_partitions()
        self._consumer.subscribe([self._topic])
        self._waiting: list[Delivery] = []
        self._asked_at = time.monotonic()

    def _hold_partitions(self) -> None:
        there = len(self._consumer.partitions_for_topic(self._topic) or ())
        if there == self._count:
            return
        self._consumer.close(autocommit=False)
        if there == 0:
            raise KafkaAway(f"there is no topic {self._topic}: lrs relay setup makes it")
        raise KafkaAway(f"topic {self._topic} has {there} partitions, LRS_KAFKA_PARTITIONS is {self._count}")

    def poll(self, seconds: float, most: int) -> list[Delivery]:
        """About `most` messages, each partition's in order; waits so long for the first."""
        self._consumer.resume(*self._consumer.paused())
        came, self._waiting = self._waiting, []
        return came + self._poll(0.0 if came else seconds, most)

    def stay(self, seconds: float) -> None:
        """Remain in the group, and take part in its sharing, while what has come is being folded."""
        self._consumer.pause(*self._consumer.assignment())
        # A partition that becomes ours this moment is not paused: what it brings is for the next poll.
        self._waiting += self._poll(seconds, 1)

    def _poll(self, seconds: float, most: int) -> list[Delivery]:
        try:
            self._ask_whether_member()
            answer = self._consumer.poll(timeout_ms=round(seconds * 1000), max_records=most)
        except KafkaError as error:  # it waits by itself; what it raises is a refusal
            raise KafkaAway(f"Kafka gives us nothing: {type(error).__name__}: {error}") from error
        return [delivery for records in answer.values() for delivery in _deliveries(records)]

    def _ask_whether_member(self) -> None:
        """Commit now and then, though nothing came: the answer tells who was left out that he was, and he joins anew.

        The heartbeats of kafka-python 3.0 alone may fall silent after a rebalance, and others then wait for warehouses
        of one who believes that they are his.
        """
        if time.monotonic() - self._asked_at >= ASK_SECONDS:
            self._asked_at = time.monotonic()
            self._consumer.commit_async()

    @property
    def partitions(self) -> frozenset[int]:
        """Those that are ours, as of the last poll."""
        return frozenset(each.partition for each in self._consumer.assignment())

    def partition_of(self, store: str) -> int:
        return int(murmur2(store.encode()) & 0x7FFFFFFF) % self._count

    def commit(self) -> None:
        """Tell the group how far we are, without waiting for an answer."""
        self._consumer.commit_async()

    def close(self) -> None:
        """Leave the group: others have our partitions at once."""
        self._consumer.close(autocommit=False, timeout_ms=START_MS)


def _deliveries(records: list[Any]) -> Iterator[Delivery]:
    for record in records:
        told = {name: value.decode() for name, value in record.headers}
        event = LoggedEvent(
            int(told["position"]), told["store"], told["kind"], int(told["version"]), told.get("statement_id"),
            int(told["stored"]), record.value.decode(),
        )  # fmt: skip
        yield Delivery(event, int(told["previous"]))
