"""Quality cycles of a school: how far they came, by indicators.md, section 6."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from tests.oracle.log import Statement
from tests.oracle.rows import Row, school_year
from tests.oracle.school_people import UNKNOWN, SchoolPeople

STEPS = {
    "with_question": "cycle_question_asked",
    "with_goal": "cycle_goal_set",
    "with_action": "cycle_acted",
    "with_effect": "cycle_effect_measured",
    "cycles_closed": "cycle_decided",
}


def quality_cycle(people: SchoolPeople) -> Iterator[Row]:
    schools: dict[tuple[str, str], list[list[Statement]]] = defaultdict(list)
    for steps in cycles(people):
        known = [school for s in steps if (school := school_of(people, s)) != UNKNOWN]
        schools[known[0] if known else UNKNOWN, school_year(steps[0].on)].append(steps)
    for (school, year), found in schools.items():
        yield {"school_key": school, "school_year": year} | counted(found)


def cycles(people: SchoolPeople) -> Iterator[list[Statement]]:
    """The steps of each cycle in order, as far as school years that have a closed week hold them."""
    found: dict[str | None, list[Statement]] = defaultdict(list)
    for s in people.log.statements:
        if step(s) and not s.out and any(year.holds(s.on) for year in people.days.closed_years):
            found[s.object].append(s)
    yield from (sorted(steps, key=lambda s: s.order) for steps in found.values())


def school_of(people: SchoolPeople, s: Statement) -> str:
    """By the roster for whoever of the team it knows; else as the step states it."""
    places = [people.where(s, person) for person in s.doers]
    return min(places, key=lambda p: (("roster", "statement", "unknown").index(p.source), p.school)).school


def step(s: Statement) -> str | None:
    return s.kind if s.kind in STEPS.values() else None


def counted(found: list[list[Statement]]) -> Row:
    between = [(b.on - a.on).days for steps in found for a, b in pairwise(steps)]
    decided = [
        min(d)
        for steps in found
        if (d := [(s.on - steps[0].on).days for s in steps if step(s) == "cycle_decided"])
    ]
    named = [[str(s.said("evidence_source")) for s in steps if s.said("evidence_source")] for steps in found]
    return {
        "cycles_opened": len(found),
        **{name: sum(kind in map(step, steps) for steps in found) for name, kind in STEPS.items()},
        "cycles_whole": sum(set(STEPS.values()) <= set(map(step, steps)) for steps in found),
        "steps": sum(map(len, found)),
        "median_days_per_step": median(between) if between else None,
        "median_days_to_decision": median(decided) if decided else None,
        "pieces": sum(map(len, named)),
        "sources": len({source for each in named for source in each}),
        "cycles_with_sources": sum(len(set(each)) >= 2 for each in named),
    }
