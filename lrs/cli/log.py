"""`lrs log show|verify`: look into the event log."""

import sys

import click
import orjson

from lrs.cli.progress import progress_over
from lrs.cli.settings_of import parts_of_environment
from lrs.event_log import verify as verification
from lrs.event_log.append import read_head
from lrs.event_log.read import Event, follow
from lrs.statement.instants import format_instant


@click.group()
def log() -> None:
    """The event log: the only truth.

    \b
    Example:
      lrs log show --from 100 --limit 5
    """


@log.command()
@click.option(
    "--from", "start", type=click.IntRange(min=1), default=1, show_default=True, help="First position."
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many events.")
@click.option("--store", help="Only this store's events.")
@click.option("--payload", is_flag=True, help="With what the client sent.")
def show(start: int, limit: int, store: str | None, payload: bool) -> None:
    """Show events as JSON, one a line.

    \b
    Example:
      lrs log show --from 100 --limit 5 --payload
    """
    with parts_of_environment().database.reading() as connection:
        events = follow(connection, start - 1, min(limit, 1000), store=store)
        shown = 0
        for event in events:
            click.echo(_line(event, payload))
            shown += 1
            if shown == limit:
                break
    if not shown:
        click.echo(f"no event from position {start} on", err=True)


def _line(event: Event, payload: bool) -> str:
    members = {
        "position": event.position,
        "store": event.store,
        "kind": event.kind,
        "version": event.version,
        "statement_id": event.statement_id,
        "stored": format_instant(event.stored),
        "credential": event.credential,
        "agent_keys": orjson.loads(event.agent_keys),
        "payload_hash": event.payload_hash.hex(),
    }
    line = orjson.dumps(members).decode()
    return f'{line[:-1]},"payload":{event.body}}}' if payload else line


@log.command()
def verify() -> None:
    """Walk the whole log: no gap, strictly in order, every payload as its hash says. Exit status 1 on a fault.

    \b
    Example:
      lrs log verify && echo sound
    """
    faults = 0
    with parts_of_environment().database.reading() as connection:
        last = read_head(connection).position
        with progress_over("verify", last) as at:
            for found in verification.verify(connection):
                if isinstance(found, int):
                    at(found)
                else:
                    faults += 1
                    click.echo(f"position {found.position}: {found.text}")
    click.echo(f"{last} events, {faults} faults", err=bool(faults))
    if faults:
        sys.exit(1)
