"""How far the tables are, for Prometheus: of the stores whose warehouses are on this machine.

What a projector wrote of itself is held against the log as it is now: one that died shows a lag that grows.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from lrs.figures import Figures, Gauge
from lrs.settings import Settings
from projections.rebuilding import read_rebuilds
from projections.source import Source
from projections.status import read_statuses

MOST_STORES = 500
BY = ("store",)


def projector_figures(settings: Settings, open_source: Callable[[], Source]) -> Figures:
    """The figures; `open_source` gives the log, each time that they are read."""
    return lambda: _read(settings, open_source())


def _read(settings: Settings, source: Source) -> Iterable[Gauge]:
    statuses = [status for status, _ in zip(read_statuses(settings), range(MOST_STORES), strict=False)]
    positions, behind, age, stopped = [], [], [], []
    for status in statuses:
        store, position = (str(status["store"]),), int(status["position"])
        waiting = source.read(store[0], position, 1)
        positions.append((store, float(position)))
        behind.append((store, float(source.head(store[0]).position - position) if waiting else 0.0))
        age.append((store, max(0.0, time.time() - waiting[0].stored / 1e6) if waiting else 0.0))
        stopped.append((store, 1.0 if status["error"] else 0.0))
    yield Gauge("lrs_projector_position", "The last position of a store in its tables", BY, positions)
    yield Gauge("lrs_projector_lag_positions", "From there to its last position in the log", BY, behind)
    yield Gauge("lrs_projector_lag_seconds", "Age of the oldest event that is not in its tables", BY, age)
    yield Gauge("lrs_projector_stopped", "1 when a projection could not take an event", BY, stopped)
    yield from _rebuilds(settings)


def _rebuilds(settings: Settings) -> Iterable[Gauge]:
    found: list[tuple[str, dict[str, Any]]] = list(read_rebuilds(settings.home))[:MOST_STORES]
    done = [((store,), float(each["done"])) for store, each in found]
    events = [((store,), float(each["events"])) for store, each in found]
    yield Gauge("lrs_rebuild_done_events", "Events in the tables that are being made anew", BY, done)
    yield Gauge("lrs_rebuild_events", "Events that they will be made of", BY, events)
