"""`lrs up`: the whole journey on one machine."""

import click

from lrs.app import open_parts
from lrs.cli.demo import load_demo
from lrs.cli.serve import check_port, listening_on
from lrs.cli.settings_of import settings_of_environment
from lrs.cli.supervise import KeepsDying, supervise
from lrs.credential.credentials import create_credential, list_credentials
from lrs.http.parts import Parts
from lrs.settings import Settings


@click.command()
@click.option("--host", help="Address to listen on (LRS_HOST).")
@click.option("--port", type=int, help="Port to listen on (LRS_PORT).")
@click.option(
    "--demo", is_flag=True, help="Load a small simulated school group first; only into an empty store."
)
def up(host: str | None, port: int | None, demo: bool) -> None:
    """Start everything: the LRS, the projector and the published tables, until Ctrl-C.

    On the first start it makes a key and secret and shows them, this once. A second start goes on where the first
    stopped.

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
        supervise([["serve", "--quiet"], ["project", "run"]], tell=lambda text: click.echo(text, err=True))
    except KeepsDying as error:
        raise click.ClickException(str(error)) from error
    click.echo("stopped; everything that was acknowledged is in the log")


def _greet(settings: Settings, shared: Parts) -> None:
    click.echo(f"xAPI endpoint    {settings.endpoint}/")
    if any(c.revoked is None for c in list_credentials(shared.database)):
        click.echo("key and secret   made before; another pair: lrs credential create")
    else:
        made, secret = create_credential(shared.database, label="made by lrs up")
        click.echo(f"key              {made.key}")
        click.echo(f"secret           {secret}   (shown this once)")
    click.echo(f"event log        {shared.database.engine.url.render_as_string()}")
    click.echo(
        f"published files  {(settings.home / 'published').absolute()}/<store>/learners.duckdb, schools.duckdb"
    )
    click.echo('ask them         lrs query "show tables"')
    click.echo("stop             Ctrl-C")
