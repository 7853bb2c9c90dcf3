"""`lrs up`: the whole journey on one machine."""

import logging
from collections.abc import Callable

import click

from lrs.app import open_parts
from lrs.cli.demo import load_demo
from lrs.cli.serve import check_port, listening_on
from lrs.cli.settings_of import settings_of_environment
from lrs.cli.supervise import KeepsDying, supervise
from lrs.credential.credentials import Credential, create_credential, list_credentials
from lrs.http.parts import Parts
from lrs.logs import teller
from lrs.settings import Settings

log = logging.getLogger("lrs.up")


@click.command()
@click.option("--host", help="Address to listen on (LRS_HOST).")
@click.option("--port", type=int, help="Port to listen on (LRS_PORT).")
@click.option(
    "--demo", is_flag=True, help="Load a small simulated school group first; only into an empty store."
)
def up(host: str | None, port: int | None, demo: bool) -> None:
    """Start everything: the LRS, the projector and the published tables, until Ctrl-C.

    On the first start it makes a key and secret and shows them, this once. A second start goes on where the first
    stopped. With LRS_LOG=json both are log lines too, the secret with them.

    \b
    Example:
      LRS_HOME=/var/lib/leerspoor lrs up --port 8081
      LRS_HOME=demo lrs up --demo
    """
    settings = listening_on(settings_of_environment(), host, port)
    shared = open_parts(settings)
    check_port(settings)
    try:
        if demo:
            load_demo(shared)
        _greet(settings, shared)
    finally:
        shared.database.close()
    try:
        supervise([["serve", "--quiet"], ["project", "run"]], tell=_tell_of_deaths(settings.log))
    except KeepsDying as error:
        raise click.ClickException(str(error)) from error
    teller(settings.log, log.name)("stopped; everything that was acknowledged is in the log")


def _greet(settings: Settings, shared: Parts) -> None:
    """Facts of this start for whoever reads the terminal, or as one log line where logs are JSON."""
    made = None
    if all(each.revoked is not None for each in list_credentials(shared.database)):
        made = create_credential(shared.database, label="made by lrs up")
    if settings.log == "json":
        log.info("started", extra={"fields": _facts(settings, made)})
    else:
        _greet_people(_facts(settings, made))


def _facts(settings: Settings, made: tuple[Credential, str] | None) -> dict[str, str]:
    """Where everything is; the key and secret only when they were made just now, since only then they are known."""
    pair = {"key": made[0].key, "secret": made[1]} if made else {}
    # `shown` is without a password.
    log_at = settings.shown("database") or settings.database_url
    published = str((settings.home / "published").absolute())
    return {"endpoint": f"{settings.endpoint}/", **pair, "event_log": log_at, "published": published}


def _greet_people(facts: dict[str, str]) -> None:
    click.echo(f"xAPI endpoint    {facts['endpoint']}")
    if "secret" in facts:
        click.echo(f"key              {facts['key']}")
        click.echo(f"secret           {facts['secret']}   (shown this once)")
    else:
        click.echo("key and secret   made before; another pair: lrs credential create")
    click.echo(f"event log        {facts['event_log']}")
    click.echo(f"published files  {facts['published']}/<store>/learners.duckdb, schools.duckdb")
    click.echo('ask them         lrs query "show tables"')
    click.echo("stop             Ctrl-C")


def _tell_of_deaths(form: str) -> Callable[[str], None]:
    return log.warning if form == "json" else lambda text: click.echo(text, err=True)
