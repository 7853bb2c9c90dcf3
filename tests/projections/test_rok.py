"""The R-OK list: verified codes only, a school's own list over it, and every mistake named with its line."""

from pathlib import Path

import duckdb
import pytest

from projections.rok import INDICATORS, InvalidExpectations, fill, read_official, read_own


def own(folder: Path, *lines: str) -> Path:
    path = folder / "north.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_only_codes_that_were_seen_in_a_source_have_one() -> None:
    codes = {each["code"]: each["verification"] for each in read_official() if each["code"]}
    assert codes.pop("K2") == "first-hand"
    assert codes == dict.fromkeys(["K1", "K3", *(f"BL{n}" for n in range(1, 8))], "second-hand")
    themes = [each for each in read_official() if not each["code"]]
    assert {each["verification"] for each in themes} == {"not-verified"}
    assert all(each["label"].startswith("Thema: ") for each in themes)


def test_what_no_learning_record_can_inform_says_why() -> None:
    for each in read_official():
        assert bool(each["indicators"]) == (each["ceiling"] != "none") == (not each["why_not"])


def test_every_known_indicator_informs_something() -> None:
    assert {name for each in read_official() for name in each["indicators"]} == INDICATORS


def test_a_school_fills_in_a_code_and_an_empty_cell_changes_nothing(tmp_path: Path) -> None:
    path = own(tmp_path, "expectation,code,label,ceiling", "theme-feedback,D7,Feedback,", "K2,,,partial")
    found = {each["expectation"]: each for each in read_own(path, read_official())}
    assert len(found) == len(read_official())
    feedback = found["theme-feedback"]
    assert (feedback["code"], feedback["label"], feedback["ceiling"]) == ("D7", "Feedback", "partial")
    assert (feedback["verification"], feedback["version"]) == ("school", "north.csv")
    assert (found["K2"]["verification"], found["K2"]["ceiling"]) == ("first-hand", "partial")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ["expectation,code", "K2,", "K9,"],
            "north.csv, line 3: 'K9' is no known expectation; known are K2, K3",
        ),
        (["expectation,indicators", "K2,happiness"], "line 2: 'happiness' is no indicator"),
        (["expectation,ceiling", "K2,certain"], "line 2: ceiling is 'certain'; it takes none, weak"),
        (["expectation,coverage_weak", "K2,20"], "line 2: coverage_weak is '20'; it takes a share"),
        (["expectation,code", "K2,K2", "K2,K2"], "line 3: K2 is there twice"),
        (["expectation,code", "theme-goals,K2"], "the code K2 is of two expectations"),
        (["expectation,code", ",K2"], "line 2: the expectation is missing"),
        (["expectation,code", "K2"], "line 2: it has more or fewer cells"),
        (["expectation,colour", "K2,red"], "line 1: there is no column colour"),
        (["code", "K2"], "line 1: the column expectation is missing"),
        ([], "line 1: the column expectation is missing"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_with_the_line(
    tmp_path: Path, lines: list[str], told: str
) -> None:
    with pytest.raises(InvalidExpectations) as refused:
        read_own(own(tmp_path, *lines), read_official())
    assert told in str(refused.value)


def test_lists_are_brought_in_once_and_again_when_they_change(tmp_path: Path) -> None:
    connection = duckdb.connect()
    connection.execute("create schema _leerspoor")
    assert fill(connection, tmp_path)
    assert not fill(connection, tmp_path)
    own(tmp_path, "expectation,code", "theme-goals,D1")
    assert fill(connection, tmp_path)
    query = "select code from _leerspoor.rok_expectation where school_key = 'north' and expectation = 'theme-goals'"
    assert connection.execute(query).fetchall() == [("D1",)]
    with pytest.raises(InvalidExpectations, match="LRS_ROK_FOLDER"):
        fill(connection, tmp_path / "missing")
