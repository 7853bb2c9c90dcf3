"""A load generator on a core of its own, and statements to send."""

import os
import random
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from lrs.app import open_parts
from lrs.commands.prepare_statements import Body, Sender
from lrs.commands.store_statements import store_body
from lrs.settings import Settings
from tests.services.server import Server

SERVER_CPU, LOAD_CPU = 0, 1
AT_ONCE = 1000
AUTHORITY = {"account": {"homePage": "https://lrs.example.org", "name": "bench"}}
ACTIVITY = "https://platform.example.org/activities/"
VERBS = (
    "completed",
    "progressed",
    "answered",
    "experienced",
    "passed",
    "failed",
    "initialized",
    "interacted",
)


def a_statement(number: int, choose: random.Random) -> dict[str, Any]:
    """About 1.3 KB, as platforms send it: names, definitions, a parent, a registration, a result."""
    learner, activity = choose.randrange(2_000), choose.randrange(3_000)
    return {
        "id": str(uuid.UUID(int=choose.getrandbits(128), version=4)),
        "timestamp": _timestamp(number),
        "actor": {
            "objectType": "Agent",
            "name": f"Learner {learner}",
            "account": {"homePage": "https://platform.example.org", "name": f"learner-{learner}"},
        },
        "verb": {
            "id": f"http://adlnet.gov/expapi/verbs/{VERBS[number % len(VERBS)]}",
            "display": {"en-US": VERBS[number % len(VERBS)], "nl-BE": "heeft iets gedaan met"},
        },
        "object": {
            "objectType": "Activity",
            "id": f"{ACTIVITY}{activity}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/assessment",
                "name": {
                    "nl-BE": f"Oefening {activity}: breuken vergelijken",
                    "en-US": f"Exercise {activity}",
                },
                "description": {"nl-BE": "Vergelijk de breuken en leg uit hoe je het weet. " * 3},
            },
        },
        "result": {
            "score": {"scaled": number % 101 / 100, "raw": number % 101, "min": 0, "max": 100},
            "success": number % 2 == 0,
            "completion": True,
            "duration": f"PT{number % 50}M{number % 60}.{number % 100:02}S",
        },
        "context": {
            "registration": str(uuid.UUID(int=learner * 7 + 1, version=4)),
            "platform": "Voorbeeldplatform",
            "language": "nl-BE",
            "contextActivities": {
                "parent": [
                    {"id": f"{ACTIVITY}module-{activity % 40}", "definition": {"type": f"{ACTIVITY}module"}}
                ],
                "grouping": [{"id": "https://id.example.org/goals/92301"}],
            },
            "extensions": {"https://platform.example.org/session": str(choose.getrandbits(64))},
        },
    }


def _timestamp(number: int) -> str:
    day = f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
    return f"{day}T{8 + number % 9:02}:{number % 60:02}:00.{number % 1000:03}Z"


def bodies(count: int, batch: int, seed: int = 1) -> list[bytes]:
    """Request bodies of `batch` statements each, ready to send; one statement alone when batch is 1."""
    choose = random.Random(seed)
    made = []
    for start in range(0, count, batch):
        statements = [a_statement(start + i, choose) for i in range(batch)]
        made.append(orjson.dumps(statements if batch > 1 else statements[0]))
    return made


def fill_log(home: Path, statements: Iterable[dict[str, Any]], store: str = "default") -> Path:
    """A store of its own with these statements, through the same checks and transactions as over HTTP."""
    parts = open_parts(Settings(home=home))
    sender = Sender(store, "bench", orjson.dumps(AUTHORITY).decode(), parts.keys.key(AUTHORITY))
    waiting = iter(statements)
    while some := list(islice(waiting, AT_ONCE)):
        body = Body(orjson.dumps(some), "1.0.3", sender, parts.keys, parts.profiles, 100, AT_ONCE)
        store_body(parts.writer, body)
    parts.database.close()
    return home


@contextmanager
def on_cpu(cpu: int) -> Iterator[None]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cpu})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def requests_per_second(server: Server, path: str, payloads: Sequence[bytes], connections: int = 4) -> float:
    """Send all payloads over keep-alive connections from one core; every answer must be 200."""
    queue = iter(payloads)
    mutex, failures = threading.Lock(), []

    def send() -> None:
        connection, headers = server.connection(), server.headers()
        while True:
            with mutex:
                payload = next(queue, None)
            if payload is None:
                return connection.close()
            connection.request("POST", path, payload, headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                failures.append(text)

    with on_cpu(LOAD_CPU):
        threads = [threading.Thread(target=send) for _ in range(connections)]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - started
    assert not failures, failures[0]
    return len(payloads) / seconds
