"""Whether a GET of statements takes as long in a large store as in a small one.

A larger store is a larger school group: learners, activities and registrations grow with it, so that every page asked
for is a full one at each size.
"""

import os
import random
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

import orjson
import pytest

from lrs.app import create_app
from lrs.http.parts import NAME
from lrs.settings import Settings
from tests.benchmarks.load import ACTIVITY, a_statement, fill_log
from tests.lrs.conftest import Client, a_client

pytestmark = pytest.mark.benchmark

LARGEST = int(os.environ.get("LRS_TEST_BENCH_STATEMENTS", "1000000"))
SIZES = (LARGEST // 100, LARGEST // 10, LARGEST)
STATEMENTS_A_LEARNER, STATEMENTS_AN_ACTIVITY, STATEMENTS_A_REGISTRATION = 200, 100, 60
REFERENCES = 0.05
ROUNDS, PAGES = 100, 200
Query = dict[str, str]


def homepage(learner: int) -> dict[str, Any]:
    return {"homePage": "https://platform.example.org", "name": f"learner-{learner}"}


def registration(number: int) -> str:
    return str(uuid.UUID(int=number * 7 + 1, version=4))


def school_group(count: int) -> Iterator[dict[str, Any]]:
    """Statements of a school group; one in twenty refers to an earlier one, as a teacher's feedback does."""
    choose = random.Random(count)
    ids: list[str] = []
    for number in range(count):
        statement: dict[str, Any] = a_statement(number, choose)
        learner = int(choose.triangular(0, count // STATEMENTS_A_LEARNER, 0))
        statement["actor"]["account"] = homepage(learner)
        statement["object"]["id"] = f"{ACTIVITY}{choose.randrange(count // STATEMENTS_AN_ACTIVITY)}"
        statement["context"]["registration"] = registration(
            choose.randrange(count // STATEMENTS_A_REGISTRATION)
        )
        statement["context"]["instructor"] = {"account": homepage(learner % 7)}
        if ids and choose.random() < REFERENCES:
            statement["object"] = {"objectType": "StatementRef", "id": choose.choice(ids[-5000:])}
            del statement["context"]["platform"]
        ids.append(str(statement["id"]))
        yield statement


def queries(count: int, stored: list[str]) -> dict[str, Callable[[random.Random], Query]]:
    """For each filter, a query that asks for one of the values that there are."""

    def learner(choose: random.Random) -> str:
        number = choose.randrange(max(1, count // STATEMENTS_A_LEARNER // 2))
        return orjson.dumps({"account": homepage(number)}).decode()

    def activity(choose: random.Random) -> str:
        return f"{ACTIVITY}{choose.randrange(count // STATEMENTS_AN_ACTIVITY)}"

    return {
        "no filter": lambda choose: {},
        "statementId": lambda choose: {"statementId": choose.choice(stored)},
        "agent": lambda choose: {"agent": learner(choose)},
        "related_agents": lambda choose: {"agent": learner(choose), "related_agents": "true"},
        "verb": lambda choose: {"verb": f"http://adlnet.gov/expapi/verbs/{choose.choice(['passed', 'failed'])}"},
        "activity": lambda choose: {"activity": activity(choose)},
        "related_activities": lambda choose: {
            "activity": f"{ACTIVITY}module-{choose.randrange(40)}", "related_activities": "true",
        },
        "registration": lambda choose: {
            "registration": registration(choose.randrange(count // STATEMENTS_A_REGISTRATION))
        },
        "since": lambda choose: {"since": "2020-01-01T00:00:00Z", "ascending": "true"},
        "until": lambda choose: {"until": "2100-01-01T00:00:00Z"},
        "agent and verb": lambda choose: {
            "agent": learner(choose), "verb": "http://adlnet.gov/expapi/verbs/completed",
        },
    }  # fmt: skip


def seconds(client: Client, path: str = "/xAPI/statements", **query: str) -> tuple[float, Any]:
    started = time.perf_counter()
    answer = client.send("GET", path, query_string=query or None)
    took = time.perf_counter() - started
    assert answer.status_code == 200, answer.text
    return took, answer


def measure(home: Path, count: int) -> dict[str, list[float]]:
    """Seconds of each kind of GET, several of each."""
    app = create_app(Settings(home=home, credential_seconds=60))
    client, choose = a_client(app, app.extensions[NAME]), random.Random(3)
    _, page = seconds(client, limit="1000")
    stored = [statement["id"] for statement in page.json["statements"]]
    found: dict[str, list[float]] = {}
    for name, query in queries(count, stored).items():
        limit = {} if name == "statementId" else {"limit": "50"}
        found[name] = [seconds(client, **query(choose), **limit)[0] for _ in range(ROUNDS)]
    found["more, to page 200"] = list(walk(client))
    app.extensions[NAME].database.close()
    return found


def walk(client: Client) -> Iterator[float]:
    took, answer = seconds(client, limit="50")
    for _ in range(PAGES - 1):
        if more := answer.json["more"]:
            took, answer = seconds(client, more)
            yield took


def test_a_get_in_a_store_a_hundred_times_as_large_takes_at_most_three_times_as_long(tmp_path: Path) -> None:
    measured = {}
    for count in SIZES:
        home = fill_log(tmp_path / str(count), school_group(count))
        measured[count] = measure(home, count)
    print(f"\n{'p50 / p99 in ms':22}" + "".join(f"{count:>18,}" for count in SIZES))
    slower = {}
    for name in measured[SIZES[0]]:
        medians = []
        row = f"{name:22}"
        for count in SIZES:
            cuts = quantiles(measured[count][name], n=100)
            medians.append(cuts[49])
            row += f"{cuts[49] * 1e3:>10.1f} {cuts[98] * 1e3:>7.1f}"
        print(row)
        slower[name] = medians[-1] / medians[0]
    assert {name: ratio for name, ratio in slower.items() if ratio > 3} == {}
