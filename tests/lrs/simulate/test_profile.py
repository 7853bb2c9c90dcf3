"""The year in the words of our own profile: what well-behaved platforms say breaks no rule of it."""

from collections import Counter
from functools import cache

import orjson

from lrs.profile.files import read_profiles
from tests.lrs.simulate.a_year import SPRINTBOX, a_year, account

TEMPLATES = "https://w3id.org/xapi/gsl/templates/"
# Other words of the profile for what these platforms say in one way: a school's own choice, not theirs.
SAID_OTHERWISE = {
    "coach-mentored",
    "three-way-mentored",
    "support-mentored",
    "goal-tla-mastered",
    "goal-passed",
    "goal-completed",
    "level-scored",
    "question-answered",
}


@cache
def told() -> tuple[Counter[str], Counter[str]]:
    """Templates that statements match, and rules that they break, with how often."""
    profiles, matched, broken = read_profiles(), Counter[str](), Counter[str]()
    for statement in a_year().statements:
        for finding in profiles.check(statement):
            matched[finding.of.removeprefix(TEMPLATES)] += 1
            broken.update(f"{finding.of} {each.rule} {each.path}" for each in finding.broken)
    return matched, broken


def test_no_rule_is_broken_by_those_who_read_the_profile() -> None:
    matched, broken = told()
    assert matched.total() > 20_000
    assert broken == Counter()


def test_every_template_but_the_synonyms_is_used() -> None:
    ours = {each.id.removeprefix(TEMPLATES) for each in read_profiles().profiles[0].templates}
    not_used = ours - set(told()[0])
    assert {name for name in not_used if not name.startswith("worked-")} == SAID_OTHERWISE
    assert {"worked-passed", "worked-failed", "worked-completed"} <= set(told()[0])


def test_the_badly_behaving_platform_breaks_rules_of_several_templates() -> None:
    profiles, broken = read_profiles(), set()
    for arrival in a_year().arrivals:
        statement = orjson.loads(arrival.text)
        if account(statement["actor"])[0] == SPRINTBOX:
            broken |= {finding.of for finding in profiles.check(statement) if finding.broken}
    slugs = {each.removeprefix(TEMPLATES) for each in broken}
    assert {"goal-set", "scheduled", "self-assessed"} <= slugs
