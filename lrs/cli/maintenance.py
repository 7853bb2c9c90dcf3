"""`lrs migrate`, `lrs reindex`, `lrs settings`."""

from dataclasses import fields, replace

import click

from lrs.app import bring_up_to_date
from lrs.cli.progress import progress_over
from lrs.cli.settings_of import parts_of, settings_of_environment
from lrs.event_log.append import read_head
from lrs.event_log.database import open_database
from lrs.event_log.secret import agent_key_bytes
from lrs.index import rebuild
from lrs.profile.files import read_profiles
from lrs.settings import SECRETS, Settings, variable
from lrs.statement.agent_key import AgentKeys


@click.command()
def migrate() -> None:
    """Bring the database up to date; does nothing when it is.

    \b
    Example:
      LRS_DATABASE=postgresql://owner@db/leerspoor lrs migrate
    """
    settings = settings_of_environment()
    database = open_database(settings.database_url)
    click.get_current_context().call_on_close(database.close)
    keys = AgentKeys(agent_key_bytes(settings.agent_key_secret, settings.home), settings.agent_key_version)
    done = bring_up_to_date(database, keys, read_profiles(settings.profiles))
    click.echo("\n".join(done) if done else "up to date; nothing to do")


@click.command()
def reindex() -> None:
    """Drop the index of the LRS and fill it again from the log.

    Readers keep the old index until the new one is whole; writers wait. What is stored is held to the profiles that are
    loaded now, so run it after a change of LRS_PROFILES.

    \b
    Example:
      lrs reindex
    """
    shared = parts_of(replace(settings_of_environment(), migrate_on_start=True))
    with shared.database.reading() as connection:
        last = read_head(connection).position
    with progress_over("index", last) as at:
        events = rebuild.reindex(shared.database, shared.keys, shared.profiles, at)
    click.echo(f"index filled with {events} events")


@click.command("settings")
def settings_table() -> None:
    """List every setting: its variable, its value now, what it means.

    What is secret may be in a file that the variable with _FILE after its name gives, such as LRS_KAFKA_PASSWORD_FILE.

    \b
    Example:
      lrs settings
    """
    settings = settings_of_environment()
    for each in fields(Settings):
        file = "; or in a file, _FILE" if each.name in SECRETS else ""
        shown = settings.shown(each.name)
        click.echo(f"{variable(each.name):<28} {shown:<12} {each.metadata['meaning']}{file}")
