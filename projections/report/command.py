"""`lrs report`: what is published, for people."""

import os
import sys
from pathlib import Path

import click
import duckdb

from lrs.settings import Settings
from projections.query import NothingPublished
from projections.report.build import build_report
from projections.report.long_form import to_csv
from projections.report.model import Report
from projections.report.page import to_page
from projections.report.people.cli import report_class, report_learner
from projections.report.plain import to_json
from projections.report.published import UnknownSchool, choose, reading_schools, school_years
from projections.report.terminal import to_terminal
from projections.report.wording import Wording
from projections.report.words import LANGUAGES
from projections.report.workbook import to_xlsx

_FILE = click.Path(dir_okay=False, path_type=Path)
# Text in a file or a pipe is as wide as a page of paper.
_PLAIN_WIDTH = 100


@click.group()
def report() -> None:
    """Reports on what is published.

    \b
    Example:
      lrs report school --school school-1 --year 2025-2026 --html report.html
      lrs report class --help
    """


report.add_command(report_class)
report.add_command(report_learner)


@report.command()
@click.option("--school", help="The school's key; without it, the schools and years are listed.")
@click.option("--year", help="School year, 2025-2026 or 2025; the newest when not given.")
@click.option("--store", default="default", show_default=True, help="The controller's store.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default="nl", show_default=True, help="Dutch or English."
)
@click.option(
    "--html", type=_FILE, help="Write one page that stands by itself: to send, print or put online."
)
@click.option("--xlsx", type=_FILE, help="Write a workbook for Excel or LibreOffice.")
@click.option("--csv", "form", flag_value="csv", help="Comma-separated values, one row for each figure.")
@click.option("--json", "form", flag_value="json", help="One JSON object.")
@click.option("--out", type=_FILE, help="Write the text, CSV or JSON to this file.")
def school(
    school: str | None, year: str | None, store: str, lang: str, html: Path | None, xlsx: Path | None,
    form: str | None, out: Path | None,
) -> None:  # fmt: skip
    """A school in a school year: the director's three questions, and evidence for the R-OK.

    Each figure has its trend, what it rests on, how to read it, and a question to discuss with the team. It comes from
    what is published for schools, so small groups are not shown.

    \b
    Example:
      lrs report school
      lrs report school --school school-1 --year 2025-2026
      lrs report school --school school-1 --html report.html --xlsx report.xlsx --lang en
    """
    wording = Wording(lang)
    if school is None and (year, html, xlsx, form, out) != (None,) * 5:
        raise click.UsageError("say of which school: --school; without any option all are listed")
    try:
        with reading_schools(Settings.from_environment(os.environ), store) as connection:
            known = school_years(connection)
            if school is None:
                click.echo(_listed(known, wording))
                return
            made = build_report(connection, school, choose(known, school, year))
    except UnknownSchool as error:
        raise click.UsageError(str(error)) from error
    except (NothingPublished, duckdb.Error) as error:
        raise click.ClickException(str(error)) from error
    _hand_over(made, wording, {"html": html, "xlsx": xlsx}, form, out)


def _listed(known: dict[str, list[str]], wording: Wording) -> str:
    if not known:
        return wording("page.no_schools")
    width = max(map(len, known))
    lines = [f"  {key:<{width}}  {' '.join(years)}" for key, years in known.items()]
    first, years = next(iter(known.items()))
    ask = wording("page.how_to_ask", school=first, year=years[-1])
    return "\n".join([f"{wording('page.schools')}:", *lines, ask])


def _hand_over(
    made: Report, wording: Wording, files: dict[str, Path | None], form: str | None, out: Path | None
) -> None:
    """Files that are asked for; else, or when a form is asked for too, text."""
    for name, path in files.items():
        if path is not None:
            page = to_page(made, wording).encode() if name == "html" else to_xlsx(made, wording)
            _write(path, page)
    if out is not None:
        _write(out, _text(made, wording, form, _PLAIN_WIDTH, False).encode())
    elif form is not None or not any(files.values()):
        shown = sys.stdout.isatty()
        width = _width(shown)
        click.echo(_text(made, wording, form, width, shown), nl=form != "csv")


def _width(shown: bool) -> int:
    return min(os.get_terminal_size(sys.stdout.fileno()).columns, 120) if shown else _PLAIN_WIDTH


def _text(made: Report, wording: Wording, form: str | None, width: int, colour: bool) -> str:
    if form == "csv":
        return to_csv(made, wording)
    return to_json(made, wording) if form == "json" else to_terminal(made, wording, width, colour)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
    click.echo(f"{path}", err=True)
