"""The table of rule requirements of the profile specification (Structure 8.1), row by row."""

import json
from typing import Any

import pytest

from lrs.profile.load import load_profile
from lrs.profile.rule import Broken
from lrs.statement.json_text import parse_object

VERB = "https://example.org/verbs/did"
NOTHING: dict[str, Any] = {}
A, B, BOTH = {"x": ["a"]}, {"x": ["b"]}, {"x": ["a", "b"]}


def broken_by(statement: dict[str, Any], location: str = "$.x[*]", **rule: Any) -> Broken | None:
    """What a statement breaks of a profile of one rule."""
    template = {
        "id": "https://example.org/t/1",
        "type": "StatementTemplate",
        "rules": [{"location": location, **rule}],
    }
    body = {
        "id": "https://example.org/p",
        "type": "Profile",
        "versions": [{"id": "https://example.org/p/1"}],
        "templates": [template],
    }
    [loaded] = load_profile(json.dumps(body).encode(), "one.jsonld").templates
    return loaded.rules[0].broken(parse_object(json.dumps(statement)))


@pytest.mark.parametrize(
    ("rule", "nothing", "a", "b", "both"),
    [
        ({"presence": "included"}, "included", None, None, None),
        ({"presence": "excluded"}, None, "excluded", "excluded", "excluded"),
        ({"presence": "recommended"}, None, None, None, None),
        ({"any": ["a"]}, "any", None, "any", None),
        ({"all": ["a"]}, None, None, "all", "all"),
        ({"none": ["a"]}, None, "none", None, "none"),
        ({"presence": "included", "any": ["a"]}, "included", None, "any", None),
        ({"presence": "included", "all": ["a"]}, "included", None, "all", "all"),
        ({"presence": "included", "none": ["a"]}, "included", "none", None, "none"),
        ({"presence": "recommended", "any": ["a"]}, None, None, "any", None),
        ({"presence": "recommended", "all": ["a"]}, None, None, "all", "all"),
        ({"presence": "recommended", "none": ["a"]}, None, "none", None, "none"),
        ({"presence": "excluded", "any": ["a"]}, None, "excluded", "excluded", "excluded"),
        ({"any": ["a"], "none": ["b"]}, "any", None, "any", "none"),
    ],
    ids=str,
)
def test_presence_any_all_and_none_together(
    rule: dict[str, Any], nothing: str | None, a: str | None, b: str | None, both: str | None
) -> None:
    found = {
        name: broken_by(statement, **rule)
        for name, statement in (("nothing", NOTHING), ("a", A), ("b", B), ("both", BOTH))
    }
    checks = {name: broken and broken.rule.split(" ")[0] for name, broken in found.items()}
    assert checks == {"nothing": nothing, "a": a, "b": b, "both": both}


@pytest.mark.parametrize(
    ("rule", "full", "half", "empty"),
    [
        ({"presence": "included"}, None, "included", "included"),
        ({"presence": "excluded"}, "excluded", "excluded", None),
        ({"presence": "recommended", "all": ["a"]}, None, "all", None),
        ({"all": ["a"]}, None, "all", "all"),
        ({"any": ["a"]}, None, None, "any"),
        ({"none": ["z"]}, None, None, None),
    ],
    ids=str,
)
def test_a_selector_that_finds_nothing_somewhere_leaves_an_unmatchable_value(
    rule: dict[str, Any], full: str | None, half: str | None, empty: str | None
) -> None:
    statements = {
        "full": {"x": [{"y": "a"}, {"y": "a"}]},
        "half": {"x": [{"y": "a"}, {"z": "a"}]},
        "empty": {"x": [{"z": "a"}]},
    }
    found = {name: broken_by(each, selector="$.y", **rule) for name, each in statements.items()}
    checks = {name: broken and broken.rule.split(" ")[0] for name, broken in found.items()}
    assert checks == {"full": full, "half": half, "empty": empty}


@pytest.mark.parametrize(
    ("allowed", "value", "is_one"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        (None, None, True),
        ("1", 1, False),
        (12345678901234567890, 12345678901234567890, True),
        (12345678901234567890, 12345678901234567891, False),
        ({"a": [1, 2]}, {"a": [1, 2.0]}, True),
        ({"a": [1, 2]}, {"a": [2, 1]}, False),
    ],
)
def test_values_are_compared_as_json_values(allowed: Any, value: Any, is_one: bool) -> None:
    assert (broken_by({"x": [value]}, all=[allowed]) is None) == is_one


@pytest.mark.parametrize(
    ("statement", "rule", "expected"),
    [
        (NOTHING, {"presence": "included"}, Broken("included $.x[*]", "$.x[*]", "is missing")),
        (BOTH, {"presence": "excluded"}, Broken("excluded $.x[*]", "$.x[0]", "must not be there")),
        (BOTH, {"all": ["a"]}, Broken("all $.x[*]", "$.x[1]", 'is "b"; it takes "a"')),
        (BOTH, {"none": ["b"]}, Broken("none $.x[*]", "$.x[1]", 'is "b", which it must not be')),
        (B, {"any": ["a", 1]}, Broken("any $.x[*]", "$.x[0]", 'none is one of "a", 1')),
        (NOTHING, {"any": ["a"]}, Broken("any $.x[*]", "$.x[*]", 'none is one of "a"')),
        (
            {"x": [{"y": 1}, {}]},
            {"presence": "included", "selector": "$.y"},
            Broken("included $.x[*] select $.y", "$.x[1]", "has no $.y"),
        ),
        (
            {"x": [{"y": 1}, {}]},
            {"all": [1], "selector": "$.y"},
            Broken("all $.x[*] select $.y", "$.x[1]", "has no $.y"),
        ),
    ],
)
def test_a_broken_rule_says_which_where_and_why(
    statement: dict[str, Any], rule: dict[str, Any], expected: Broken
) -> None:
    assert broken_by(statement, **rule) == expected


def test_a_long_value_is_shortened_in_the_message() -> None:
    broken = broken_by({"x": ["b" * 500]}, all=["a"])
    assert broken is not None and len(broken.message) < 150
