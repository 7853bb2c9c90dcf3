"""`lrs backup`, `lrs restore`: the log in SQLite, to a folder and back."""

from pathlib import Path

import click

from lrs.cli.progress import progress_over
from lrs.cli.settings_of import settings_of_environment
from lrs.event_log import backup as copying
from lrs.statement.instants import format_instant

FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Copy the event log to a new FOLDER, while statements come in.

    It holds the log, credentials and the secret of agent keys: keep it as safe as the log itself. Tables and published
    files are not in it; they are made again from the log. For PostgreSQL see deploy/backup.md.

    \b
    Example:
      lrs backup /backup/leerspoor-2026-09-01
    """
    settings = settings_of_environment()
    with progress_over("backup, pages", None) as at:
        about = copying.back_up(settings.database_url, settings.home, folder, lambda done, of: at(done))
    click.echo(f"{folder}: {_told(about)}")
    if not about.has_secret:
        click.echo("the secret of agent keys is not in it: it is in LRS_AGENT_KEY_SECRET; keep that too")


@click.command()
@click.argument("folder", type=FOLDER)
def restore(folder: Path) -> None:
    """Put the backup in FOLDER in its place, in an LRS_HOME without a log and without tables.

    \b
    Example:
      LRS_HOME=/var/lib/leerspoor lrs restore /backup/leerspoor-2026-09-01
    """
    settings = settings_of_environment()
    about = copying.restore(folder, settings.database_url, settings.home)
    click.echo(f"restored: {_told(about)}")
    click.echo("next: lrs log verify; then lrs up (or serve and project run), which makes the tables anew")


def _told(about: copying.About) -> str:
    if not about.position:
        return "a log without events"
    return f"{about.position} events, the last stored at {format_instant(about.stored)}"
