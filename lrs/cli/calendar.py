"""`lrs calendar import`: the days on which learners are not expected at school."""

from datetime import datetime

import click

from lrs.cli.reference_import import as_day, import_options, read_file, reading_of, run_import
from lrs.cli.settings_of import parts_of_environment
from lrs.reference.calendar_periods import read_calendar


@click.group()
def calendar() -> None:
    """School calendars; without one the Flemish rules hold.

    \b
    Example:
      lrs calendar import vrije-dagen.csv
    """


@calendar.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--school", help="The school whose calendar it is, where a row names none; default: all schools."
)
@import_options
def import_calendar(
    file: str,
    school: str | None,
    store: str,
    dry_run: bool,
    accept_rejects: bool,
    rejects: str | None,
    as_of: datetime | None,
) -> None:
    """Import the days off from FILE, a CSV with the columns from, to (the last day), kind and, as known, label, school.

    KIND is autumn, christmas, carnival, easter or summer (herfstvakantie, ...), which takes the place of that holiday
    by the Flemish rules; free (vrije dag, studiedag, ...), which comes on top; or school, a day with school after all.
    A file states the whole calendar of each school and school year in it.

    \b
    Example:
      printf 'from,to,kind,label\\n2025-10-01,2025-10-01,free,studiedag\\n' > days.csv
      lrs calendar import days.csv --school atheneum
    """
    content = read_file(file)
    reading = reading_of(f"read {file}", lambda at: read_calendar(file, content, school))
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
