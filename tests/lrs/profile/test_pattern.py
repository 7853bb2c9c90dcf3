"""Patterns match greedily and without backtracking (Communication 2.2); ours take what they are meant to take."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.profile.files import our_profile
from lrs.profile.pattern import Outcome, Pattern, follows
from schemas.xapi.profiles.gsl_authoring.iris import pattern

OURS = {each.id: each for each in our_profile().patterns}


def said(text: str) -> list[frozenset[str]]:
    """Statements by the template that each follows: one letter each."""
    return [frozenset(letter) for letter in text]


def made(**patterns: tuple[str, str]) -> dict[str, Pattern]:
    """Patterns by name, each (kind, members); a member is a pattern's name or a template's letter."""
    return {
        name: Pattern(name, {}, {}, False, kind, tuple(of.split())) for name, (kind, of) in patterns.items()
    }


RELAY = made(
    top=("sequence", "a some c"),
    some=("oneOrMore", "one"),
    one=("alternates", "b pair"),
    pair=("sequence", "d e"),
)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("abc", Outcome.SUCCESS),
        ("abbdec", Outcome.SUCCESS),
        ("ac", Outcome.FAILURE),
        ("", Outcome.PARTIAL),
        ("a", Outcome.PARTIAL),
        ("abd", Outcome.PARTIAL),
        ("ab", Outcome.PARTIAL),
        ("abca", Outcome.FAILURE),
        ("b", Outcome.FAILURE),
        ("abda", Outcome.FAILURE),
    ],
)
def test_a_sequence_of_alternates_and_repetitions(text: str, outcome: Outcome) -> None:
    assert follows(said(text), "top", RELAY) is outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("a", Outcome.SUCCESS), ("", Outcome.SUCCESS), ("aa", Outcome.FAILURE), ("b", Outcome.FAILURE)],
)
def test_an_optional_one_matches_once_or_not_at_all(text: str, outcome: Outcome) -> None:
    assert follows(said(text), "top", made(top=("optional", "a"))) is outcome


def test_a_repetition_takes_all_it_can_and_gives_nothing_back() -> None:
    greedy = made(top=("sequence", "many a"), many=("zeroOrMore", "a"))
    assert follows(said("aaa"), "top", greedy) is Outcome.PARTIAL


def test_a_repetition_of_what_may_be_empty_ends() -> None:
    inner = made(top=("oneOrMore", "maybe"), maybe=("optional", "a"))
    assert follows(said("b"), "top", inner) is Outcome.FAILURE
    assert follows(said(""), "top", inner) is Outcome.SUCCESS


def sequences_of(name: str, patterns: dict[str, Pattern]) -> st.SearchStrategy[list[str]]:
    """Lists of templates that a pattern describes."""
    if name not in patterns:
        return st.just([name])
    each = patterns[name]
    inner = [sequences_of(member, patterns) for member in each.members]
    if each.kind == "alternates":
        return st.one_of(inner)
    if each.kind == "sequence":
        return st.tuples(*inner).map(_joined)
    least, most = {"oneOrMore": (1, 3), "zeroOrMore": (0, 3), "optional": (0, 1)}[each.kind]
    return st.lists(inner[0], min_size=least, max_size=most).map(_joined)


def _joined(parts: Any) -> list[str]:
    return [name for part in parts for name in part]


@pytest.mark.parametrize("slug", ["goal-reached", "goal-let-go", "help-episode", "quality-cycle"])
@given(st.data())
def test_what_a_pattern_of_ours_describes_follows_it_and_any_beginning_has_begun(
    slug: str, data: st.DataObject
) -> None:
    templates = data.draw(sequences_of(pattern(slug), OURS))
    statements = [frozenset([name]) for name in templates]
    assert follows(statements, pattern(slug), OURS) is Outcome.SUCCESS
    beginning = statements[: data.draw(st.integers(0, len(statements) - 1))]
    assert follows(beginning, pattern(slug), OURS) is not Outcome.FAILURE


@pytest.mark.parametrize(
    ("slug", "story", "outcome"),
    [
        ("goal-reached", "goal-set worked-completed goal-achieved", Outcome.SUCCESS),
        (
            "goal-reached",
            "goal-assigned scheduled worked-read question-asked worked-passed goal-mastered",
            Outcome.SUCCESS,
        ),
        ("goal-reached", "goal-set goal-achieved", Outcome.FAILURE),
        ("goal-reached", "worked-completed goal-achieved", Outcome.FAILURE),
        ("goal-reached", "goal-set worked-completed", Outcome.PARTIAL),
        ("goal-let-go", "goal-set worked-completed goal-dropped", Outcome.SUCCESS),
        ("goal-let-go", "goal-set goal-dropped worked-completed", Outcome.FAILURE),
        ("help-episode", "question-asked question-replied question-answered", Outcome.SUCCESS),
        ("help-episode", "question-answered question-asked", Outcome.FAILURE),
        (
            "quality-cycle",
            "cycle-question cycle-goal cycle-acted cycle-measured cycle-decided",
            Outcome.SUCCESS,
        ),
        ("quality-cycle", "cycle-question cycle-goal cycle-acted cycle-decided", Outcome.FAILURE),
    ],
)
def test_a_story_follows_its_pattern_or_not(slug: str, story: str, outcome: Outcome) -> None:
    statements = [frozenset([f"https://w3id.org/xapi/gsl/templates/{name}"]) for name in story.split()]
    assert follows(statements, pattern(slug), OURS) is outcome
