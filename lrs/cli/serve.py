"""`lrs serve`: the LRS alone."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces, Loops

from lrs.app import open_parts
from lrs.cli.settings_of import settings_of_environment
from lrs.http.shared_meters import FOLDER
from lrs.logs import teller
from lrs.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on (LRS_HOST).")
@click.option("--port", type=int, help="Port to listen on (LRS_PORT).")
@click.option("--quiet", is_flag=True, help="Do not tell the endpoint.")
def serve(host: str | None, port: int | None, quiet: bool) -> None:
    """Serve xAPI over HTTP until Ctrl-C.

    Statements are stored and found; nothing is projected. Start as many on one PostgreSQL as you like.

    \b
    Example:
      lrs serve --port 8081
    """
    settings = listening_on(settings_of_environment(), host, port)
    open_parts(settings).database.close()  # migrates, and says what is wrong before the port is opened
    check_port(settings)
    if not quiet:
        teller(settings.log, "lrs.serve")(f"xAPI endpoint  {settings.endpoint}/   (Ctrl-C stops)")
    serve_forever(settings)


def listening_on(settings: Settings, host: str | None, port: int | None) -> Settings:
    """Settings with the command line's host and port, which the server's processes will read as LRS_*."""
    settings = replace(settings, host=host or settings.host, port=settings.port if port is None else port)
    os.environ["LRS_HOST"], os.environ["LRS_PORT"] = settings.host, str(settings.port)
    return settings


def check_port(settings: Settings) -> None:
    """Raises ClickException when the port is taken or may not be used."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            problem = f"{settings.host}:{settings.port} cannot be used ({error.strerror})"
            raise click.ClickException(f"{problem}; another port: LRS_PORT=8081") from error


def serve_forever(settings: Settings) -> None:
    """Run the server until SIGINT or SIGTERM; requests under way are finished."""
    with _figures_shared(settings):
        _serve(settings)


@contextmanager
def _figures_shared(settings: Settings) -> Iterator[None]:
    """A folder, in memory where there is one, in which the server's processes put what they count."""
    if settings.metrics == "off":
        yield
        return
    memory = Path("/dev/shm")  # noqa: S108  a folder of our own in it, made by mkdtemp
    made = tempfile.mkdtemp(prefix="leerspoor-", dir=memory if os.access(memory, os.W_OK) else None)
    os.environ[FOLDER] = made
    try:
        yield
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _serve(settings: Settings) -> None:
    Granian(
        "lrs.app:create_app_from_environment",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        loop=Loops.asyncio,
        workers=settings.workers,
        blocking_threads=settings.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        # It warns of more threads than cores; ours mostly wait for a commit.
        log_level="error",  # type: ignore[arg-type]
        # Its lines are written as ours are.
        log_dictconfig={"loggers": {name: {"handlers": []} for name in ("_granian", "granian.access")}},
    ).serve()
