"""Whether learners of a school reach their goals, by indicators.md, section 6.1, before anything is withheld."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_DOWN, Decimal
from statistics import fmean, median

from tests.oracle.at_week_end import AtWeekEnd
from tests.oracle.rows import Row


def attainment(week_end: AtWeekEnd) -> Iterator[Row]:
    for (school, year), goals in by_school(week_end).items():
        progress = [g["progress"] for g in goals if g["progress"] is not None]
        grown = [g["level"] - g["first_level"] for g in goals if g["levels_given"] >= 2]
        tied = {f for g in goals for f in g["framework_goals"]}
        proven = {f for g in goals if g["has_evidence"] for f in g["framework_goals"]}
        yield {
            "school_key": school,
            "school_year": year,
            "closed_until": week_end.days.closed_until,
            "learners": learners(goals),
            "goals_set": len(goals),
            "by_roster": sum(g["school_source"] == "roster" for g in goals),
            "learners_achieved": learners(g for g in goals if g["achieved"]),
            "achieved": sum(g["achieved"] for g in goals),
            "learners_with_due": learners(g for g in goals if g["on_time"] is not None),
            "on_time": sum(bool(g["on_time"]) for g in goals),
            "with_due": sum(g["achieved"] and g["on_time"] is not None for g in goals),
            "learners_with_progress": learners(g for g in goals if g["progress"] is not None),
            "with_progress": len(progress),
            "median_progress": cut_off(median(progress)) if progress else None,
            "learners_with_level": learners(g for g in goals if g["levels_given"] > 0),
            "with_level": sum(g["levels_given"] > 0 for g in goals),
            "learners_with_growth": learners(g for g in goals if g["levels_given"] >= 2),
            "with_growth": len(grown),
            "level_growth": fmean(grown) if grown else None,
            "framework_goals": len(tied),
            "framework_goals_without_evidence": len(tied - proven),
        }


def attainment_level(week_end: AtWeekEnd) -> Iterator[Row]:
    for (school, year), goals in by_school(week_end).items():
        for level in {g["level"] for g in goals} - {None}:
            there = [g for g in goals if g["level"] == level]
            front = {"school_key": school, "school_year": year, "level": level}
            yield front | {"learners": learners(there), "goals": len(there)}


def learners(goals: Iterable[Row]) -> int:
    """How many different ones have these goals."""
    return len({g["learner_key"] for g in goals})


def cut_off(value: Decimal) -> Decimal:
    """In six places, as progress is kept."""
    return value.quantize(Decimal("0.000001"), ROUND_DOWN)


def by_school(week_end: AtWeekEnd) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for goal in week_end.rows:
        found[goal["school_key"], goal["school_year"]].append(goal)
    return found
