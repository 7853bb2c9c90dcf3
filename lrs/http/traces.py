"""OpenTelemetry traces, for those who switch them on: a span for each request, and in it the commit that it led.

Nothing of OpenTelemetry is imported otherwise. Where traces go, and how many of them, the standard's own variables say:
OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and the like.
"""

import time
from multiprocessing.util import Finalize
from typing import Any

from lrs import __version__
from lrs.event_log.writer import Commit


class TracesUnusable(RuntimeError):
    """Traces are wanted and cannot be made; the text says what is missing."""


class Tracer:
    """Makes the spans of one server process; thread-safe."""

    def __init__(self, provider: Any) -> None:
        """`provider` is a TracerProvider of OpenTelemetry's SDK."""
        from opentelemetry import context, propagate, trace

        self._context, self._propagate, self._trace = context, propagate, trace
        self._tracer = provider.get_tracer("leerspoor", __version__)

    def begin(self, environ: dict[str, Any]) -> Any:
        """Start the span of a request, under the one of its caller if `traceparent` names it."""
        sent = {
            "traceparent": environ.get("HTTP_TRACEPARENT", ""),
            "tracestate": environ.get("HTTP_TRACESTATE", ""),
        }
        caller = self._propagate.extract(sent, context=self._context.Context())
        span = self._tracer.start_span("request", context=caller, kind=self._trace.SpanKind.SERVER)
        return span, self._context.attach(self._trace.set_span_in_context(span, caller))

    def end(self, begun: Any, method: str, route: str, status: int, request_id: str) -> None:
        """End it, named by method and route as OpenTelemetry's conventions for HTTP ask."""
        span, token = begun
        span.update_name(f"{method} {route}")
        span.set_attribute("http.request.method", method)
        span.set_attribute("http.route", route)
        span.set_attribute("http.response.status_code", status)
        span.set_attribute("leerspoor.request_id", request_id)
        if status >= 500:
            span.set_status(self._trace.StatusCode.ERROR)
        self._context.detach(token)
        span.end()

    def commit(self, commit: Commit) -> None:
        """A commit that has just ended, under the request whose thread led it."""
        now = time.time_ns()
        span = self._tracer.start_span("commit", start_time=now - int(commit.seconds * 1e9))
        span.set_attribute("leerspoor.events", commit.events)
        span.set_attribute("leerspoor.requests", commit.callers)
        span.end(now)


def open_tracer() -> Tracer:
    """A tracer that sends by OTLP over HTTP, in batches, from a thread of its own.

    Raises TracesUnusable when OpenTelemetry is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        problem = "LRS_TRACES is on and OpenTelemetry is not installed: pip install 'leerspoor[otel]'"
        raise TracesUnusable(problem) from error
    resource = Resource.create()  # of OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES
    if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
        resource = resource.merge(Resource({SERVICE_NAME: "leerspoor"}))
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    # A server's process is a child that leaves without atexit; this is called all the same.
    Finalize(None, provider.shutdown, exitpriority=10)
    return Tracer(provider)
