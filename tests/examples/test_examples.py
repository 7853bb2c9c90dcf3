"""Each example of how to read the published files runs as its README says, and says what was worked out by hand."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from lrs import __version__
from tests.services.clients import is_missing, program

pytestmark = pytest.mark.services
# Later ones of dbt-core fetch a part of themselves from elsewhere while they are installed.
DBT = ("dbt-core>=1.10,<1.12", "dbt-duckdb>=1.10,<1.12")
DRIVER = "org.duckdb:duckdb_jdbc:2.0.0.1:jar"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
SECONDS = 280


def run(*command: str | Path, published: Path, given: str = "", **more: str) -> str:
    """What a command prints, run as a reader would; it must succeed."""
    environment = {**os.environ, "LRS_PUBLISHED": str(published), **more}
    done = subprocess.run(
        list(map(str, command)), input=given, env=environment, capture_output=True, text=True, timeout=SECONDS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fetched(*command: str | Path) -> None:
    """Run a command that fetches packages; a test that cannot have them is skipped, or fails where all must run."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=SECONDS)
    if done.returncode != 0:
        is_missing(
            f"{command[0]} could not fetch what the example needs: {(done.stdout + done.stderr)[-500:]}"
        )


def needs(*modules: str) -> None:
    """The extra `examples` is installed."""
    for name in modules:
        if find_spec(name) is None:
            is_missing(f"{name} is not installed (pip install 'leerspoor[examples]')")


def installed(name: str) -> str:
    """A program of this environment, or of the machine."""
    beside = shutil.which(name, path=str(Path(sys.executable).parent))
    return beside or program(name)


def counted(rows: Mapping[str, str | int]) -> Counter[str]:
    return Counter({status: int(count) for status, count in rows.items()})


def test_the_duckdb_command_line(published: Path, examples: Path, by_status: Counter[str]) -> None:
    script = (examples / "duckdb" / "goals.sql").read_text()
    path = published / "learners.duckdb"
    printed = run(installed("duckdb"), "-readonly", "-csv", path, published=published, given=script)
    rows = list(csv.DictReader(printed.splitlines()))
    assert counted({row["status"]: row["goals"] for row in rows}) == by_status
    assert all(int(row["learners"]) <= int(row["goals"]) for row in rows)


def test_python_with_arrow_and_pandas(published: Path, examples: Path, by_status: Counter[str]) -> None:
    needs("pandas")
    printed = run(sys.executable, "-W", "error", examples / "python" / "goals.py", published=published)
    told = dict(re.findall(r"^ *(\w+) +(\d+) +\d+$", printed, re.MULTILINE))
    assert counted(told) == by_status
    with duckdb.connect((published / "learners.duckdb").resolve(), read_only=True) as connection:
        years = connection.execute("select distinct school_year from goal_progress").fetchall()
    assert all(year in printed for (year,) in years)


def test_dbt(published: Path, examples: Path, by_status: Counter[str], tmp_path: Path) -> None:
    """In an environment of its own: dbt pins much of what it stands on."""
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    fetched(python, "-m", "pip", "install", "-q", *DBT)
    target = {"DBT_DUCKDB": str(tmp_path / "models.duckdb"), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    folder = ("--project-dir", examples / "dbt", "--profiles-dir", examples / "dbt")
    printed = run(python.with_name("dbt"), "build", *folder, published=published, **target)
    assert "PASS=3" in printed
    with duckdb.connect(tmp_path / "models.duckdb", read_only=True) as connection:
        made = connection.execute("select status, sum(goals) from goals_by_status group by status").fetchall()
    assert counted(dict(made)) == by_status


def test_a_notebook(published: Path, examples: Path) -> None:
    needs("nbclient", "ipykernel")
    path = examples / "notebook" / "regulation.ipynb"
    run(installed("jupyter-execute"), "--inplace", path, published=published)
    notebook = json.loads(path.read_text())
    shown = ["".join(out["data"]["text/plain"]) for c in notebook["cells"] for out in c.get("outputs", ())]
    assert len(shown) == 3
    assert __version__ in shown[0]
    assert "weekly_similarity_1" in shown[1]
    assert "Sunday of the window's last school week" in shown[2]


def test_a_bi_tool_through_jdbc(
    published: Path, examples: Path, by_status: Counter[str], tmp_path: Path
) -> None:
    java, maven = program("java"), program("mvn")
    fetched(
        maven,
        "-q",
        "-B",
        COPY,
        f"-Dartifact={DRIVER}",
        f"-DoutputDirectory={tmp_path}",
        "-Dmdep.stripVersion",
    )
    driver, example = tmp_path / "duckdb_jdbc.jar", examples / "jdbc" / "Goals.java"
    printed = run(java, "-cp", driver, example, published=published)
    assert counted(dict(line.split(",") for line in printed.splitlines())) == by_status
