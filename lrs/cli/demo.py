"""A small simulated school group in an empty store, through the same commands as a school's own data."""

import tempfile
from itertools import islice
from pathlib import Path

import click
import sqlalchemy as sa

from lrs.cli.import_statements import OPERATOR, Import, sender_of
from lrs.cli.progress import progress_over
from lrs.cli.statement_files import read_items
from lrs.commands.link_person import link_person
from lrs.credential.credentials import DEFAULT_STORE
from lrs.event_log.read import count_events
from lrs.event_log.tables import event_log
from lrs.event_log.upcast import PERSON_LINKED
from lrs.http.parts import Parts
from lrs.simulate.roster import accounts_of
from lrs.simulate.simulated_year import Plan, SimulatedYear
from lrs.simulate.written import ROSTER, STATEMENTS, write_year

# Two parallel classes of a school, from September to the Christmas holiday.
DEMO = Plan(seed=1, learners=40, until=112)


class StoreInUse(click.ClickException):
    """The demo never mixes with what is somebody's own."""


def load_demo(shared: Parts, plan: Plan = DEMO) -> None:
    """Load the demo into the default store; what is there from an earlier start is not loaded again.

    Raises StoreInUse when the store holds anything else.
    """
    ids = [arrival.statement_id for arrival in SimulatedYear(plan).arrivals()]
    if not _has(shared, ids[0]):
        if _events(shared):
            raise StoreInUse(
                "this store is in use; a demo needs an empty one: LRS_HOME=demo lrs up --demo --port 8081"
            )
        click.echo("demo             two classes of a simulated school, from September to Christmas")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_year(SimulatedYear(plan), folder, lambda _count: None)
        # Statements first: it is by the first of them that a later start knows the demo.
        if not _has(shared, ids[-1]):
            import_statements_of(shared, folder)
        import_reference(shared, folder)


def import_statements_of(shared: Parts, folder: Path) -> None:
    """Import the statements that `lrs simulate --out` wrote into `folder`."""
    run = Import(
        shared, sender_of(shared, DEFAULT_STORE, None), strict=True, rejects=folder / "rejects.ndjson"
    )
    try:
        with progress_over("loading the demo", None) as at:
            for item in read_items(str(folder / STATEMENTS)):
                run.take(item)
                at(item.number)
            run.flush()
    finally:
        run.close()
    click.echo(f"                 {run.stored} statements stored")


def import_reference(shared: Parts, folder: Path) -> None:
    """Say who is who in `folder`: the accounts that its roster gives one user are one person."""
    with shared.database.engine.connect() as connection:
        linked = connection.execute(
            sa.select(sa.func.count())
            .select_from(event_log)
            .where(event_log.c.store == DEFAULT_STORE, event_log.c.kind == PERSON_LINKED)
        ).scalar_one()
    # An earlier start may have been cut off between two of them.
    for agents in islice(accounts_of(folder / ROSTER), linked, None):
        link_person(shared.writer, agents, store=DEFAULT_STORE, credential=OPERATOR.key, keys=shared.keys)


def _events(shared: Parts) -> int:
    with shared.database.engine.connect() as connection:
        return count_events(connection, store=DEFAULT_STORE)


def _has(shared: Parts, statement_id: str) -> bool:
    with shared.database.engine.connect() as connection:
        return connection.execute(
            sa.select(
                sa.exists().where(
                    event_log.c.store == DEFAULT_STORE, event_log.c.statement_id == statement_id
                )
            )
        ).scalar_one()
