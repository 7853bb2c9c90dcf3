"""`lrs person link`: one learner on several platforms."""

from typing import Any

import click

from lrs.cli.settings_of import parts_of_environment
from lrs.commands.link_person import link_person
from lrs.credential.credentials import DEFAULT_STORE
from lrs.statement.check import InvalidStatement, check_agent
from lrs.statement.json_text import InvalidJson, parse_object

OPERATOR = "operator"


@click.group()
def person() -> None:
    """People behind agents.

    \b
    Example:
      lrs person link '{"mbox": "mailto:an@example.org"}' '{"openid": "https://id.example.org/an"}'
    """


@person.command()
@click.argument("agents", nargs=-1, required=True)
@click.option("--store", default=DEFAULT_STORE, show_default=True, help="The controller's store.")
def link(agents: tuple[str, ...], store: str) -> None:
    """Say that two or more AGENTS (JSON, each with one IFI) are one person.

    Their statements count as one learner's, those from before the link too.

    \b
    Example:
      lrs person link '{"mbox": "mailto:an@example.org"}' \\
        '{"account": {"homePage": "https://platform.example.org", "name": "4711"}}'
    """
    if len(agents) < 2:
        raise click.UsageError("a link takes two agents or more")
    shared = parts_of_environment()
    position = link_person(
        shared.writer, [_agent(text) for text in agents], store=store, credential=OPERATOR, keys=shared.keys
    )
    click.echo(f"linked {len(agents)} agents (position {position})")


def _agent(text: str) -> dict[str, Any]:
    try:
        agent: dict[str, Any] = parse_object(text)
        check_agent(agent)
    except (InvalidJson, InvalidStatement) as error:
        raise click.UsageError(f"{text} is not an Agent: {error.message}") from error
    return agent
