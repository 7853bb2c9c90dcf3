"""`lrs roster|goals|calendar|levels import` as an operator meets them."""

import json
from pathlib import Path

import pytest

from tests.lrs.cli.test_commands import Shell
from tests.lrs.reference.a_bundle import with_rows, write_bundle
from tests.lrs.reference.test_onderwijsdoelen import a_goal, page

ACCOUNT = ("--account", "https://p.example.org=username")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_a_roster_is_shown_imported_and_then_known(shell: Shell, tmp_path: Path) -> None:
    path = str(write_bundle(tmp_path, zipped=True))
    shown = shell("roster", "import", path, *ACCOUNT, "--dry-run").output
    assert "+ class 3a" in shown
    assert "Peeters" not in shown
    assert "enrolment: 4 added, 0 changed, 0 ended, 0 the same" in shown
    assert "dry run: nothing was imported" in shown
    assert "person: 4 added" in shell("roster", "import", path, *ACCOUNT).output
    assert "nothing to import" in shell("roster", "import", path, *ACCOUNT).output


def test_the_mapping_of_accounts_need_be_given_once(shell: Shell, tmp_path: Path) -> None:
    path = str(write_bundle(tmp_path))
    assert "no --account was given" in shell("roster", "import", path, "--dry-run").stderr
    shell("roster", "import", path, *ACCOUNT)
    again = shell("roster", "import", path)
    assert "no --account" not in again.stderr
    assert "nothing to import" in again.output


def test_rejected_rows_are_told_written_and_stop_the_file(shell: Shell, tmp_path: Path) -> None:
    path = str(write_bundle(tmp_path, with_rows("enrollments", "e9,,,4z,north,an,student,,,")))
    stopped = shell("roster", "import", path, *ACCOUNT, status=3)
    assert "enrollments.csv line 2: class 4z is not in the roster" in stopped.stderr
    assert "nothing was imported" in stopped.output
    (rejected,) = map(json.loads, Path(f"{path}.rejects.ndjson").read_text().splitlines())
    assert (rejected["file"], rejected["line"], rejected["row"]["classSourcedId"]) == (
        "enrollments.csv",
        2,
        "4z",
    )
    assert "no event" in shell("log", "show").stderr
    accepted = shell("roster", "import", path, *ACCOUNT, "--accept-rejects", "--rejects", str(tmp_path / "r"))
    assert "person: 4 added" in accepted.output
    assert (tmp_path / "r").exists()


def test_as_of_says_from_when_a_roster_without_dates_holds(shell: Shell, tmp_path: Path) -> None:
    files = with_rows("enrollments", "e2,,,3a,north,bo,student,,,")
    path = str(write_bundle(tmp_path, files))
    shell("roster", "import", path, *ACCOUNT, "--as-of", "2025-10-06")
    shown = [
        json.loads(line) for line in shell("log", "show", "--payload", "--limit", "99").stdout.splitlines()
    ]
    assert shown[-1]["payload"]["from"] == "2025-10-06"
    assert shown[-1]["kind"] == "enrolment_recorded"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--account", "username"], 2, "is no account mapping"),
        (["--as-of", "soon"], 2, "--as-of"),
        (["--store"], 2, "--store"),
    ],
)
def test_an_option_that_says_nothing_is_refused(
    shell: Shell, tmp_path: Path, arguments: list[str], status: int, told: str
) -> None:
    path = str(write_bundle(tmp_path))
    assert told in shell("roster", "import", path, *arguments, status=status).output


def test_a_file_that_is_none_is_told_in_one_line(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no")
    assert "not a zip file" in shell("roster", "import", str(tmp_path / "x.zip"), status=1).output
    assert "does not exist" in shell("roster", "import", str(tmp_path / "none"), status=2).output
    (tmp_path / "x.json").write_text("{}")
    assert "no page of onderwijsdoelen" in shell("goals", "import", str(tmp_path / "x.json"), status=1).output


def test_goals_calendars_and_levels_are_imported_once(shell: Shell, tmp_path: Path) -> None:
    goals, calendar, levels = tmp_path / "goals.json", tmp_path / "calendar.csv", tmp_path / "levels.csv"
    goals.write_bytes(page(a_goal(), total=24019)[1])
    calendar.write_text("from,to,kind,label\n2025-10-01,2025-10-01,free,studiedag\n")
    levels.write_text("scheme,level,name\nmetalen,1,brons\nmetalen,2,zilver\n")
    first = shell("goals", "import", str(goals))
    assert "framework_goal: 1 added" in first.output
    assert "1 of the 24019 goals" in first.stderr
    assert (
        "calendar_period: 1 added" in shell("calendar", "import", str(calendar), "--school", "north").output
    )
    assert "level_scheme: 1 added" in shell("levels", "import", str(levels)).output
    for group, path in (("goals", goals), ("calendar", calendar), ("levels", levels)):
        options = ["--school", "north"] if group == "calendar" else []
        assert "nothing to import" in shell(group, "import", str(path), *options).output
    shell("reindex")
    assert "nothing to import" in shell("levels", "import", str(levels)).output


def test_a_free_day_that_is_taken_out_of_the_calendar_holds_no_longer(shell: Shell, tmp_path: Path) -> None:
    calendar = tmp_path / "calendar.csv"
    calendar.write_text("from,to,kind\n2025-10-01,2025-10-01,free\n2025-10-02,2025-10-02,free\n")
    shell("calendar", "import", str(calendar))
    calendar.write_text("from,to,kind\n2025-10-02,2025-10-02,free\n2027-10-01,2027-10-01,free\n")
    assert "1 added, 0 changed, 1 ended, 1 the same" in shell("calendar", "import", str(calendar)).output
