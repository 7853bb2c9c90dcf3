"""A goal as it truly stands: what a simulated learner did about it, kept apart from the statements that tell it."""

from dataclasses import dataclass, field
from typing import Any

from lrs.simulate import vocabulary as v
from lrs.simulate.platforms import activity

ACHIEVED, NOT_ACHIEVED, DROPPED = "achieved", "not_achieved", "dropped"


@dataclass(slots=True)
class Goal:
    """Times are milliseconds from 1 September; `fate` is what its owner will do about it, `outcome` what was done."""

    id: str
    title: str
    horizon: str
    origin: str  # self or assigned
    set_at: int
    due: int | None = None
    owner: str = "agent"
    target_level: int | None = None
    criterion: bool = False
    framework_goal: str | None = None
    fate: str = ACHIEVED
    close_by: int = 0
    scheduled_at: int | None = None
    first_work_at: int | None = None
    work: int = 0
    revisions: int = 0
    outcome: str | None = None
    closed_at: int | None = None
    level: int | None = None
    stated_progress: float | None = None
    items: int = 0
    ticked: set[int] = field(default_factory=set)
    thing: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.thing = activity(self.id, v.GOAL, self.title)

    @property
    def status(self) -> str:
        """planned, in_progress, achieved, not_achieved or dropped, as indicators.md section 4 has it."""
        return self.outcome or ("in_progress" if self.work else "planned")

    @property
    def progress(self) -> float | None:
        """0..1; what was stated last, else the share of the checklist that was ticked."""
        if self.outcome == ACHIEVED:
            return 1.0
        if self.stated_progress is not None:
            return self.stated_progress
        return len(self.ticked) / self.items if self.items else None

    @property
    def on_time(self) -> bool | None:
        """Whether it was achieved by its due date; None when it has none or is not achieved."""
        if self.outcome != ACHIEVED or self.due is None or self.closed_at is None:
            return None
        return self.closed_at <= self.due

    @property
    def mentioned(self) -> dict[str, Any]:
        """The goal as another statement names it."""
        return {"objectType": "Activity", "id": self.id, "definition": {"type": v.GOAL}}

    def worked_on(self, at: int) -> None:
        self.first_work_at = self.first_work_at or at
        self.work += 1

    def closed(self, outcome: str, at: int) -> None:
        """The outcome holds from now on."""
        self.outcome, self.closed_at = outcome, at

    def reopened(self) -> None:
        self.outcome = self.closed_at = None
