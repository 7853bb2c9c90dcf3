"""The figures of a projector that runs on a machine of its own, over HTTP: LRS_PROJECTOR_METRICS."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lrs.figures import CONTENT_TYPE, Figures, rendered

log = logging.getLogger("projections")


class CannotServe(RuntimeError):
    """The address of LRS_PROJECTOR_METRICS cannot be used."""


@contextmanager
def serving(address: str, figures: Figures) -> Iterator[None]:
    """Serve /metrics and /health/live at host:port until the end of the block; nothing when the address is empty.

    Raises CannotServe.
    """
    if not address:
        yield
        return
    host, _, port = address.rpartition(":")
    try:
        server = ThreadingHTTPServer((host.strip("[]"), int(port)), _handler(figures))
    except OSError as error:
        problem = f"LRS_PROJECTOR_METRICS is {address}, which cannot be used ({error.strerror})"
        raise CannotServe(problem) from error
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="figures", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def _handler(figures: Figures) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/metrics":
                self._answer_figures()
            elif self.path == "/health/live":
                self._answer(200, "application/json", b'{"status":"live"}')
            else:
                self._answer(404, "application/json", b'{"error":"there is /metrics and /health/live"}')

        def _answer_figures(self) -> None:
            try:
                content = rendered(figures())
            except Exception as error:  # noqa: BLE001  the log is away: the projector itself says so, and goes on
                log.warning("no figures can be read now: %s", error)
                self._answer(503, "application/json", b'{"error":"the log cannot be read now"}')
                return
            self._answer(200, CONTENT_TYPE, content)

        def _answer(self, status: int, content_type: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Who asks for figures is no news."""

    return Handler
