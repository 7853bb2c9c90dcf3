"""The files of a simulated year, and `lrs simulate` that writes them."""

import csv
import gzip
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import orjson
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from lrs.cli import lrs
from lrs.reference.account import parse_rule
from lrs.reference.bundle import open_bundle
from lrs.reference.calendar_periods import read_calendar
from lrs.reference.entity import PERSON
from lrs.reference.goals import read_goals
from lrs.reference.level_schemes import read_levels
from lrs.reference.roster import read_roster
from lrs.simulate.framework import framework_goals
from lrs.simulate.oneroster_columns import COLUMNS
from lrs.simulate.platforms import LINKED
from lrs.simulate.roster import account_mapping
from lrs.simulate.rubric import level_scheme
from lrs.simulate.simulated_year import Plan, SimulatedYear
from tests.lrs.simulate.conftest import AUTUMN, an_autumn

FILES = ["calendar.csv", "goals.json", "roster.zip", "statements.ndjson.gz", "truth.parquet"]


def simulated(folder: Path, *options: str) -> str:
    done = CliRunner().invoke(lrs, ["simulate", "--out", str(folder), *options])
    assert done.exit_code == 0, done.output
    return done.output


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(folder / "roster.zip") as bundle:
        return list(csv.DictReader(io.StringIO(bundle.read(f"{name}.csv").decode())))


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        simulated(tmp_path / name, "--learners", "4", "--seed", "9")
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == FILES


def test_the_order_of_sets_in_another_process_changes_no_byte(tmp_path: Path) -> None:
    for hash_seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "lrs",
            "simulate",
            "--learners",
            "8",
            "--out",
            str(tmp_path / hash_seed),
        ]
        subprocess.run(
            command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": hash_seed}
        )
    for name in FILES:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_what_is_written_is_what_would_be_posted(autumns: dict[int, Path]) -> None:
    lines = gzip.decompress((autumns[2] / "statements.ndjson.gz").read_bytes()).splitlines()
    posted = SimulatedYear(Plan(2, learners=24, until=AUTUMN)).arrivals()
    assert lines == [arrival.text for arrival in posted]


def test_a_second_run_replaces_the_files_of_the_first(tmp_path: Path) -> None:
    simulated(tmp_path, "--learners", "4", "--seed", "9")
    said = simulated(tmp_path, "--learners", "4", "--seed", "10")
    lines = gzip.decompress((tmp_path / "statements.ndjson.gz").read_bytes()).splitlines()
    assert said == f"{tmp_path}: {len(lines)} statements of 4 learners\n"


