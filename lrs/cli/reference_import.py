"""What `lrs roster|goals|calendar|levels import` have in common: options, the difference in words, rejected rows."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from lrs.cli.person import OPERATOR
from lrs.cli.progress import progress_over
from lrs.commands.import_reference import Import, import_reference, preview
from lrs.credential.credentials import DEFAULT_STORE
from lrs.http.parts import Parts
from lrs.reference.difference import Difference
from lrs.reference.entity import Entity, Reading, Rejected, UnreadableFile

SHOWN = 20
REJECTED_STATUS = 3
F = TypeVar("F", bound=Callable[..., Any])


def import_options(command: F) -> F:
    """--store, --dry-run, --accept-rejects, --rejects, --as-of."""
    for option in (
        click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            help="From which day on the file holds, where it does not say; default: today.",
        ),
        click.option(
            "--rejects",
            type=click.Path(dir_okay=False),
            help="Where rejected rows go; default: PATH.rejects.ndjson",
        ),
        click.option(
            "--accept-rejects", is_flag=True, help="Import the rest of the file when rows are rejected."
        ),
        click.option("--dry-run", is_flag=True, help="Only show what would change."),
        click.option("--store", default=DEFAULT_STORE, show_default=True, help="The controller's store."),
    ):
        command = option(command)
    return command


def today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Europe/Brussels")).date()


def as_day(given: datetime | None) -> date:
    return given.date() if given else today()


def read_file(path: str) -> bytes:
    """Raises ClickException that names the file."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error


def reading_of(what: str, read: Callable[[Callable[[int], None]], Reading]) -> Reading:
    """Read with a progress bar; what cannot be read at all is told in one line."""
    try:
        with progress_over(what, None) as at:
            return read(at)
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error


def run_import(
    shared: Parts,
    path: str,
    reading: Reading,
    *,
    store: str,
    as_of: date,
    dry_run: bool,
    accept_rejects: bool,
    rejects: str | None,
) -> None:
    """Import, or show, what a reading changes. Exit status 3 when rows are rejected and nothing was imported."""
    with progress_over(f"import {path}", None) as at:
        wanted = Import(
            reading, store, OPERATOR, as_of, shared.keys, accept_rejects, lambda recorded, of: at(recorded)
        )
        found = preview(shared.database, wanted) if dry_run else import_reference(shared.writer, wanted)
    target = Path(rejects or f"{path.rstrip('/')}.rejects.ndjson")
    _tell_remarks(found)
    _tell_rejected(found.rejected, target)
    stopped = bool(found.rejected) and not accept_rejects
    _tell_difference(found, dry_run, stopped)
    if stopped:
        sys.exit(REJECTED_STATUS)


def _tell_remarks(found: Difference) -> None:
    for remark in found.remarks:
        click.echo(f"note: {remark}", err=True)


def _tell_rejected(rejected: list[Rejected], target: Path) -> None:
    if not rejected:
        return
    for each in rejected[:SHOWN]:
        click.echo(f"{each.file} line {each.line}: {each.reason}", err=True)
    if len(rejected) > SHOWN:
        click.echo(f"... and {len(rejected) - SHOWN} more", err=True)
    lines = (json.dumps(each._asdict(), ensure_ascii=False, default=str) for each in rejected)
    target.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    click.echo(f"{len(rejected)} rejected rows are in {target}", err=True)


def _tell_difference(found: Difference, dry_run: bool, stopped: bool) -> None:
    if dry_run:
        _tell_entities("+", found.added)
        _tell_entities("~", found.changed)
        _tell_entities("-", found.ended)
    for name, added, changed, ended, same in found.counts():
        click.echo(f"{name}: {added} added, {changed} changed, {ended} ended, {same} the same")
    if stopped:
        click.echo("nothing was imported: mend the file, or take the rest of it with --accept-rejects")
    elif dry_run:
        click.echo("dry run: nothing was imported")
    elif not found.to_record:
        click.echo("nothing to import: all of it is known")


def _tell_entities(sign: str, entities: Iterable[Entity]) -> None:
    listed = list(entities)
    for each in listed[:SHOWN]:
        click.echo(f"{sign} {each.type} {each.key}")
    if len(listed) > SHOWN:
        click.echo(f"{sign} ... and {len(listed) - SHOWN} more")
