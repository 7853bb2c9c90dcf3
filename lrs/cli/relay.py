"""`lrs relay`: the log to Kafka. Needs the extra `kafka`."""

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from lrs.app import open_parts
from lrs.cli.settings_of import settings_of_environment
from lrs.logs import teller
from lrs.relay.status import read_status
from lrs.settings import Settings

NO_CLIENT = "the relay needs kafka-python: pip install 'leerspoor[kafka]'"


@click.group()
def relay() -> None:
    """Carry the event log to Kafka, for projectors on other machines.

    Statements are stored whether Kafka is there or not; the relay catches up by itself.

    \b
    Example:
      LRS_KAFKA=kafka1:9092,kafka2:9092 lrs relay setup
      LRS_KAFKA=kafka1:9092,kafka2:9092 lrs relay run
    """


@relay.command()
@click.option("--once", is_flag=True, help="Relay what is there now, and stop.")
def run(once: bool) -> None:
    """Relay until Ctrl-C. Start several for safety: one works, another takes over when it dies.

    An event that Kafka refuses stops its store, with position and remedy; other stores go on. Exit status 1 when no
    store can go on, when the topic will not do, and for a certificate that cannot be used. While Kafka is away, or does
    not take our name and password, it says why and tries again; with --once that too is exit status 1.

    \b
    Example:
      lrs relay run
    """
    settings = _settings()
    with _mendable():
        from lrs.relay.election import open_election
        from lrs.relay.relay import Relay

        database = open_parts(settings).database
        try:
            tell = teller(settings.log, "lrs.relay")
            relaying = Relay(settings, database, open_election(settings.database_url), tell)
            if once:
                relaying.run_once()
                click.echo("all that is there was relayed")
            else:
                relaying.run(_stopped_by_signals())
        finally:
            database.close()


@relay.command()
def setup() -> None:
    """Make the topic, or check it and put its settings right; a second run changes nothing.

    The number of partitions is fixed from then on: a store's events stay in one partition.

    \b
    Example:
      LRS_KAFKA=127.0.0.1:9092 LRS_KAFKA_REPLICATION=1 lrs relay setup
    """
    settings = _settings()
    with _mendable():
        from lrs.relay.topic import set_up

        for line in set_up(settings) or [f"topic {settings.kafka_topic} is as it should be; nothing to do"]:
            click.echo(line)


@relay.command()
@click.option("--json", "as_json", is_flag=True, help="For scripts: a JSON array.")
def status(as_json: bool) -> None:
    """Show how far each store is in Kafka, and what stopped it, if anything did.

    \b
    Example:
      lrs relay status --json
    """
    database = open_parts(settings_of_environment()).database
    try:
        told = list(read_status(database))
    finally:
        database.close()
    if as_json:
        click.echo(json.dumps([each._asdict() for each in told]))
    elif not told:
        click.echo("no store has an event yet: nothing to relay")
    for each in [] if as_json else told:
        click.echo(
            f"store {each.store}: position {each.position} of {each.head}, {each.lag_events} events behind"
        )
        if each.problem:
            click.echo(f"stopped: {each.problem}")


def _settings() -> Settings:
    settings = settings_of_environment()
    if not settings.kafka:
        raise click.ClickException(
            "LRS_KAFKA is not set: name Kafka's bootstrap servers, such as 127.0.0.1:9092"
        )
    return settings


@contextmanager
def _mendable() -> Iterator[None]:
    """What a person can mend is told in one line."""
    try:
        from kafka.errors import KafkaError

        from lrs.kafka import KafkaAway
        from lrs.relay.relay import AllStoresStopped, AnotherRelays
        from lrs.relay.topic import TopicUnfit
    except ModuleNotFoundError as error:
        raise click.ClickException(NO_CLIENT) from error
    try:
        yield
    except (KafkaAway, KafkaError, AllStoresStopped, AnotherRelays, TopicUnfit) as error:
        raise click.ClickException(str(error)) from error


def _stopped_by_signals() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping
