"""A small simulated school group in an empty store, through the same commands as a school's own data."""

import tempfile
from pathlib import Path

import click
import sqlalchemy as sa

from lrs.cli.import_statements import OPERATOR, sender_of
from lrs.cli.import_statements import Import as StatementImport
from lrs.cli.progress import progress_over
from lrs.cli.statement_files import read_items
from lrs.commands.import_reference import Import, import_reference
from lrs.credential.credentials import DEFAULT_STORE
from lrs.event_log.read import count_events
from lrs.event_log.tables import event_log
from lrs.http.parts import Parts
from lrs.reference.account import parse_rule
from lrs.reference.bundle import open_bundle
from lrs.reference.calendar_periods import read_calendar
from lrs.reference.goals import read_goals
from lrs.reference.level_schemes import read_levels
from lrs.reference.roster import read_roster
from lrs.simulate.calendar import SchoolYear
from lrs.simulate.roster import account_mapping
from lrs.simulate.rubric import level_scheme
from lrs.simulate.simulated_year import Plan, SimulatedYear
from lrs.simulate.written import CALENDAR, GOALS, ROSTER, STATEMENTS, write_year

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
        import_reference_of(shared, plan, folder)


def import_statements_of(shared: Parts, folder: Path) -> None:
    """Import the statements that `lrs simulate --out` wrote into `folder`."""
    run = StatementImport(
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


def import_reference_of(shared: Parts, plan: Plan, folder: Path) -> None:
    """Import who is who, the goals, the calendar and the level scheme; what is known already is not recorded again."""
    rules = [parse_rule(text) for text in account_mapping()]
    bundle = open_bundle(folder / ROSTER)
    for reading in (
        read_roster(bundle, rules, bundle.system or ROSTER),
        read_goals([(GOALS, (folder / GOALS).read_bytes())], None),
        read_calendar(CALENDAR, (folder / CALENDAR).read_bytes(), None),
        read_levels("levels.csv", level_scheme()),
    ):
        since = SchoolYear(plan.first_year).start
        import_reference(shared.writer, Import(reading, DEFAULT_STORE, OPERATOR.key, since, shared.keys))


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
