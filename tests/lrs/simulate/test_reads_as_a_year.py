"""It reads as a year in a school would."""

from collections import Counter, defaultdict
from datetime import date

from lrs.simulate import vocabulary as v
from lrs.simulate.calendar import DAY
from lrs.simulate.class_year import intervention_of
from lrs.simulate.platforms import LEERPLEIN, LINKED
from lrs.simulate.timetable import IRREGULAR
from tests.lrs.simulate.a_year import a_year, account, at, goals_worked_on, verb


def days_of(learner: object) -> set[int]:
    """Days from 1 September on which the learner does something."""
    year = a_year()
    own = {account(learner.agents[p.name]) for p in LINKED}  # type: ignore[attr-defined]
    done = [s for s in year.statements if account(s["actor"]) in own and verb(s) != "was-assigned"]
    return {(date.fromisoformat(at(s)[:10]) - year.calendar.start).days for s in done}


def test_no_statement_before_1_september_or_after_30_june() -> None:
    times = [at(statement) for statement in a_year().statements]
    assert min(times) >= "2024-09-01"
    assert max(times) < "2025-07-01"


def test_nobody_works_in_the_christmas_holiday_except_the_irregular() -> None:
    calendar = a_year().calendar
    christmas = {day for day, name in calendar.off.items() if name == "christmas"}
    working = {one.id for one in a_year().simulated.people.learners if days_of(one) & christmas}
    irregular = {one.id for one in a_year().simulated.people.learners if one.traits.regularity < IRREGULAR}
    assert working
    assert working <= irregular


def test_nobody_works_at_night() -> None:
    assert {at(s)[11:13] for s in a_year().statements} <= {f"{hour:02}" for hour in range(8, 23)}


def test_timestamps_carry_the_offset_of_brussels() -> None:
    offsets = defaultdict(set)
    for statement in a_year().statements:
        offsets[at(statement)[:10]].add(statement["timestamp"][23:])
    summer = {"+02:00"}
    assert all((found == summer) == (d < "2024-10-27" or d >= "2025-03-30") for d, found in offsets.items())
    assert {len(found) for found in offsets.values()} == {1}


def test_a_goal_is_set_or_assigned_before_it_is_worked_on() -> None:
    opened: dict[str, str] = {}
    for statement in a_year().statements:
        if verb(statement) in ("planned", "was-assigned", "directed"):
            opened.setdefault(statement["object"]["id"], at(statement))
    worked = [(goal, at(s)) for s in a_year().statements for goal in goals_worked_on(s) if goal in opened]
    worked += [
        (s["object"]["id"], at(s)) for s in a_year().statements if verb(s) in ("progressed", "scheduled")
    ]
    assert len(worked) > 1000
    assert all(opened[goal] < time for goal, time in worked)


def test_a_help_answer_follows_its_request_and_most_requests_get_one() -> None:
    asked = {s["id"]: at(s) for s in a_year().statements if verb(s) in ("asked", "requested-attention")}
    answers = [(s["context"]["statement"]["id"], at(s)) for s in a_year().statements if verb(s) == "replied"]
    assert 0.7 * len(asked) < len(answers) < len(asked)
    assert all(asked[request] < time for request, time in answers)


def test_help_is_asked_after_two_failures_in_a_row() -> None:
    failures: Counter[tuple[str, str]] = Counter()
    names = {
        account(one.agents[p.name]): one.id for one in a_year().simulated.people.learners for p in LINKED
    }
    for statement in a_year().statements:
        if verb(statement) == "failed" and statement["object"]["definition"]["type"] == v.ASSESSMENT:
            failures[names[account(statement["actor"])], statement["object"]["id"]] += 1
        elif verb(statement) in ("asked", "requested-attention"):
            exercise = statement["context"]["contextActivities"]["parent"][0]["id"]
            assert failures[names[account(statement["actor"])], exercise] >= 2


def test_confidence_comes_before_its_result() -> None:
    results: dict[tuple[str, str], str] = {}
    names = {
        account(one.agents[p.name]): one.id for one in a_year().simulated.people.learners for p in LINKED
    }
    for statement in reversed(a_year().statements):
        key = names.get(account(statement["actor"]), ""), statement["object"].get("id", "")
        if verb(statement) in ("passed", "failed"):
            results[key] = at(statement)
        elif verb(statement) == "self-assessed" and "/reeks/" in key[1]:
            assert at(statement) < results[key]


def test_lessons_are_on_school_days_and_the_class_is_there_together() -> None:
    calendar, learners = a_year().calendar, a_year().simulated.people.learners
    first = [one for one in learners if one.school_class is learners[0].school_class]
    present = Counter(day for one in first for day in days_of(one))
    together = [day for day, count in present.items() if count > 0.8 * len(first)]
    assert len(together) > 50
    assert not [day for day in together if day in calendar.off]


def test_feedback_follows_the_work_and_what_is_done_with_it_follows_the_feedback() -> None:
    times = {s["id"]: at(s) for s in a_year().statements}
    later = [s for s in a_year().statements if verb(s) in ("gave-feedback", "acted-on-feedback")]
    assert {verb(s) for s in later} == {"gave-feedback", "acted-on-feedback"}
    assert all(times[s["context"]["statement"]["id"]] < at(s) for s in later)
    assert {s["context"]["extensions"].get(v.REGULATOR) for s in later} == {"teacher", "peer", None}


def test_a_quality_cycle_takes_its_steps_in_order_around_the_intervention() -> None:
    steps = [
        (s["object"]["id"], verb(s), s) for s in a_year().statements if "kwaliteitscyclus" in str(s["object"])
    ]
    order = ["asked-learning-question", "set-cycle-goal", "acted", "measured-effect", "decided"]
    assert [name for _, name, _ in steps] == order * (len(steps) // 5)
    stated = steps[2][2]["context"]["extensions"][v.INTERVENTION]
    intervention = intervention_of(a_year().simulated.people.classes[0], a_year().calendar)
    assert stated["classes"] == [intervention.treated]
    assert stated["comparisonClasses"] == [intervention.comparison]
    assert stated["date"] == a_year().calendar.date(intervention.at // DAY).isoformat()


def test_goals_lie_at_four_horizons_and_are_set_assigned_and_shared() -> None:
    goals = [s for s in a_year().statements if verb(s) in ("planned", "was-assigned")]
    assert {s["context"]["extensions"][v.HORIZON] for s in goals} == {"long-term", "period", "week", "day"}
    assert {s["actor"]["objectType"] for s in goals if verb(s) == "planned"} == {"Agent", "Group"}
    assert all("instructor" in s["context"] for s in goals if verb(s) == "was-assigned")


def test_learners_do_the_same_thing_under_an_account_on_each_platform() -> None:
    for one in a_year().simulated.people.learners:
        used = {account(s["actor"]) for s in a_year().statements} & {account(a) for a in one.agents.values()}
        assert {home_page for home_page, _ in used} == {platform.home_page for platform in LINKED}


def test_names_of_people_are_sent_by_the_one_platform_that_sends_them() -> None:
    named = {account(s["actor"])[0] for s in a_year().statements if "name" in s["actor"]}
    assert named == {"https://kijkklas.example"}
    assert LEERPLEIN.home_page not in named
