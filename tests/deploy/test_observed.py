"""The dashboard and the alert rules speak of figures that are there, and of no other."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from lrs.app import open_parts
from lrs.feed import Feed
from lrs.figures import Count, Gauge, Spread, rendered
from lrs.http.figures import log_figures
from lrs.http.meters import Meters, added_up
from lrs.settings import Settings
from projections.figures import projector_figures
from tests.deploy.conftest import DEPLOY, run_tool

ALERTS = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text("utf-8"))
RULES: list[dict[str, Any]] = [rule for group in ALERTS["groups"] for rule in group["rules"]]
DASHBOARD = json.loads((DEPLOY / "grafana/leerspoor.json").read_text("utf-8"))
PANELS: list[dict[str, Any]] = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    """Every sample's name, and its labels: as the code gives them, with a relay and a projector beside the log."""
    settings = Settings(home=tmp_path_factory.mktemp("figures"))
    parts = open_parts(settings)
    with parts.database.writing() as connection:
        connection.exec_driver_sql(
            "create table if not exists relay_checkpoint (store text, position bigint, changed bigint, problem text)"
        )
    feed = Feed(parts.database)
    told: list[Gauge | Count | Spread] = [*added_up([Meters().totals()]), *log_figures(parts.database)()]
    told += projector_figures(settings, lambda: feed)()
    assert rendered(told)
    parts.database.close()
    found: dict[str, tuple[str, ...]] = {"up": ("job", "instance")}
    for each in told:
        if isinstance(each, Spread):
            found |= {f"{each.name}_{part}": (*each.labels, "le") for part in ("bucket", "sum", "count")}
        else:
            found[f"{each.name}_total" if isinstance(each, Count) else each.name] = each.labels
    return found


def expressions() -> Iterator[tuple[str, str]]:
    for rule in RULES:
        yield rule["alert"], rule["expr"]
    for panel in PANELS:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


ALL = list(expressions())


@pytest.mark.parametrize(
    ("where", "expression"), ALL, ids=[f"{where}-{i}" for i, (where, _) in enumerate(ALL)]
)
def test_every_figure_that_is_named_is_there(
    figures: dict[str, tuple[str, ...]], where: str, expression: str
) -> None:
    named = re.findall(r"\b(up|lrs_[a-z_]+)\b", expression)
    assert named and set(named) <= set(figures), where
    labels = {"job", "instance", "le"} | {label for name in named for label in figures[name]}
    asked = {each for found in re.findall(r"by \(([^)]*)\)", expression) for each in found.split(", ")}
    asked |= set(re.findall(r"[{,] *([a-z]+) *[=!]", expression))
    assert asked <= labels, where


def test_every_alert_says_what_is_wrong_and_what_to_do() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"] and rule["annotations"]["action"]
        assert re.fullmatch(r"[0-9]+m", rule["for"])


def test_every_kind_of_figure_is_on_the_dashboard(figures: dict[str, tuple[str, ...]]) -> None:
    shown = " ".join(target["expr"] for panel in PANELS for target in panel["targets"])
    kinds = {re.sub(r"_(bucket|sum|count)$", "", name) for name in figures}
    beside = {
        "lrs_log_head_stored_seconds",
        "lrs_relay_position",
        "lrs_relay_lag_positions",
        "lrs_projector_position",
    }
    assert {kind for kind in kinds if kind not in shown} == beside


def test_panels_have_numbers_of_their_own_and_do_not_overlap() -> None:
    everything = DASHBOARD["panels"]
    assert len({panel["id"] for panel in everything}) == len(everything)
    taken: set[tuple[int, int]] = set()
    for panel in everything:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken and max(x for x, _ in cells) < 24, panel["title"]
        taken |= cells


@pytest.mark.services
def test_prometheus_reads_the_rules_and_its_configuration(tmp_path: Path) -> None:
    assert f"{len(RULES)} rules found" in run_tool(
        "promtool", "prometheus", "check", "rules", DEPLOY / "prometheus/alerts.yml"
    )
    run_tool(
        "promtool", "prometheus", "check", "config", "--syntax-only", DEPLOY / "prometheus/prometheus.yml"
    )


@pytest.mark.services
def test_prometheus_reads_every_expression_of_the_dashboard(tmp_path: Path) -> None:
    """As rules of a file, since promtool reads those."""
    written = [
        {"record": f"panel:{i}", "expr": expression.replace("$__rate_interval", "5m")}
        for i, (_, expression) in enumerate(ALL)
    ]
    file = tmp_path / "dashboard.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": written}]}))
    run_tool("promtool", "prometheus", "check", "rules", file)
