"""Cells as people type them."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.tabular.cell import (
    BadCell,
    as_number,
    as_percent,
    as_text,
    as_tick,
    as_token,
    as_whole,
    in_iri,
    is_national_number,
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("13,5", "13.5"),
        ("13.5", "13.5"),
        (" 7 ", "7"),
        ("-2", "-2"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        (4, "4"),
    ],
)
def test_a_number_may_have_a_decimal_comma(cell: Any, number: str) -> None:
    assert as_number(cell) == Decimal(number)


def test_a_number_that_can_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(BadCell, match="two ways"):
        as_number("12.500")


@pytest.mark.parametrize("cell", ["afw", "", None, True, "1,2,3", date(2025, 9, 1), "7/10", "∞", "1e3"])
def test_what_is_no_number_is_refused(cell: Any) -> None:
    with pytest.raises(BadCell):
        as_number(cell)


@given(st.decimals(min_value=-999, max_value=999, places=3, allow_nan=False))
def test_a_number_written_with_a_comma_is_read_back(number: Decimal) -> None:
    assert as_number(str(number).replace(".", ",")) == number


def test_a_whole_number_is_whole() -> None:
    assert as_whole("3,0") == 3
    with pytest.raises(BadCell, match="whole"):
        as_whole("3,5")


def test_a_percentage_is_read_with_its_sign_and_without() -> None:
    assert as_percent("60%") == as_percent("60 %") == as_percent(60) == 60
    with pytest.raises(BadCell):
        as_percent("120%")


@pytest.mark.parametrize("cell", ["x", "X", "v", "✓", "✔", "ja", "Ja ", "1", 1, True, "klaar", "☑", "oké"])
def test_a_tick_is_a_tick(cell: Any) -> None:
    assert as_tick(cell)


@pytest.mark.parametrize(
    "cell", [None, "", " ", "nee", "0", 0, False, "-", "niet  klaar", "nog niet", "☐", "✗"]
)
def test_a_no_is_not_a_tick(cell: Any) -> None:
    assert not as_tick(cell)


def test_what_is_neither_a_tick_nor_a_no_is_refused() -> None:
    with pytest.raises(BadCell, match="neither"):
        as_tick("misschien")


def test_text_is_what_a_person_reads() -> None:
    assert [
        as_text(each) for each in (Decimal("3.00"), time(8, 30), date(2025, 9, 1), " één ", None, True)
    ] == [
        "3",
        "08:30",
        "2025-09-01",
        "één",
        "",
        "ja",
    ]


def test_case_and_spaces_make_no_difference_in_an_iri_and_signs_do() -> None:
    assert in_iri("Breuken  Optellen ") == in_iri("breuken optellen") == "breuken-optellen"
    assert in_iri("C") != in_iri("C++")
    assert in_iri("a/b?c#d") == "a%2Fb%3Fc%23d"


def test_a_token_has_no_spaces() -> None:
    assert as_token(" 3  A ") == "3-A"


@pytest.mark.parametrize("text", ["85.07.30-033.28", "85073003328", "17073003384"])
def test_a_national_number_is_known_with_dots_without_and_of_this_century(text: str) -> None:
    assert is_national_number(text)


@pytest.mark.parametrize("text", ["85073003329", "10017", "85133003328", "leerling-17", ""])
def test_a_number_that_only_looks_like_one_is_not_a_national_number(text: str) -> None:
    assert not is_national_number(text)
