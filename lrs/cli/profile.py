"""`lrs profile check|list|show`: xAPI Profiles, and what statements make of them."""

import json
from importlib.resources import files
from pathlib import Path

import click

from lrs.cli.profile_check import check, more_profiles
from lrs.cli.settings_of import settings_of_environment
from lrs.profile.explain import described, in_language
from lrs.profile.files import read_profiles
from lrs.profile.template import Template

_LANGUAGE = click.option("--language", default="en", show_default=True, help="Of labels and definitions.")


@click.group()
def profile() -> None:
    """Statement templates of xAPI Profiles: our own for goals and self-regulation, and any other.

    \b
    Example:
      lrs profile check statements.ndjson.gz
      lrs profile show goal-set --language nl
    """


profile.add_command(check)


@profile.command("list")
@more_profiles
@_LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="For scripts: a JSON array.")
def list_templates(more: tuple[Path, ...], language: str, as_json: bool) -> None:
    """List the statement templates of all loaded profiles.

    \b
    Example:
      lrs profile list --profile cmi5.jsonld
    """
    profiles = read_profiles(settings_of_environment().profiles, more).profiles
    rows = [(each, template) for each in profiles for template in each.templates]
    if as_json:
        shown = [
            {"id": t.id, "profile": p.id, "verb": t.verb, "label": in_language(t.label, language)}
            for p, t in rows
        ]
        click.echo(json.dumps(shown, ensure_ascii=False))
        return
    for each in profiles:
        click.echo(f"{in_language(each.label, language)}  <{each.id}>: {len(each.templates)} templates")
        for template in each.templates:
            click.echo(f"  {_slug(template.id):<24} {in_language(template.label, language)}")


@profile.command()
@click.argument("template")
@more_profiles
@_LANGUAGE
@click.option(
    "--example", is_flag=True, help="Print the worked example statement, of our own profile's templates."
)
def show(template: str, more: tuple[Path, ...], language: str, example: bool) -> None:
    """Show what a TEMPLATE, named by its id or the last part of it, asks of statements.

    \b
    Example:
      lrs profile show goal-set
      lrs profile show goal-set --example > goal.json
    """
    found = _find(template, more)
    if not example:
        click.echo("\n".join(described(found, language)))
        return
    path = files("schemas") / "xapi" / "profiles" / "examples" / f"{_slug(found.id)}.json"
    if not found.id.startswith("https://w3id.org/xapi/gsl/") or not path.is_file():
        raise click.UsageError(f"{found.id} has no example here")
    click.echo(path.read_text(encoding="utf-8"), nl=False)


def _find(name: str, more: tuple[Path, ...]) -> Template:
    templates = read_profiles(settings_of_environment().profiles, more).templates
    found = [each for each in templates.values() if name in (each.id, _slug(each.id))]
    if not found:
        raise click.UsageError(f"no loaded profile has a template {name}; lrs profile list")
    if len(found) > 1:
        raise click.UsageError(f"{name} is {' and '.join(each.id for each in found)}: give the whole id")
    return found[0]


def _slug(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[1]
