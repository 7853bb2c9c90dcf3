"""A report for a terminal or a pipe."""

from io import StringIO

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from projections.report.people.layout import Layout, Section, Table


def to_terminal(layout: Layout, width: int, colour: bool) -> str:
    """The report as text, at most `width` columns wide; asides too, since text cannot be unfolded."""
    written = StringIO()
    console = Console(file=written, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    console.print(Text(layout.title, style="bold"))
    for line in (*layout.about, layout.private):
        console.print(Text(line))
    for section in layout.sections:
        _print_section(console, section)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def _print_section(console: Console, section: Section) -> None:
    console.print()
    console.print(Text(section.title, style="bold underline"))
    for line in section.lead:
        console.print(Text(line, style="dim"))
    if section.is_empty:
        if section.empty:
            console.print(Text(section.empty))
        return
    for table in section.tables:
        _print_table(console, table)


def _print_table(console: Console, table: Table) -> None:
    if table.caption:
        console.print(Text(f"\n{table.caption}", style="bold"))
    if not table.rows:
        return
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(table.columns):
        justify = "right" if number in table.numbers else "left"
        grid.add_column(Text(column), justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in table.rows:
        # As text, never as markup: a title may hold brackets.
        grid.add_row(*map(Text, row))
    console.print(grid)
