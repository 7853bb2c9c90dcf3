"""Where rows go that cannot be used: a sheet again, that Excel opens with a double click."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click

from lrs.tabular.statements_of import Problem

HEADER = ("sheet", "row", "column", "reason", "statement")
_LONGEST_TOLD = 20
# What Excel would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Rejects:
    """A file of rejects, made when the first comes; the first of them are told on stderr as well."""

    path: Path
    is_ours: bool = True  # named by us, not by who runs the command
    count: int = 0
    _file: IO[str] | None = None
    _rows: Any = None

    def add(self, problem: Problem) -> None:
        self.count += 1
        if self._file is None:
            # Excel takes a file without a byte order mark for Windows-1252.
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._rows = csv.writer(self._file, delimiter=";")
            self._rows.writerow(HEADER)
        self._rows.writerow([_harmless(str(each)) for each in problem])
        if self.count <= _LONGEST_TOLD:
            column = f", column {problem.column}" if problem.column else ""
            click.echo(f"{problem.sheet}, row {problem.row}{column}: {problem.reason}", err=True)
        elif self.count == _LONGEST_TOLD + 1:
            click.echo(f"... the others are in {self.path}", err=True)

    def close(self) -> None:
        """The file is whole; without a reject, that of an earlier run is taken away."""
        if self._file is not None:
            self._file.close()
        elif self.is_ours:
            self.path.unlink(missing_ok=True)


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) else text
