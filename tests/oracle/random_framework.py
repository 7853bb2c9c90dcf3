"""A random goal framework over the goals that random_log names: it hangs together oddly, expires, and is corrected."""

from random import Random
from typing import Any

from lrs.reference.entity import Entity, entity

STATED = ("g1", "g2", "known-as")
ABOVE = tuple(f"od{number}" for number in range(1, 9))


def random_framework(seed: int) -> list[Entity]:
    """What statements call `known` is another id of `known-as`; od1 and od2 serve each other."""
    choose = Random(f"framework {seed}")
    goals = [_goal(choose, key, choose.sample(ABOVE, 2)) for key in STATED if key != "g2" or seed % 2]
    goals += [_goal(choose, key, choose.sample((*ABOVE, "elsewhere"), choose.randint(0, 2))) for key in ABOVE]
    goals += [_goal(choose, "od1", ["od2"], grade="2"), _goal(choose, "od2", ["od1"], grade="3")]
    return goals


def _goal(choose: Random, key: str, parents: list[str], **more: Any) -> Entity:
    said: dict[str, Any] = {"grade": choose.choice(("2", "2", "3", None))}
    for name, values in (
        ("finality", ("DO", "A")),
        ("stream", ("A-stroom",)),
        ("validity", ("valid", "expired", "unknown")),
        ("from", ("2025-09-01", "2025-11-03", "2026-09-01")),
        ("until", ("2025-10-01", "2026-09-01")),
        ("reference", (True,)),
    ):
        if choose.random() < 0.15:
            said[name] = choose.choice(values)
    if key == "known-as":
        said["aliases"] = ["known", "od1"]
    about = {"framework": "plan", "title": key, "parents": parents, **said, **more}
    return entity("framework_goal", key, "plan", **about)
