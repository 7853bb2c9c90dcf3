"""The indicators of self-regulation as they stand beside each other, and how each value is written.

A test holds this to the catalogue: every indicator is in one group. Traces are never added up, ranked or called high
or low.
"""

from enum import StrEnum


class Unit(StrEnum):
    """How a value is written; `share` and `gap` as per cent."""

    SHARE = "share"
    GAP = "gap"
    NUMBER = "number"
    DAYS = "days"
    HOURS = "hours"
    PER_WEEK = "per_week"
    PER_GOAL = "per_goal"
    RATING = "rating"
    RATING_PER_WEEK = "rating_per_week"


_SHARE, _GAP, _NUMBER = Unit.SHARE, Unit.GAP, Unit.NUMBER

GROUPS: dict[str, dict[str, Unit]] = {
    "planning": {
        "goal_setting_rate": Unit.PER_WEEK, "self_set_share": _SHARE, "goal_specificity": _SHARE,
        "planning_rate": _SHARE, "planning_lead_time": Unit.DAYS, "plan_adherence": _SHARE, "plan_completion": _SHARE,
        "estimate_bias": _GAP, "plan_revision_rate": Unit.PER_GOAL, "plan_revision_timely": _SHARE,
    },
    "monitoring": {
        "monitoring_frequency": Unit.PER_WEEK, "self_assessment_bias": _GAP, "self_assessment_accuracy": _NUMBER,
    },
    "time": {
        "procrastination": _SHARE, "last_moment_share": _SHARE, "spacing": _SHARE, "peak_hour": _NUMBER,
        "peak_weekday": _NUMBER, "weekly_similarity_1": _SHARE, "weekly_similarity_2": _SHARE,
        "weekly_similarity_3": _SHARE, "periodicity_day": _SHARE, "periodicity_week_hour": _SHARE,
        "periodicity_week": _SHARE,
    },
    "help": {"help_seeking_rate": _SHARE, "help_timeliness": Unit.HOURS, "help_resolution": _SHARE},
    "persistence": {"persistence": _SHARE, "retry_gain": _GAP, "strategy_change": _SHARE},
    "reflection": {"reflection_rate": Unit.PER_GOAL},
    "ownership": {
        "ownership_self": _SHARE, "ownership_peer": _SHARE, "ownership_teacher": _SHARE, "ownership_group": _SHARE,
        "shared_regulation": _SHARE,
    },
    "self_report": {
        "motivation": Unit.RATING, "motivation_slope": Unit.RATING_PER_WEEK, "emotion": Unit.RATING,
        "emotion_slope": Unit.RATING_PER_WEEK,
    },
}  # fmt: skip
PHASES = ("planning", "monitoring", "control", "reflection")
REGULATORS = ("self", "peer", "teacher", "group", "unknown")
