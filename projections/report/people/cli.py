"""`lrs report class` and `lrs report learner`: for a teacher and a learner, with names joined while rendering."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import duckdb

from lrs.directory.directory import Directory, DirectoryUnusable, open_directory
from lrs.directory.viewer import MayNotSee, Role
from lrs.settings import Settings
from projections.publish import published_folder
from projections.query import NothingPublished
from projections.report.people.class_layout import class_layout
from projections.report.people.class_report import build_class_report
from projections.report.people.layout import Layout
from projections.report.people.learner_layout import learner_layout
from projections.report.people.learner_report import build_learner_report
from projections.report.people.looking import UnknownPerson, as_role, found
from projections.report.people.model import ClassReport, LearnerReport
from projections.report.people.moment import NothingToTell
from projections.report.people.page import to_page
from projections.report.people.plain import to_csv, to_json
from projections.report.people.published import Published, open_learners
from projections.report.people.terminal import to_terminal
from projections.report.people.words import LANGUAGES

_PLAIN_WIDTH = 140
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _shared(command: _Command) -> _Command:
    """The options that both commands have, in the order in which help shows them."""
    file = click.Path(dir_okay=False, path_type=Path)
    for option in reversed(
        (
            click.option("--teacher", help="Who looks as a teacher: the roster's id, an agent, an agent key."),
            click.option("--year", callback=_school_year, help="School year, 2025-2026 or 2025."),
            click.option(
                "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day; default: the newest in the tables."
            ),
            click.option(
                "--lang", type=click.Choice(LANGUAGES), default="nl", show_default=True,
                help="Dutch or English.",
            ),
            click.option("--html", type=file, help="Write one page that stands by itself, to read or print."),
            click.option("--csv", "form", flag_value="csv", help="Comma-separated: the first table only."),
            click.option("--json", "form", flag_value="json", help="One JSON object: the whole report."),
            click.option("--store", default="default", show_default=True, help="The controller's store."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def _school_year(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    begin = text[:4]
    if len(begin) != 4 or not begin.isdecimal() or text not in (begin, f"{begin}-{int(begin) + 1}"):
        raise click.BadParameter("a school year is written 2025-2026 or 2025")
    return f"{begin}-{int(begin) + 1}"


@click.command("class")
@click.option("--class", "class_key", required=True, help="The class's key, as in the table `class`.")
@click.option("--as", "role", type=click.Choice(["teacher", "administrator"]), help="In which role you look.")
@_shared
def report_class(
    class_key: str, role: str | None, teacher: str | None, year: str | None, as_of: datetime | None, lang: str,
    html: Path | None, form: str | None, store: str,
) -> None:  # fmt: skip
    """A class: who may need support or challenge, who waits for an answer, and how goals stand.

    With names, so for its own teacher: one sees the classes that the roster says he or she teaches on the newest day
    in the tables, and who is in them on that day.

    \b
    Example:
      lrs report class --class 3a --teacher t-17
      lrs report class --class 3a --as administrator --html 3a.html
    """
    settings, day = Settings.from_environment(os.environ), as_of.date() if as_of else None
    looks_as = _role(role, teacher)
    with _opened(settings, store, html) as (published, directory):
        looking = as_role(directory, looks_as, teacher, None)
        made = build_class_report(published, looking, class_key, lang, year, day)
    _hand_over(made, class_layout(made, lang), html, form)


@click.command("learner")
@click.option(
    "--learner", "named", required=True, help="The roster's id, an agent (JSON) or an agent or learner key."
)
@click.option(
    "--as", "role", type=click.Choice(["teacher", "learner", "administrator"]), help="In which role you look."
)
@_shared
def report_learner(
    named: str, role: str | None, teacher: str | None, year: str | None, as_of: datetime | None, lang: str,
    html: Path | None, form: str | None, store: str,
) -> None:  # fmt: skip
    """A learner: goals, traces of planning, monitoring and more, reflections, help and feedback.

    For the learner, and for a teacher of a class that he or she is in on the newest day in the tables.

    \b
    Example:
      lrs report learner --learner l-4711 --as learner
      lrs report learner --learner l-4711 --as teacher --teacher t-17 --html l-4711.html
    """
    settings, day = Settings.from_environment(os.environ), as_of.date() if as_of else None
    looks_as = _role(role, teacher)
    with _opened(settings, store, html) as (published, directory):
        learner = found(directory, named)
        looking = as_role(directory, looks_as, teacher, learner)
        made = build_learner_report(published, looking, directory.agents_of(learner), lang, year, day)
    _hand_over(made, learner_layout(made, lang), html, form)


def _role(role: str | None, teacher: str | None) -> Role:
    if role is None and teacher is None:
        raise click.UsageError("say in which role you look: --teacher WHO, or --as ROLE")
    if role is not None and (role == "teacher") != (teacher is not None):
        raise click.UsageError("--teacher WHO goes with --as teacher, and with no other role")
    return Role(role or Role.TEACHER)


@contextmanager
def _opened(settings: Settings, store: str, html: Path | None) -> Iterator[tuple[Published, Directory]]:
    _refuse_among_published(settings, store, html)
    try:
        with open_learners(settings, store) as published, open_directory(settings, store) as directory:
            yield published, directory
    except (UnknownPerson, NothingToTell, MayNotSee) as error:
        raise click.UsageError(str(error)) from error
    except (NothingPublished, DirectoryUnusable, duckdb.Error) as error:
        raise click.ClickException(str(error)) from error


def _refuse_among_published(settings: Settings, store: str, html: Path | None) -> None:
    """Names never lie beside figures: not even by a path that somebody mistyped."""
    folder = published_folder(settings, store).parent.resolve()
    if html is not None and html.resolve().is_relative_to(folder):
        raise click.UsageError(f"{html} lies among the published files, which hold no names: choose another")


def _hand_over(
    made: ClassReport | LearnerReport, layout: Layout, html: Path | None, form: str | None
) -> None:
    """A page where one is asked for; else, or when a form is asked for too, text."""
    if html is not None:
        _write(html, to_page(layout))
    if form == "json":
        click.echo(to_json(made))
    elif form == "csv":
        click.echo(to_csv(layout), nl=False)
    elif html is None:
        shown = sys.stdout.isatty()
        width = os.get_terminal_size(sys.stdout.fileno()).columns if shown else _PLAIN_WIDTH
        click.echo(to_terminal(layout, width, shown))


def _write(path: Path, page: str) -> None:
    """For its owner's eyes: names are in it."""
    try:
        path.touch(mode=0o600)
        path.write_text(page, "utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
    click.echo(f"{path}", err=True)
