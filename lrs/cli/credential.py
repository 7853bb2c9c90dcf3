"""`lrs credential create|list|set|revoke`."""

import json
from datetime import UTC, datetime

import click

from lrs.cli.settings_of import parts_of_environment
from lrs.credential.credentials import (
    DEFAULT_STORE,
    SCOPES,
    create_credential,
    list_credentials,
    revoke_credential,
    set_credential,
)
from lrs.http.lenient import FORGIVEN
from lrs.profile.conformance import PROFILE_CHECKS, REPORT


def _strictness(lenient: bool) -> str:
    return "lenient" if lenient else "strict "


def _forgiven() -> str:
    """What --lenient forgives, for the help text."""
    return "\n\n".join(["Forgiven by --lenient:", *(f"{q.forgiven} Seen: {q.clients}." for q in FORGIVEN)])


@click.group()
def credential() -> None:
    """Keys and secrets of the systems that send and read statements.

    \b
    Example:
      lrs credential create --label "Moodle of the middle school" --scope statements/write
    """


@credential.command()
@click.option("--label", default="", help="Whose it is, for the list.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="May be given again; default: all."
)
@click.option(
    "--store", default=DEFAULT_STORE, show_default=True, help="The controller's store it reads and writes."
)
@click.option(
    "--profile-check",
    type=click.Choice(PROFILE_CHECKS),
    default=REPORT,
    show_default=True,
    help="What a broken rule of an xAPI Profile leads to: nothing, a record of it, or a refusal.",
)
@click.option(
    "--lenient/--strict", default=False, help="Forgive the quirks of its client, or not (the default)."
)
@click.option("--json", "as_json", is_flag=True, help="For scripts: one JSON object.")
def create(
    label: str, scopes: tuple[str, ...], store: str, profile_check: str, lenient: bool, as_json: bool
) -> None:
    """Make a key and secret. The secret is shown this once and kept only as a hash.

    \b
    Example:
      lrs credential create --label dashboard --scope all/read --json
      lrs credential create --label "new platform" --scope statements/write --profile-check enforce
    """
    made, secret = create_credential(
        parts_of_environment().database, store=store, scopes=scopes or ("all",), label=label,
        profile_check=profile_check, lenient=lenient,
    )  # fmt: skip
    shown = {
        "key": made.key, "secret": secret, "scopes": sorted(made.scopes), "store": made.store,
        "profile_check": made.profile_check, "lenient": made.lenient,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps(shown))
        return
    click.echo(f"key     {made.key}\nsecret  {secret}   (shown this once)")
    click.echo(f"scopes  {' '.join(sorted(made.scopes))}\nstore   {made.store}")
    click.echo(f"broken rules of profiles: {made.profile_check}")
    click.echo(f"quirks of clients: {'forgiven' if lenient else 'refused'}")


@credential.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts: a JSON array.")
def list_all(as_json: bool) -> None:
    """List keys, never secrets.

    \b
    Example:
      lrs credential list --json
    """
    found = list_credentials(parts_of_environment().database)
    rows = [
        {
            "key": c.key,
            "label": c.label,
            "scopes": sorted(c.scopes),
            "store": c.store,
            "created": datetime.fromtimestamp(c.created / 1e6, UTC).isoformat(timespec="seconds"),
            "revoked": c.revoked is not None,
            "profile_check": c.profile_check,
            "lenient": c.lenient,
        }
        for c in found
    ]
    if as_json:
        click.echo(json.dumps(rows))
    elif not rows:
        click.echo("there is none yet: lrs credential create")
    else:
        for row in rows:
            state = "revoked" if row["revoked"] else " ".join(found[0].scopes and row["scopes"])  # type: ignore[arg-type]
            held = f"{state:<24} {row['profile_check']:<8} {_strictness(bool(row['lenient']))} {row['label']}"
            click.echo(f"{row['key']}  {row['store']:<12} {row['created']}  {held}")


@credential.command("set", epilog=_forgiven())
@click.argument("key")
@click.option(
    "--profile-check",
    type=click.Choice(PROFILE_CHECKS),
    help="What a broken rule of an xAPI Profile leads to: nothing, a record of it, or a refusal.",
)
@click.option(
    "--lenient/--strict", default=None, help="Forgive the quirks of its client that are listed here."
)
def set_(key: str, profile_check: str | None, lenient: bool | None) -> None:
    """Hold a key to xAPI Profiles, or to xAPI itself, in another way from now on.

    What is stored keeps its record of profiles; after a change from or to off, `lrs reindex` makes it again.

    \b
    Example:
      lrs credential set 3f9c0a4e1b2d --profile-check enforce
      lrs credential set 3f9c0a4e1b2d --lenient
    """
    if profile_check is None and lenient is None:
        raise click.UsageError("say what to set: --profile-check, --lenient or --strict")
    database = parts_of_environment().database
    if not set_credential(database, key, profile_check=profile_check, lenient=lenient):
        raise click.ClickException(f"there is no key {key} that is in force; lrs credential list")
    said = [profile_check] if profile_check else []
    said += [] if lenient is None else [_strictness(lenient).strip()]
    click.echo(f"{key}: {', '.join(said)}; running servers notice within LRS_CREDENTIAL_SECONDS")


@credential.command()
@click.argument("key")
def revoke(key: str) -> None:
    """Revoke a key. What it stored stays.

    \b
    Example:
      lrs credential revoke 3f9c0a4e1b2d
    """
    if not revoke_credential(parts_of_environment().database, key):
        raise click.ClickException(f"there is no key {key} that is in force; lrs credential list")
    click.echo(f"revoked {key}; running servers notice within LRS_CREDENTIAL_SECONDS")
