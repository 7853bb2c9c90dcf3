"""`lrs report school` as a director, or who works for one, meets it."""

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from lrs.settings import Settings
from projections.report.command import report


def run(settings: Settings, *arguments: str, status: int = 0) -> Result:
    runner = CliRunner(env={"LRS_HOME": str(settings.home)})
    done = runner.invoke(report, ["school", *arguments])
    assert done.exit_code == status, f"{done.output}{done.exception!r}"
    return done


def test_without_a_school_it_lists_schools_and_years(two_years: Settings) -> None:
    lines = run(two_years).stdout.splitlines()
    assert lines[0].startswith("Scholen en schooljaren")
    assert "  north      2024-2025 2025-2026" in lines
    assert "lrs report school --school" in lines[-1]
    assert run(two_years, "--lang", "en").stdout.startswith("Schools and school years")


def test_the_terminal_is_dutch_and_the_newest_year_unless_asked_otherwise(two_years: Settings) -> None:
    shown = run(two_years, "--school", "north").stdout
    assert "Rapport van school north, schooljaar 2025-2026" in shown and "Doelen bereikt: 75 %" in shown
    former = run(two_years, "--school", "north", "--year", "2024", "--lang", "en").stdout
    assert "school year 2024-2025" in former and "Goals achieved: 50 %" in former


@pytest.mark.parametrize(
    ("arguments", "there"),
    [
        (("--school", "nowhere"), "few, north"),
        (("--school", "north", "--year", "2019"), "2024-2025, 2025-2026"),
    ],
)
def test_an_unknown_school_or_year_says_which_there_are(
    two_years: Settings, arguments: tuple[str, ...], there: str
) -> None:
    assert there in run(two_years, *arguments, status=2).stderr


def test_a_year_without_a_school_needs_the_school(two_years: Settings) -> None:
    assert "--school" in run(two_years, "--year", "2025", status=2).stderr


def test_nothing_published_says_how_to_publish(tmp_path: Path) -> None:
    assert "lrs publish" in run(Settings(home=tmp_path), "--school", "north", status=1).stderr


def test_a_publication_without_schools_says_what_it_waits_for(nothing_yet: Settings) -> None:
    assert "schoolweek" in run(nothing_yet).stdout
    assert "first school week" in run(nothing_yet, "--school", "north", status=2).stderr


def test_files_are_written_and_named_and_the_terminal_is_left_alone(
    two_years: Settings, tmp_path: Path
) -> None:
    html, xlsx = tmp_path / "report.html", tmp_path / "report.xlsx"
    done = run(two_years, "--school", "north", "--html", str(html), "--xlsx", str(xlsx))
    assert done.stdout == "" and str(html) in done.stderr and str(xlsx) in done.stderr
    assert html.read_text("utf-8").startswith("<!doctype html>")
    assert len(openpyxl.load_workbook(xlsx).worksheets) == 3


def test_csv_and_json_go_to_the_pipe_or_to_a_file(two_years: Settings, tmp_path: Path) -> None:
    shown = run(two_years, "--school", "north", "--json").stdout
    assert json.loads(shown)["school_key"] == "north"
    file = tmp_path / "report.csv"
    run(two_years, "--school", "north", "--csv", "--out", str(file))
    assert file.read_bytes().decode() == run(two_years, "--school", "north", "--csv").stdout_bytes.decode()


def test_a_second_run_says_the_same_and_writes_over_the_first(two_years: Settings, tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    made = []
    for _ in range(2):
        run(two_years, "--school", "north", "--html", str(html))
        made.append(html.read_bytes())
    assert made[0] == made[1]


def test_a_file_that_cannot_be_written_is_named(two_years: Settings, tmp_path: Path) -> None:
    done = run(two_years, "--school", "north", "--html", str(tmp_path / "no" / "report.html"), status=1)
    assert "report.html cannot be written" in done.stderr


def test_every_command_has_help_with_an_example() -> None:
    for command in (report, *report.commands.values()):
        assert "Example:" in CliRunner().invoke(command, ["--help"]).output
