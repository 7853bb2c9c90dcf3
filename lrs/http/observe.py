"""Each request has an id, is counted, and is told in a log line and in a trace when those are wanted."""

import itertools
import logging
import re
import secrets
import time
from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response, g, request

from lrs import logs
from lrs.http.meters import Answered, Meters
from lrs.http.traces import Tracer

log = logging.getLogger("lrs.access")
HEADER = "X-Request-Id"
# What can stand in a log without hiding, breaking or naming anything: UUIDs, ULIDs, ids of proxies and of traces.
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,127}").fullmatch
# The route of a request for what is not there: its path could be anything.
NO_ROUTE = "none"
# Of a refusal that was not made of a Refused.
UNNAMED = "unnamed"


def observe(
    app: Flask, meters: Meters | None, tracer: Tracer | None = None, *, log_access: bool = False
) -> None:
    """Let every request of the app be observed; asked for before all else that looks at requests."""
    new_id = _ids()
    sinks = [sink for sink in (_traced(tracer), _logged(log_access)) if sink is not None]

    # Flask's proxies look up their object at each touch, and this is done on each request: once, then, and by its name.
    def begin() -> None:
        environ, seen = request.environ, g._get_current_object()
        seen.started = time.perf_counter()
        sent = environ.get("HTTP_X_REQUEST_ID")
        seen.request_id = sent if sent is not None and _WELL_FORMED(sent) else new_id()
        logs.request_id.set(seen.request_id)
        if tracer is not None:
            seen.span = tracer.begin(environ)

    def end(response: Response) -> Response:
        asked, seen = request._get_current_object(), g._get_current_object().__dict__  # type: ignore[attr-defined]
        response.headers.add(HEADER, seen["request_id"])
        seconds = time.perf_counter() - seen["started"]
        if meters is not None or sinks:
            answered = _answered(asked, response.status_code, seconds, seen)
            if meters is not None:
                meters.note(answered)
            for sink in sinks:
                sink(answered, seen)
        return response

    app.before_request(begin)
    app.after_request(end)


Seen = dict[str, Any]
# What becomes of an answered request; `seen` is what was noted of it on the way (flask.g).
Sink = Callable[[Answered, Seen], None]


def _answered(asked: Request, status: int, seconds: float, seen: Seen) -> Answered:
    route = NO_ROUTE if asked.url_rule is None else asked.url_rule.rule
    rule = seen.get("rule", UNNAMED) if 400 <= status < 500 else None
    outcome = seen.get("outcome")
    if outcome is None:
        return Answered(route, asked.method, status, seconds, rule)
    return Answered(route, asked.method, status, seconds, rule, len(outcome.stored), len(outcome.equal))


def _ids() -> Callable[[], str]:
    """Ids that no other process gives, cheap to make: a random beginning and a number."""
    beginning, numbers = secrets.token_hex(6), itertools.count(1)
    return lambda: f"{beginning}-{next(numbers):x}"


def _traced(tracer: Tracer | None) -> Sink | None:
    if tracer is None:
        return None
    return lambda answered, seen: tracer.end(
        seen["span"], answered.method, answered.route, answered.status, seen["request_id"]
    )


def _logged(log_access: bool) -> Sink | None:
    """A line tells the route and never the path, the query or the address: those name people."""
    if not log_access:
        return None

    def tell(answered: Answered, seen: Seen) -> None:
        fields: dict[str, Any] = {
            "method": answered.method,
            "route": answered.route,
            "status": answered.status,
            "ms": round(answered.seconds * 1000, 2),
        }
        if "credential" in seen:
            fields |= {"credential": seen["credential"].key, "store": seen["credential"].store}
        log.info("request", extra={"fields": fields})

    return tell
