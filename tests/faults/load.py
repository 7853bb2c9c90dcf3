"""Clients that post singly and in batches, again until it is acknowledged, and write down what came of it."""

import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.faults.cluster import Cluster

EXAMPLE = Path(__file__).parents[1] / "worked_example" / "statements.ndjson"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
CLIENTS, LEARNERS, MOST_TOGETHER = 6, 40, 20
SECONDS, PAUSE_SECONDS = 15.0, 0.7
# A client that does not know what became of its batch asks again, but one in so many leaves it at that.
LEAVES_ONE_IN = 5
SETTLE_SECONDS = 60.0
# What may come of a request when something is away; it is then sent again.
NOT_NOW = ("503", "unanswered", "not sent")
Statement = dict[str, Any]


class Batch(NamedTuple):
    """What goes in one request: all of it is stored, or nothing."""

    store: str
    statements: list[Statement]

    @property
    def ids(self) -> list[str]:
        return [str(each["id"]) for each in self.statements]


class Client(threading.Thread):
    """Posts to either node, each batch until it is acknowledged, or left, or the client is stopped."""

    def __init__(self, cluster: Cluster, number: int, seed: int, example: Sequence[Statement]) -> None:
        super().__init__(name=f"client-{number}", daemon=True)
        self._cluster, self._example = cluster, example
        self._choose = random.Random(f"{seed}-{number}")
        self.store = sorted(cluster.credentials)[number % len(cluster.credentials)]
        self.acknowledged: list[str] = []
        self.left: list[Batch] = []  # sent, and never acknowledged
        self.answers: Counter[str] = Counter()
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.wait(self._choose.uniform(0, PAUSE_SECONDS)):
            batch = self._make()
            if self._send_until_done(batch):
                self.acknowledged += batch.ids
            else:
                self.left.append(batch)

    def _make(self) -> Batch:
        count = self._choose.choice((1, 1, 2, 5, MOST_TOGETHER))
        return Batch(self.store, [self._statement() for _ in range(count)])

    def _statement(self) -> Statement:
        if self.acknowledged and self._choose.random() < 0.02:
            said = self._choose.choice(self._example)
            target = {"objectType": "StatementRef", "id": self._choose.choice(self.acknowledged)}
            said = {"actor": said["actor"], "verb": {"id": VOIDED}, "object": target}
        else:
            said = dict(self._choose.choice(self._example))
            name = f"leerling-{self._choose.randrange(LEARNERS)}"
            said["actor"] = {"account": {"homePage": "https://leren.voorbeeld.be", "name": name}}
        return said | {"id": str(uuid.UUID(int=self._choose.getrandbits(128), version=4))}

    def _send_until_done(self, batch: Batch) -> bool:
        while not self.stopping.is_set():
            answer = send(self._cluster, self._choose.choice(self._cluster.ports), batch)
            self.answers[answer] += 1
            if answer == "acknowledged":
                return True
            if answer == "unanswered" and self._choose.randrange(LEAVES_ONE_IN) == 0:
                return False
            self.stopping.wait(0.5)
        return False


def send(cluster: Cluster, port: int, batch: Batch) -> str:
    """POST a batch, or PUT when it is of one; returns what came of it.

    That is: acknowledged, another status, unanswered (it was sent, and the connection broke), or not sent.
    """
    headers = {
        "Authorization": cluster.credentials[batch.store],
        "X-Experience-API-Version": "1.0.3",
        "Content-Type": "application/json",
    }
    alone = len(batch.statements) == 1
    path = "/xAPI/statements" + (f"?statementId={batch.ids[0]}" if alone else "")
    body = json.dumps(batch.statements[0] if alone else batch.statements)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.connect()
    except OSError:
        return "not sent"
    try:
        connection.request("PUT" if alone else "POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, http.client.HTTPException):
        return "unanswered"
    finally:
        connection.close()
    if answer.status in (200, 204):
        return "acknowledged"
    return "503" if answer.status == 503 else f"{answer.status} {text[:200]!r}"


def settle(cluster: Cluster, left: Sequence[Batch]) -> None:
    """Send each batch again that was never acknowledged: it is taken, whether it was stored or not."""
    for batch in left:
        deadline, answer = time.monotonic() + SETTLE_SECONDS, ""
        while (answer := send(cluster, cluster.ports[0], batch)) != "acknowledged":
            assert answer in NOT_NOW and time.monotonic() < deadline, answer
            time.sleep(0.5)


@contextmanager
def a_load(cluster: Cluster, seed: int) -> Iterator[list[Client]]:
    """Clients that post within."""
    example = [json.loads(line) for line in EXAMPLE.read_text().splitlines()]
    example = [each for each in example if each["verb"]["id"] != VOIDED]
    clients = [Client(cluster, number, seed, example) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        yield clients
    finally:
        for client in clients:
            client.stopping.set()
        for client in clients:
            client.join(2 * SECONDS)
