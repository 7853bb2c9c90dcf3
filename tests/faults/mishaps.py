"""Brings mishaps about, tells each as it happens, and ends it."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

from tests.faults.cluster import Cluster
from tests.faults.disk import Disk
from tests.faults.plan import Mishap
from tests.services.postgresql import processes_of


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
