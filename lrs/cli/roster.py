"""`lrs roster import`: who is in which class and school."""

from datetime import datetime
from pathlib import Path

import click

from lrs.cli.reference_import import as_day, import_options, reading_of, run_import
from lrs.cli.settings_of import parts_of_environment
from lrs.commands.import_reference import remembered_accounts
from lrs.reference.account import AccountRule, InvalidMapping, parse_rule
from lrs.reference.bundle import Bundle, open_bundle
from lrs.reference.entity import UnreadableFile
from lrs.reference.roster import read_roster

SOURCE = "roster"


@click.group()
def roster() -> None:
    """Schools, classes and who is in them.

    \b
    Example:
      lrs roster import roster.zip --account 'https://platform.example.org=username'
    """


@roster.command("import")
@click.argument("path", type=click.Path(exists=True))
@click.option(
    "--account",
    "accounts",
    multiple=True,
    metavar="HOMEPAGE=FIELD",
    help="How a platform calls people: FIELD is sourcedId, identifier, username, email, userMasterIdentifier, "
    "metadata.NAME, userIds:TYPE or profile:NAME; or mbox=email. For each platform one; "
    "remembered for the next import.",
)
@click.option("--source", help="Whose roster it is; default: the manifest's system, else 'roster'.")
@import_options
def import_roster(
    path: str,
    accounts: tuple[str, ...],
    source: str | None,
    store: str,
    dry_run: bool,
    accept_rejects: bool,
    rejects: str | None,
    as_of: datetime | None,
) -> None:
    """Import a OneRoster 1.1 or 1.2 CSV bundle from PATH, a zip file or a folder.

    Only what changed is recorded, so the same bundle can be imported again. An enrolment begins with its beginDate,
    else with its dateLastModified, else on the --as-of day (the first time: when its class begins); one that is gone
    from a bulk file ends on that day. So a learner who changes class keeps the old one for what came before.

    All or nothing: when a row is rejected nothing is imported, and the exit status is 3.

    \b
    Example:
      lrs roster import roster.zip --dry-run \\
        --account 'https://leerplein.example.org=username' --account 'https://oefen.example.org=identifier'
    """
    bundle = _open(path)
    shared = parts_of_environment()
    whose = source or bundle.system or SOURCE
    rules = _rules(accounts or tuple(remembered_accounts(shared.database, store, whose)))
    reading = reading_of(
        f"read {path}", lambda at: read_roster(bundle, rules, whose, at, by_terms=as_of is None)
    )
    if not rules:
        click.echo("note: no --account was given: nobody is tied to the statements of a platform", err=True)
    run_import(
        shared,
        path,
        reading,
        store=store,
        as_of=as_day(as_of),
        dry_run=dry_run,
        accept_rejects=accept_rejects,
        rejects=rejects,
    )


def _open(path: str) -> Bundle:
    try:
        return open_bundle(Path(path))
    except UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error


def _rules(texts: tuple[str, ...]) -> list[AccountRule]:
    try:
        return [parse_rule(text) for text in texts]
    except InvalidMapping as error:
        raise click.UsageError(str(error)) from error
