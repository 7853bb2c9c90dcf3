"""The tables that exist, held against the truth: goals exactly, indicators by the trait that they should follow."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from scipy.stats import spearmanr

from lrs.simulate.platforms import LINKED
from lrs.simulate.traits import FOLLOWED_BY, Traits
from tests.lrs.simulate.conftest import SEEDS, an_autumn
from tests.projections.conftest import agent_key

GOAL_COLUMNS = """
status origin owner horizon on_time progress level target_level revisions set_at due first_work_at closed_at
"""


def rows(folder: Path, what: str) -> list[dict[str, Any]]:
    table = pq.read_table(folder / "truth.parquet", filters=[("what", "=", what)])
    return [dict(row) for row in table.to_pylist()]


def keys(seed: int) -> dict[str, str]:
    """Learner, or account of a group -> learner key."""
    people = an_autumn(seed).people
    found = {one.id: min(agent_key(one.agents[p.name]) for p in LINKED) for one in people.learners}
    return found | {group.agent["account"]["name"]: agent_key(group.agent) for group in people.groups}


@pytest.mark.parametrize("seed", SEEDS)
def test_goals_are_exactly_as_they_truly_stand(
    seed: int, autumns: dict[int, Path], warehouse: duckdb.DuckDBPyConnection
) -> None:
    who, columns = keys(seed), ", ".join(as_told(name) for name in GOAL_COLUMNS.split())
    told = rows(autumns[seed], "goal")
    # The tables keep six places of a ratio, statements milliseconds: compared as such.
    truth = {
        (who[row["learner"]], row["goal"]): [of(row, name) for name in GOAL_COLUMNS.split()] for row in told
    }
    found = {
        (learner, goal): list(rest)
        for learner, goal, *rest in warehouse.execute(
            f"select learner_key, goal_id, {columns} from goal_progress"
        ).fetchall()
        if learner in who.values()
    }
    assert len(truth) == len(told) > 350
    assert {status for status, *_ in truth.values()} >= {"achieved", "not_achieved", "dropped", "in_progress"}
    assert found == truth


def of(row: dict[str, Any], name: str) -> Any:
    value = row[name]
    if hasattr(value, "timestamp"):
        return round(value.timestamp() * 1000)
    return round(value, 6) if isinstance(value, float) else value


def as_told(name: str) -> str:
    if name.endswith("_at") or name == "due":
        return f"epoch_ms({name})"
    return "cast(progress as double)" if name == "progress" else name


PAIRS = [(trait, indicator) for trait, followers in FOLLOWED_BY.items() for indicator in followers]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("trait", "indicator"), PAIRS)
def test_an_indicator_follows_its_own_trait_and_no_other(
    seed: int, trait: str, indicator: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    """Several indicators may follow one trait, as the three likenesses of weeks do; none of these follows two."""
    values = dict(
        warehouse.execute(
            "select learner_key, avg(value) from indicator where indicator = ? and sufficient group by learner_key",
            [indicator],
        ).fetchall()
    )
    who = keys(seed)
    learners = [one for one in an_autumn(seed).people.learners if who[one.id] in values]
    assert len(learners) >= 20
    for name in Traits._fields:
        levels = [getattr(one.traits, name) for one in learners]
        together = spearmanr(levels, [values[who[one.id]] for one in learners]).statistic
        follows = together * FOLLOWED_BY[trait][indicator] >= 0.6 if name == trait else abs(together) <= 0.3
        assert follows, f"{indicator} and {name}: {together:.2f}"


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("trait", FOLLOWED_BY)
def test_what_learners_truly_did_follows_the_trait_that_drives_it(
    seed: int, trait: str, autumns: dict[int, Path]
) -> None:
    learners = [row for row in rows(autumns[seed], "learner") if row["did_weeks"] > 5]
    did = [DONE[trait](row) for row in learners]
    for name in Traits._fields:
        together = spearmanr([row[name] for row in learners], did).statistic
        assert together >= 0.8 if name == trait else abs(together) <= 0.3, (
            f"{trait} and {name}: {together:.2f}"
        )


# trait -> a share or mean of what a learner truly did, that rises with it
DONE = {
    "planning": lambda row: row["did_goals_set"] / row["did_weeks"],
    "persistence": lambda row: row["did_failures_retried"] / row["did_failures"],
    "help_seeking": lambda row: row["did_help_asked"] / max(1, row["did_difficulty_episodes"]),
    "calibration": lambda row: -row["sum_self_assessment_squared_error"] / row["did_self_assessments"],
    "regularity": lambda row: row["did_sessions_at_usual_time"] / row["did_sessions_at_home"],
    "motivation": lambda row: row["sum_motivation"] / row["did_motivation_reports"],
}


def test_an_intervention_and_its_effect_are_in_the_truth(autumns: dict[int, Path]) -> None:
    [intervention] = rows(autumns[1], "intervention")
    assert intervention["effect_size"] == 0.8
    assert intervention["indicator"] == "goal_setting_rate"
    assert (intervention["treated_class"], intervention["comparison_class"]) == ("class-1", "class-2")


def test_every_column_of_the_truth_is_described(autumns: dict[int, Path]) -> None:
    schema = pq.read_schema(autumns[1] / "truth.parquet")
    assert [field.name for field in schema if not (field.metadata or {}).get(b"description")] == []
