"""Ids that are the same each time, wherever the sheet is read and however it was saved."""

import uuid
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.tabular.cell import BadCell
from lrs.tabular.row_key import key_text, registration_of, statement_id
from tests.lrs.tabular.a_sheet import a_csv, a_mapping, a_workbook, made


def an_id(*key: Any, mapping: str = "m", plan: str = "p", column: str | None = None) -> str:
    return statement_id(mapping, plan, "t", key, column)


def test_an_id_never_changes_between_versions() -> None:
    assert an_id("10017", "Breuken") == "c7380b73-9faf-5daa-9ac5-23116a456319"
    assert uuid.UUID(an_id("1")).version == 5


@given(st.lists(st.text(), min_size=1, max_size=4), st.lists(st.text(), min_size=1, max_size=4))
def test_rows_with_other_keys_have_other_ids(one: list[str], other: list[str]) -> None:
    if not any(map(str.strip, one)) or not any(map(str.strip, other)):
        return
    same_key = [key_text(each) for each in one] == [key_text(each) for each in other]
    assert (an_id(*one) == an_id(*other)) == same_key


def test_mapping_statement_and_column_tell_ids_apart() -> None:
    ids = {
        an_id("1"),
        an_id("1", mapping="n"),
        an_id("1", plan="q"),
        an_id("1", column="a"),
        an_id("1", column="b"),
    }
    assert len(ids) == 5


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1/9/2025", datetime(2025, 9, 1)), ("01/09/2025", date(2025, 9, 1)), ("10017", 10017), ("2,5", Decimal("2.5")),
        ("2,0", 2), ("8:30", time(8, 30)), ("Breuken  Optellen ", "breuken optellen"),
        ("1/9/2025 8:30", datetime(2025, 9, 1, 8, 30)),
    ],
)  # fmt: skip
def test_what_is_typed_and_what_excel_makes_of_it_are_one_key(typed: str, kept: Any) -> None:
    assert key_text(typed) == key_text(kept)


def test_a_number_with_zeros_before_it_is_another_key() -> None:
    assert key_text("007") != key_text(7)


def test_a_row_without_any_key_is_refused() -> None:
    with pytest.raises(BadCell):
        an_id("", None)
    with pytest.raises(BadCell):
        registration_of("m", [None])


def test_a_csv_file_and_a_workbook_of_the_same_sheet_make_the_same_statements(tmp_path: Path) -> None:
    text = a_csv(tmp_path / "s.csv", "Nr;Doel;Datum\n10017;Lezen;1/9/2025\n", "windows-1252")
    book = a_workbook(tmp_path / "s.xlsx", [["Nr", "Doel", "Datum"], [10017, "Lezen", date(2025, 9, 1)]])
    assert made(text, a_mapping()) == made(book, a_mapping())
