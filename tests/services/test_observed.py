"""Figures, log lines and traces of a real server with several processes."""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client.parser import text_string_to_metric_families

from tests.lrs.conftest import a_statement
from tests.services.server import Server, a_free_port
from tests.services.test_up import wait_for

pytestmark = pytest.mark.services


def figures(server: Server, port: int | None = None) -> dict[tuple[str, ...], float]:
    connection = server.connection()
    connection.port = port or server.port
    connection.request("GET", "/metrics")
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    assert answer.status == 200, text
    families = text_string_to_metric_families(text)
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_figures_are_of_all_processes_whichever_answers(tmp_path: Path) -> None:
    with Server(tmp_path / "home", workers=2) as server:
        for _ in range(40):
            assert server.post(a_statement())[0] == 200
        for _ in range(10):
            wait_for("all told", until=lambda: figures(server)["lrs_statements_stored_total",] == 40)
        assert figures(server)["lrs_log_head_position", "default"] == 40


def test_everything_that_lrs_up_starts_is_told_at_one_address(tmp_path: Path) -> None:
    port = a_free_port()
    with Server(tmp_path / "home", command="up", projector_metrics=f"127.0.0.1:{port}") as server:
        server.post([a_statement(), a_statement()])
        wait_for(
            "projected",
            until=lambda: figures(server).get(("lrs_projector_position", "default")) == 2,
        )
        assert figures(server)["lrs_projector_lag_positions", "default"] == 0
        assert figures(server, port)["lrs_projector_position", "default"] == 2


def test_log_lines_of_a_server_are_json_with_the_id_of_the_request(tmp_path: Path) -> None:
    with Server(tmp_path / "home", log="json", log_access="yes") as server:
        connection = server.connection()
        connection.request("GET", "/xAPI/about", headers={"X-Request-Id": "trace-me"})
        assert connection.getresponse().headers["X-Request-Id"] == "trace-me"
        connection.close()
        server.post(a_statement())
    told = [json.loads(line) for line in server.log.read_text().splitlines()]
    asked = [each for each in told if "request_id" in each]
    assert [each["route"] for each in asked if each["request_id"] == "trace-me"] == ["/xAPI/about"]
    assert any(each["route"] == "/xAPI/statements" and each["status"] == 200 for each in asked)
    assert server.secret not in server.log.read_text()


@contextmanager
def a_collector(received: list[ExportTraceServiceRequest]) -> Iterator[str]:
    """An OTLP collector over HTTP that keeps what it gets."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            received.append(ExportTraceServiceRequest.FromString(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Quiet."""

    collector = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=collector.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{collector.server_address[1]}"
    finally:
        collector.shutdown()
        collector.server_close()


def test_traces_reach_a_collector_also_when_the_server_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[ExportTraceServiceRequest] = []
    with a_collector(received) as address:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")  # nothing is sent before the end
        with Server(tmp_path / "home", traces="yes") as server:
            server.post(a_statement())
        spans = [
            span
            for request in received
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]
    posted = next(span for span in spans if span.name == "POST /xAPI/statements")
    assert [span.name for span in spans if span.parent_span_id == posted.span_id] == ["commit"]
    names = {
        a.key: a.value.string_value for r in received for s in r.resource_spans for a in s.resource.attributes
    }
    assert names["service.name"] == "leerspoor"
