"""/metrics: figures for Prometheus. They name stores and numbers, and no person.

By default a request from this machine itself may read them, and anyone else with a credential of scope metrics/read;
LRS_METRICS says otherwise.
"""

import logging
from collections.abc import Iterable
from itertools import chain

from flask import Blueprint, Response, request

from lrs.figures import CONTENT_TYPE, Figures, Gauge, rendered
from lrs.http.credentials import require
from lrs.http.errors import Refused
from lrs.http.shared_meters import SharedMeters

log = logging.getLogger("lrs.http")
NAME = "metrics"
SCOPE = "metrics/read"
_HERE = frozenset(("127.0.0.1", "::1"))
# A proxy on this machine, or a page in a browser on it, speaks for someone else.
_FOR_ANOTHER = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_ORIGIN")


def is_free(allowed: str) -> bool:
    """Whether the current request may read without a credential; `allowed` is the setting LRS_METRICS."""
    if allowed == "local":
        environ = request.environ
        return environ.get("REMOTE_ADDR") in _HERE and not any(name in environ for name in _FOR_ANOTHER)
    return allowed == "open"


def metrics_resource(meters: SharedMeters, figures: Iterable[Figures], allowed: str) -> Blueprint:
    """The resource: what the server's processes count, and `figures`, which are read for each request."""
    blueprint, read = Blueprint(NAME, __name__), tuple(figures)

    @blueprint.get("/metrics")
    def read_metrics() -> Response:
        if not is_free(allowed):
            require(SCOPE)
        if request.args:
            raise Refused(400, "/metrics takes no parameters", "parameter", "openapi.json")
        gauges = chain.from_iterable(map(_read, read))
        return Response(rendered(chain(meters.read(), gauges)), content_type=CONTENT_TYPE)

    return blueprint


def _read(figures: Figures) -> list[Gauge]:
    """What cannot be read now is left out, so that the others can be."""
    try:
        return list(figures())
    except Exception as error:
        log.warning("figures cannot be read now", exc_info=error)
        return []
