"""The truth behind a simulated year, `truth.parquet`: what learners are like, what became of their goals, what helped.

One table, `what` says what a row is about:

- learner: a learner, with traits (0..1) and what the learner truly did in the year (columns `did_...`)
- goal: a learner's or a group's goal as it truly stood at the end; a shared goal has a row for each member, and one
  for the group
- intervention: what a team changed in one class and not in the parallel one, and by how much that truly helped

This module alone of the LRS writes Parquet: the truth is no part of the log or of what the log feeds, it is there for
whoever checks the tables that were made from it. pyarrow is loaded only when a truth is written.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from lrs.simulate.calendar import SchoolYear
from lrs.simulate.cohort import Cohort
from lrs.simulate.goal import Goal
from lrs.simulate.group_year import GroupYear
from lrs.simulate.learner_state import LearnerState
from lrs.simulate.traits import Traits

ROWS_A_GROUP = 5_000
# What is counted, in the order of the columns; a count that is not here is an error, so none is forgotten.
COUNTED = (
    "attempts",
    "bad_statements",
    "cmi5_lessons",
    "coach_conversations",
    "difficulty_episodes",
    "extras",
    "failures",
    "failures_retried",
    "feedback_acted_on",
    "feedback_from_teacher",
    "goals_achieved",
    "goals_assigned",
    "goals_dropped",
    "goals_not_achieved",
    "goals_prioritised",
    "goals_reopened",
    "goals_scheduled",
    "goals_set",
    "help_answered",
    "help_asked",
    "help_resolved",
    "items_ticked",
    "levels_given",
    "long_term_goals",
    "mini_lessons",
    "mistakes_withdrawn",
    "motivation_reports",
    "own_goals_after",
    "own_goals_before",
    "peer_feedback_given",
    "progress_views",
    "reflections",
    "retries",
    "routes_chosen",
    "self_assessments",
    "sessions",
    "sessions_at_home",
    "sessions_at_usual_time",
    "shared_goals_monitored",
    "shared_goals_set",
    "strategies_chosen",
    "three_way_2",
    "three_way_4",
    "videos",
    "weeks",
    "works",
)
SUMMED = ("motivation", "seconds_practised", "self_assessment_squared_error")


def _fields() -> list[tuple[str, str, str]]:
    """(name, type, meaning) of every column."""
    return [
        ("what", "text", "learner, goal or intervention"),
        ("learner", "text", "sourcedId in the roster; the group's account name in a group's own row"),
        ("accounts", "texts", "home page and account name of each platform, separated by a space"),
        ("class", "text", "sourcedId of the class"),
        ("school", "text", "sourcedId of the school"),
        *((trait, "number", "latent trait, 0..1") for trait in Traits._fields),
        *((f"did_{name}", "count", f"{name.replace('_', ' ')}, in the whole year") for name in COUNTED),
        *((f"sum_{name}", "number", f"{name.replace('_', ' ')}, added up over the year") for name in SUMMED),
        ("goal", "text", "activity IRI of the goal"),
        ("owner", "text", "agent or group"),
        ("origin", "text", "self or assigned"),
        ("horizon", "text", "long-term, period, week or day"),
        ("status", "text", "planned, in_progress, achieved, not_achieved or dropped"),
        ("on_time", "yes", "achieved by its due date; NULL when it has none or is not achieved"),
        ("progress", "number", "0..1"),
        ("level", "count", "level given last"),
        ("target_level", "count", "level aimed at"),
        ("revisions", "count", "plan revisions"),
        (
            "scheduled_before_work",
            "yes",
            "whether it was scheduled before the first work; NULL when never worked on",
        ),
        ("set_at", "time", "UTC"),
        ("due", "time", "UTC; as known at the due moment"),
        ("first_work_at", "time", "UTC"),
        ("closed_at", "time", "UTC; since when the outcome holds"),
        ("intervention", "text", "IRI of the intervention"),
        ("intervention_at", "time", "UTC"),
        ("treated_class", "text", "sourcedId of the class in which something changed"),
        ("comparison_class", "text", "sourcedId of the class in which nothing did"),
        ("indicator", "text", "the indicator on which an effect is expected"),
        (
            "effect_size",
            "number",
            "the planted effect, in standard deviations of the indicator between learners",
        ),
        ("extra_goals_a_week", "number", "the same in goals per school week"),
    ]


class TruthFile(AbstractContextManager["TruthFile"]):
    """Rows go to the file as soon as there are enough of them, so memory does not grow with the year."""

    def __init__(self, path: Path, year: SchoolYear) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        types = {
            "text": pa.string(),
            "texts": pa.list_(pa.string()),
            "number": pa.float64(),
            "count": pa.int64(),
            "yes": pa.bool_(),
            "time": pa.timestamp("us", tz="UTC"),
        }
        columns = [pa.field(n, types[kind], metadata={"description": told}) for n, kind, told in _fields()]
        self._schema = pa.schema(columns)
        self._table = pa.Table
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._year = year
        self._rows: list[dict[str, Any]] = []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._write()
        self._writer.close()

    def day_done(self, group: GroupYear) -> None:
        """Take the goals that are over."""
        for state, goal in group.finished_goals():
            self._goal(group, state, goal)

    def year_done(self, cohort: Cohort) -> None:
        """Take what is left: open goals, learners, interventions."""
        for group in cohort.groups:
            for state, goal in group.open_goals():
                self._goal(group, state, goal)
            self._add({**_who(state), **_did(state)} for state in group.states)
        self._add(self._intervention(team.intervention) for team in cohort.teams)

    def _goal(self, group: GroupYear, state: LearnerState | None, goal: Goal) -> None:
        told = self._told(goal)
        if state is not None:
            self._add([{**_where(state), **told}])
            return
        whole = {**_where(group.states[0]), "learner": group.group.agent["account"]["name"]}
        self._add([{**whole, **told}, *({**_where(member), **told} for member in group.states)])

    def _told(self, goal: Goal) -> dict[str, Any]:
        work, planned = goal.first_work_at, goal.scheduled_at
        return {
            "what": "goal",
            "goal": goal.id,
            "owner": goal.owner,
            "origin": goal.origin,
            "horizon": goal.horizon,
            "status": goal.status,
            "on_time": goal.on_time,
            "progress": goal.progress,
            "level": goal.level,
            "target_level": goal.target_level,
            "revisions": goal.revisions,
            "scheduled_before_work": None if work is None else planned is not None and planned < work,
            "set_at": self._instant(goal.set_at),
            "due": self._instant(goal.due),
            "first_work_at": self._instant(work),
            "closed_at": self._instant(goal.closed_at),
        }

    def _intervention(self, one: Any) -> dict[str, Any]:
        return {
            "what": "intervention",
            "intervention": one.id,
            "intervention_at": self._instant(one.at),
            "treated_class": one.treated,
            "comparison_class": one.comparison,
            "indicator": one.indicator,
            "effect_size": one.effect_size,
            "extra_goals_a_week": one.extra_goals_a_week,
        }

    def _instant(self, at: int | None) -> datetime | None:
        return None if at is None else self._year.instant(at)

    def _add(self, rows: Iterable[dict[str, Any]]) -> None:
        self._rows.extend(rows)
        if len(self._rows) >= ROWS_A_GROUP:
            self._write()

    def _write(self) -> None:
        if self._rows:
            self._writer.write_table(self._table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def _where(state: LearnerState) -> dict[str, Any]:
    one = state.learner
    return {"learner": one.id, "class": one.school_class.id, "school": one.school_class.school.id}


def _who(state: LearnerState) -> dict[str, Any]:
    accounts = [agent["account"] for agent in state.learner.agents.values()]
    return {
        "what": "learner",
        **_where(state),
        "accounts": [f"{account['homePage']} {account['name']}" for account in accounts],
        **state.traits._asdict(),
    }


def _did(state: LearnerState) -> dict[str, Any]:
    """Raises KeyError for a count that COUNTED does not know."""
    unknown = set(state.did) - set(COUNTED) | set(state.sums) - set(SUMMED)
    if unknown:
        raise KeyError(f"counted, and no column of the truth: {sorted(unknown)}")
    counts = {f"did_{name}": state.did[name] for name in COUNTED}
    return counts | {f"sum_{name}": round(float(state.sums[name]), 9) for name in SUMMED}
