"""`lrs dictionary`: what each table and column means."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path

import click

from lrs.settings import Settings
from projections.catalog import InvalidProjection, load_catalog
from projections.dictionary.entries import Entry, read_entries, read_entry, sections, table_names
from projections.dictionary.markdown import to_markdown
from projections.dictionary.page import to_html


@click.command()
@click.argument("name", default="")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Write a page of HTML.")
@click.option("--markdown", "form", flag_value="markdown", default="markdown", help="Markdown (default).")
@click.option("--json", "form", flag_value="json", help="For scripts: a JSON array, an object per table.")
def dictionary(name: str, page: Path | None, form: str) -> None:
    """Say what each table and column of the published files means: all of them, or the table NAME.

    What a row is, by which columns it is unique, in which file it is, what it is made of; for an indicator its unit,
    range, minimum n, direction and source. Made from the projection files, also those of LRS_PROJECTION_FOLDER.

    \b
    Example:
      lrs dictionary goal_progress
      lrs dictionary --html dictionary.html
    """
    if page is not None and form == "json":
        raise click.UsageError("--html and --json exclude each other")
    entries = _entries(name)
    if page is not None:
        _write(page, to_html(sections(entries)))
        click.echo(f"{page}: {len(entries)} table{'' if len(entries) == 1 else 's'}", err=True)
    elif form == "json":
        click.echo(json.dumps([asdict(entry) for entry in entries], indent=2, ensure_ascii=False))
    else:
        click.echo(to_markdown(sections(entries)), nl=False)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error


def _entries(name: str) -> Sequence[Entry]:
    try:
        catalog = load_catalog(Settings.from_environment(os.environ).projection_folder)
        if not name:
            return read_entries(catalog)
        if found := read_entry(catalog, name):
            return [found]
    except (InvalidProjection, ValueError) as error:
        raise click.ClickException(str(error)) from error
    near = get_close_matches(name, table_names(catalog), 3)
    raise click.UsageError(
        f"there is no table {name}; {'near it: ' + ', '.join(near) if near else 'lrs dictionary lists them'}"
    )
