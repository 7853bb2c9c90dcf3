"""A progress bar on a terminal, a plain line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

PLAIN_LINE_SECONDS = 10.0


@contextmanager
def progress_over(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Yields a function to be called with how far the work is (of `total`, None when unknown); shown on stderr."""
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda done: bar.update(task, completed=done)
    else:
        yield _plain_lines(what, total)


def _plain_lines(what: str, total: int | None) -> Callable[[int], None]:
    told = time.monotonic()

    def tell(done: int) -> None:
        nonlocal told
        if time.monotonic() - told >= PLAIN_LINE_SECONDS:
            told = time.monotonic()
            click.echo(f"{what}: {done}" + (f" of {total}" if total else ""), err=True)

    return tell
