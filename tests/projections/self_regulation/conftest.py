"""One warehouse for all learners of a test file: projecting takes longer than most tests."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from projections.catalog import Projection
from tests.projections.a_statement import a_person
from tests.projections.conftest import agent_key, events_of, projected

Value = tuple[float | None, int, bool]
Of = Callable[..., Value]


@pytest.fixture(scope="module")
def of(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    catalog: list[Projection],
    empty_warehouse: Path,
) -> Iterator[Of]:
    """of(learner, indicator, window_end) -> (value, n, sufficient), of the STATEMENTS (and LINKS) of the test's module.

    The default window holds the school weeks from 1 September to 12 October 2025.
    """
    events = events_of(request.module.STATEMENTS, getattr(request.module, "LINKS", ()))
    warehouse = projected(tmp_path_factory.mktemp("learners"), empty_warehouse, catalog, events)

    def value(learner: str, indicator: str, window_end: str = "2025-10-12") -> Value:
        (row,) = warehouse.connection.execute(
            f"select value, n, sufficient from {indicator} where learner_key = ? and window_end = ?",
            [agent_key(a_person(learner)), date.fromisoformat(window_end)],
        ).fetchall()
        return row

    yield value
    warehouse.close()
