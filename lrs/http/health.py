"""/health/live: the process answers. /health/ready: it can take statements."""

import json
import time
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa
from flask import Blueprint, Response

from lrs.event_log.append import read_head
from lrs.event_log.database import Database
from lrs.event_log.migrate import is_migrated
from lrs.http.parts import parts
from lrs.index.version import is_current

health = Blueprint("health", __name__)


@health.get("/health/live")
def live() -> Response:
    return Response(b'{"status":"live"}', content_type="application/json")


@health.get("/health/ready")
def ready() -> Response:
    """200 when the log can be written and all migrations are done, else 503; the projector's lag beside it.

    A projector that is down or behind does not make the LRS unready: it takes statements, and the projector catches up.
    """
    database = parts().database
    checks = _log_state(database)
    is_ready = all(checks.values())
    body = {
        "status": "ready" if is_ready else "not ready",
        "checks": checks,
        "projectors": _projectors(parts().settings.home) if is_ready else [],
    }
    return Response(orjson.dumps(body), 200 if is_ready else 503, content_type="application/json")


def _log_state(database: Database) -> dict[str, bool]:
    try:
        with database.writing() as connection:  # takes the writer lock, as an append does
            return {
                "log_writable": True,
                "migrated": is_migrated(connection),
                "index_current": is_current(connection),
            }
    except sa.exc.SQLAlchemyError:
        return {"log_writable": False}


def _projectors(home: Path) -> list[dict[str, Any]]:
    """What each store's projector last wrote of itself, with its lag as it is now."""
    found = []
    for path in sorted(home.glob("warehouse/*/status.json")):
        status = json.loads(path.read_text())
        found.append(_lag(status["store"], int(status["position"]), int(status.get("stored") or 0)))
    return found


def _lag(store: str, position: int, stored: int) -> dict[str, Any]:
    with parts().database.reading() as connection:
        head = read_head(connection, store)
    behind = head.position > position
    seconds = max(0.0, time.time() - stored / 1e6) if behind else 0.0
    return {"store": store, "position": position, "head": head.position, "lag_seconds": round(seconds, 1)}
