"""How far the tables are, told to Prometheus: from the LRS beside them, and from a projector on its own."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from lrs.app import create_app
from lrs.figures import rendered
from lrs.http.parts import NAME
from lrs.settings import Settings
from projections.catalog import Projection
from projections.exporter import CannotServe, serving
from projections.figures import projector_figures
from projections.projector import Projector
from projections.rebuilding import noting, read_rebuilds
from projections.status import write_status
from projections.warehouse import Warehouse
from projections.web.quality import quality_api
from tests.lrs.conftest import a_client, a_statement
from tests.projections.a_statement import a_statement as an_event
from tests.projections.conftest import Memory, events_of, projected
from tests.services.server import a_free_port


def read(text: str) -> dict[tuple[str, ...], float]:
    families = list(text_string_to_metric_families(text))
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def told(settings: Settings, source: Memory) -> dict[tuple[str, ...], float]:
    return read(rendered(projector_figures(settings, lambda: source)()).decode())


@pytest.fixture
def three() -> Memory:
    days = ("2025-09-02 10:00", "2025-09-03 10:00", "2025-09-04 10:00")
    return Memory(events_of([an_event("experienced", "lesson:1", day) for day in days]))


@pytest.fixture
def warehouse(
    tmp_path: Path, three: Memory, named_warehouse: Path, named_catalog: list[Projection]
) -> Iterator[Warehouse]:
    """One that has folded two of three events; the tables are those of `logged_statement`."""
    made = projected(tmp_path, named_warehouse, named_catalog, three.events[:2])
    write_status(made, three)
    yield made
    made.close()


def test_lag_is_that_of_now_whatever_the_projector_last_wrote(warehouse: Warehouse, three: Memory) -> None:
    seen = told(warehouse.settings, three)
    assert seen["lrs_projector_position", "default"] == 2
    assert seen["lrs_projector_lag_positions", "default"] == 1
    expected = time.time() - three.events[2].stored / 1e6
    assert seen["lrs_projector_lag_seconds", "default"] == pytest.approx(expected, abs=60)
    more = Memory([*three.events, three.events[2]._replace(position=9)])
    assert told(warehouse.settings, more)["lrs_projector_lag_positions", "default"] == 7


def test_tables_that_have_everything_are_not_behind(warehouse: Warehouse, three: Memory) -> None:
    seen = told(warehouse.settings, Memory(three.events[:2]))
    assert seen["lrs_projector_lag_positions", "default"] == seen["lrs_projector_lag_seconds", "default"] == 0


def test_a_projector_that_stands_still_is_told_without_why(warehouse: Warehouse, three: Memory) -> None:
    write_status(warehouse, three, "projection x failed at position 3")
    assert told(warehouse.settings, three)["lrs_projector_stopped", "default"] == 1
    write_status(warehouse, three)
    assert told(warehouse.settings, three)["lrs_projector_stopped", "default"] == 0


def test_before_anything_was_projected_there_is_no_store(tmp_path: Path) -> None:
    assert told(Settings(home=tmp_path), Memory([])) == {}


def test_a_rebuild_is_told_while_it_lasts(
    warehouse: Warehouse, three: Memory, named_catalog: list[Projection]
) -> None:
    seen: list[dict[tuple[str, ...], float]] = []
    Projector(warehouse, named_catalog).rebuild(
        three, lambda done: seen.append(told(warehouse.settings, three))
    )
    done = [each["lrs_rebuild_done_events", "default"] for each in seen]
    assert (done[0], done[-1]) == (0, 3)
    assert {each["lrs_rebuild_events", "default"] for each in seen} == {3}
    assert ("lrs_rebuild_events", "default") not in told(warehouse.settings, three)


def test_a_rebuild_that_failed_or_was_killed_is_not_told(tmp_path: Path) -> None:
    folder = tmp_path / "warehouse" / "default"
    folder.mkdir(parents=True)
    with pytest.raises(ZeroDivisionError), noting(folder, 10, lambda done: None):
        raise ZeroDivisionError
    assert list(read_rebuilds(tmp_path)) == []
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for pid, stores in ((ended.pid, []), (os.getpid(), ["default"])):
        (folder / "rebuild.json").write_text(json.dumps({"events": 10, "done": 1, "pid": pid}))
        assert [store for store, _ in read_rebuilds(tmp_path)] == stores


def test_the_lrs_tells_of_the_projectors_beside_it(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    app = create_app(settings, [quality_api(settings)])
    a_client(app, app.extensions[NAME]).post([a_statement(), a_statement()])
    folder = tmp_path / "warehouse" / "default"
    folder.mkdir(parents=True)
    status: dict[str, Any] = {"store": "default", "position": 1, "stored": 1, "error": None}
    (folder / "status.json").write_text(json.dumps(status))
    seen = read(app.test_client().get("/metrics").text)
    assert seen["lrs_projector_lag_positions", "default"] == 1
    assert seen["lrs_log_head_position", "default"] == 2
    (folder / "status.json").write_text("{")
    seen = read(app.test_client().get("/metrics").text)
    assert ("lrs_projector_position", "default") not in seen, "what cannot be read is left out"
    assert seen["lrs_log_head_position", "default"] == 2
    app.extensions[NAME].database.close()


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_projector_of_its_own_serves_its_figures(warehouse: Warehouse, three: Memory) -> None:
    port = a_free_port()
    with serving(f"127.0.0.1:{port}", projector_figures(warehouse.settings, lambda: three)):
        status, text = get(port, "/metrics")
        assert (status, read(text)["lrs_projector_position", "default"]) == (200, 2)
        assert get(port, "/health/live")[0] == 200
        assert get(port, "/etc/passwd")[0] == 404
    with pytest.raises(OSError):
        get(port, "/metrics")


def test_it_goes_on_when_the_log_is_away(warehouse: Warehouse) -> None:
    def away() -> Memory:
        raise ConnectionError

    port = a_free_port()
    with serving(f"127.0.0.1:{port}", projector_figures(warehouse.settings, away)):
        assert get(port, "/metrics")[0] == 503
        assert get(port, "/health/live")[0] == 200


def test_an_address_that_is_taken_is_named(warehouse: Warehouse, three: Memory) -> None:
    figures = projector_figures(warehouse.settings, lambda: three)
    address = f"127.0.0.1:{a_free_port()}"
    with serving(address, figures), pytest.raises(CannotServe, match=address), serving(address, figures):
        pass
