"""Files as schools keep and export them."""

import csv
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from lrs.tabular.csv_grid import csv_grid, encoding_of
from lrs.tabular.grid import UnreadableSheet, index_of, letter
from lrs.tabular.layout import Layout
from lrs.tabular.sheet import MissingColumns
from lrs.tabular.xlsx_grid import xlsx_grids
from tests.lrs.tabular.a_sheet import a_csv, a_workbook, opened


def cells(path: Path, layout: Layout | None = None) -> list[list[Any]]:
    return [row.cells for row in opened(path, layout)[0].body]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_each_encoding_of_excel_is_found_out(tmp_path: Path, encoding: str) -> None:
    path = a_csv(tmp_path / "s.csv", "Leerling;Één\r\nZoë;€ 5\r\n", encoding)
    assert list(csv_grid(path).rows) == [["Leerling", "Één"], ["Zoë", "€ 5"]]


def test_utf_8_beyond_the_first_part_of_a_large_file_counts_too(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", "a;b\n" * 40_000 + "Zoë;1\n")
    assert encoding_of(path) == "utf-8"
    assert encoding_of(a_csv(path, "a;b\n" * 40_000 + "Zoë;1\n", "windows-1252")) == "windows-1252"


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found_out_in_spite_of_decimal_commas(tmp_path: Path, separator: str) -> None:
    text = (
        separator.join(["Nr", "Naam", "Punten"]) + "\n" + separator.join(["1", '"A; b, c"', '"13,5"']) + "\n"
    )
    assert list(csv_grid(a_csv(tmp_path / "s.csv", text * 3)).rows)[1] == ["1", "A; b, c", "13,5"]


def test_the_line_that_names_the_separator_keeps_the_numbers_of_rows_right(tmp_path: Path) -> None:
    sheet = opened(a_csv(tmp_path / "s.csv", "sep=|\nNr|Naam\n1|a;b;c\n"))[0]
    assert [(row.number, row.cells) for row in sheet.body] == [(3, ["1", "a;b;c"])]


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r")), min_size=2), min_size=1
    )
)
def test_every_cell_that_a_writer_of_csv_writes_is_read(rows: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "s.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        read = list(csv_grid(path, "utf-8", ";").rows)
    assert [[cell or "" for cell in row] for row in read] == [
        [c if c.strip() else "" for c in row] for row in rows
    ]


def test_a_file_that_is_no_sheet_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    (tmp_path / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(100))
    for name in ("old.xls", "locked.xlsx"):
        with pytest.raises(UnreadableSheet, match=r"\.xlsx"):
            opened(tmp_path / name)
    with pytest.raises(UnreadableSheet, match="encoding"):
        list(csv_grid(a_csv(tmp_path / "s.csv", "é", "windows-1252"), "utf-8", ";").rows)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "s.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    with pytest.raises(UnreadableSheet):
        opened(tmp_path / "s.xlsx")


def test_values_of_excel_keep_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    a_workbook(path, [["a", "b", "c", "d", "e", "f"], [1, 2.5, date(2025, 9, 1), time(8, 30), "x", True]])
    book = load_workbook(path)
    book.active["B2"].number_format = "0.0%"
    book.active["B2"] = 0.125
    book.save(path)
    assert cells(path) == [[1, "12.5%", datetime(2025, 9, 1), time(8, 30), "x", True]]


def test_a_number_of_excel_is_the_decimal_that_it_shows(tmp_path: Path) -> None:
    assert cells(a_workbook(tmp_path / "s.xlsx", [["a", "b"], [0.1, 3.0]])) == [[Decimal("0.1"), 3]]


def test_a_formula_that_was_never_calculated_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "s.xlsx", [["a"], ["=1+1"]])
    with pytest.raises(UnreadableSheet, match="never calculated"):
        xlsx_grids(path)


def test_a_hidden_sheet_is_left_alone(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Nr"
    hidden = book.create_sheet("Lijsten")
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "s.xlsx")
    assert [grid.name for grid in xlsx_grids(tmp_path / "s.xlsx")] == ["Sheet"]


