"""A simulated year as files: statements, roster, goals, calendar and the truth; the same bytes for the same seed."""

import csv
import gzip
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lrs.simulate.calendar import SchoolYear, holidays
from lrs.simulate.framework import case_package
from lrs.simulate.roster import write_roster
from lrs.simulate.school_group import School, SchoolGroup
from lrs.simulate.simulated_year import SimulatedYear
from lrs.simulate.truth import TruthFile

STATEMENTS, ROSTER, GOALS = "statements.ndjson.gz", "roster.zip", "goals.json"
CALENDAR, TRUTH = "calendar.csv", "truth.parquet"
# Half the time of level 9, a tenth larger.
_GZIP_LEVEL = 4


class Written(NamedTuple):
    learners: int
    statements: int


def write_year(simulated: SimulatedYear, folder: Path, at: Callable[[int], None]) -> Written:
    """Write the five files into `folder`, which is made; files of these names are replaced, each when it is whole.

    `at` is told how many statements there are so far: lived, then written. Raises OSError when a file cannot be
    written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_roster(folder / ROSTER, simulated.people)
    (folder / GOALS).write_bytes(case_package())
    (folder / CALENDAR).write_text(_calendar(simulated.people), encoding="utf-8", newline="")
    truth, statements = folder / f"{TRUTH}.part", folder / f"{STATEMENTS}.part"
    with TruthFile(truth, simulated.year) as told:
        count = _write_statements(simulated, statements, told, at)
    truth.replace(folder / TRUTH)
    statements.replace(folder / STATEMENTS)
    return Written(len(simulated.people.learners), count)


def _write_statements(
    simulated: SimulatedYear, path: Path, truth: TruthFile, at: Callable[[int], None]
) -> int:
    count = 0
    # Neither a name nor a time in the header: they would make two runs differ.
    with path.open("wb") as raw, gzip.GzipFile("", "wb", _GZIP_LEVEL, raw, mtime=0) as packed:
        lines = io.BufferedWriter(packed, 1 << 18)
        for count, arrival in enumerate(simulated.arrivals(truth, path.parent, at), 1):
            lines.write(arrival.text)
            lines.write(b"\n")
            if count % 1000 == 0:
                at(count)
        lines.flush()
        lines.detach()
    return count


def _calendar(group: SchoolGroup) -> str:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("from", "to", "kind", "label", "school"))
    for kind, first, last in sorted(holidays(group.year.first), key=lambda holiday: holiday[1]):
        rows.writerow((first.isoformat(), last.isoformat(), kind, "", ""))
    for school in group.schools:
        day = _study_day(group.year, school).isoformat()
        rows.writerow((day, day, "free", "pedagogische studiedag", school.id))
    return text.getvalue()


def _study_day(year: SchoolYear, school: School) -> date:
    # A Wednesday: contract work is never on one, so that no lesson falls on the day off.
    return year.date(year.school_weeks[4 + school.number % 3].monday + 2)