def test_neither_clock_nor_name_is_in_an_archive(autumns: dict[int, Path]) -> None:
    header = (autumns[1] / "statements.ndjson.gz").read_bytes()[:10]
    assert header[3] == 0  # no file name
    assert header[4:8] == bytes(4)  # no time
    with zipfile.ZipFile(autumns[1] / "roster.zip") as bundle:
        assert {entry.date_time for entry in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_roster_is_a_whole_bundle_whose_references_resolve(autumns: dict[int, Path]) -> None:
    manifest = {row["propertyName"]: row["value"] for row in table(autumns[1], "manifest")}
    assert manifest["oneroster.version"] == "1.2"
    ids = {
        name: {row["sourcedId"] for row in table(autumns[1], name)} for name in COLUMNS if name != "manifest"
    }
    assert {name for name in ids if manifest[f"file.{name}"] == "bulk"} == set(ids)
    for row in table(autumns[1], "enrollments"):
        assert row["userSourcedId"] in ids["users"]
        assert row["classSourcedId"] in ids["classes"]
        assert row["schoolSourcedId"] in ids["orgs"]
    for row in table(autumns[1], "classes"):
        assert (row["courseSourcedId"] in ids["courses"], row["schoolSourcedId"] in ids["orgs"]) == (
            True,
            True,
        )
        assert row["termSourcedIds"] in ids["academicSessions"]
    assert {row["userSourcedId"] for row in table(autumns[1], "roles")} == ids["users"]


def test_the_roster_import_ties_each_learner_to_every_account(autumns: dict[int, Path]) -> None:
    rules = [parse_rule(text) for text in account_mapping()]
    read = read_roster(open_bundle(autumns[1] / "roster.zip"), rules, "simulated")
    assert read.rejected == []
    people = {each.key: each.content["agents"] for each in read.entities if each.type == PERSON}
    for one in an_autumn(1).people.learners:
        assert people[one.id] == [{"account": one.agents[p.name]["account"]} for p in LINKED]


def test_goals_calendar_and_levels_are_what_the_imports_read(autumns: dict[int, Path]) -> None:
    goals, calendar = ((autumns[1] / name).read_bytes() for name in ("goals.json", "calendar.csv"))
    readings = (
        read_goals([("goals.json", goals)], None),
        read_calendar("calendar.csv", calendar, None),
        read_levels("levels.csv", level_scheme()),
    )
    assert [reading.rejected for reading in readings] == [[], [], []]
    assert [len(reading.entities) for reading in readings] == [1 + len(framework_goals()) + 12, 11, 1]


def test_goals_that_statements_name_are_in_the_framework(autumns: dict[int, Path]) -> None:
    package = orjson.loads((autumns[1] / "goals.json").read_bytes())
    known = {item["identifier"] for item in package["CFItems"]}
    named = set()
    for line in gzip.decompress((autumns[1] / "statements.ndjson.gz").read_bytes()).splitlines():
        extensions = orjson.loads(line).get("context", {}).get("extensions", {})
        named.update(extensions.get("https://w3id.org/xapi/gsl/extensions/framework-goals", []))
    assert named
    assert named <= known
    assert len(known) == len(framework_goals()) + 12
    ends = known | {package["CFDocument"]["identifier"]}
    for link in package["CFAssociations"]:
        assert {link["originNodeURI"]["identifier"], link["destinationNodeURI"]["identifier"]} <= ends


def test_the_calendar_names_every_holiday(autumns: dict[int, Path]) -> None:
    rows = list(csv.DictReader((autumns[1] / "calendar.csv").read_text().splitlines()))
    assert {row["kind"] for row in rows} == {"free", "autumn", "christmas", "carnival", "easter", "summer"}
    studied = [(row["from"], row["school"]) for row in rows if row["label"]]
    assert studied == [("2024-10-02", "school-1")]
    christmas = next(row for row in rows if row["kind"] == "christmas")
    assert (christmas["from"], christmas["to"]) == ("2024-12-23", "2025-01-05")


def test_the_truth_has_every_learner_once_and_no_name(autumns: dict[int, Path]) -> None:
    told = pq.read_table(autumns[1] / "truth.parquet").to_pylist()
    learners = [row["learner"] for row in told if row["what"] == "learner"]
    assert learners == [one.id for one in an_autumn(1).people.learners]
    text = (autumns[1] / "truth.parquet").read_bytes()
    assert not [p for p in an_autumn(1).people.learners if f"{p.given_name} {p.family_name}".encode() in text]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([], "name either a folder (--out) or a store (--post)"),
        (["--out", "x", "--post", "http://127.0.0.1"], "name either a folder"),
        (["--out", "x", "--learners", "4", "--statements", "9"], "one follows from the other"),
        (["--out", "x", "--seed", "-1"], "--seed"),
        (["--post", "ftp://example.org", "--key", "k", "--secret", "s"], "is no address of a store"),
    ],
)
def test_what_cannot_be_is_said(options: list[str], problem: str) -> None:
    done = CliRunner().invoke(lrs, ["simulate", *options])
    assert done.exit_code != 0
    assert problem in done.output


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = CliRunner().invoke(lrs, ["simulate", "--learners", "4", "--out", str(tmp_path / "file" / "year")])
    assert done.exit_code == 1
    assert "file/year" in done.output
