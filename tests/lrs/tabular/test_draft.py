"""Proposals for sheets that nobody described."""

from pathlib import Path

import pytest

from lrs.tabular.draft import draft_of
from lrs.tabular.grid import UnreadableSheet
from lrs.tabular.mapping import SheetMapping
from lrs.tabular.sheet import MissingColumns
from tests.lrs.tabular.a_sheet import SHIPPED, a_csv, a_mapping, a_workbook, its_sheet, made, opened

HOME = "https://school.example.org/leerlingen"


def drafted(path: Path) -> SheetMapping:
    return a_mapping(draft_of(path, HOME))


def plans(path: Path) -> list[str]:
    return [plan.template.id.rsplit("/", 1)[1] for plan in drafted(path).plans]


@pytest.mark.parametrize(
    ("name", "templates"),
    [
        ("coach-talks", ["coach-mentored"]),
        ("contract-work", ["goal-set", "goal-completed", "level-given", "reflected"]),
        ("platform-activity", ["worked-initialized", "worked-completed", "worked-scored"]),
        ("rubric", ["level-given", "feedback-given"]),
        ("test-list", ["level-scored"]),
    ],
)
def test_each_worked_sheet_gets_a_mapping_that_can_be_read(name: str, templates: list[str]) -> None:
    assert name in SHIPPED
    assert plans(its_sheet(name)) == templates
    assert drafted(its_sheet(name)).name == name


@pytest.mark.parametrize("name", ["coach-talks", "platform-activity", "rubric", "test-list"])
def test_a_proposal_that_lacks_nothing_makes_statements_at_once(name: str) -> None:
    statements = made(its_sheet(name), drafted(its_sheet(name)))
    assert statements
    assert all(HOME in str(statement) for statement in statements)


def test_a_proposal_that_lacks_something_does_not_work_before_somebody_looked(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", "Kolom;Iets\n1;lang geleden\n2;kort\n3;nog iets\n")
    mapping = drafted(path)
    with pytest.raises(MissingColumns, match="no column CHECK"):
        opened(path, mapping.layout, mapping.needed_columns())


def test_a_proposal_quotes_no_name_no_report_and_no_number_of_a_learner(tmp_path: Path) -> None:
    rows = "".join(
        f"{10000 + n};Voornaam{n};Verhaal over kind {n} dat lang genoeg is om proza te zijn;ja\n"
        for n in range(9)
    )
    text = draft_of(a_csv(tmp_path / "s.csv", f"Stamnummer;Kind;Verslag;Klaar\n{rows}"), HOME)
    assert "Voornaam" not in text
    assert "Verhaal" not in text
    assert "10000" not in text


def test_a_column_of_names_that_come_up_once_is_not_quoted_in_a_small_class_either(tmp_path: Path) -> None:
    text = draft_of(a_csv(tmp_path / "s.csv", "Nr;Kind;Datum\n1;Noor;1/9/2025\n2;Adam;1/9/2025\n"), HOME)
    assert "noor" not in text.casefold()


def test_a_national_number_is_never_the_identifier(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", "Leerlingnummer;Doel;Klaar\n85.07.30-033.28;Lezen;x\n")
    text = draft_of(path, HOME)
    assert "{Leerlingnummer}" not in text
    assert "national register number" in text


def test_columns_of_ticks_are_taken_for_goals(tmp_path: Path) -> None:
    text = "Stamnummer;Datum;Lezen;Schrijven\n1;1/9/2025;x;\n2;1/9/2025;;v\n3;2/9/2025;x;x\n"
    path = a_csv(tmp_path / "s.csv", text)
    assert plans(path) == ["goal-completed"]
    assert len(made(path, drafted(path))) == 4


def test_columns_of_numbers_are_taken_for_scores(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", "Stamnummer;Datum;Breuken;Meten\n1;1/9/2025;60;70,5\n2;1/9/2025;80;90\n")
    assert plans(path) == ["level-scored"]
    assert len(made(path, drafted(path))) == 4


def test_a_row_for_each_learner_and_goal_is_recognised(tmp_path: Path) -> None:
    text = (
        "Stamnr;Weekdoel;Datum;Deadline;Gepland;Klaar;Reflectie\n1;Lezen;1/9/2025;5/9/2025;x;x;Ik las veel.\n"
    )
    path = a_csv(tmp_path / "s.csv", text)
    assert plans(path) == ["goal-set", "goal-completed", "reflected"]
    assert len(made(path, drafted(path))) == 3


def test_headers_with_odd_signs_are_still_toml(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "s.xlsx", [["Stamnr", 'Doel "A"\nregel \\ 2', "Datum"], [1, "Lezen", "1/9/2025"]]
    )
    assert len(made(path, drafted(path))) == 1


def test_a_file_without_a_table_is_refused(tmp_path: Path) -> None:
    for path in (
        a_csv(tmp_path / "leeg.csv", ""),
        a_csv(tmp_path / "kop.csv", "Nr;Doel\n"),
        a_workbook(tmp_path / "s.xlsx", []),
    ):
        with pytest.raises(UnreadableSheet, match="no sheet has a header"):
            draft_of(path, HOME)
