"""The topic as the relay and the projectors need it: made, checked, and put right where that is safe."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from kafka import KafkaAdminClient
from kafka.admin import ConfigResource, ConfigResourceType, NewTopic
from kafka.errors import InvalidReplicationFactorError, TopicAlreadyExistsError

from lrs.kafka import reaching
from lrs.settings import MOST_RETENTION_HOURS, Settings

HOUR_MS, START_MS = 3_600_000, 5_000


class TopicUnfit(RuntimeError):
    """The topic is not as it has to be; the text says what to do."""


class Wish(NamedTuple):
    """One setting of the topic: what we set, and whether what an administrator has set will do as well."""

    name: str
    value: int | str
    is_met: Callable[[str], bool]


def wishes(settings: Settings) -> list[Wish]:
    """What the topic has to be.

    Kafka drops whole segments, each when its newest record is too old: a segment's span comes off the retention, so
    that no record is there for longer than that.
    """
    segment_ms = min(24 * HOUR_MS, settings.kafka_retention_hours * HOUR_MS // 4)
    retention_ms = settings.kafka_retention_hours * HOUR_MS - segment_ms
    most_ms = MOST_RETENTION_HOURS * HOUR_MS - segment_ms
    in_sync = max(1, settings.kafka_replication - 1)
    return [
        Wish("cleanup.policy", "delete", lambda value: value == "delete"),
        Wish("retention.ms", retention_ms, lambda value: 0 < int(value) <= most_ms),
        Wish("segment.ms", segment_ms, lambda value: 0 < int(value) <= segment_ms),
        Wish("min.insync.replicas", in_sync, lambda value: int(value) >= in_sync),
        Wish(
            "max.message.bytes",
            settings.kafka_message_bytes,
            lambda v: int(v) >= settings.kafka_message_bytes,
        ),
    ]


def set_up(settings: Settings) -> list[str]:
    """Make the topic, or check it and put its settings right; returns what was done, nothing when it was fit.

    Raises TopicUnfit where that cannot be done, KafkaAway, KafkaError.
    """
    with _admin(settings) as admin:
        if _partitions(admin, settings) is None:
            return _create(admin, settings)
        _hold_partitions(admin, settings)
        unmet = _unmet(admin, settings)
        if unmet:
            values = {wish.name: str(wish.value) for wish in unmet}
            admin.alter_configs(
                [ConfigResource(ConfigResourceType.TOPIC, settings.kafka_topic, configs=values)]
            )
        return [f"set {wish.name} to {wish.value}" for wish in unmet]


def check(settings: Settings) -> int:
    """The largest message that the topic takes, in bytes.

    Raises TopicUnfit when it is not there or not as it has to be, KafkaAway, KafkaError.
    """
    with _admin(settings) as admin:
        if _partitions(admin, settings) is None:
            raise TopicUnfit(f"there is no topic {settings.kafka_topic}: lrs relay setup makes it")
        _hold_partitions(admin, settings)
        if unmet := _unmet(admin, settings):
            names = ", ".join(wish.name for wish in unmet)
            raise TopicUnfit(
                f"{names} of topic {settings.kafka_topic} will not do: lrs relay setup puts it right"
            )
        return int(_values(admin, settings)["max.message.bytes"])


def _create(admin: KafkaAdminClient, settings: Settings) -> list[str]:
    values = {wish.name: str(wish.value) for wish in wishes(settings)}
    topic = NewTopic(
        settings.kafka_topic, settings.kafka_partitions, settings.kafka_replication, topic_configs=values
    )
    try:
        admin.create_topics([topic])
    except TopicAlreadyExistsError:  # by another set-up, this moment
        return []
    except InvalidReplicationFactorError as error:
        raise TopicUnfit(
            f"fewer than {settings.kafka_replication} brokers are there to keep the topic: start them, "
            "or set LRS_KAFKA_REPLICATION (1 for a single broker)"
        ) from error
    return [
        f"made topic {settings.kafka_topic} with {settings.kafka_partitions} partitions, "
        f"each on {settings.kafka_replication} brokers"
    ]


def _partitions(admin: KafkaAdminClient, settings: Settings) -> int | None:
    """How many partitions the topic has; None when it is not there."""
    [topic] = admin.describe_topics([settings.kafka_topic])
    return None if topic["error_code"] else len(topic["partitions"])


def _hold_partitions(admin: KafkaAdminClient, settings: Settings) -> None:
    there = _partitions(admin, settings)
    if there != settings.kafka_partitions:
        raise TopicUnfit(
            f"topic {settings.kafka_topic} has {there} partitions, LRS_KAFKA_PARTITIONS is "
            f"{settings.kafka_partitions}. With another number a store's events would be in two partitions: set the "
            "number that it has, or name a new topic in LRS_KAFKA_TOPIC and start from the log"
        )


def _values(admin: KafkaAdminClient, settings: Settings) -> dict[str, str]:
    resource = ConfigResource(ConfigResourceType.TOPIC, settings.kafka_topic)
    told = admin.describe_configs([resource], config_filter="all")
    return {name: each["value"] for name, each in told["topic"][settings.kafka_topic].items()}


def _unmet(admin: KafkaAdminClient, settings: Settings) -> list[Wish]:
    values = _values(admin, settings)
    return [wish for wish in wishes(settings) if not wish.is_met(values[wish.name])]


@contextmanager
def _admin(settings: Settings) -> Iterator[KafkaAdminClient]:
    with reaching(settings) as options:
        admin = KafkaAdminClient(**options, bootstrap_timeout_ms=START_MS)
    try:
        yield admin
    finally:
        admin.close()
