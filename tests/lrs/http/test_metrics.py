"""/metrics: what it tells, and to whom."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from lrs.app import create_app
from lrs.figures import Gauge
from lrs.http.joined import Joined
from lrs.http.parts import NAME, Parts
from lrs.settings import Settings
from tests.lrs.conftest import Client, a_client, a_statement, an_id

HERE = {"REMOTE_ADDR": "127.0.0.1"}
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


def figures(client: Client) -> dict[tuple[str, ...], float]:
    """Each sample as (name, labels' values in the order of their names) -> number."""
    answer = client.app.test_client().get("/metrics", environ_base=HERE)
    assert answer.status_code == 200, answer.text
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    found: dict[tuple[str, ...], float] = {}
    for family in text_string_to_metric_families(answer.text):
        assert family.documentation
        for sample in family.samples:
            found[(sample.name, *(sample.labels[name] for name in sorted(sample.labels)))] = sample.value
    return found


def test_requests_are_counted_by_method_route_and_status(client: Client) -> None:
    client.post([a_statement(), a_statement()])
    client.get()
    client.get(limit="many")
    seen = figures(client)
    assert seen["lrs_requests_total", "POST", "/xAPI/statements", "200"] == 1
    assert seen["lrs_requests_total", "GET", "/xAPI/statements", "200"] == 1
    assert seen["lrs_requests_total", "GET", "/xAPI/statements", "400"] == 1
    assert seen["lrs_request_seconds_count", "GET", "/xAPI/statements"] == 2
    assert 0 < seen["lrs_request_seconds_sum", "GET", "/xAPI/statements"] < 60
    assert seen["lrs_request_seconds_bucket", "+Inf", "GET", "/xAPI/statements"] == 2


def test_a_path_that_is_not_there_and_a_method_of_ones_own_make_no_labels(client: Client) -> None:
    client.send("GET", "/an/alice@example.org")
    client.send("BREW", "/xAPI/statements")
    seen = figures(client)
    assert seen["lrs_requests_total", "GET", "none", "404"] == 1
    assert seen["lrs_requests_total", "other", "none", "405"] == 1
    assert not any("alice" in part or "BREW" in part for key in seen for part in key)


def test_refusals_are_counted_by_the_rule_that_was_broken(client: Client) -> None:
    client.post(a_statement(verb=None))
    client.post(b"{")
    client.send("GET", "/xAPI/statements", headers={"Authorization": None})
    rejected = {key[1]: number for key, number in figures(client).items() if key[0] == "lrs_rejections_total"}
    assert rejected["credentials"] == 1
    assert sum(rejected.values()) == 3 and len(rejected) == 3


def test_statements_events_and_commits_are_counted(client: Client) -> None:
    twice = a_statement(id=an_id())
    client.post([twice, a_statement(), a_statement()])
    client.post([twice])
    seen = figures(client)
    assert seen["lrs_statements_stored_total",] == 3
    assert seen["lrs_statements_equal_total",] == 1
    assert seen["lrs_events_appended_total",] == 3
    assert (seen["lrs_commit_events_count",], seen["lrs_commit_events_sum",]) == (2, 3)
    assert seen["lrs_commit_callers_sum",] == 2
    assert seen["lrs_commit_events_bucket", "2.0"] == 1  # the commit that stored nothing


def test_counters_are_there_before_anything_was_counted(client: Client) -> None:
    assert figures(client)["lrs_statements_stored_total",] == 0


def test_the_head_of_the_log_is_told_by_store(client: Client, shared: Parts) -> None:
    client.post([a_statement(), a_statement()])
    a_client(client.app, shared, store="other").post(a_statement())
    seen = figures(client)
    assert seen["lrs_log_up",] == 1
    assert seen["lrs_log_head_position", "default"] == 2
    assert seen["lrs_log_head_position", "other"] == 3
    assert (
        seen["lrs_log_head_stored_seconds", "other"] > seen["lrs_log_head_stored_seconds", "default"] > 1.7e9
    )


def test_a_log_that_cannot_be_read_is_told_with_the_other_figures(client: Client, shared: Parts) -> None:
    client.post(a_statement())
    with shared.database.writing() as connection:
        connection.exec_driver_sql("alter table event_log rename to elsewhere")
    seen = figures(client)
    assert seen["lrs_log_up",] == 0
    assert seen["lrs_statements_stored_total",] == 1
    assert ("lrs_log_head_position", "default") not in seen


def with_a_relay_at(shared: Parts, position: int, problem: str | None) -> None:
    with shared.database.writing() as connection:
        connection.exec_driver_sql("drop table if exists relay_checkpoint")
        connection.exec_driver_sql(
            "create table relay_checkpoint (store text, position bigint, changed bigint, problem text)"
        )
        row = {"store": "default", "position": position, "problem": problem}
        insert = "insert into relay_checkpoint values (:store, :position, 0, :problem)"
        connection.execute(sa.text(insert), row)


@pytest.mark.parametrize(("position", "behind"), [(3, 0), (1, 2)])
def test_the_relay_is_told_by_how_far_it_is_behind(
    client: Client, shared: Parts, position: int, behind: int
) -> None:
    client.post([a_statement(), a_statement(), a_statement()])
    with_a_relay_at(shared, position, None)
    seen = figures(client)
    assert seen["lrs_relay_position", "default"] == position
    assert seen["lrs_relay_lag_positions", "default"] == behind
    assert (seen["lrs_relay_lag_seconds", "default"] > 0) == (behind > 0)
    assert seen["lrs_relay_stopped", "default"] == 0


def test_a_relay_that_stands_still_is_told_without_its_problem_in_words(
    client: Client, shared: Parts
) -> None:
    client.post(a_statement())
    with_a_relay_at(shared, 0, "position 1 is too large")
    assert figures(client)["lrs_relay_stopped", "default"] == 1
    assert "too large" not in client.app.test_client().get("/metrics", environ_base=HERE).text


def test_what_joins_the_lrs_tells_its_figures_too(settings: Settings) -> None:
    from flask import Blueprint

    def told() -> list[Gauge]:
        return [Gauge("lrs_other", "Of something else", ("store",), [(("a",), 5.0)])]

    app = create_app(settings, joined=[Joined(Blueprint("beside", __name__), dict, told)])
    shared = app.extensions[NAME]
    assert figures(a_client(app, shared))["lrs_other", "a"] == 5
    shared.database.close()


def ask(client: Client, environ: dict[str, str], *, with_credential: bool = False, **headers: str) -> int:
    sent = client.headers() if with_credential else {}
    answer = client.app.test_client().get("/metrics", environ_base=environ, headers={**sent, **headers})
    return answer.status_code


def test_this_machine_reads_freely_and_another_one_with_the_scope(client: Client, shared: Parts) -> None:
    reader = a_client(client.app, shared, "metrics/read")
    assert ask(client, HERE) == ask(client, {"REMOTE_ADDR": "::1"}) == 200
    assert ask(client, ELSEWHERE) == 401
    assert ask(reader, ELSEWHERE, with_credential=True) == 200
    assert ask(client, ELSEWHERE, with_credential=True) == 403, "`all` is all of one store"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "Origin"])
def test_who_comes_through_a_proxy_or_a_page_on_this_machine_is_someone_else(
    client: Client, header: str
) -> None:
    assert ask(client, HERE, **{header: "http://192.0.2.7"}) == 401


@pytest.mark.parametrize(
    ("allowed", "here", "elsewhere"), [("open", 200, 200), ("none", 401, 401), ("off", 404, 404)]
)
def test_the_setting_says_who_may_read(tmp_path: Path, allowed: Any, here: int, elsewhere: int) -> None:
    app = create_app(Settings(home=tmp_path, metrics=allowed), joined=())
    client = a_client(app, app.extensions[NAME])
    assert (ask(client, HERE), ask(client, ELSEWHERE)) == (here, elsewhere)
    app.extensions[NAME].database.close()
