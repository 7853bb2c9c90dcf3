"""When all is up again: wait until tables are level with the log, and count each statement in log, topic and tables."""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lrs.event_log.database import open_database
from lrs.feed import Feed
from lrs.relay.status import read_status
from lrs.settings import Settings
from projections.catalog import load_catalog
from projections.projector import Projector
from projections.source.event_log import open_source
from projections.status import read_statuses
from projections.warehouse import Warehouse
from tests.faults.cluster import STORES, Cluster
from tests.services.test_members import tables
from tests.services.test_relay import goes_back_only_to_repeat, without_repeats
from tests.services.topics import Record, read_topic

CATCH_UP_SECONDS = 480.0  # ten minutes of mishaps may leave members minutes of folding
Ids = list[str]


class Logged:
    """The statements of each store in the log: their ids, and their positions, both by position."""

    def __init__(self, settings: Settings) -> None:
        self.ids, self.positions = dict[str, Ids](), dict[str, list[int]]()
        feed = Feed.open(settings)
        try:
            for store in feed.stores():
                events = feed.read(store, 0, 10_000_000)
                self.ids[store] = [event.statement_id for event in events if event.statement_id]
                self.positions[store] = [event.position for event in events]
        finally:
            feed.close()


def await_level(cluster: Cluster) -> float:
    """Wait for relay and members to be where the log ends; returns the seconds. An AssertionError tells how it is."""
    begun, heads = time.monotonic(), {s: p[-1] for s, p in Logged(cluster.as_settings).positions.items()}
    state: dict[str, Any] = {}
    while time.monotonic() < begun + CATCH_UP_SECONDS:
        state = {"relayed": _relayed(cluster), "in the tables": _in_tables(cluster)}
        if all(each == heads for each in state.values()):
            return time.monotonic() - begun
        time.sleep(0.5)
    raise AssertionError(f"not level after {CATCH_UP_SECONDS} s: heads {heads}, {json.dumps(state)}")


def _relayed(cluster: Cluster) -> dict[str, int]:
    database = open_database(cluster.as_settings.database_url, pool_size=2)
    try:
        return {each.store: each.position for each in read_status(database)}
    finally:
        database.close()


def _in_tables(cluster: Cluster) -> dict[str, int]:
    return {each["store"]: each["position"] for each in read_statuses(cluster.as_settings)}


def in_log(logged: Logged) -> Counter[tuple[str, str]]:
    return Counter((store, each) for store, ids in logged.ids.items() for each in ids)


def in_topic(cluster: Cluster, logged: Logged) -> Counter[tuple[str, str]]:
    """How often each statement is in the topic; all of the log has to be there, in order but for repetitions."""
    records = read_topic(cluster.settings)
    positions = defaultdict[str, list[int]](list)
    for record in records:
        positions[record.store].append(record.position)
    for store in STORES:
        assert without_repeats(positions[store]) == logged.positions[store], (
            f"{store}: the topic misses something"
        )
        assert goes_back_only_to_repeat(positions[store]), f"{store}: the topic is out of order"
    return Counter(_named(records))


def _named(records: Iterable[Record]) -> Iterable[tuple[str, str]]:
    return ((r.store, r.headers["statement_id"]) for r in records if "statement_id" in r.headers)


def in_tables(cluster: Cluster, folder: Path) -> Counter[tuple[str, str]]:
    """How often each statement is in statement_fact; all tables have to be those of a rebuild from the log.

    The members have stopped: each warehouse is opened here.
    """
    catalog, source, found = load_catalog(), open_source(cluster.as_settings), Counter[tuple[str, str]]()
    for store in STORES:
        live = Warehouse(cluster.as_settings, store)
        fresh = Warehouse(Settings(home=folder, duckdb_threads=1), store)
        Projector(fresh, catalog).rebuild(source)
        there, expected = tables(live.connection, catalog), tables(fresh.connection, catalog)
        ids = live.connection.execute("select statement_id from statement_fact").fetchall()
        found.update((store, each) for (each,) in ids)
        live.close()
        fresh.close()
        assert [name for name in expected if there[name] != expected[name]] == [], f"{store}: not as rebuilt"
    source.close()
    return found
