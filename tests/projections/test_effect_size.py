"""The standardised difference in change, by hand and at its limits."""

from math import sqrt

import pytest

from projections.effect_size import Change, effect, standardised


def arm(treated: bool, *pairs: tuple[float, float], class_key: str = "a") -> list[Change]:
    return [Change(treated, class_key, before, after) for before, after in pairs]


def test_it_is_the_difference_in_mean_change_over_the_spread_before_times_j() -> None:
    # changes 2 and 4 (mean 3) against 0 and 2 (mean 1); before 1, 3 and 1, 3: pooled variance (2 + 2) / 2 = 2
    changes = [*arm(True, (1, 3), (3, 7)), *arm(False, (1, 1), (3, 5), class_key="b")]
    assert standardised(changes) == pytest.approx(2 / sqrt(2) * (1 - 3 / 7))


def test_without_spread_before_or_with_one_learner_nothing_can_be_said() -> None:
    assert standardised([*arm(True, (1, 2), (1, 3)), *arm(False, (1, 1), (1, 2))]) is None
    assert standardised([*arm(True, (1, 2)), *arm(False, (1, 1), (2, 2))]) is None
    assert standardised([]) is None


def classes(each: int) -> tuple[Change, ...]:
    treated = [(n / 10, n / 10 + 0.5 + (n % 3) / 10) for n in range(each)]
    compared = [(n / 10, n / 10 + (n % 4) / 10) for n in range(10)]
    return (*arm(True, *treated), *arm(False, *compared, class_key="b"))


def test_ten_learners_in_each_arm_are_enough_and_nine_are_not() -> None:
    assert effect(classes(9), "cycle") is None
    found = effect(classes(10), "cycle")
    assert found is not None and found.low is not None and found.high is not None
    assert found.low < found.size < found.high


def test_the_interval_is_the_same_each_time_and_follows_the_seed() -> None:
    effect.cache_clear()
    first = effect(classes(12), "cycle")
    effect.cache_clear()
    assert effect(classes(12), "cycle") == first
    other = effect(classes(12), "another cycle")
    assert other is not None and first is not None
    assert other.size == first.size and other != first


def test_a_difference_that_every_learner_shares_has_an_interval_of_one_value_apart_from_the_spread() -> None:
    same = (
        *arm(True, *((float(n), n + 1.0) for n in range(10))),
        *arm(False, *((float(n), float(n)) for n in range(10))),
    )
    found = effect(same, "cycle")
    assert found is not None and found.low is not None
    assert 0 < found.low < found.size
