"""`lrs query`: SQL over the published files, as a table, CSV or JSON."""

import csv
import json
import os
import sys

import click
import duckdb
from rich.console import Console
from rich.table import Table

from lrs.settings import Settings
from projections.query import Answer, NothingPublished
from projections.query import query as run_query


@click.command()
@click.argument("sql")
@click.option("--csv", "form", flag_value="csv", help="Comma-separated values with a header line.")
@click.option("--json", "form", flag_value="json", help="A JSON array of objects.")
@click.option("--store", default="default", show_default=True, help="The controller's store.")
def query(sql: str, form: str | None, store: str) -> None:
    """Ask the published tables in SQL; each is reachable by its bare name.

    \b
    Example:
      lrs query "show tables"
      lrs query "select status, count(*) from goal_progress group by all" --csv
    """
    try:
        answer = run_query(Settings.from_environment(os.environ), sql, store)
    except (duckdb.Error, NothingPublished) as error:
        raise click.ClickException(str(error)) from error
    if form == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        click.echo(json.dumps(rows, default=str))
    elif form == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    else:
        _show_table(answer)


def _show_table(answer: Answer) -> None:
    table = Table()
    for column in answer.columns:
        table.add_column(column, overflow="fold")  # a key that is cut off is of no use
    for row in answer.rows:
        table.add_row(*["" if value is None else str(value) for value in row])
    Console(width=None if sys.stdout.isatty() else 1000).print(table)
    click.echo(f"{len(answer.rows)} row{'' if len(answer.rows) == 1 else 's'}")
