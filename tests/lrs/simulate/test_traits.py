"""Traits: spread evenly, and not going together, so that an indicator that follows two of them is to blame itself."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from lrs.simulate.seeded import stream
from lrs.simulate.traits import BLOCK, FOLLOWED_BY, Habit, Traits, traits_of


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("learners", [24, 48, 240])
def test_no_two_traits_go_together(seed: int, learners: int) -> None:
    columns: list[Sequence[float]] = list(zip(*(traits_of(seed, n) for n in range(learners)), strict=True))
    for one, other in itertools.combinations(columns, 2):
        assert abs(spearmanr(one, other).statistic) < 0.06


def test_a_block_of_learners_has_every_level_of_every_trait_once() -> None:
    for column in zip(*(traits_of(1, n) for n in range(BLOCK)), strict=True):
        assert sorted(int(level * BLOCK) for level in column) == list(range(BLOCK))


def test_every_trait_but_ability_has_an_indicator_that_follows_it() -> None:
    assert [*FOLLOWED_BY, "ability"] == list(Traits._fields)


@given(strength=st.floats(0, 1), seed=st.integers(0, 1000))
def test_a_habit_says_yes_as_often_as_its_strength_asks(strength: float, seed: int) -> None:
    habit = Habit(stream(seed))
    said = sum(habit.says_yes(strength) for _ in range(400))
    assert said / 400 == pytest.approx(strength, abs=0.06)
