"""A series of exercises as one learner meets it."""

from dataclasses import dataclass, field
from typing import Any

from lrs.simulate import vocabulary as v
from lrs.simulate.goal import Goal
from lrs.simulate.platforms import activity


@dataclass(slots=True)
class Exercise:
    """`failures` counts those in a row; `failed_id` names the latest; `helped` says whether a question was answered."""

    id: str
    title: str
    goal: Goal | None
    attempts: int = 0
    failures: int = 0
    failed_id: str = ""
    helped: bool = False
    thing: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.thing = activity(self.id, v.ASSESSMENT, self.title)
