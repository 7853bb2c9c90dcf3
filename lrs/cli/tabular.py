"""`lrs tabular import|draft|mappings`: sheets that a school keeps or exports, as statements."""

import json
import sys
import tomllib
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import IO

import click

from lrs.cli.import_statements import sender_of
from lrs.cli.progress import progress_over
from lrs.cli.settings_of import parts_of, settings_of_environment
from lrs.cli.tabular_rejects import Rejects
from lrs.cli.tabular_run import Run, Stopped
from lrs.credential.credentials import DEFAULT_STORE
from lrs.profile.files import read_profiles
from lrs.profile.profiles import Profiles
from lrs.tabular.draft import draft_of
from lrs.tabular.grid import UnreadableSheet
from lrs.tabular.mapping import SheetMapping
from lrs.tabular.read_mapping import SUFFIX, read_mapping
from lrs.tabular.sheet import MissingColumns, Sheet, open_sheet, read_grids
from lrs.tabular.statements_of import statements_of
from lrs.tabular.table import InvalidMapping

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
A_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
# Clocks differ a little, and a day that is not over yet is no typing error.
AHEAD = timedelta(days=1)


@click.group()
def tabular() -> None:
    """Sheets, CSV and XLSX, as xAPI statements through a mapping file.

    \b
    Example:
      lrs tabular mappings contract-work > mine.toml
      lrs tabular draft punten.xlsx --out mine.toml
      lrs tabular import --mapping mine.toml punten.xlsx --dry-run
    """


