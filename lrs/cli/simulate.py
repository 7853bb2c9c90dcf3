"""`lrs simulate`: a school year that never was, into files or into a running store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from lrs.cli.progress import progress_over
from lrs.simulate.post import CannotPost, Endpoint, post_year
from lrs.simulate.simulated_year import DEFAULT_YEAR, Plan, SimulatedYear, learners_for
from lrs.simulate.trail import Rates
from lrs.simulate.written import write_year

DEFAULT_STATEMENTS = 100_000


F = TypeVar("F", bound=Callable[..., Any])
_USUAL = Rates()


def _rates(command: F) -> F:
    """--late-rate, --duplicate-rate, --mistaken-rate, --bad-rate: how often the journey to the store goes wrong."""
    for name, told in (
        ("bad", "Share of statements from a badly behaving platform."),
        ("mistaken", "Share of goals and videos of which something is said that is then voided."),
        ("duplicate", "Share of statements sent twice."),
        ("late", "Share of sessions without a connection, sent hours or days later."),
    ):
        usual = getattr(_USUAL, name)
        option = click.option(
            f"--{name}-rate", name, type=click.FloatRange(0, 0.9), default=usual, show_default=True, help=told
        )
        command = option(command)
    return command


@click.command()
@click.option(
    "--statements", type=click.IntRange(1), help="About how many; default 100,000. Learners follow from it."
)
@click.option(
    "--learners", type=click.IntRange(1), help="How many instead; rounded up to working groups of four."
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed gives the same bytes."
)
@click.option(
    "--year", type=click.IntRange(2000, 2100), default=DEFAULT_YEAR, show_default=True, help="It starts then."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the files.")
@click.option("--post", "url", help="Post to this xAPI endpoint instead.")
@click.option("--key", help="Its key.")
@click.option("--secret", help="Its secret; asked for when not given.")
@click.option(
    "--rate", type=click.FloatRange(0, min_open=True), help="At most this many statements a second."
)
@_rates
@click.option("--refused", is_flag=True, help="The bad platform also sends what a store refuses.")
def simulate(
    statements: int | None,
    learners: int | None,
    seed: int,
    year: int,
    out: Path | None,
    url: str | None,
    key: str | None,
    secret: str | None,
    rate: float | None,
    refused: bool,
    **rates: float,
) -> None:
    """Simulate a school year of a Flemish school group, and the truth behind it.

    Whole learners and a whole year: the number of statements comes out within some per cent. In DIR come
    statements.ndjson.gz (in the order in which they reach the store), roster.zip (OneRoster 1.2), goals.json
    (CASE 1.0), calendar.csv and truth.parquet (what each learner is like and truly did; what became of each goal).

    \b
    Example:
      lrs simulate --statements 100000 --seed 7 --out year
      lrs import year/statements.ndjson.gz
      lrs roster import year/roster.zip --account https://leerplein.example=userIds:leerplein \\
        --account https://oefenhoek.example=userIds:oefenhoek --account https://kijkklas.example=userIds:kijkklas
      lrs goals import year/goals.json
      lrs calendar import year/calendar.csv
      lrs simulate --learners 48 --post http://127.0.0.1:8080/xAPI/ --key KEY --rate 200
    """
    if (out is None) == (url is None):
        raise click.UsageError("name either a folder (--out) or a store (--post)")
    if statements is not None and learners is not None:
        raise click.UsageError("--statements or --learners, not both: one follows from the other")
    count = learners or learners_for(statements or DEFAULT_STATEMENTS)
    plan = Plan(seed, count, first_year=year, rates=Rates(**rates, refused=refused))
    if out is not None:
        _write(plan, out)
    elif url is not None:
        _post(plan, url, key, secret, rate)


def _write(plan: Plan, folder: Path) -> None:
    try:
        with progress_over("simulating", None) as at:
            written = write_year(SimulatedYear(plan), folder, at)
    except OSError as error:
        raise click.ClickException(f"{folder}: {error.strerror or error}") from error
    click.echo(f"{folder}: {written.statements} statements of {written.learners} learners")


def _post(plan: Plan, url: str, key: str | None, secret: str | None, rate: float | None) -> None:
    key = key or click.prompt("key")
    secret = secret or click.prompt("secret", hide_input=True)
    try:
        endpoint = Endpoint(url, key, secret)
        with progress_over("posting", None) as at:
            posted = post_year(SimulatedYear(plan).arrivals(), endpoint, rate, at)
        endpoint.close()
    except (CannotPost, OSError) as error:
        raise click.ClickException(str(error)) from error
    for reason in posted.reasons:
        click.echo(f"refused: {reason}", err=True)
    click.echo(f"{url}: {posted.accepted} accepted (sent twice: counted twice), {posted.refused} refused")
