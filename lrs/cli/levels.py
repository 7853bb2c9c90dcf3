"""`lrs levels import`: what a school calls the levels of a rubric."""

from datetime import datetime

import click

from lrs.cli.reference_import import as_day, import_options, read_file, reading_of, run_import
from lrs.cli.settings_of import parts_of_environment
from lrs.reference.level_schemes import read_levels


@click.group()
def levels() -> None:
    """Level schemes in a school's own words: brons, zilver, goud.

    \b
    Example:
      lrs levels import niveaus.csv
    """


@levels.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@import_options
def import_levels(
    file: str, store: str, dry_run: bool, accept_rejects: bool, rejects: str | None, as_of: datetime | None
) -> None:
    """Import level schemes from FILE: a CSV with the columns scheme, level, name and, as known, order, title; or JSON.

    Levels are numbered from 1, the lowest, without gaps. Statements name a scheme in gsl:extensions/level-scheme.

    \b
    Example:
      printf 'scheme,level,name\\nmetalen,1,brons\\nmetalen,2,zilver\\nmetalen,3,goud\\n' > niveaus.csv
      lrs levels import niveaus.csv
    """
    content = read_file(file)
    reading = reading_of(f"read {file}", lambda at: read_levels(file, content))
    run_import(
        parts_of_environment(),
        file,
        reading,
        store=store,
        as_of=as_day(as_of),
        dry_run=dry_run,
        accept_rejects=accept_rejects,
        rejects=rejects,
    )
