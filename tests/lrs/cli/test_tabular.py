"""`lrs tabular` as who keeps a school's sheets meets it."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from lrs.cli import lrs
from tests.lrs.tabular.a_sheet import GOAL_SET, SHIPPED, a_csv, a_workbook, its_sheet

HEADER = "Nr;Doel;Datum\n"


class Desk:
    """A folder with a mapping and sheets, and a store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runner = CliRunner(env={"LRS_HOME": str(folder / "home")})
        self.mapping = folder / "m.toml"
        self.mapping.write_text(GOAL_SET, encoding="utf-8")

    def run(self, *arguments: str | Path, status: int = 0) -> Result:
        done = self.runner.invoke(lrs, list(map(str, arguments)))
        assert done.exit_code == status, f"{done.output}{done.exception!r}"
        return done

    def tabular(self, sheet: Path, *options: str | Path, status: int = 0) -> Result:
        return self.run("tabular", "import", "-m", self.mapping, sheet, *options, status=status)

    def sheet(self, rows: str, name: str = "s.csv", header: str = HEADER) -> Path:
        return a_csv(self.folder / name, header + rows)

    def stored(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.run("export").stdout.splitlines()]

    def rejects(self, name: str = "s.csv.rejects.csv") -> list[list[str]]:
        with (self.folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, delimiter=";"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_second_run_stores_nothing_twice(desk: Desk) -> None:
    sheet = desk.sheet("17;Lezen;1/9/2025\n18;Lezen;1/9/2025\n")
    assert "2 stored, 0 were there already" in desk.tabular(sheet).output
    assert "0 stored, 2 were there already" in desk.tabular(sheet).output
    assert len(desk.stored()) == 2


def test_the_same_rows_from_a_workbook_are_there_already(desk: Desk) -> None:
    desk.tabular(desk.sheet("17;Lezen;1/9/2025\n"))
    book = a_workbook(desk.folder / "s.xlsx", [["Nr", "Doel", "Datum"], [17, "lezen ", "1/9/2025"]])
    assert "0 stored, 1 were there already" in desk.tabular(book).output


def test_a_dry_run_says_what_would_be_stored_and_stores_nothing(desk: Desk) -> None:
    sheet = desk.sheet("17;Lezen;1/9/2025\n")
    told = desk.tabular(sheet, "--dry-run").output
    assert "1 would be stored" in told
    assert "the first goal-set" in told
    assert '"name": "17"' in told
    assert desk.stored() == []
    desk.tabular(sheet)
    assert "0 would be stored, 1 were there already" in desk.tabular(sheet, "--dry-run").output


def test_a_bad_row_is_reported_with_its_place_and_does_not_stop_the_rest(desk: Desk) -> None:
    sheet = desk.sheet("17;Lezen;1/9/2025\n18;Lezen;ooit\n19;Lezen;1/9/2025\n")
    done = desk.tabular(sheet, status=3)
    assert "2 stored" in done.output
    assert "s, row 3, column C (Datum): timestamp: 'ooit' is not a date" in done.stderr
    header, row = desk.rejects()
    assert header == ["sheet", "row", "column", "reason", "statement"]
    assert row[:3] == ["s", "3", "C (Datum)"]
    assert row[4] == "goal-set"


def test_strict_stops_at_the_first_bad_row(desk: Desk) -> None:
    sheet = desk.sheet("17;Lezen;1/9/2025\n18;Lezen;ooit\n19;Lezen;1/9/2025\n")
    assert (
        "stopped at s row 3 (--strict); 1 stored before it"
        in desk.tabular(sheet, "--strict", status=1).stderr
    )
    assert len(desk.stored()) == 1


def test_rejects_of_a_run_that_went_well_are_gone(desk: Desk) -> None:
    desk.tabular(desk.sheet("17;Lezen;ooit\n"), status=3)
    desk.tabular(desk.sheet("17;Lezen;1/9/2025\n"))
    assert not (desk.folder / "s.csv.rejects.csv").exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_a_row_that_changed_is_reported_with_what_changed(desk: Desk, options: tuple[str, ...]) -> None:
    desk.mapping.write_text(GOAL_SET + 'target_level = "{Streef}"\n', encoding="utf-8")
    header = "Nr;Doel;Datum;Streef\n"
    desk.tabular(desk.sheet("17;Lezen;1/9/2025;2\n18;Lezen;1/9/2025;2\n", header=header))
    done = desk.tabular(
        desk.sheet("17;Lezen;1/9/2025;3\n18;Lezen;1/9/2025;2\n", header=header), *options, status=3
    )
    assert "1 were there already, 1 changed, 0 refused" in done.output
    _, row = desk.rejects()
    assert row[:3] == ["s", "2", "D (Streef)"]
    assert "was 2, is 3" in row[3]


def test_a_report_that_changed_is_not_quoted(desk: Desk) -> None:
    desk.mapping.write_text(
        GOAL_SET.replace("goal-set", "reflected") + 'response = "{Tekst}"\n', encoding="utf-8"
    )
    for text in ("thuis is het moeilijk", "het gaat beter"):
        sheet = desk.sheet(f"17;Lezen;1/9/2025;{text}\n", header="Nr;Doel;Datum;Tekst\n")
        done = desk.tabular(sheet, status=3 if "beter" in text else 0)
    assert "the text is another" in done.stderr
    assert "moeilijk" not in done.output + (desk.folder / "s.csv.rejects.csv").read_text("utf-8-sig")


def test_two_rows_that_the_key_does_not_tell_apart_are_reported(desk: Desk) -> None:
    sheet = desk.sheet("17;Lezen;1/9/2025\n17;Lezen;2/9/2025\n17;lezen;1/9/2025\n")
    done = desk.tabular(sheet, status=3)
    assert "1 stored, 1 were there already, 0 changed, 1 refused" in done.output
    assert "row 3: the columns of `key` do not tell it from s row 2" in done.stderr


def test_rows_that_make_no_statement_are_counted(desk: Desk) -> None:
    desk.mapping.write_text(GOAL_SET + 'when = "{Gepland}"\n', encoding="utf-8")
    sheet = desk.sheet("17;Lezen;1/9/2025;x\n18;Lezen;1/9/2025;\n", header="Nr;Doel;Datum;Gepland\n")
    assert "1 of 2 rows make no statement" in desk.tabular(sheet).output


def test_the_statements_can_be_written_beside_and_held_to_profiles(desk: Desk) -> None:
    desk.mapping.write_text(SHIPPED["coach-talks"].read_text(encoding="utf-8"), encoding="utf-8")
    sheet = a_csv(desk.folder / "s.csv", its_sheet("coach-talks").read_text("utf-8-sig"))
    desk.tabular(sheet, "--dry-run", "--statements", desk.folder / "s.ndjson", status=3)
    told = desk.run("profile", "check", desk.folder / "s.ndjson").output
    assert "3        0  all" in told
    done = desk.tabular(sheet, "--dry-run", "--statements", "-", status=3)
    assert [json.loads(line)["verb"]["id"] for line in done.stdout.splitlines()] == [
        "http://id.tincanapi.com/verb/mentored"
    ] * 3


def test_a_formula_in_a_cell_is_harmless_in_the_rejects(desk: Desk) -> None:
    sheet = desk.sheet("17;Lezen;ooit\n", name="=HYPERLINK(1).csv")
    desk.tabular(sheet, status=3)
    assert desk.rejects("=HYPERLINK(1).csv.rejects.csv")[1][0] == "'=HYPERLINK(1)"


def test_a_sheet_without_the_columns_of_the_mapping_is_told_what_it_has(desk: Desk) -> None:
    done = desk.tabular(desk.sheet("17;Lezen\n", header="Nr;Doel\n"), status=1)
    assert "no column Datum; row 1 has Nr, Doel" in done.stderr


def test_sheets_of_a_workbook_that_do_not_fit_are_left_out_and_named(desk: Desk) -> None:
    path = a_workbook(desk.folder / "s.xlsx", [["Nr", "Doel", "Datum"], [17, "Lezen", "1/9/2025"]])
    book = load_workbook(path)
    book.create_sheet("Uitleg")["A1"] = "Hoe werkt dit?"
    book.save(path)
    done = desk.tabular(path)
    assert "1 stored" in done.output
    assert "left out: sheet Uitleg" in done.stderr


def test_a_mapping_with_an_error_stores_nothing(desk: Desk) -> None:
    desk.mapping.write_text(GOAL_SET.replace("goal-set", "goal-sett"), encoding="utf-8")
    assert "goal-sett is no template" in desk.tabular(desk.sheet("17;Lezen;1/9/2025\n"), status=1).stderr
    assert not (desk.folder / "home").exists()


def test_the_address_of_the_example_is_pointed_out(desk: Desk) -> None:
    desk.mapping.write_text(SHIPPED["test-list"].read_text(encoding="utf-8"), encoding="utf-8")
    assert (
        "home_page is still the example's"
        in desk.tabular(its_sheet("test-list"), "--rejects", desk.folder / "r.csv", status=3).stderr
    )


def test_statements_are_stored_under_the_credential_that_is_named(desk: Desk) -> None:
    made = desk.run("credential", "create", "--json").stdout
    key = json.loads(made)["key"]
    desk.tabular(desk.sheet("17;Lezen;1/9/2025\n"), "--as", key)
    assert key in json.dumps(desk.stored()[0]["authority"])
    assert (
        "no credential nobody"
        in desk.tabular(desk.sheet("18;Lezen;1/9/2025\n"), "--as", "nobody", status=2).stderr
    )


def test_more_rows_than_a_batch_are_stored(desk: Desk) -> None:
    sheet = desk.sheet("".join(f"{n};Lezen;1/9/2025\n" for n in range(1, 1203)))
    assert "1202 stored" in desk.tabular(sheet).output
    assert "1202 were there already" in desk.tabular(sheet).output


def test_a_draft_is_written_where_no_file_is_yet(desk: Desk) -> None:
    sheet = desk.sheet("17;Lezen;1/9/2025\n", header="Stamnr;Doel;Datum\n")
    assert 'template = "' in desk.run("tabular", "draft", sheet).output
    target = desk.folder / "d.toml"
    desk.run("tabular", "draft", sheet, "--out", target, "--home-page", "https://school.example.org")
    assert "https://school.example.org" in target.read_text(encoding="utf-8")
    assert "is there already" in desk.run("tabular", "draft", sheet, "--out", target, status=1).stderr


def test_worked_mappings_are_listed_and_printed(desk: Desk) -> None:
    assert [line.split()[0] for line in desk.run("tabular", "mappings").output.splitlines()] == sorted(
        SHIPPED
    )
    for name, path in SHIPPED.items():
        assert desk.run("tabular", "mappings", name).output == path.read_text(encoding="utf-8")
    assert "there is coach-talks" in desk.run("tabular", "mappings", "x", status=2).stderr
