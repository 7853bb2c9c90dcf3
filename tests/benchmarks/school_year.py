"""A simulated school year in a store, brought in as a school group would: statements, roster, goals and calendar."""

import gzip
import subprocess
import sys
from itertools import islice
from pathlib import Path

from lrs.simulate.roster import account_mapping
from lrs.simulate.written import CALENDAR, GOALS, ROSTER, STATEMENTS
from tests.services.server import environment


def lrs(home: Path, *arguments: str | Path) -> None:
    """Run one command of the product; it must succeed."""
    command = [sys.executable, "-m", "lrs", *map(str, arguments)]
    subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True)


def fill_year(home: Path, statements: int, kept_back: int) -> Path:
    """A home with about so many statements of real learners; gives a file with the last ones, which are kept back."""
    year = home.parent / "year"
    lrs(home, "simulate", "--statements", str(statements), "--out", year)
    first, rest = split(year / STATEMENTS, kept_back)
    accounts = [part for rule in account_mapping() for part in ("--account", rule)]
    lrs(home, "roster", "import", year / ROSTER, *accounts)
    lrs(home, "goals", "import", year / GOALS)
    lrs(home, "calendar", "import", year / CALENDAR)
    lrs(home, "import", first)
    return rest


def split(path: Path, kept_back: int) -> tuple[Path, Path]:
    """The file's lines but the last ones, and these."""
    first, rest = path.with_name("first.ndjson"), path.with_name("rest.ndjson")
    with gzip.open(path, "rb") as lines:
        count = sum(1 for _ in lines)
    with gzip.open(path, "rb") as lines, first.open("wb") as begin, rest.open("wb") as end:
        begin.writelines(islice(lines, max(0, count - kept_back)))
        end.writelines(lines)
    return first, rest
