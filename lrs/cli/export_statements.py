"""`lrs export`: statements by position, as NDJSON."""

from pathlib import Path
from typing import TextIO

import click
import orjson

from lrs.cli.attachment_files import write_contents
from lrs.cli.settings_of import parts_of_environment
from lrs.credential.credentials import DEFAULT_STORE
from lrs.event_log.read import Event, follow
from lrs.event_log.upcast import STATEMENT
from lrs.statement.compose import Given, compose


@click.command("export")
@click.option(
    "--from", "start", type=click.IntRange(min=1), default=1, show_default=True, help="First position."
)
@click.option("--to", "end", type=click.IntRange(min=1), help="Last position; default: the head of the log.")
@click.option("--store", default=DEFAULT_STORE, show_default=True, help="The controller's store.")
@click.option(
    "--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="Default: stdout."
)
@click.option(
    "--attachments",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for the contents of attachments, a file each, named by its SHA-2.",
)
def export_statements(start: int, end: int | None, store: str, output: TextIO, folder: Path | None) -> None:
    """Export statements, voided ones and voidings too, in the order of the log: `lrs import` takes them back.

    They leave as a GET gives them. Importing them elsewhere keeps ids, timestamps and content; stored and authority
    are set anew, as the specification demands.

    \b
    Example:
      lrs export --from 1000 --to 2000 --output part.ndjson
      lrs export --attachments contents | gzip > everything.ndjson.gz
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with parts_of_environment().database.reading() as connection:
        for event in follow(connection, start - 1, store=store, until=end):
            if event.kind == STATEMENT and event.body is not None:
                output.write(_one_line(event) + "\n")
                if folder is not None and '"attachments"' in event.body:
                    write_contents(connection, store, orjson.loads(event.body), folder)


def _one_line(event: Event) -> str:
    text = compose(
        event.body or "",
        Given(event.given or 0),
        statement_id=event.statement_id or "",
        stored=event.stored,
        authority=event.authority or "",
        version=event.xapi_version or "",
    )
    # JSON allows raw line breaks only between tokens, where a space means the same.
    return text.replace("\r", " ").replace("\n", " ")
