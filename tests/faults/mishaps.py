"""What befalls the processes: planned from a seed, so that the same run can be had again, and told as it happens."""

import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from tests.faults.cluster import Cluster
from tests.faults.disk import Disk
from tests.services.postgresql import processes_of

# By whom it befalls: what, and the least and the most seconds that it lasts. What is there twice is twice as likely.
KILLED: tuple[str, int, int] = ("killed", 0, 0)
OF_A_NODE = (
    KILLED,
    ("first process killed", 0, 0),
    ("worker killed", 0, 0),
    ("paused", 1, 8),
    ("clock stepped", 2, 8),
)
OF_ANOTHER = (KILLED, ("paused", 1, 15))
OF_POSTGRESQL = (
    ("crashed", 1, 4),
    ("killed", 1, 4),
    ("paused", 1, 6),
    ("disk full", 3, 8),
    ("clock stepped", 2, 6),
)
OF_KAFKA = (("killed", 1, 8), ("paused", 1, 8))
KINDS = {
    "node-1": OF_A_NODE, "node-2": OF_A_NODE, "relay-1": OF_ANOTHER, "relay-2": OF_ANOTHER,
    "member-1": OF_ANOTHER, "member-2": OF_ANOTHER, "members": (("disk full", 3, 8),),
    "postgresql": OF_POSTGRESQL, "kafka": OF_KAFKA,
}  # fmt: skip
# The log's times never go back: how far a clock may run ahead is how long the log then waits for it.
STEPS = {"node": (3600, 30, -30, -86400), "postgresql": (2, 4, 8, -2, -600)}
MOST_BETWEEN, REST_SECONDS = 4.0, 8.0


class Mishap(NamedTuple):
    """What befalls whom, from which second on, and for how many."""

    second: float
    who: str
    what: str
    lasts: float
    step: int = 0

    def __str__(self) -> str:
        lasts = f" for {self.lasts:.1f} s" if self.lasts else ""
        return f"{self.second:6.1f} s  {self.who} {self.what}{f' by {self.step:+d} s' if self.step else ''}{lasts}"


def plan(seed: int, seconds: float) -> Iterator[Mishap]:
    """One every two seconds or so; each of them rests a while after its own. Whoever has many kinds has more."""
    choose, free_at = random.Random(seed), defaultdict[str, float](float)
    likely = [who for who, kinds in KINDS.items() for _ in kinds]
    second = 0.0
    while (second := second + choose.uniform(0.2, MOST_BETWEEN)) < seconds:
        who = choose.choice(likely)
        what, least, most = choose.choice(KINDS[who])
        lasts = choose.uniform(least, most)
        step = choose.choice(STEPS[who.split("-")[0]]) if what == "clock stepped" else 0
        if second >= free_at[who]:
            free_at[who] = second + lasts + REST_SECONDS
            yield Mishap(second, who, what, lasts, step)


def let_happen(cluster: Cluster, mishaps: Iterator[Mishap]) -> list[Mishap]:
    """Let them happen, and end, at their seconds; returns those that did. All have ended then, whatever is raised."""
    begun, ends, happened = time.monotonic(), list[tuple[float, Callable[[], None]]](), list[Mishap]()
    try:
        for mishap in mishaps:
            _end_until(begun + mishap.second, ends)
            print(mishap, flush=True)
            ends.append((begun + mishap.second + mishap.lasts, _begin(cluster, mishap)))
            happened.append(mishap)
    finally:
        _end_until(float("inf"), ends)
    return happened


def _end_until(moment: float, ends: list[tuple[float, Callable[[], None]]]) -> None:
    while due := [each for each in ends if each[0] <= moment]:
        end = min(due, key=lambda each: each[0])
        ends.remove(end)
        time.sleep(max(0.0, end[0] - time.monotonic()))
        end[1]()
    if moment != float("inf"):
        time.sleep(max(0.0, moment - time.monotonic()))


def _begin(cluster: Cluster, mishap: Mishap) -> Callable[[], None]:
    """Bring it about; returns what ends it."""
    if mishap.what == "clock stepped":
        clock = cluster.clocks[mishap.who]
        clock.step(mishap.step)
        return lambda: clock.step(0)
    if mishap.what == "disk full":
        disk = cluster.disks[mishap.who]
        disk.fill()
        return lambda: _make_room(cluster, disk)
    if mishap.who == "postgresql":
        return _befalls_postgresql(cluster, mishap.what)
    if mishap.who == "kafka":
        return _befalls_kafka(cluster, mishap.what)
    return _befalls_kept(cluster, mishap)


def _befalls_kept(cluster: Cluster, mishap: Mishap) -> Callable[[], None]:
    kept = cluster.kept[mishap.who]
    if mishap.what == "paused":
        kept.signal(signal.SIGSTOP)
        return lambda: kept.signal(signal.SIGCONT)
    if mishap.what == "killed":
        kept.kill_all()
    else:
        kept.kill_one(first=mishap.what.startswith("first"))
    return lambda: None  # the keeper starts it again


def _befalls_postgresql(cluster: Cluster, what: str) -> Callable[[], None]:
    server = cluster.postgresql
    if what == "paused":
        paused = [] if server.process is None else processes_of(server.process.pid)
        _send_all(paused, signal.SIGSTOP)
        return lambda: _send_all(paused, signal.SIGCONT)
    if what == "crashed" and server.process is not None:
        server.process.send_signal(signal.SIGQUIT)  # immediate shutdown: it recovers when it starts again
        server.process.wait(20)
    else:
        server.kill()
    return lambda: _bring_up_postgresql(cluster)


def _make_room(cluster: Cluster, disk: Disk) -> None:
    disk.make_room()
    _bring_up_postgresql(cluster)  # without room for its log it gives up


def _bring_up_postgresql(cluster: Cluster) -> None:
    if cluster.postgresql.process is None or cluster.postgresql.process.poll() is not None:
        cluster.postgresql.start()


def _befalls_kafka(cluster: Cluster, what: str) -> Callable[[], None]:
    broker = cluster.broker
    if what == "killed":
        broker.kill()
        return broker.start
    assert broker.process is not None
    pid = broker.process.pid
    _send_all([pid], signal.SIGSTOP)
    return lambda: _send_all([pid], signal.SIGCONT)


def _send_all(processes: Sequence[int], number: int) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)
