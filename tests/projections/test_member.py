"""What a member of the group makes of what comes: each event once, in order, and nothing missed unseen."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.feed import LogAway, LoggedEvent
from lrs.relay.producer import partition_of
from lrs.settings import Settings
from projections.catalog import Projection
from projections.member import Member, _continuing
from projections.source.kafka import Delivery, Topic
from projections.warehouse import Warehouse
from tests.projections.a_statement import a_statement
from tests.projections.conftest import Memory, events_of


def deliveries(positions: Sequence[int], missing: Sequence[int] = ()) -> list[Delivery]:
    """One for each position, which knows the position before it; some do not arrive."""
    before = [0, *positions]
    return [
        Delivery(LoggedEvent(at, "default", "statement", 1, None, at, "{}"), previous)
        for at, previous in zip(positions, before, strict=False)
        if at not in missing
    ]


@given(
    positions=st.lists(st.integers(1, 60), unique=True, min_size=1).map(sorted),
    known=st.integers(0, 20),
    repeats=st.randoms(use_true_random=False),
)
def test_repeated_and_shuffled_messages_give_each_new_event_once(
    positions: list[int], known: int, repeats: object
) -> None:
    folded = max([at for at in positions[:known]], default=0)
    came = deliveries(positions)
    came += repeats.choices(came, k=5)  # type: ignore[attr-defined]
    repeats.shuffle(came)  # type: ignore[attr-defined]
    events = _continuing(came, folded)
    assert events is not None
    assert [event.position for event in events] == [at for at in positions if at > folded]


@given(
    positions=st.lists(st.integers(1, 60), unique=True, min_size=2).map(sorted),
    which=st.integers(0, 58),
)
def test_a_message_that_did_not_come_is_noticed(positions: list[int], which: int) -> None:
    lost = positions[which % (len(positions) - 1)]
    assert _continuing(deliveries(positions, missing=[lost]), 0) is None
    assert _continuing(deliveries(positions, missing=[lost]), lost) is not None


class Channel:
    """A topic in memory: what the test puts in `coming` arrives at the next poll."""

    def __init__(self) -> None:
        self.coming: list[Delivery] = []
        self.partitions: frozenset[int] = frozenset({0})
        self.commits = 0

    def poll(self, seconds: float, most: int) -> list[Delivery]:
        came, self.coming = self.coming, []
        return came

    def stay(self, seconds: float) -> None:
        """It cannot be lost."""

    def partition_of(self, store: str) -> int:
        return 0

    def commit(self) -> None:
        self.commits += 1

    def close(self) -> None:
        self.partitions = frozenset()


Start = Callable[..., Member]


@pytest.fixture
def start(tmp_path: Path, catalog: list[Projection], empty_warehouse: Path) -> Iterator[Start]:
    opened: list[Member] = []
    shutil.copytree(empty_warehouse, tmp_path / "warehouse" / "default")

    def run(log: Memory, channel: Channel) -> Member:
        settings = Settings(home=tmp_path, duckdb_threads=1, publish_seconds=3600, publish_parquet=False)
        opened.append(Member(settings, log, channel, catalog, lambda text: None))  # type: ignore[arg-type]
        return opened[-1]

    yield run
    for member in opened:
        member.close()


def turns(member: Member, count: int = 4) -> None:
    for _ in range(count):
        member.turn(0.0, threading.Event())


def as_deliveries(events: Sequence[LoggedEvent]) -> list[Delivery]:
    return [Delivery(event, event.position - 1) for event in events]


SAID = [a_statement("planned", f"goal:{n}", "2025-09-02 10:00") for n in range(8)]


def test_it_builds_from_the_log_then_follows_the_topic(start: Start) -> None:
    events = events_of(SAID)
    log, channel = Memory(events[:3]), Channel()
    member = start(log, channel)
    turns(member)
    assert member.followers["default"].position == 3
    channel.coming = as_deliveries(events[1:6])  # of which the log here says nothing
    turns(member, 1)
    assert member.followers["default"].position == 6
    assert channel.commits == 1


def test_what_did_not_come_is_read_from_the_log(start: Start) -> None:
    events = events_of(SAID)
    log, channel = Memory(events[:2]), Channel()
    member = start(log, channel)
    turns(member)
    log.events = events
    channel.coming = as_deliveries(events[5:7])
    turns(member)
    assert member.followers["default"].position == 8


class Leaving(Memory):
    """A log that may be away."""

    is_away = False

    def stores(self) -> list[str]:
        self.read("", 0, 0)
        return super().stores()

    def read(self, store: str, after: int, limit: int) -> list[LoggedEvent]:
        if self.is_away:
            raise LogAway("its database was stopped")
        return super().read(store, after, limit)


def test_while_the_log_is_away_what_comes_is_folded_and_then_all_of_it_is_told(
    start: Start, tmp_path: Path
) -> None:
    events = events_of(SAID)
    log, channel = Leaving(events[:3]), Channel()
    member = start(log, channel)
    turns(member)
    log.events, log.is_away = events, True
    channel.coming = as_deliveries(events[3:5])
    turns(member)
    assert member.followers["default"].position == 5
    assert member.turn(0.0, threading.Event()) is False  # there is nothing to hurry for
    channel.coming = as_deliveries(events[6:7])
    turns(member)
    log.is_away = False
    turns(member)
    told = json.loads((tmp_path / "warehouse" / "default" / "status.json").read_text())
    assert (told["position"], told["lag_events"]) == (8, 0)


def test_partitions_that_come_while_the_log_is_away_are_taken_on_afterwards(start: Start) -> None:
    log, channel = Leaving(events_of(SAID)), Channel()
    log.is_away = True
    member = start(log, channel)
    turns(member)
    assert member.followers == {}
    log.is_away = False
    turns(member)
    assert member.followers["default"].position == 8


def test_a_store_that_appears_later_is_taken_on_from_its_messages(start: Start) -> None:
    log, channel = Memory([]), Channel()
    member = start(log, channel)
    turns(member)
    assert member.followers == {}
    log.events = events_of(SAID)
    channel.coming = as_deliveries(log.events[:1])
    turns(member)
    assert member.followers["default"].position == 8


def test_a_store_that_is_no_longer_ours_is_let_go_and_one_that_is_not_free_is_waited_for(
    start: Start, tmp_path: Path
) -> None:
    channel = Channel()
    member = start(Memory(events_of(SAID)), channel)
    turns(member)
    channel.partitions = frozenset()
    turns(member, 1)
    other = Warehouse(Settings(home=tmp_path), "default")  # it is free
    channel.partitions = frozenset({0})
    turns(member)
    assert member.followers == {}
    other.close()
    turns(member)
    assert member.followers["default"].position == 8


def test_relay_and_projectors_agree_on_a_stores_partition() -> None:
    topic = Topic.__new__(Topic)
    topic._count = 12
    for store in ("default", "noord", "school-één", "a"):
        assert topic.partition_of(store) == partition_of(store.encode(), 12)
