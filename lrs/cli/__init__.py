"""The `lrs` command. Commands of the projections join through the entry-point group `leerspoor.commands`."""

import os
import sys
from importlib.metadata import entry_points

import click
import sqlalchemy.exc

from lrs import __version__
from lrs.app import NotReady
from lrs.cli.backup import backup, restore
from lrs.cli.calendar import calendar
from lrs.cli.credential import credential
from lrs.cli.export_statements import export_statements
from lrs.cli.goals import goals
from lrs.cli.import_statements import import_statements
from lrs.cli.levels import levels
from lrs.cli.log import log
from lrs.cli.maintenance import migrate, reindex, settings_table
from lrs.cli.person import person
from lrs.cli.profile import profile
from lrs.cli.relay import relay
from lrs.cli.roster import roster
from lrs.cli.serve import serve
from lrs.cli.simulate import simulate
from lrs.cli.supervise import stop_with_parent
from lrs.cli.tabular import tabular
from lrs.cli.up import up
from lrs.event_log.append import ClockBehind
from lrs.event_log.backup import BackupImpossible
from lrs.event_log.database import DatabaseUnusable
from lrs.event_log.secret import WrongSecret
from lrs.event_log.upcast import UnknownEvent
from lrs.feed import LogAway
from lrs.http.traces import TracesUnusable
from lrs.logs import log_to_stderr
from lrs.profile.load import InvalidProfile
from lrs.settings import InvalidSetting

ENTRY_POINTS = "leerspoor.commands"
# What a person can mend: told in one line, without a stack trace.
_MENDABLE = (
    InvalidSetting,
    DatabaseUnusable,
    NotReady,
    WrongSecret,
    ClockBehind,
    UnknownEvent,
    InvalidProfile,
    TracesUnusable,
    BackupImpossible,
    LogAway,
)

_MAY_NOT = "42501"  # SQLSTATE insufficient_privilege


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="leerspoor")
def lrs() -> None:
    """Leerspoor: a learning-record store whose event log becomes answers.

    Settings are read from LRS_* variables (`lrs settings` lists them); data lies in LRS_HOME, by default ./data.

    \b
    Example:
      lrs up                                     start everything on this machine
      lrs query "select * from goal_progress"    ask the published tables
    """


for _command in (
    up,
    serve,
    migrate,
    reindex,
    settings_table,
    credential,
    import_statements,
    export_statements,
    simulate,
    log,
    backup,
    restore,
):
    lrs.add_command(_command)
for _group in (person, profile, tabular, roster, goals, calendar, levels, relay):
    lrs.add_command(_group)


def main() -> None:
    """Run the command line; errors that a person can mend are one line and exit status 1."""
    stop_with_parent()
    log_to_stderr(os.environ.get("LRS_LOG", ""))  # a wrong value is told by the command, in text
    for entry_point in entry_points(group=ENTRY_POINTS):
        lrs.add_command(entry_point.load(), entry_point.name)
    try:
        lrs()
    except _MENDABLE as error:
        _give_up(str(error))
    except sqlalchemy.exc.OperationalError as error:
        _give_up(f"the database does not answer: {error.orig}")
    except sqlalchemy.exc.ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) != _MAY_NOT:
            raise
        problem = str(error.orig).splitlines()[0]
        _give_up(
            f"{problem}: the role of LRS_DATABASE may not do this; `lrs migrate` is for the tables' owner"
        )
    except BrokenPipeError:
        # `lrs export | head`: the reader has had enough. The rest of stdout goes nowhere instead of failing at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _give_up(text: str) -> None:
    click.echo(f"lrs: {text}", err=True)
    sys.exit(1)
