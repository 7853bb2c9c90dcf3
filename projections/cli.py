"""`lrs project` and `lrs publish`: the projections' part of the `lrs` command."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import duckdb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from lrs.feed import Feed
from lrs.logs import teller
from lrs.settings import Settings
from projections.catalog import InvalidProjection, load_catalog
from projections.exporter import CannotServe, serving
from projections.figures import projector_figures
from projections.follower import rebuild as rebuild_projector
from projections.network import publish_network
from projections.projector import Projector
from projections.publish import publish as publish_warehouse
from projections.query import NothingPublished
from projections.requests import PUBLISH, REBUILD, NoAnswer, ask
from projections.rok import InvalidExpectations
from projections.runner import Runner
from projections.running import ProjectionFailed
from projections.source.event_log import open_source
from projections.status import lag, read_statuses
from projections.warehouse import Warehouse, WarehouseOwned

DEFAULT_STORE = "default"
STORE = click.option("--store", default=DEFAULT_STORE, show_default=True, help="The controller's store.")


def _settings() -> Settings:
    return Settings.from_environment(os.environ)


@contextmanager
def _source(settings: Settings) -> Iterator[Feed]:
    source = open_source(settings)
    try:
        yield source
    except (
        InvalidProjection,
        InvalidExpectations,
        ProjectionFailed,
        WarehouseOwned,
        NothingPublished,
        NoAnswer,
        CannotServe,
    ) as error:
        raise click.ClickException(str(error)) from error
    finally:
        source.close()


@click.group()
def project() -> None:
    """Fold the event log into DuckDB tables.

    \b
    Example:
      lrs project run --once
    """


@project.command()
@click.option("--once", is_flag=True, help="Fold what is there now, and stop.")
@click.option(
    "--source",
    "origin",
    type=click.Choice(["log", "kafka"]),
    default="log",
    show_default=True,
    help="Straight from the log, or as one of several that share the stores through Kafka.",
)
def run(once: bool, origin: str) -> None:
    """Follow the log until Ctrl-C, and publish the tables now and then.

    A projection that cannot take an event stops here, names the event, and skips nothing.

    From Kafka: exit status 1 when it cannot be reached at the start, and when it refuses us; while it is away later, it
    is waited for.

    \b
    Example:
      lrs project run --once
      LRS_KAFKA=kafka1:9092 lrs project run --source kafka
    """
    settings = _settings()
    if origin == "kafka" and once:
        raise click.UsageError("--once folds what is in the log: leave out --source kafka")
    with _source(settings) as source:
        if origin == "kafka":
            _run_member(settings, source)
            return
        runner = Runner(
            settings, source, load_catalog(settings.projection_folder), teller(settings.log, "projections")
        )
        if once:
            runner.run_once()
            for store in source.stores():
                click.echo(f"{store}: all {source.head(store).position} positions folded")
        else:
            with serving(settings.projector_metrics, projector_figures(settings, lambda: source)):
                runner.run(_stopped_by_signals())


def _run_member(settings: Settings, source: Feed) -> None:
    if not settings.kafka:
        raise click.ClickException(
            "LRS_KAFKA is not set: name Kafka's bootstrap servers, such as 127.0.0.1:9092"
        )
    try:
        from lrs.kafka import KafkaAway
        from projections.member import Member
        from projections.source.kafka import Topic
    except ModuleNotFoundError as error:
        raise click.ClickException(
            "--source kafka needs kafka-python: pip install 'leerspoor[kafka]'"
        ) from error
    catalog = load_catalog(settings.projection_folder)
    try:
        tell = teller(settings.log, "projections")
        Member(settings, source, Topic(settings), catalog, tell).run(_stopped_by_signals())
    except KafkaAway as error:
        raise click.ClickException(str(error)) from error


def _stopped_by_signals() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


@project.command()
@click.argument("name", default="")
@STORE
def rebuild(name: str, store: str) -> None:
    """Make tables anew: NAME with all that reads it, or everything from the log.

    Where a projector runs, it does it; readers keep the published files meanwhile.

    \b
    Example:
      lrs project rebuild goal_progress
      lrs project rebuild
    """
    settings = _settings()
    with _source(settings) as source:
        catalog = load_catalog(settings.projection_folder)
        if name and name not in {p.name for p in catalog}:
            raise click.UsageError(f"there is no projection {name}; lrs project status lists them")

        def alone(warehouse: Warehouse) -> str:
            projector = Projector(warehouse, catalog)
            if name:  # else it would be made twice where a projection file changed
                projector.prepare(source)
            with _progress("rebuild", source.count_after(store, 0)) as at:
                return rebuild_projector(projector, source, name, at)

        click.echo(_here_or_there(settings, store, REBUILD, name, alone))


def _here_or_there(
    settings: Settings, store: str, act: str, name: str, alone: Callable[[Warehouse], str]
) -> str:
    """Do it here when nobody owns the warehouse, else ask the projector that does."""
    try:
        warehouse = Warehouse(settings, store)
    except WarehouseOwned:
        try:
            return ask(settings, store, act, name)
        except RuntimeError as error:
            raise click.ClickException(str(error)) from error
    try:
        return alone(warehouse)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    finally:
        warehouse.close()


@project.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts: a JSON array.")
def status(as_json: bool) -> None:
    """Show how far each store's tables are: position, lag, and each projection's rows and last run.

    \b
    Example:
      lrs project status --json
    """
    settings = _settings()
    with _source(settings) as source:
        statuses = list(read_statuses(settings))
        for each in statuses:
            each |= lag(source, each["store"], each["position"], each["stored"])
    if as_json:
        click.echo(json.dumps(statuses))
    elif not statuses:
        click.echo("nothing has been projected yet: lrs project run")
    for each in [] if as_json else statuses:
        _show_status(each)


def _show_status(told: dict[str, Any]) -> None:
    click.echo(
        f"store {told['store']}: position {told['position']} of {told['head']}, "
        f"{told['lag_events']} statements ({told['lag_seconds']} s) behind; seen {told['updated_at']}"
    )
    if told["error"]:
        click.echo(f"stopped: {told['error']}")
    table = Table("projection", "rows", "last run", "ms", box=None)
    for row in told["projections"]:
        table.add_row(row["name"], str(row["rows"]), row["last_run"] or "", str(row["ms"]))
    Console(width=110).print(table)


@click.command()
@STORE
@click.option(
    "--network",
    is_flag=True,
    help="Unite what all stores have published for schools into one file, network.duckdb.",
)
def publish(store: str, network: bool) -> None:
    """Publish the tables now, as DuckDB files and Parquet, for readers and `lrs query`.

    Of a network, the file has the school figures of each store as they were last published: no row of a learner, and
    what is withheld stays so.

    \b
    Example:
      lrs publish
      lrs publish --network
    """
    settings = _settings()
    if network:
        _publish_network(settings)
        return
    with _source(settings) as source:
        if store not in source.stores():
            raise click.ClickException(
                f"store {store} has no events yet: send a statement, or lrs import FILE"
            )
        catalog = load_catalog(settings.projection_folder)

        def alone(warehouse: Warehouse) -> str:
            Projector(warehouse, catalog).prepare(source)
            made = publish_warehouse(warehouse, catalog)
            return f"published position {made.position} of store {store}: {made.learners.parent.absolute()}"

        click.echo(_here_or_there(settings, store, PUBLISH, "", alone))


def _publish_network(settings: Settings) -> None:
    try:
        made = publish_network(settings)
    except (NothingPublished, duckdb.Error) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"published {len(made.stores)} stores ({', '.join(made.stores)}): {made.path.absolute()}")


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere: the line at the end says what was done."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)
