"""`lrs goals import`: which goals belong to which curriculum."""

from datetime import datetime

import click

from lrs.cli.reference_import import as_day, import_options, read_file, reading_of, run_import
from lrs.cli.settings_of import parts_of_environment
from lrs.reference.goals import read_goals


@click.group()
def goals() -> None:
    """Goal frameworks: onderwijsdoelen, curricula, a school's own goals.

    \b
    Example:
      lrs goals import onderwijsdoelen-page-1.json onderwijsdoelen-page-2.json
    """


@goals.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--framework", help="Name of the framework of a CSV file; default: the name of the file.")
@import_options
def import_goals(
    files: tuple[str, ...],
    framework: str | None,
    store: str,
    dry_run: bool,
    accept_rejects: bool,
    rejects: str | None,
    as_of: datetime | None,
) -> None:
    """Import a goal framework from FILES.

    Pages of the public onderwijsdoelen (JSON-LD), 1EdTech CASE 1.0 packages (JSON), or CSV with the columns id, title
    and, as known, code, parent, kind, education, grade, stream, finality, valid_from, valid_until. A goal's parent
    may be in another framework that was imported before. A goal that is gone from a package or CSV file has ended; one
    that is missing from a page of onderwijsdoelen has not.

    \b
    Example:
      lrs goals import leerplan-wiskunde.csv --framework leerplan-wiskunde --dry-run
    """
    contents = [(path, read_file(path)) for path in files]
    reading = reading_of("read goals", lambda at: read_goals(contents, framework, at))
    run_import(
        parts_of_environment(),
        files[0],
        reading,
        store=store,
        as_of=as_day(as_of),
        dry_run=dry_run,
        accept_rejects=accept_rejects,
        rejects=rejects,
    )