@tabular.command("import")
@click.argument("sheets", nargs=-1, required=True, type=A_FILE, metavar="FILE...")
@click.option(
    "-m", "--mapping", "mapping_path", required=True, type=A_FILE, help="What the columns say (TOML)."
)
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@click.option(
    "--statements", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE",
    help="Also write the statements here (NDJSON; - for stdout).",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Stop at the first row that cannot be used.")
@click.option("--rejects", type=A_NEW_FILE, help="Where such rows go; default: FILE.rejects.csv")
@click.option("--store", default=DEFAULT_STORE, show_default=True, help="The controller's store.")
@click.option("--as", "key", help="Store under the authority of this credential; default: the operator's.")
def import_sheets(
    sheets: tuple[Path, ...],
    mapping_path: Path,
    dry_run: bool,
    statements: str | None,
    strict: bool,
    rejects: Path | None,
    store: str,
    key: str | None,
) -> None:
    """Import the rows of FILES as statements of the templates that the mapping names.

    A statement's id follows from the mapping's name, the template and the key columns, so a second run stores nothing
    twice. A row that cannot be used, or whose cells changed since it was stored, is told with sheet, row, column and
    reason, goes to a rejects file, and does not stop the others; the exit status is then 3.

    \b
    Example:
      lrs tabular import --mapping contract-work.toml week36.xlsx --dry-run
      lrs tabular import --mapping toetsen.toml *.csv
    """
    if rejects is not None and len(sheets) > 1:
        raise click.UsageError("--rejects takes one FILE")
    settings = settings_of_environment()
    mapping = _mapping(mapping_path, read_profiles(settings.profiles))
    shared = parts_of(settings)
    sender = sender_of(shared, store, key)
    bad = 0
    with _opened(statements) as written:
        for path in sheets:
            target = Rejects(rejects or path.with_name(path.name + ".rejects.csv"), rejects is None)
            run = Run(shared, sender, dry_run, strict, target, written)
            _import_file(run, path, mapping, told_on_stderr=statements == "-")
            bad += target.count
    if bad:
        sys.exit(3)


def _opened(path: str | None) -> AbstractContextManager[IO[str] | None]:
    return nullcontext() if path is None else click.open_file(path, "w", encoding="utf-8")


def _mapping(path: Path, profiles: Profiles) -> SheetMapping:
    try:
        mapping = read_mapping(path, profiles)
    except InvalidMapping as error:
        raise click.ClickException(str(error)) from error
    for name, person in mapping.people.items():
        if "//school.example" in str(person.home_page.constant):
            click.echo(f"{path.name}: people.{name}.home_page is still the example's", err=True)
    return mapping


def _import_file(run: Run, path: Path, mapping: SheetMapping, *, told_on_stderr: bool) -> None:
    """Import a file, and tell what came of it, also when it breaks off. Raises ClickException."""
    try:
        for sheet in _fitting(path, mapping):
            _import_sheet(run, sheet, mapping, f"{path.name}: {sheet.name}")
        run.flush()
    except (UnreadableSheet, MissingColumns) as error:
        run.flush()
        raise click.ClickException(f"{path}: {error}") from error
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error
    except Stopped as error:
        raise click.ClickException(f"{path}: {error}; {run.counts['stored']} stored before it") from error
    finally:
        run.rejects.close()
    click.echo("\n".join(run.summary(path)), err=told_on_stderr)
    if run.dry:
        _show_examples(run, told_on_stderr)


def _fitting(path: Path, mapping: SheetMapping) -> list[Sheet]:
    """The sheets that have the mapping's columns. One that the mapping names must have them, others may lack them."""
    fitting, missing = [], []
    for grid in read_grids(path, mapping.layout):
        try:
            fitting.append(open_sheet(grid, mapping.layout, mapping.needed_columns()))
        except MissingColumns as error:
            if mapping.layout.names_sheets:
                raise
            missing.append(error)
    if not fitting:
        raise missing[0]
    for each in missing:
        click.echo(f"{path.name}: left out: {each}", err=True)
    return fitting


def _import_sheet(run: Run, sheet: Sheet, mapping: SheetMapping, what: str) -> None:
    latest = datetime.now(UTC) + AHEAD
    with progress_over(what, sheet.total) as at:
        for outcome in statements_of(sheet, mapping, run.shared.profiles, latest):
            run.take(outcome)
            at(outcome.number)


def _show_examples(run: Run, told_on_stderr: bool) -> None:
    for name, statement in run.examples.items():
        text = json.dumps(statement, ensure_ascii=False, indent=2)
        click.echo(f"the first {name}:\n{text}", err=told_on_stderr)


@tabular.command()
@click.argument("sheet", type=A_FILE, metavar="FILE")
@click.option("--out", type=A_NEW_FILE, help="Write it here, where no file is yet; default: stdout.")
@click.option("--home-page", default="https://school.example/leerlingen", help="Of the learners' accounts.")
def draft(sheet: Path, out: Path | None, home_page: str) -> None:
    """Propose a mapping for an unknown FILE by its headers and what its cells look like.

    The proposal says in comments what to check. No cell of a learner is in it, save words that come back often, such
    as levels.

    \b
    Example:
      lrs tabular draft punten.xlsx --out punten.toml
    """
    try:
        text = draft_of(sheet, home_page)
    except UnreadableSheet as error:
        raise click.ClickException(f"{sheet}: {error}") from error
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"{out} is there already") from None
    click.echo(f"{out}: check it, then lrs tabular import --mapping {out} {sheet} --dry-run")


@tabular.command()
@click.argument("name", required=False)
def mappings(name: str | None) -> None:
    """List the worked mappings, or print the one of this NAME to adapt.

    \b
    Example:
      lrs tabular mappings
      lrs tabular mappings coach-talks > coach.toml
    """
    folder = files("lrs.tabular") / "mappings"
    there = {each.name.removesuffix(SUFFIX): each for each in folder.iterdir() if each.name.endswith(SUFFIX)}
    if name is not None:
        if name not in there:
            raise click.UsageError(f"no worked mapping is named {name}; there is {', '.join(sorted(there))}")
        click.echo(there[name].read_text(encoding="utf-8"), nl=False)
        return
    for each in sorted(there):
        title = tomllib.loads(there[each].read_text(encoding="utf-8"))["title"]
        click.echo(f"{each:<20} {title}")
