"""Whatever befalls the processes, no acknowledged statement is lost, and none is counted twice.

LRS_SOAK_SECONDS and LRS_TEST_SOAK_SEED say for how long, and which mishaps; the same ones come again.
"""

import os
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.faults.cluster import Cluster, a_cluster
from tests.faults.counts import Logged, await_level, in_log, in_tables, in_topic
from tests.faults.load import NOT_NOW, Batch, Client, a_load, settle
from tests.faults.mishaps import let_happen
from tests.faults.plan import Mishap, plan
from tests.services.server import run_lrs

pytestmark = pytest.mark.services

SECONDS, SEED = "LRS_SOAK_SECONDS", "LRS_SOAK_SEED"
# Of each kind of mishap there is at least one in this short run.
SHORT_SECONDS, SHORT_SEED = 75.0, 38


def test_every_acknowledged_statement_outlives_every_mishap(tmp_path: Path) -> None:
    seconds = float(os.environ.get(SECONDS) or SHORT_SECONDS)
    seed = int(os.environ.get(SEED) or (random.randrange(10_000) if SECONDS in os.environ else SHORT_SEED))
    print(f"\nsoak of {seconds:.0f} s; again: {SECONDS}={seconds:.0f} {SEED}={seed} make soak", flush=True)
    with a_cluster(tmp_path) as cluster:
        cluster.await_serving()
        with a_load(cluster, seed) as clients:
            happened = let_happen(cluster, plan(seed, seconds))
        cluster.await_serving()
        left = [batch for client in clients for batch in client.left]
        check_whole_batches(cluster, left)
        settle(cluster, left)
        level = await_level(cluster)
        cluster.stop()
        tell_of_the_run(cluster, clients, happened, level)
        check_counts(cluster, [*_acknowledged(clients), *_named(left)], tmp_path)
        assert "0 faults" in run_lrs(tmp_path / "verify", "log", "verify", settings=cluster.settings).stdout
        assert wrong_answers(clients) == {}


def check_whole_batches(cluster: Cluster, left: Sequence[Batch]) -> None:
    """What nobody got an answer to is in the log whole, or not at all."""
    found = in_log(Logged(cluster.as_settings))
    there = [sum(found[batch.store, each] for each in batch.ids) for batch in left]
    assert [n for n, batch in zip(there, left, strict=True) if n not in (0, len(batch.ids))] == []
    print(
        f"unanswered batches that nobody sent again: {len(left)}, of which stored {sum(n > 0 for n in there)}"
    )


def check_counts(cluster: Cluster, acknowledged: Sequence[tuple[str, str]], tmp_path: Path) -> None:
    logged = Logged(cluster.as_settings)
    log, topic = in_log(logged), in_topic(cluster, logged)
    print(f"acknowledged {len(acknowledged)}, in the log {log.total()} ({len(log)} different)")
    print(f"in the topic {topic.total()} ({len(topic)} different)", flush=True)
    folded = in_tables(cluster, tmp_path / "rebuilt")
    print(f"in the tables {folded.total()} ({len(folded)} different), equal to a rebuild", flush=True)
    assert len(acknowledged) == len(set(acknowledged)) > 0
    assert [each for each in acknowledged if log[each] != 1] == []
    assert [each for each in acknowledged if topic[each] < 1] == []
    assert [each for each in acknowledged if folded[each] != 1] == []
    assert log == folded, "in the log once, in the tables once"


def _acknowledged(clients: Sequence[Client]) -> list[tuple[str, str]]:
    return [(client.store, each) for client in clients for each in client.acknowledged]


def _named(batches: Sequence[Batch]) -> list[tuple[str, str]]:
    return [(batch.store, each) for batch in batches for each in batch.ids]


def wrong_answers(clients: Sequence[Client]) -> dict[str, int]:
    answers = sum((client.answers for client in clients), Counter[str]())
    return {each: n for each, n in answers.items() if each not in ("acknowledged", *NOT_NOW)}


def tell_of_the_run(
    cluster: Cluster, clients: Sequence[Client], happened: Sequence[Mishap], level: float
) -> None:
    answers = sum((client.answers for client in clients), Counter[str]())
    kinds = Counter(f"{each.who.split('-')[0]} {each.what}" for each in happened)
    print(f"mishaps: {len(happened)}: " + ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items())))
    print("requests: " + ", ".join(f"{answer} {n}" for answer, n in answers.most_common()))
    print(f"level with the log {level:.1f} s after the last mishap")
    for name, kept in cluster.kept.items():
        print(f"{name}: started {kept.starts} times; ended by itself {len(kept.own_ends)} times")
        for words, n in Counter(kept.own_ends).items():
            print(f"    {n} x {words}")
    for name, disk in cluster.disks.items():
        print(f"disk of {name}: {disk.told}")
