"""Statements: valid, reproducible, as many as asked for, and on their way as statements are."""

import gc
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest

from lrs.simulate.cohort import Cohort
from lrs.simulate.group_year import GroupYear
from lrs.simulate.simulated_year import STATEMENTS_A_LEARNER, Plan, SimulatedYear, learners_for
from lrs.simulate.trail import Arrival, Rates
from lrs.statement.check import InvalidStatement, check_statement
from lrs.statement.json_text import parse_statements
from tests.lrs.simulate.a_year import SPRINTBOX, a_year, account, at, verb


def some(seed: int, learners: int, days: int, **rates: Any) -> list[Arrival]:
    return list(SimulatedYear(Plan(seed, learners, until=days, rates=Rates(**rates))).arrivals())


def test_every_one_of_20_000_statements_is_valid() -> None:
    arrivals = a_year().arrivals[:20_000]
    assert len(arrivals) == 20_000
    for arrival in arrivals:
        [statement], is_array = parse_statements(arrival.text)
        check_statement(statement.value, "1.0.3")
        assert not is_array


def test_ids_are_uuids_version_5_and_no_two_statements_share_one() -> None:
    texts: dict[str, bytes] = {}
    for arrival in a_year().arrivals:
        assert texts.setdefault(arrival.statement_id, arrival.text) == arrival.text
        assert orjson.loads(arrival.text)["id"] == arrival.statement_id
    assert {uuid.UUID(identifier).version for identifier in texts} == {5}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones() -> None:
    assert some(5, 8, 40) == some(5, 8, 40)
    assert {a.statement_id for a in some(5, 8, 40)}.isdisjoint({a.statement_id for a in some(6, 8, 40)})


@pytest.mark.parametrize("more", [12, 32])
def test_more_learners_do_not_change_the_others(more: int) -> None:
    few, many = some(5, 8, 40), some(5, more, 40)
    sources = {arrival.source for arrival in few}
    assert [arrival for arrival in many if arrival.source in sources] == few


class Everybody:
    """Counts who lived, and how many were alive at the end of each cohort's year."""

    def __init__(self) -> None:
        self.days: Counter[int] = Counter()
        self.cohorts: list[list[int]] = []
        self.alive: list[int] = []

    def day_done(self, group: GroupYear) -> None:
        self.days[group.group.number] += 1

    def year_done(self, cohort: Cohort) -> None:
        self.cohorts.append([group.group.number for group in cohort.groups])
        gc.collect()
        self.alive.append(sum(isinstance(each, GroupYear) for each in gc.get_objects()))


def test_cohort_after_cohort_gives_what_all_at_once_give(tmp_path: Path) -> None:
    plan = Plan(5, 20, until=40)
    told, so_far = Everybody(), list[int]()
    others = sum(isinstance(each, GroupYear) for each in gc.get_objects())
    parts = list(SimulatedYear(plan, groups_at_a_time=2).arrivals(told, tmp_path, so_far.append))
    assert parts == list(SimulatedYear(plan).arrivals())
    assert told.cohorts == [[0, 1], [2, 3], [4]]
    assert set(told.days.values()) == {40}
    assert max(told.alive) <= others + 2
    assert so_far == sorted(so_far)
    assert so_far[-1] == len(parts)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_who_stops_leaves_nothing_on_disk(tmp_path: Path) -> None:
    arrivals = SimulatedYear(Plan(5, 8, until=9), groups_at_a_time=1).arrivals(folder=tmp_path)
    next(arrivals)
    arrivals.close()
    assert list(tmp_path.iterdir()) == []


def test_there_are_about_as_many_statements_as_asked_for() -> None:
    per_learner = len(a_year().arrivals) / 24
    assert per_learner == pytest.approx(STATEMENTS_A_LEARNER, rel=0.08)
    assert learners_for(1_000_000) == pytest.approx(1_000_000 / STATEMENTS_A_LEARNER, abs=1)
    assert learners_for(1) == 1


def test_statements_stand_in_the_order_in_which_they_arrive_and_late_ones_late() -> None:
    arrivals = a_year().arrivals
    assert arrivals == sorted(arrivals)
    calendar = a_year().calendar
    late = [a for a in arrivals if orjson.loads(a.text)["timestamp"] < calendar.text(a.at - 5 * 3_600_000)]
    assert 0.001 < len(late) / len(arrivals) < 0.05


def test_now_and_then_a_statement_is_sent_twice() -> None:
    times = Counter(arrival.statement_id for arrival in a_year().arrivals)
    assert 0.003 < sum(count > 1 for count in times.values()) / len(times) < 0.008


def test_what_is_withdrawn_was_said_and_some_of_it_is_withdrawn_before_it_arrives() -> None:
    order = {arrival.statement_id: n for n, arrival in enumerate(a_year().arrivals)}
    voids = [s for s in a_year().statements if verb(s) == "voided"]
    assert len(voids) > 10
    assert all(void["object"]["id"] in order for void in voids)
    early = some(2, 200, 20, mistaken=0.3, late=0.3)
    first = {arrival.statement_id: n for n, arrival in reversed(list(enumerate(early)))}
    pairs = [(first[s["id"]], first[s["object"]["id"]]) for s in map(parsed, early) if verb(s) == "voided"]
    assert any(void < target for void, target in pairs)


def parsed(arrival: Arrival) -> dict[str, Any]:
    return dict(orjson.loads(arrival.text))


def test_the_badly_behaving_platform_keeps_to_its_rate_and_its_own_accounts() -> None:
    for rate in (0.0, 0.05):
        statements = [parsed(a) for a in some(2, 12, 60, bad=rate)]
        bad = [s for s in statements if account(s["actor"])[0] == SPRINTBOX]
        assert len(bad) / len(statements) == pytest.approx(rate, rel=0.1)
    kinds = {(verb(s), "definition" in s["object"], at(s)[:4]) for s in bad}
    assert {"planned", "scheduled", "self-assessed", "progressed"} <= {name for name, *_ in kinds}
    assert {False, True} == {typed for _, typed, _ in kinds}
    assert {"1970", "2000", "2099"} < {year for *_, year in kinds}


def test_what_a_store_refuses_is_sent_only_when_asked_for() -> None:
    assert not any(arrival.refused for arrival in a_year().arrivals)
    refused = [a for a in some(2, 12, 60, bad=0.05, refused=True) if a.refused]
    assert len(refused) > 10
    for arrival in refused:
        with pytest.raises(InvalidStatement):
            check_statement(parse_statements(arrival.text)[0][0].value, "1.0.3")
