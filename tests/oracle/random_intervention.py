"""A term in which a team tries something in two classes, and not in two others: what learners report before and after.

The reports scatter, and some learners miss too many of them. Of one intervention too few learners are known.
"""

from random import Random
from typing import Any

from tests.oracle.random_log import Statement
from tests.projections.a_statement import a_statement

# The six school weeks before 13 October 2025 and the six after it, around the autumn holiday.
BEFORE = ("2025-09-02", "2025-09-16", "2025-09-30", "2025-10-09")
AFTER = ("2025-10-14", "2025-10-23", "2025-11-13", "2025-11-27")
CLASSES = {"5a": 0.2, "5b": 0.3, "5c": 0.0, "5d": 0.1}
SIZE = 7


def intervention_statements(seed: int) -> list[Statement]:
    choose = Random(f"intervention {seed}")
    said = [
        report
        for room, gain in CLASSES.items()
        for number in range(SIZE)
        for report in _reports(choose, f"{room}-{number}", room, gain)
    ]
    said += [
        _intervention("lessons", ["5a", "5b"], ["5c", "5d"], "motivation"),
        _intervention("too-few", ["5a"], ["5c"], "motivation"),
        _intervention("slope", ["5a", "5b"], ["5c", "5d"], "motivation_slope", cycle=2),
        a_statement("experienced", "lesson:1", "2025-12-09 08:00", by="somebody", school="elsewhere"),
    ]
    choose.shuffle(said)
    return said


def _reports(choose: Random, name: str, room: str, gain: float) -> list[Statement]:
    usual = choose.uniform(-0.4, 0.4)
    days = [(day, usual) for day in BEFORE] + [(day, usual + gain) for day in AFTER]
    return [
        a_statement("rated", "motivation:1", f"{day} 12:00", by=name, school="north", class_key=room,
                    score=round(level + choose.uniform(-0.3, 0.3), 2))
        for day, level in days
        if choose.random() < 0.9
    ]  # fmt: skip


def _intervention(
    key: str, classes: list[str], others: list[str], indicator: str, cycle: int = 1
) -> Statement:
    told: dict[str, Any] = {"id": key, "date": "2025-10-13", "classes": classes, "comparisonClasses": others}
    told["indicator"] = indicator
    thing, at = f"quality-cycle:try{cycle}", "2025-10-10 16:00"
    return a_statement("acted", thing, at, by="teacher", school="north", intervention=told)
