"""Every indicator table agrees with the oracle, on random statements of all kinds."""

from collections.abc import Callable

import duckdb
import pytest

from tests.oracle.indicators import Value, values
from tests.oracle.random_log import LINKS, random_statements
from tests.projections.conftest import events_of

Project = Callable[..., duckdb.DuckDBPyConnection]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_indicator_of_every_learner_and_window_agrees_with_the_formulas(
    project: Project, seed: int
) -> None:
    statements = random_statements(seed, 800)
    expected = values(events_of(statements, LINKS))
    rows = project(statements, LINKS).execute(
        "select learner_key, indicator, window_end, value, n, sufficient from indicator"
    )
    found = {Value(*row[:3]): row[3:] for row in rows.fetchall()}
    differ = {
        key: (found.get(key), expected.get(key))
        for key in sorted(found.keys() | expected.keys())
        if found.get(key) != (pytest.approx(expected[key], abs=1e-9) if key in expected else None)
    }
    assert differ == {}


def test_random_statements_give_every_indicator_a_value_somewhere() -> None:
    """What is always insufficient would agree too."""
    found = values(events_of(random_statements(1, 800), LINKS))
    assert {key.indicator for key, (value, _, _) in found.items() if value is not None} == {
        key.indicator for key in found
    }
