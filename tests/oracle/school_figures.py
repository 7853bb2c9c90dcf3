"""What other views of a school say, as figures for the R-OK: value, on how many it rests, and what part it covers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tests.oracle.rows import Row

STEPS = ("with_question", "with_goal", "with_action", "with_effect", "cycles_closed")
Key = tuple[str, str]
Views = Mapping[str, Iterable[Row]]


class Figure(NamedTuple):
    unit: str
    value: float | None
    n: int
    coverage: float | None


def school_indicator(views: Views) -> Iterator[Row]:
    figures = {(*key, name): figure for key, name, figure in all_figures(views)}
    for (school, year, name), figure in figures.items():
        start = int(year[:4]) - 1
        before = figures.get((school, f"{start}-{start + 1}", name))
        known = before is not None and before.value is not None and figure.value is not None
        trend = figure.value - before.value if known else None  # type: ignore[operator, union-attr]
        yield {
            "school_key": school,
            "school_year": year,
            "indicator": name,
            **figure._asdict(),
            "trend": trend,
        }


def all_figures(views: Views) -> Iterator[tuple[Key, str, Figure]]:
    size = {key_of(row): row["learners"] for row in views["inclusion"] if row["grouping"] == "school"}
    for row in views["inclusion"]:
        if row["grouping"] == "school":
            yield from named(row, reach(row))
    for row in views["attainment"]:
        yield from named(row, goals(row, whole(row["learners"], size.get(key_of(row)))))
    for row in views["side_effects"]:
        if row["grouping"] == "school":
            answered = None if row["share_unanswered"] is None else 1 - row["share_unanswered"]
            help_answered = Figure("share", answered, row["requests"], row["askers"] / row["learners"])
            yield from named(row, {"help_answered": help_answered})
    for row in views["feedback"]:
        if row["grouping"] == "school":
            yield from named(row, feedback(row))
    yield from evidence(list(views["evaluation_mix"]), size)
    for row in views["quality_cycle"]:
        yield from named(row, cycles(row))


def reach(row: Row) -> dict[str, Figure]:
    talked = row["share_conversation"]
    return {
        "active_goals": Figure("share", row["share_active_goal"], row["learners"], 1.0),
        "conversations": Figure("share", talked, row["learners"], talked),
    }


def goals(row: Row, covered: float | None) -> dict[str, Figure]:
    unproven = ratio(row["framework_goals_without_evidence"], row["framework_goals"])
    proven = None if unproven is None else 1 - unproven
    dated = times(covered, ratio(row["with_due"], row["achieved"]))
    grown = times(covered, ratio(row["with_growth"], row["goals_set"]))
    return {
        "goals_achieved": Figure(
            "share", ratio(row["achieved"], row["goals_set"]), row["goals_set"], covered
        ),
        "goals_on_time": Figure("share", ratio(row["on_time"], row["with_due"]), row["with_due"], dated),
        "goals_framed": Figure("share", proven, row["framework_goals"], covered),
        "level_growth": Figure("levels", row["level_growth"], row["with_growth"], grown),
    }


def feedback(row: Row) -> dict[str, Figure]:
    reached = row["with_feedback"] / row["learners"]
    dated = times(reached, ratio(row["dated"], row["feedbacks"]))
    return {
        "feedback_days": Figure("school days", row["median_school_days"], row["dated"], dated),
        "feedback_acted_on": Figure("share", row["share_acted_on"], row["feedbacks"], reached),
    }


def evidence(mix: list[Row], size: Mapping[Key, int]) -> Iterator[tuple[Key, str, Figure]]:
    for key in {key_of(row) for row in mix}:
        sources = [row for row in mix if key_of(row) == key and row["dimension"] == "source"]
        ways = {r["way"]: r for r in mix if key_of(r) == key and r["dimension"] == "purpose"}
        most = max(row["learners"] for row in sources)
        pieces = sum(row["evidence"] for row in sources)
        covered = whole(most, size.get(key))
        yield key, "evidence_sources", Figure("count", len(sources), pieces, covered)
        stated = sum(row["learners"] for way, row in ways.items() if way != "unstated")
        total = sum(row["evidence"] for row in ways.values())
        formative = ways["formative"]["evidence"] if "formative" in ways else 0
        share = Figure("share", formative / total, total, whole(stated, size.get(key)))
        yield key, "evidence_formative", share


def cycles(row: Row) -> dict[str, Figure]:
    opened = row["cycles_opened"]
    whole_ones, measured = row["cycles_whole"] / opened, row["with_effect"] / opened
    steps = sum(row[name] for name in STEPS) / (len(STEPS) * opened)
    return {
        "cycles_opened": Figure("count", opened, opened, whole_ones),
        "cycle_steps": Figure("share", steps, opened, whole_ones),
        "cycle_sources": Figure("share", row["cycles_with_sources"] / opened, opened, measured),
        "cycles_decided": Figure("share", row["cycles_closed"] / opened, opened, measured),
        "cycles_with_effect": Figure("share", measured, opened, measured),
    }


def key_of(row: Row) -> Key:
    return row["school_key"], row["school_year"]


def named(row: Row, figures: Mapping[str, Figure]) -> Iterator[tuple[Key, str, Figure]]:
    yield from ((key_of(row), name, figure) for name, figure in figures.items())


def ratio(part: int, of: int) -> float | None:
    return part / of if of else None


def times(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one * other


def whole(learners: int, of: int | None) -> float | None:
    """The part of the school's learners; whoever has gone since counts too, so that it is never more than all."""
    return None if of is None else min(learners / of, 1.0)
