"""What was withheld once is not given away by a later publication; what stands under it is withheld too."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from projections.catalog import InvalidProjection, Projection
from projections.small_cells import Thresholds, withhold
from projections.withheld import Withheld

USUAL = Thresholds()
HEADER = {
    "grain": "school_key, grouping, group_key",
    "cell": "learners",
    "within": "school_key, grouping, part_of",
    "part": "with_goal of learners hides share",
    "sensitive": "tellers hides motivation",
}
COLUMNS = ("school_key", "grouping", "group_key", "part_of", "as_of", "learners", "with_goal", "share", "tellers",
           "motivation")  # fmt: skip


def a_view(**header: str) -> Projection:
    return Projection(
        "view", Path("view.sql"), "A row.", {**HEADER, **header}, dict.fromkeys(COLUMNS, "what it is"), ""
    )


def table(*groups: tuple[str, str, str, int, int, int], as_of: str = "w1") -> pa.Table:
    """Rows of (grouping, group, part of, learners, with a goal, tellers) of one school."""
    return pa.Table.from_pylist(
        [
            {
                "school_key": "north", "grouping": grouping, "group_key": group, "part_of": part_of, "as_of": as_of,
                "learners": n, "with_goal": goal, "share": goal / n if n else None, "tellers": told, "motivation": 0.5,
            }
            for grouping, group, part_of, n, goal, told in groups
        ]
    )  # fmt: skip


def shown(made: pa.Table, column: str) -> dict[str, Any]:
    return {f"{row['grouping']} {row['group_key']}": row[column] for row in made.to_pylist()}


def classes(*counts: int, as_of: str = "w1") -> pa.Table:
    return table(*(("class", f"c{i}", "3", n, 0, 0) for i, n in enumerate(counts)), as_of=as_of)


def publish_again(withheld: Withheld, folder: Path) -> Withheld:
    withheld.write(folder)
    return Withheld.read(folder)


def test_what_is_withheld_of_a_grade_is_withheld_of_its_classes_and_of_no_others() -> None:
    made = withhold(
        table(
            ("school", "all", "all", 40, 0, 0),
            ("grade", "3", "all", 30, 0, 0),
            ("grade", "4", "all", 3, 0, 0),
            ("grade", "5", "all", 7, 0, 0),
            ("class", "3a", "3", 15, 0, 0),
            ("class", "3b", "3", 15, 0, 0),
            ("class", "5a", "5", 7, 0, 0),
        ),
        a_view(),
        USUAL,
    )
    assert [name for name, gone in shown(made, "withheld").items() if gone] == [
        "grade 4",
        "grade 5",
        "class 5a",
    ]
    assert shown(made, "part_of")["class 5a"] == "5"
    assert shown(made, "learners")["class 5a"] is None


def test_a_count_of_some_learners_and_what_it_leaves_are_cells_with_a_partner_each() -> None:
    made = withhold(
        table(
            ("class", "a", "3", 20, 18, 0),
            ("class", "b", "3", 20, 12, 0),
            ("class", "c", "3", 20, 10, 0),
            ("class", "d", "3", 20, 20, 0),
            ("class", "e", "3", 20, 0, 0),
        ),
        a_view(),
        USUAL,
    )
    # 18 leaves 2; the next smallest, e, leaves 20 but has 0: together 18 and 22
    assert shown(made, "with_goal") == {
        "class a": None,
        "class b": 12,
        "class c": 10,
        "class d": 20,
        "class e": None,
    }
    assert shown(made, "share")["class a"] is None
    assert set(shown(made, "learners").values()) == {20}
    assert not any(shown(made, "withheld").values())


@pytest.mark.parametrize(("tellers", "hidden"), [(9, True), (10, False), (0, False)])
def test_a_sensitive_matter_takes_ten_learners(tellers: int, hidden: bool) -> None:
    made = withhold(table(("school", "all", "all", 30, 10, tellers)), a_view(), USUAL)
    assert (shown(made, "motivation")["school all"] is None) == hidden
    assert shown(made, "with_goal")["school all"] == 10


def test_rows_withheld_together_stay_so_until_each_is_of_five_learners_more(tmp_path: Path) -> None:
    memory = Withheld()
    assert shown(withhold(classes(20, 7, 2), a_view(), USUAL, memory), "learners") == {
        "class c0": 20, "class c1": None, "class c2": None,
    }  # fmt: skip
    memory = publish_again(memory, tmp_path)
    # c1 as it was would tell that c2 had been 2
    assert set(shown(withhold(classes(20, 7, 12, as_of="w2"), a_view(), USUAL, memory), "learners").values()) == {
        20, None,
    }  # fmt: skip
    memory = publish_again(memory, tmp_path)
    made = withhold(classes(20, 12, 17, as_of="w3"), a_view(), USUAL, memory)
    assert shown(made, "learners") == {"class c0": 20, "class c1": 12, "class c2": 17}


def test_the_same_moment_published_again_shows_nothing_that_was_withheld(tmp_path: Path) -> None:
    memory = Withheld()
    withhold(classes(20, 7, 2), a_view(), USUAL, memory)
    memory = publish_again(memory, tmp_path)
    late = withhold(classes(20, 14, 9), a_view(), USUAL, memory)
    assert shown(late, "learners") == {"class c0": 20, "class c1": None, "class c2": None}


def test_a_row_that_stays_withheld_alone_gets_a_partner(tmp_path: Path) -> None:
    memory = Withheld()
    withhold(classes(20, 7, 2), a_view(), USUAL, memory)
    memory = publish_again(memory, tmp_path)
    gone = withhold(classes(20, 7), a_view(), USUAL, memory)
    assert shown(gone, "learners") == {"class c0": None, "class c1": None}


def test_a_count_of_a_moment_is_shown_when_another_moment_is_large_enough(tmp_path: Path) -> None:
    memory = Withheld()
    first = withhold(table(("school", "all", "all", 20, 3, 0)), a_view(), USUAL, memory)
    memory = publish_again(memory, tmp_path)
    second = withhold(table(("school", "all", "all", 20, 6, 0), as_of="w2"), a_view(), USUAL, memory)
    assert (shown(first, "with_goal"), shown(second, "with_goal")) == (
        {"school all": None},
        {"school all": 6},
    )


def test_rows_that_stand_under_a_withheld_row_of_another_view_are_withheld() -> None:
    above = withhold(table(("school", "all", "all", 3, 0, 0)), a_view(), USUAL)
    above = above.select(["school_key", "learners", "withheld"])
    made = withhold(classes(9, 8), a_view(), USUAL, above=above)
    assert set(shown(made, "learners").values()) == {None}


def test_rows_that_add_up_to_a_count_that_is_withheld_of_another_view_are_withheld_too() -> None:
    above = withhold(table(("school", "all", "all", 20, 3, 0)), a_view(), USUAL)
    above = above.select(["school_key", "learners", "with_goal", "withheld"])
    under = {"under": "other.with_goal"}
    assert set(shown(withhold(classes(9, 8), a_view(**under), USUAL, above=above), "learners").values()) == {
        None
    }
    assert set(shown(withhold(classes(9, 8), a_view(), USUAL, above=above), "learners").values()) == {9, 8}


def test_a_header_that_names_what_is_no_column_is_refused() -> None:
    with pytest.raises(InvalidProjection, match="with_gaol"):
        withhold(classes(9), a_view(part="with_gaol of learners"), USUAL)
    with pytest.raises(InvalidProjection, match="COUNT of WHOLE"):
        withhold(classes(9), a_view(part="with goal"), USUAL)
