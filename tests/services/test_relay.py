"""The log in Kafka: all of it, in order, at least once, whatever dies, and nothing that names a person."""

import itertools
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from lrs.settings import Settings
from tests.lrs.conftest import a_statement
from tests.lrs.installation import POSTGRESQL, SQLITE
from tests.services.broker import Broker
from tests.services.postgresql import PostgreSQL
from tests.services.process import Running, await_that
from tests.services.topics import (
    PARTITIONS,
    is_relayed,
    kafka_settings,
    logged,
    lrs,
    read_topic,
    relay_status,
    relayed,
    set_up,
    store_statements,
)

pytestmark = pytest.mark.services

STORES = ("default", "noord", "zuid")


def statements(count: int, start: int = 0) -> list[dict[str, Any]]:
    return [
        a_statement(
            actor={"mbox": f"mailto:leerling{n % 7}@example.org", "name": f"Naam {n % 7}"},
            object={"id": f"https://example.org/activities/{n % 11}"},
        )
        for n in range(start, start + count)
    ]


def without_repeats(positions: list[int]) -> list[int]:
    return list(dict.fromkeys(positions))


def goes_back_only_to_repeat(positions: list[int]) -> bool:
    """In order: each step goes to the next position, or back to one that was there before."""
    following = dict(itertools.pairwise(sorted(set(positions))))
    return all(b <= a or b == following[a] for a, b in itertools.pairwise(positions))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def each_database(request: pytest.FixtureRequest) -> str:
    """LRS_DATABASE of each kind in turn."""
    return "" if request.param == SQLITE else str(request.getfixturevalue("database"))


def test_each_store_is_in_one_partition_in_order(home: Path, kafka: str) -> None:
    settings = kafka_settings(kafka)
    set_up(home, settings)
    for store in STORES * 2:
        store_statements(home, store, statements(50))
    lrs(home, settings, "relay", "run", "--once")
    lrs(home, settings, "relay", "run", "--once")  # there is nothing left to do
    assert relayed(settings) == logged(home)
    records = read_topic(settings)
    for store in STORES:
        own = [r for r in records if r.store == store]
        assert len({r.partition for r in own}) == 1
        positions = [r.position for r in own]
        assert [int(r.headers["previous"]) for r in own] == [0, *positions[:-1]]
        assert {r.headers["kind"] for r in own} == {"statement"}
    told = json.loads(lrs(home, settings, "relay", "status", "--json").stdout)
    assert [(each["store"], each["lag_events"]) for each in told] == [(store, 0) for store in STORES]


def test_a_relay_killed_again_and_again_loses_nothing(home: Path, kafka: str, database: str) -> None:
    settings, log = kafka_settings(kafka, database=database), Settings(home=home, database=database)
    set_up(home, settings)
    choose = random.Random(4)
    for turn in range(4):
        for store in STORES:
            store_statements(log, store, statements(1500, turn * 1500))
        with Running(home, "relay", "run", **settings) as relay:
            time.sleep(choose.uniform(1.2, 2.0))
            relay.kill()
    with Running(home, "relay", "run", **settings):
        await_that("all relayed", lambda: is_relayed(log))
    expected = logged(log)
    for store, positions in relayed(settings).items():
        assert without_repeats(positions) == expected[store], "one is missing"
        assert goes_back_only_to_repeat(positions), "out of order"


@contextmanager
def two_relays(home: Path, settings: dict[str, Any], log: Settings) -> Iterator[tuple[Running, Running]]:
    """One that relays what is there, and one that stands by."""
    with Running(home, "relay", "run", name="-1", **settings) as first:
        await_that("the first relays", lambda: is_relayed(log))
        with Running(home, "relay", "run", name="-2", **settings) as second:
            await_that("the second stands by", lambda: "standing by" in second.told)
            yield first, second


def test_of_two_relays_one_works_and_the_other_takes_over(home: Path, kafka: str, each_database: str) -> None:
    settings = kafka_settings(kafka, database=each_database)
    log = Settings(home=home, database=each_database)
    set_up(home, settings)
    store_statements(log, "default", statements(100))
    with two_relays(home, settings, log) as (first, second):
        assert "another relay is running" in lrs(home, settings, "relay", "run", "--once", status=1).stderr
        first.kill()
        killed = time.monotonic()
        await_that("the second relays", lambda: "relaying" in second.told, seconds=10)
        print(f"took over after {time.monotonic() - killed:.1f} s")
        store_statements(log, "default", statements(100, 100))
        await_that("the rest is relayed", lambda: is_relayed(log))
    assert relayed(settings) == logged(log)


def test_a_database_that_dies_only_makes_it_wait(home: Path, kafka: str, postgresql: PostgreSQL) -> None:
    database = postgresql.new_database()
    settings, log = kafka_settings(kafka, database=database), Settings(home=home, database=database)
    set_up(home, settings)
    store_statements(log, "default", statements(100))
    with two_relays(home, settings, log) as (first, second):
        postgresql.kill()
        postgresql.start()
        store_statements(log, "default", statements(100, 100))
        await_that("one of them relays the rest", lambda: is_relayed(log))
        assert (first.stop(), second.stop()) == (0, 0)
    assert "Traceback" not in first.told + second.told
    positions = relayed(settings)["default"]
    assert without_repeats(positions) == logged(log)["default"]
    assert goes_back_only_to_repeat(positions)


