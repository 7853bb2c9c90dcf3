"""Rebuild the tables of a home in this process, and tell as JSON what each projection took: time, memory, rows.

    python -m tests.benchmarks.rebuild_by_projection HOME

A process of its own, so that its memory is that of nothing else. Linux: the peak is reset through /proc.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from lrs.settings import Settings
from projections import materialise
from projections.catalog import Projection, load_catalog
from projections.checkpoint import read_runs
from projections.projector import Projector
from projections.source.event_log import open_source
from projections.warehouse import Warehouse
from tests.benchmarks.memory import peak_of, reset_peak

REPLAY = "(the log into facts)"


def rebuild(home: Path) -> list[dict[str, Any]]:
    """name, seconds, rows, and megabytes at the most while it was made; facts share the memory of the replay."""
    settings, peaks = Settings(home=home), dict[str, float]()
    whole, some = materialise.refill, materialise.add_some

    def noting(make: Callable[..., None]) -> Callable[..., None]:
        def noted(connection: duckdb.DuckDBPyConnection, projection: Projection, *more: Any) -> None:
            peaks.setdefault(REPLAY, peak_of("self"))
            reset_peak("self")
            make(connection, projection, *more)
            peaks[projection.name] = max(peaks.get(projection.name, 0.0), peak_of("self"))

        return noted

    materialise.refill, materialise.add_some = noting(whole), noting(some)
    source, warehouse = open_source(settings), Warehouse(settings, "default")
    try:
        Projector(warehouse, load_catalog()).rebuild(source)
        runs = read_runs(warehouse.connection)
    finally:
        materialise.refill, materialise.add_some = whole, some
        warehouse.close()
        source.close()
    return [
        {"name": run.name, "seconds": run.seconds, "rows": run.rows,
         "megabytes": peaks.get(run.name, peaks.get(REPLAY, 0.0))}
        for run in runs
    ]  # fmt: skip


if __name__ == "__main__":
    json.dump(rebuild(Path(sys.argv[1])), sys.stdout)
