"""A plan can be had again, and lets everybody come round before his next mishap."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from tests.faults.plan import KINDS, REST_SECONDS, Mishap, plan
from tests.faults.test_soak import SHORT_SECONDS, SHORT_SEED


@given(st.integers(0, 10_000))
def test_the_same_seed_brings_the_same_mishaps_each_after_the_one_before(seed: int) -> None:
    planned = list(plan(seed, 300.0))
    assert planned == list(plan(seed, 300.0))
    by_whom = defaultdict[str, list[Mishap]](list)
    for mishap in planned:
        assert all(mishap.second >= e.second + e.lasts + REST_SECONDS for e in by_whom[mishap.who])
        by_whom[mishap.who].append(mishap)


def test_the_short_soak_has_every_kind_of_mishap() -> None:
    befalls = {(mishap.who.split("-")[0], mishap.what) for mishap in plan(SHORT_SEED, SHORT_SECONDS)}
    assert befalls == {(who.split("-")[0], what) for who, kinds in KINDS.items() for what, *_ in kinds}
