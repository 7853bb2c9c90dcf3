"""What a team's intervention truly does is found again in the statements, whose size is known beforehand."""

from collections import Counter
from statistics import mean, variance

import orjson
import pytest

from lrs.simulate.class_year import intervention_of
from lrs.simulate.platforms import LEERPLEIN
from lrs.simulate.simulated_year import Plan, SimulatedYear
from tests.lrs.simulate.a_year import account, verb

WEEKS = 6


def own_goals(simulated: SimulatedYear) -> list[tuple[str, str]]:
    """(learner, day) of each goal that a learner set, when it was set first."""
    learners = {account(one.agents[LEERPLEIN.name]): one.id for one in simulated.people.learners}
    found: dict[str, tuple[str, str]] = {}
    for statement in (orjson.loads(arrival.text) for arrival in simulated.arrivals()):
        if verb(statement) == "planned" and account(statement["actor"]) in learners:
            set_by = learners[account(statement["actor"])]
            found.setdefault(statement["object"]["id"], (set_by, statement["timestamp"][:10]))
    return list(found.values())


def difference(seed: int) -> tuple[float, float]:
    """Of the treated and the comparison class: the difference of their changes in goals a week, and its size."""
    simulated = SimulatedYear(Plan(seed, 48, until=112))
    year, one = simulated.year, intervention_of(simulated.people.classes[0], simulated.year)
    start = next(n for n, week in enumerate(year.school_weeks) if week.end > one.at)
    first, then, last = (
        year.date(year.school_weeks[n].monday).isoformat() for n in (start - WEEKS, start, start + WEEKS)
    )
    goals = own_goals(simulated)
    before = Counter(learner for learner, day in goals if first <= day < then)
    after = Counter(learner for learner, day in goals if then <= day < last)
    changes, earlier = [], []
    for school_class in (one.treated, one.comparison):
        learners = [each.id for each in simulated.people.learners if each.school_class.id == school_class]
        changes.append(mean((after[each] - before[each]) / WEEKS for each in learners))
        earlier.append(variance(before[each] / WEEKS for each in learners))
    found = changes[0] - changes[1]
    return found, found / mean(earlier) ** 0.5


def test_the_planted_effect_comes_out_of_the_statements() -> None:
    planted = intervention_of(SimulatedYear(Plan(1, 4)).people.classes[0], SimulatedYear(Plan(1, 4)).year)
    found = [difference(seed) for seed in (1, 2, 3)]
    assert mean(goals for goals, _ in found) == pytest.approx(planted.extra_goals_a_week, abs=0.08)
    # What learners do scatters around what they are like, so the spread before is larger than that of the trait.
    assert 0.7 * planted.effect_size < mean(size for _, size in found) < 1.1 * planted.effect_size
