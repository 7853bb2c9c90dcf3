"""OpenTelemetry: a span for each request, in its caller's trace, and the commit within; nothing when it is off."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from lrs.app import create_app
from lrs.event_log.writer import Commit
from lrs.http.observe import observe
from lrs.http.service import Service
from lrs.http.traces import Tracer, open_tracer
from lrs.settings import Settings

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    yield InMemorySpanExporter()


@pytest.fixture
def traced(spans: InMemorySpanExporter) -> Flask:
    """An app whose one resource commits, with a tracer that keeps its spans."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    tracer, app = Tracer(provider), Service("traced")
    observe(app, None, tracer)

    @app.get("/things/<name>")
    def thing(name: str) -> str:
        tracer.commit(Commit(0.25, 2, 7))
        return name

    return app


def test_a_request_is_a_span_in_the_trace_of_its_caller(traced: Flask, spans: InMemorySpanExporter) -> None:
    headers = {"traceparent": f"00-{TRACE}-{PARENT}-01", "X-Request-Id": "r-1"}
    traced.test_client().get("/things/alice?name=alice", headers=headers)
    commit, request = spans.get_finished_spans()
    assert request.name == "GET /things/<name>"
    assert request.context is not None and format(request.context.trace_id, "032x") == TRACE
    assert request.parent is not None and format(request.parent.span_id, "016x") == PARENT
    assert request.attributes == {
        "http.request.method": "GET",
        "http.route": "/things/<name>",
        "http.response.status_code": 200,
        "leerspoor.request_id": "r-1",
    }
    assert commit.parent is not None and commit.parent.span_id == request.context.span_id
    assert commit.attributes == {"leerspoor.events": 7, "leerspoor.requests": 2}
    assert commit.end_time is not None and commit.start_time is not None
    assert commit.end_time - commit.start_time == 250_000_000


def test_two_requests_of_nobody_in_particular_are_two_traces(
    traced: Flask, spans: InMemorySpanExporter
) -> None:
    for _ in range(2):
        traced.test_client().get("/nowhere")
    assert len({span.context.trace_id for span in spans.get_finished_spans() if span.context}) == 2


def test_nothing_of_opentelemetry_is_loaded_when_traces_are_off(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from lrs.app import create_app; from lrs.settings import Settings;"
        f"create_app(Settings(home=Path({str(tmp_path)!r})), joined=());"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    create_app(Settings(home=tmp_path), joined=())
    assert isinstance(open_tracer(), Tracer)
