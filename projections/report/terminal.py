"""A report in the terminal."""

import io

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from projections.report.measures import QUESTIONS
from projections.report.model import Breakdown, Effect, Expectation, Figure, Report, Section
from projections.report.wording import Wording


def to_terminal(report: Report, wording: Wording, width: int, colour: bool) -> str:
    """The report as text of so many columns, with colours when the reader can show them."""
    written = io.StringIO()
    console = Console(file=written, width=width, force_terminal=colour, no_color=not colour, highlight=False)
    title, *about = wording.about(report)
    console.print(escape(title), style="bold")
    console.print(*map(escape, about), sep="\n")
    for heading, sections in _parts(report, wording):
        console.rule(escape(heading))
        for section in sections:
            _show_section(console, section, wording)
    console.rule(escape(wording("page.rok")))
    _show_evidence(console, report, wording)
    return written.getvalue()


def _parts(report: Report, wording: Wording) -> list[tuple[str, list[Section]]]:
    asked = [each for each in report.sections if each.name in QUESTIONS]
    more = [each for each in report.sections if each.name not in QUESTIONS]
    return [(wording("page.three_questions"), asked), (wording("page.more"), more)]


def _show_section(console: Console, section: Section, wording: Wording) -> None:
    console.print(f"\n[bold]{escape(wording(f'section.{section.name}.title'))}[/bold]")
    console.print(escape(wording(f"section.{section.name}.lead")))
    for figure in section.figures:
        _show_figure(console, figure, wording)
    for breakdown in section.breakdowns:
        console.print(_table(breakdown, wording))
    for effect in section.effects:
        _show_effect(console, effect, wording)
    if section.name == "effect" and not section.effects:
        console.print(escape(wording("page.no_effects")))


def _show_figure(console: Console, figure: Figure, wording: Wording) -> None:
    label = wording(f"figure.{figure.name}.label")
    console.print(f"\n  [bold]{escape(label)}: {escape(wording.figure(figure))}[/bold]")
    if figure.value is not None:
        trend = f"{wording('page.trend')}: {wording.trend(figure)}"
        covered = f"{wording('page.coverage')}: {wording.coverage(figure)}"
        _indented(console, f"{trend}; {wording.n(figure)}; {covered}")
    _indented(console, f"{wording('page.reading')}: {wording(f'figure.{figure.name}.reading')}")
    _indented(console, f"{wording('page.question')}: {wording(f'figure.{figure.name}.question')}")


def _indented(console: Console, text: str) -> None:
    console.print(Padding(escape(text), (0, 0, 0, 4)))


def _table(breakdown: Breakdown, wording: Wording) -> Table:
    table = Table(title=escape(wording(f"grouping.{breakdown.name}")), title_justify="left")
    table.add_column(wording("page.group"), overflow="fold")
    for name in breakdown.columns:
        table.add_column(wording(f"figure.{name}.label"))
    for line in breakdown.lines:
        shown = (f"{wording.figure(each)}{_n(each, wording)}" for each in line.figures)
        table.add_row(escape(wording.group(line.figures[0])), *map(escape, shown))
    return table


def _n(figure: Figure, wording: Wording) -> str:
    return "" if figure.n is None else f" (n = {wording.count(figure.n)})"


def _show_effect(console: Console, effect: Effect, wording: Wording) -> None:
    told = wording.effect(effect)
    console.print(f"\n  [bold]{escape(told)}[/bold]")
    _show_figure(console, effect.figure, wording)
    if interval := wording.interval(effect.figure):
        _indented(console, interval)


def _show_evidence(console: Console, report: Report, wording: Wording) -> None:
    console.print(escape(wording("page.rok_lead" if report.expectations else "page.rok_none")))
    for expectation in report.informed():
        _show_expectation(console, expectation, wording)
    if silent := report.not_informed():
        console.print(f"\n[bold]{escape(wording('page.cannot'))}[/bold]")
        console.print(escape(wording("page.cannot_lead")))
        for expectation in silent:
            _indented(console, f"{wording.expectation(expectation)}: {wording.why_not(expectation)}")


def _show_expectation(console: Console, expectation: Expectation, wording: Wording) -> None:
    console.print(f"\n  [bold]{escape(wording.expectation(expectation))}[/bold]")
    _indented(console, wording(f"verification.{expectation.verification}"))
    for each in expectation.evidence:
        name, strength = wording(f"figure.{each.figure.name}.label"), wording(f"strength.{each.strength}")
        _indented(console, f"{name} [{strength}]: {wording.sentence(each)}")