def large_statement() -> dict[str, Any]:
    """One whose form is large and does not compress: thousands of activities of random names."""
    choose = random.Random(1)
    others = [{"id": f"https://example.org/{choose.getrandbits(256):x}"} for _ in range(3000)]
    return a_statement(context={"contextActivities": {"other": others}})


def test_an_event_too_large_stops_its_store_alone_and_says_what_helps(home: Path, kafka: str) -> None:
    settings = kafka_settings(kafka, kafka_message_bytes=20_000)
    set_up(home, settings)
    store_statements(home, "noord", [*statements(5), large_statement(), *statements(5, 5)])
    store_statements(home, "default", statements(10))
    with Running(home, "relay", "run", **settings) as relay:
        await_that("it tells", lambda: "stands still before position 6" in relay.told)
        store_statements(home, "zuid", statements(10))
        await_that("the others go on", lambda: len(relayed(settings).get("zuid", [])) == 10)
    told = {
        each["store"]: each for each in json.loads(lrs(home, settings, "relay", "status", "--json").stdout)
    }
    assert (told["noord"]["position"], told["default"]["lag_events"]) == (5, 0)
    assert "LRS_KAFKA_MESSAGE_BYTES" in told["noord"]["problem"]
    assert relayed(settings) == logged(home) | {"noord": [1, 2, 3, 4, 5]}
    remedied = settings | {"kafka_message_bytes": 1_000_000}
    assert "max.message.bytes" in lrs(home, remedied, "relay", "run", "--once", status=1).stderr
    assert "set max.message.bytes to 1000000" in lrs(home, remedied, "relay", "setup").stdout
    lrs(home, remedied, "relay", "run", "--once")
    assert relayed(settings) == logged(home), "in order, and none skipped"
    assert {each.problem for each in relay_status(home).values()} == {None}


def test_a_relay_whose_only_store_stands_still_ends_with_an_error(home: Path, kafka: str) -> None:
    settings = kafka_settings(kafka, kafka_message_bytes=20_000)
    set_up(home, settings)
    store_statements(home, "default", [large_statement()])
    with Running(home, "relay", "run", **settings) as relay:
        assert relay.wait() == 1
    assert "position 1" in relay.told
    assert "Traceback" not in relay.told


SECRETS = (
    "Noor Janssens",
    "noor.janssens",
    "Juf Katrien",
    "katrien@",
    "ik ben verdrietig",
    "Ruzie thuis",
    "Klasnaam 3B",
)


def test_no_name_mailbox_or_free_text_is_in_the_topic(home: Path, kafka: str) -> None:
    settings = kafka_settings(kafka, kafka_compression="none")
    set_up(home, settings)
    planted = a_statement(
        actor={"name": "Noor Janssens", "mbox": "mailto:noor.janssens@example.org"},
        object={
            "id": "https://example.org/a",
            "definition": {"name": {"nl": "Klasnaam 3B"}, "description": {"nl": "Ruzie thuis"}},
        },
        result={"response": "ik ben verdrietig", "extensions": {"https://example.org/note": "Ruzie thuis"}},
        context={"instructor": {"name": "Juf Katrien", "mbox": "mailto:katrien@example.org"}},
    )
    store_statements(home, "default", [planted])
    lrs(home, settings, "relay", "run", "--once")
    [record] = read_topic(settings)
    everything = b" ".join([record.value, json.dumps(record.headers).encode()])
    with sqlite3.connect(home / "leerspoor.sqlite") as connection:
        [(body,)] = connection.execute("select body from event_payload").fetchall()
    connection.close()
    for secret in SECRETS:
        assert secret in body, "planted"
        assert secret.encode() not in everything, secret


def test_a_broker_that_stops_and_dies_only_makes_it_wait(home: Path, tmp_path: Path) -> None:
    with Broker(tmp_path / "kafka") as broker:
        settings = kafka_settings(broker.servers)
        set_up(home, settings)
        store_statements(home, "default", statements(300))
        with Running(home, "relay", "run", **settings) as relay:
            await_that("relayed", lambda: is_relayed(home))
            for turn, end in enumerate((broker.stop, broker.kill), 1):
                end()
                store_statements(home, "default", statements(300, turn * 300))
                time.sleep(1)
                broker.start()
                await_that("relayed after a restart", lambda: is_relayed(home))
            assert relay.stop() == 0
        assert without_repeats(relayed(settings)["default"]) == logged(home)["default"]
        assert goes_back_only_to_repeat(relayed(settings)["default"])


def test_a_topic_of_another_number_of_partitions_is_refused(home: Path, kafka: str) -> None:
    settings = kafka_settings(kafka)
    assert "no topic" in lrs(home, settings, "relay", "run", "--once", status=1).stderr
    assert "made topic" in lrs(home, settings, "relay", "setup").stdout
    assert "nothing to do" in lrs(home, settings, "relay", "setup").stdout
    more = settings | {"kafka_partitions": PARTITIONS + 1}
    assert f"has {PARTITIONS} partitions" in lrs(home, more, "relay", "setup", status=1).stderr
    store_statements(home, "default", statements(1))
    assert f"has {PARTITIONS} partitions" in lrs(home, more, "relay", "run", "--once", status=1).stderr


def test_without_a_broker_it_says_so(home: Path) -> None:
    settings = kafka_settings("127.0.0.1:9")
    assert "cannot be reached" in lrs(home, settings, "relay", "setup", status=1).stderr
    assert "LRS_KAFKA is not set" in lrs(home, {}, "relay", "setup", status=1).stderr
