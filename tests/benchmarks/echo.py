"""What Flask on Granian can do at most with a statement: read it, give it back."""

import os
import sys

from flask import Flask, Response, request
from granian import Granian
from granian.constants import Interfaces


def create_echo() -> Flask:
    app = Flask("echo")

    @app.get("/health/ready")
    def ready() -> Response:
        return Response(b"{}")

    @app.post("/echo")
    def echo() -> Response:
        return Response(request.get_data(cache=False), content_type="application/json")

    return app


if __name__ == "__main__":
    Granian(
        "tests.benchmarks.echo:create_echo",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=int(os.environ.get("ECHO_THREADS", "32")),
        websockets=False,
        log_level="warning",  # type: ignore[arg-type]
    ).serve()
