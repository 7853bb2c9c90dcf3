"""What the tables of a simulated school year cost: to make, projection by projection, and to publish."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.benchmarks.memory import peak_megabytes
from tests.benchmarks.school_year import fill_year, lrs
from tests.services.server import environment

pytestmark = pytest.mark.benchmark

STATEMENTS = int(os.environ.get("LRS_TEST_BENCH_STATEMENTS", "200000"))
NEW, SHOWN = 1_000, 25
LARGEST = 4096  # megabytes


class School(NamedTuple):
    """A home with a rebuilt warehouse, what each projection took, and statements that are not in it yet."""

    home: Path
    told: list[dict[str, Any]]
    rest: Path

    @property
    def rows(self) -> int:
        return sum(each["rows"] for each in self.told)


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> dict[int, School]:
    """Logs of a tenth of the statements, and of all of them, with their tables."""
    return {
        count: made(tmp_path_factory.mktemp(str(count)), count) for count in (STATEMENTS // 10, STATEMENTS)
    }


def made(folder: Path, statements: int) -> School:
    rest = fill_year(folder / "home", statements, NEW)
    command = [sys.executable, "-m", "tests.benchmarks.rebuild_by_projection", str(folder / "home")]
    answer = subprocess.run(command, env=environment(folder / "home"), stdout=subprocess.PIPE, check=True)
    return School(folder / "home", json.loads(answer.stdout), rest)


def test_a_rebuild_projection_by_projection_the_slowest_first(schools: dict[int, School]) -> None:
    """Each may grow with the log, and take no more memory than a machine has."""
    small, large = (by_name(school.told) for school in schools.values())
    order = sorted(large, key=lambda name: -large[name]["seconds"])
    counts = [told["logged_statement"]["rows"] for told in (small, large)]
    print(f"\n{'statements':28}" + "".join(f"{f'{count:,}':>14}{'rows':>13}{'MB':>8}" for count in counts))
    for name in order[:SHOWN]:
        print(f"{name:28}" + "".join(line(each[name]) for each in (small, large)))
    totals = [sum(each["seconds"] for each in told.values()) for told in (small, large)]
    print(f"{'all ' + str(len(large)):28}" + "".join(f"{total:14.2f}{'':21}" for total in totals))
    assert max(each["megabytes"] for each in large.values()) < LARGEST
    assert totals[1] < 15 * totals[0]


def test_a_publication_grows_no_faster_than_the_tables(schools: dict[int, School]) -> None:
    """Whole, and again after a thousand new statements; as DuckDB files alone, too."""
    spent: dict[int, float] = {}
    for count, school in schools.items():
        spent[count] = published(school, "whole", lambda: None)
        published(school, f"after {NEW:,} more", lambda school=school: renew(school))
        published(school, "DuckDB files alone", lambda: None, publish_parquet="no")
    small, large = (school.rows for school in schools.values())
    assert spent[STATEMENTS] / spent[STATEMENTS // 10] < 1.5 * large / small


def renew(school: School) -> None:
    lrs(school.home, "import", school.rest)
    lrs(school.home, "project", "run", "--once")


def published(school: School, what: str, before: Callable[[], None], **settings: object) -> float:
    """Seconds that it took, printed with the memory and the files that were written."""
    before()
    known = files(school.home)
    seconds, peak = peak_megabytes(school.home, "publish", **settings)
    written = sum(size for node, size in files(school.home).items() if node not in known) / 2**20
    print(f"\n{school.rows:,} rows, {what}: {seconds:.1f} s, peak {peak:,.0f} MB, {written:,.0f} MB written")
    return seconds


def files(home: Path) -> dict[int, int]:
    """Size of each published file by its node: one that did not change keeps it."""
    found = [
        path.lstat() for path in (home / "published").rglob("*") if path.is_file() and not path.is_symlink()
    ]
    return {each.st_ino: each.st_size for each in found}


def by_name(told: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in told}


def line(told: dict[str, Any]) -> str:
    return f"{told['seconds']:14.2f}{told['rows']:13,}{told['megabytes']:8,.0f}"
