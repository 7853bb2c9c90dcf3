"""What the tests of relay and projectors share: logs of several stores, and all that is in a topic."""

import json
import subprocess
import sys
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from kafka import KafkaConsumer, TopicPartition

from lrs.app import open_parts
from lrs.commands.prepare_statements import Body, Sender
from lrs.commands.store_statements import store_body
from lrs.event_log.database import open_database
from lrs.feed import Feed
from lrs.relay.status import RelayStatus, read_status
from lrs.relay.topic import set_up as make_topic
from lrs.settings import Settings
from tests.services.server import environment

AUTHORITY = {"account": {"homePage": "https://lrs.example.org", "name": "test"}}
PARTITIONS = 4


# A home folder with its SQLite log, or the settings of a log that lies elsewhere.
Where = Path | Settings


def at(where: Where) -> Settings:
    return where if isinstance(where, Settings) else Settings(home=where)


def relay_status(where: Where) -> dict[str, RelayStatus]:
    """By store; asked in this process, since that is quicker than a command."""
    database = open_database(at(where).database_url, pool_size=2)
    try:
        return {each.store: each for each in read_status(database)}
    finally:
        database.close()


def is_relayed(where: Where) -> bool:
    return all(each.lag_events == 0 for each in relay_status(where).values())


class Record(NamedTuple):
    partition: int
    store: str
    headers: dict[str, str]
    value: bytes

    @property
    def position(self) -> int:
        return int(self.headers["position"])


def kafka_settings(servers: str, **more: object) -> dict[str, object]:
    """Settings of an installation with a topic of its own."""
    name = uuid.uuid4().hex[:12]
    return {
        "kafka": servers,
        "kafka_topic": f"events-{name}",
        "kafka_group": f"projectors-{name}",
        "kafka_partitions": PARTITIONS,
        "kafka_replication": 1,
        "poll_seconds": 0.1,
        **more,
    }


def set_up(home: Path, settings: dict[str, object]) -> None:
    """What `lrs relay setup` does, in this process, since that is quicker than a command."""
    make_topic(Settings.from_environment(environment(home, **settings)))


def lrs(
    home: Path, settings: dict[str, object], *arguments: str, status: int = 0
) -> subprocess.CompletedProcess[str]:
    """Run one `lrs` command to its end with these settings."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "lrs", *arguments],
        env=environment(home, **settings),
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, f"lrs {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done


def store_statements(where: Where, store: str, statements: Sequence[dict[str, Any]]) -> None:
    """Log statements as a server would, in batches."""
    parts = open_parts(at(where))
    sender = Sender(store, "test", json.dumps(AUTHORITY), parts.keys.key(AUTHORITY))
    try:
        for start in range(0, len(statements), 200):
            some = json.dumps(statements[start : start + 200]).encode()
            store_body(parts.writer, Body(some, "1.0.3", sender, parts.keys, parts.profiles, 100, 200))
    finally:
        parts.database.close()


@contextmanager
def feed_of(where: Where) -> Iterator[Feed]:
    feed = Feed.open(at(where))
    try:
        yield feed
    finally:
        feed.close()


def logged(where: Where) -> dict[str, list[int]]:
    """The positions of each store in the log."""
    with feed_of(where) as feed:
        return {
            store: [event.position for event in feed.read(store, 0, 1_000_000)] for store in feed.stores()
        }


def read_topic(settings: dict[str, object]) -> list[Record]:
    """All that is in the topic now, by partition and offset."""
    consumer = KafkaConsumer(
        bootstrap_servers=settings["kafka"], auto_offset_reset="earliest", enable_auto_commit=False
    )
    topic = str(settings["kafka_topic"])
    try:
        partitions = [TopicPartition(topic, n) for n in range(PARTITIONS)]
        ends = consumer.end_offsets(partitions)
        consumer.assign(partitions)
        found = []
        while any(consumer.position(each) < end for each, end in ends.items()):
            for messages in consumer.poll(1000).values():
                found += [_record(message) for message in messages]
        return found
    finally:
        consumer.close()


def _record(message: Any) -> Record:
    headers = {name: value.decode() for name, value in message.headers}
    return Record(message.partition, message.key.decode(), headers, message.value)


def relayed(settings: dict[str, object]) -> dict[str, list[int]]:
    """The positions of each store in the topic, as they came."""
    by_store = defaultdict(list)
    for record in read_topic(settings):
        by_store[record.store].append(record.position)
    return dict(by_store)
