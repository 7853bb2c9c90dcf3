"""What a projector tells of itself after each batch: a small file, replaced whole."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lrs.settings import Settings
from projections.checkpoint import Run, read_checkpoint, read_runs
from projections.source import Source
from projections.warehouse import Warehouse

NAME = "status.json"


def write_status(warehouse: Warehouse, source: Source, error: str | None = None) -> None:
    """Position, lag and projections of one store, and what stopped it, if anything did."""
    at = read_checkpoint(warehouse.connection)
    status = {
        "store": warehouse.store,
        "position": at.position,
        "stored": at.stored,
        **lag(source, warehouse.store, at.position, at.stored),
        "projections": [_told(run) for run in read_runs(warehouse.connection)],
        "updated_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "pid": os.getpid(),
        "error": error,
    }
    draft = warehouse.folder / f".{NAME}"
    draft.write_text(json.dumps(status, indent=1))
    os.replace(draft, warehouse.folder / NAME)


def _told(run: Run) -> dict[str, Any]:
    last_run = run.last_run.isoformat() + "Z" if run.last_run else None
    return {"name": run.name, "rows": run.rows, "last_run": last_run, "ms": round(run.seconds * 1000, 1)}


def lag(source: Source, store: str, position: int, stored: int) -> dict[str, Any]:
    """How far tables are behind the log now: events not folded yet, and seconds of the log between."""
    head = source.head(store)
    behind = source.count_after(store, position) if head.position > position else 0
    seconds = max(0.0, (head.stored - stored) / 1e6) if behind and stored else 0.0
    return {"head": head.position, "lag_events": behind, "lag_seconds": round(seconds, 3)}


def read_statuses(settings: Settings) -> Iterator[dict[str, Any]]:
    """The last status of each store's projector, by store."""
    for path in sorted(Path(settings.home).glob(f"warehouse/*/{NAME}")):
        yield json.loads(path.read_text())