def test_sheets_are_chosen_by_their_names(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "s.xlsx", [["Nr"], [1]], title="Week 36")
    assert [sheet.name for sheet in opened(path, Layout(sheets=("week *",)))] == ["Week 36"]
    with pytest.raises(UnreadableSheet, match="there is Week 36"):
        opened(path, Layout(sheets=("Maand *",)))


def test_the_header_is_the_first_row_with_all_columns(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", "Klas 3A;;\n;;\nNr;Naam;Doel\n1;An;Lezen\n")
    sheet = opened(path, needed=["nr", "DOEL "])[0]
    assert [row.number for row in sheet.body] == [4]
    with pytest.raises(MissingColumns, match="no column Punten; row 3 has Nr, Naam, Doel"):
        opened(path, needed=["Nr", "Punten"])


def test_a_merged_header_cell_heads_all_its_columns(tmp_path: Path) -> None:
    rows = [
        ["Nr", "Lezen", None, "Schrijven", None],
        [None, "gepland", "klaar", "gepland", "klaar"],
        [1, "x", "", "x", "x"],
    ]
    merged = a_workbook(tmp_path / "s.xlsx", rows, "A1:A2", "B1:C1", "D1:E1")
    plain = a_csv(tmp_path / "s.csv", "Nr;Lezen;;Schrijven;\n;gepland;klaar;gepland;klaar\n1;x;;x;x\n")
    names = ["Nr", "Lezen / gepland", "Lezen / klaar", "Schrijven / gepland", "Schrijven / klaar"]
    sheet = opened(merged, Layout(header=2, header_rows=2))[0]
    assert [column.name for column in sheet.columns.values()] == names
    assert [column.name for column in sheet.like(["* / klaar"], ["Lezen*"])] == ["Schrijven / klaar"]
    # In a CSV file a header that was merged downwards is above an empty cell.
    columns = opened(plain, Layout(header=2, header_rows=2))[0].columns.values()
    assert [column.name for column in columns] == names[1:]


def test_a_header_that_comes_twice_gets_a_number(tmp_path: Path) -> None:
    sheet = opened(a_csv(tmp_path / "s.csv", "Nr;Score;Score\n1;2;3\n"))[0]
    assert [column.name for column in sheet.columns.values()] == ["Nr", "Score", "Score (2)"]


def test_empty_rows_totals_and_repeated_headers_are_no_learners(tmp_path: Path) -> None:
    text = "Nr;Naam;Punten\n1;An;5\n;;\nNr;Naam;Punten\n2;Bo;6\nTotaal;;11\n;Gemiddelde;5,5\n"
    assert [row[0] for row in cells(a_csv(tmp_path / "s.csv", text))] == ["1", "2"]


def test_rows_to_skip_may_be_stated(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", "Nr;Naam\n1;An\nMaximum;20\n")
    assert len(cells(path)) == 2
    assert len(cells(path, Layout(skip=("maximum",)))) == 1


def test_a_learner_that_is_merged_over_several_rows_counts_in_each(tmp_path: Path) -> None:
    rows = [["Nr", "Doel"], [1, "a"], [None, "b"], [2, "c"]]
    assert cells(a_workbook(tmp_path / "s.xlsx", rows, "A2:A3")) == [[1, "a"], [1, "b"], [2, "c"]]


def test_a_column_may_be_filled_down(tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", "Nr;Doel\n1;a\n;b\n2;c\n")
    assert cells(path, Layout(fill_down=("Nr",))) == [["1", "a"], ["1", "b"], ["2", "c"]]


def test_cells_above_the_table_can_be_read_whatever_the_length_of_their_row(tmp_path: Path) -> None:
    sheet = opened(
        a_csv(tmp_path / "s.csv", "Datum;1/9/2025\nNr;Doel;Punten\n1;a;2\n"), needed=["Nr", "Doel"]
    )[0]
    assert sheet.fixed(0, 1) == "1/9/2025"
    assert sheet.fixed(0, 7) is sheet.fixed(40, 0) is None


@given(st.integers(0, 16_383))
def test_letters_of_columns_are_read_back(index: int) -> None:
    assert index_of(letter(index)) == index


def test_letters_are_those_of_excel() -> None:
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
