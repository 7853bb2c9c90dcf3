"""JSONPath as the profile specification restricts and extends it (Structure 8.1)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.profile.location import InvalidLocation, Location

EXT = "https://w3id.org/xapi/video/extensions/time"
STATEMENT: dict[str, Any] = {
    "id": "7",
    "result": {"score": {"scaled": 0.5}, "extensions": {EXT: 42, "a|b": 1, "it's": 2}},
    "context": {"contextActivities": {"parent": [{"id": "a", "n": None}, {"id": "b"}, {"id": "c"}]}},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", [STATEMENT]),
        ("$.id", ["7"]),
        ("id", ["7"]),
        ("$.missing", []),
        ("$.id.deeper", []),
        ("$.result.score.scaled", [0.5]),
        (f"$.result.extensions['{EXT}']", [42]),
        (f'$.result.extensions["{EXT}"]', [42]),
        (f"$['result']['extensions']['{EXT}']", [42]),
        ("$.result.extensions['a|b']", [1]),
        (r"$.result.extensions['it\'s']", [2]),
        ("$.context.contextActivities.parent[*].id", ["a", "b", "c"]),
        ("context.contextActivities.parent[*].id", ["a", "b", "c"]),
        ("$.context.contextActivities.parent.*.id", ["a", "b", "c"]),
        ("$.context.contextActivities.*[0].id", ["a"]),
        ("$.context.contextActivities.parent[0,2].id", ["a", "c"]),
        ("$.context.contextActivities.parent[2 , 0].id", ["c", "a"]),
        ("$.context.contextActivities.parent[9].id", []),
        ("$.context.contextActivities.parent[0].n", [None]),
        ("$['id','missing']", ["7"]),
        ("$.id | $.result.score.scaled", ["7", 0.5]),
        ("$.id|$.missing|$.id", ["7", "7"]),
        ("$..id", ["7", "a", "b", "c"]),
        ("$.context..['id']", ["a", "b", "c"]),
        ("$.result.score.*", [0.5]),
    ],
)
def test_a_path_finds_its_values_in_order(path: str, found: list[Any]) -> None:
    assert Location(path).values(STATEMENT) == found
    assert [value for _, value in Location(path).places(STATEMENT)] == found


def test_a_place_is_named_by_its_exact_path() -> None:
    location = Location(f"$.context.contextActivities.parent[*].id | $.result.extensions['{EXT}']")
    assert [path for path, _ in location.places(STATEMENT)] == [
        "$.context.contextActivities.parent[0].id",
        "$.context.contextActivities.parent[1].id",
        "$.context.contextActivities.parent[2].id",
        f'$.result.extensions["{EXT}"]',
    ]


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("", 0),
        ("$.", 2),
        ("$.a[", 4),
        ("$.a[]", 4),
        ("$.a['b]", 4),
        ("$.a['b'", 7),
        ("$.a[?(@.b)]", 4),
        ("$.a[(@.length-1)]", 4),
        ("$.a[-1]", 4),
        ("$.a[0:2]", 5),
        ("$.a b", 4),
        ("$.a |", 5),
        ("| $.a", 0),
        ("$a", 0),
    ],
)
def test_what_the_specification_does_not_allow_is_refused_with_its_place(path: str, at: int) -> None:
    with pytest.raises(InvalidLocation, match=f"at character {at}: "):
        Location(path)


@given(
    st.text(alphabet="$.[]'\"*,| ab0\\?@()-", max_size=30),
    st.sampled_from([STATEMENT, [1, [2]], "text", None, {}]),
)
def test_any_text_is_either_a_path_or_refused(path: str, value: Any) -> None:
    try:
        location = Location(path)
    except InvalidLocation:
        return
    assert location.values(value) == [each for _, each in location.places(value)]
