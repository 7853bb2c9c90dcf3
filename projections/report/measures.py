"""Which figures a report shows, and in which column of which school view each one is.

What `school_indicator` has is taken from there, so that the report and the evidence for the R-OK say the same. Only the
shares of all learners are not: there, what they cover says how far they are evidence, and here it is all learners.
"""

from dataclasses import dataclass

from projections.report.model import Unit

INDICATOR = "school_indicator"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: `value` (over `out_of`, when given) in a view, resting on `n`.

    `cell` is the count that the small-cell rule takes away with the figure; None when nobody is counted. `covers` is
    the count that is divided by `whole`, or by the learners of the school, for the coverage. `nullable` says that the
    cell is also NULL for want of data, so that its absence does not tell why.
    """

    name: str
    view: str
    unit: Unit
    value: str
    n: str
    cell: str | None
    out_of: str | None = None
    covers: str | None = None
    whole: str | None = None
    nullable: bool = False


def _shown(name: str, view: str, unit: Unit, cell: str | None) -> Measure:
    """A figure that school_indicator has."""
    return Measure(name, view, unit, INDICATOR, INDICATOR, cell)


_ATTAINMENT = (
    Measure("goals_set", "attainment", Unit.COUNT, "goals_set", "learners", "learners", covers="learners"),
    _shown("goals_achieved", "attainment", Unit.SHARE, "learners"),
    _shown("goals_on_time", "attainment", Unit.SHARE, "learners"),
    Measure(
        "median_progress", "attainment", Unit.SHARE, "median_progress", "with_progress", "learners",
        covers="with_progress", whole="goals_set",
    ),
    _shown("level_growth", "attainment", Unit.LEVELS, "learners"),
    _shown("goals_framed", "attainment", Unit.SHARE, "learners"),
)  # fmt: skip
_INCLUSION = (
    Measure(
        "active_goals", "inclusion", Unit.SHARE, "share_active_goal", "learners", "with_active_goal",
        covers="learners",
    ),
    Measure(
        "evidence", "inclusion", Unit.SHARE, "share_evidence", "learners", "with_evidence", covers="learners"
    ),
    Measure(
        "conversations", "inclusion", Unit.SHARE, "share_conversation", "learners", "with_conversation",
        covers="learners",
    ),
    Measure(
        "flagged_support", "inclusion", Unit.SHARE, "share_flagged_support", "learners", "flagged_support",
        covers="learners", nullable=True,
    ),
    Measure(
        "flagged_challenge", "inclusion", Unit.SHARE, "share_flagged_challenge", "learners",
        "flagged_challenge", covers="learners", nullable=True,
    ),
)  # fmt: skip
_LATE, _WEEKEND, _HOLIDAY = (
    Measure(
        f"share_{when}", "side_effects", Unit.SHARE, f"share_{when}", "statements", "active_learners",
        covers="active_learners",
    )
    for when in ("late", "weekend", "holiday")
)  # fmt: skip
_HOURS = Measure(
    "hours_per_week", "side_effects", Unit.HOURS, "hours_per_week", "active_learners", "active_learners",
    covers="active_learners",
)  # fmt: skip
_OPEN = Measure(
    "open_goals_per_learner", "side_effects", Unit.NUMBER, "open_goals_per_learner", "open_goals",
    "learners_with_open_goal", covers="learners_with_open_goal",
)  # fmt: skip
_DROPPED = Measure(
    "goals_dropped", "side_effects", Unit.SHARE, "share_dropped", "goals_closed", "learners_with_closed_goal",
    covers="learners_with_closed_goal",
)  # fmt: skip
_SIDE_EFFECTS = (
    _LATE,
    _WEEKEND,
    _HOLIDAY,
    _HOURS,
    _OPEN,
    _DROPPED,
    Measure(
        "help_unanswered", "side_effects", Unit.SHARE, "share_unanswered", "requests", "askers",
        covers="askers",
    ),
    Measure("motivation", "side_effects", Unit.RATING, "motivation", "tellers", "tellers", covers="tellers"),
    Measure(
        "motivation_change", "side_effects", Unit.RATING, "motivation_change", "tellers_of_change",
        "tellers_of_change", covers="tellers_of_change",
    ),
    Measure(
        "share_typed", "side_effects", Unit.SHARE, "share_typed", "statements_made", "typists", nullable=True
    ),
    Measure(
        "typed_minutes", "side_effects", Unit.MINUTES, "typed_minutes", "statements_typed", "typists",
        nullable=True,
    ),
)  # fmt: skip
_FEEDBACK = (
    _shown("feedback_days", "feedback", Unit.SCHOOL_DAYS, "with_feedback"),
    _shown("feedback_acted_on", "feedback", Unit.SHARE, "with_feedback"),
    Measure(
        "feedback_by_peers", "feedback", Unit.SHARE, "by_peers", "feedbacks", "with_feedback",
        out_of="feedbacks", covers="with_feedback",
    ),
)  # fmt: skip
_EVALUATION_MIX = (
    _shown("evidence_sources", "evaluation_mix", Unit.COUNT, "learners"),
    _shown("evidence_formative", "evaluation_mix", Unit.SHARE, "learners"),
)
_QUALITY_CYCLE = (
    *(
        _shown(name, "quality_cycle", Unit.COUNT if name == "cycles_opened" else Unit.SHARE, None)
        for name in (
            "cycles_opened", "cycle_steps", "cycles_with_effect", "cycles_decided", "cycle_sources",
        )
    ),
    Measure(
        "cycle_step_days", "quality_cycle", Unit.DAYS, "median_days_per_step", "steps", None
    ),
    Measure(
        "cycle_decision_days", "quality_cycle", Unit.DAYS, "median_days_to_decision", "cycles_closed", None,
        covers="cycles_closed", whole="cycles_opened",
    ),
)  # fmt: skip

# In the order of the report: the director's three questions first.
SECTIONS: dict[str, tuple[Measure, ...]] = {
    "attainment": _ATTAINMENT,
    "inclusion": _INCLUSION,
    "side_effects": _SIDE_EFFECTS,
    "feedback": _FEEDBACK,
    "evaluation_mix": _EVALUATION_MIX,
    "quality_cycle": _QUALITY_CYCLE,
    "effect": (),
}
QUESTIONS = ("attainment", "inclusion", "side_effects")
GROUPINGS = ("grade", "finality", "class")


def _gap(name: str, column: str, cell: str) -> Measure:
    return Measure(name, "inclusion", Unit.GAP, column, "learners", cell)


# What is shown of grades, finalities and classes.
BY_GROUP: dict[str, tuple[Measure, ...]] = {
    "inclusion": (
        *_INCLUSION[:1],
        _gap("gap_active_goals", "gap_active_goal", "with_active_goal"),
        _INCLUSION[1],
        _gap("gap_evidence", "gap_evidence", "with_evidence"),
        _INCLUSION[2],
        _gap("gap_conversations", "gap_conversation", "with_conversation"),
    ),
    "side_effects": (_LATE, _HOURS, _OPEN, _DROPPED),
}
