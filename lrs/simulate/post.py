"""A simulated year sent to a running store, as platforms would: in batches, patient with a busy store."""

import base64
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from lrs.simulate.trail import Arrival

BATCH = 50
TIMEOUT_SECONDS = 60.0
MOST_TRIES = 10
LONGEST_WAIT_SECONDS = 30.0
_BUSY = frozenset({429, 502, 503, 504})
_VERSION = "1.0.3"


class CannotPost(RuntimeError):
    """The store cannot be reached, does not know us, or is no store; the text says which."""


@dataclass
class Posted:
    """`refused`: what the store answered 400 or 409 to, with its first reasons."""

    accepted: int = 0
    refused: int = 0
    reasons: list[str] = field(default_factory=list)


class Endpoint:
    """One kept-alive connection to an xAPI endpoint such as https://lrs.example.org/xAPI/."""

    def __init__(self, url: str, key: str, secret: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CannotPost(f"{url} is no address of a store; it starts with http:// or https://")
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=TIMEOUT_SECONDS)
        self._path = parts.path.rstrip("/") + "/statements"
        self._url = url
        credentials = base64.b64encode(f"{key}:{secret}".encode()).decode()
        self._headers = {
            "Authorization": f"Basic {credentials}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": _VERSION,
        }

    def send(self, body: bytes) -> tuple[int, str]:
        """Status and text of the answer; a busy store is asked again, which is safe as every statement has its id.

        Raises CannotPost when the store stays away or busy through ten tries.
        """
        problem = ""
        for tried in range(MOST_TRIES):
            wait = min(LONGEST_WAIT_SECONDS, 0.5 * 2**tried)
            try:
                answer, text = self._ask(body)
                if answer.status not in _BUSY:
                    return answer.status, text
                problem = f"{answer.status} {answer.reason}"
                wait = _asked_wait(answer.getheader("Retry-After"), wait)
            except (OSError, HTTPException) as error:
                self._connection.close()
                problem = str(error) or type(error).__name__
            if tried + 1 < MOST_TRIES:
                time.sleep(wait)
        raise CannotPost(f"{self._url}: {problem}, {MOST_TRIES} times")

    def _ask(self, body: bytes) -> tuple[HTTPResponse, str]:
        self._connection.request("POST", self._path, body, self._headers)
        answer = self._connection.getresponse()
        return answer, answer.read().decode("utf-8", "replace")

    def close(self) -> None:
        self._connection.close()


def _asked_wait(retry_after: str | None, otherwise: float) -> float:
    # A date is allowed too; then our own patience is as good.
    if retry_after is None or not retry_after.isdecimal():
        return otherwise
    return min(LONGEST_WAIT_SECONDS, float(retry_after))


def post_year(
    arrivals: Iterable[Arrival], endpoint: Endpoint, rate: float | None, at: Callable[[int], None]
) -> Posted:
    """Send statements in their order, at most `rate` a second; `at` is told how many went."""
    posted, started = Posted(), time.monotonic()
    sent = 0
    # A slow stream is one of small batches, no burst and a long silence.
    for batch in _batches(arrivals, BATCH if rate is None else max(1, min(BATCH, int(rate)))):
        if rate is not None:
            time.sleep(ahead_of(rate, sent, time.monotonic() - started))
        _post(batch, endpoint, posted)
        sent += len(batch)
        at(sent)
    return posted


def ahead_of(rate: float, sent: int, elapsed: float) -> float:
    """Seconds that `sent` statements in `elapsed` seconds are ahead of `rate` a second; 0 when they are behind."""
    return max(0.0, sent / rate - elapsed)


def _batches(arrivals: Iterable[Arrival], most: int) -> Iterator[list[Arrival]]:
    """Runs of statements; one with an id that is in the batch already, or that will be refused, is not put with it."""
    batch: dict[str, Arrival] = {}
    for arrival in arrivals:
        if batch and (len(batch) == most or arrival.statement_id in batch or arrival.refused):
            yield list(batch.values())
            batch.clear()
        batch[arrival.statement_id] = arrival
        if arrival.refused:
            yield list(batch.values())
            batch.clear()
    if batch:
        yield list(batch.values())


def _post(batch: list[Arrival], endpoint: Endpoint, posted: Posted) -> None:
    status, text = endpoint.send(b"[" + b",".join(one.text for one in batch) + b"]")
    if status == 200:
        posted.accepted += len(batch)
    elif status in (400, 409) and len(batch) > 1:
        # All or nothing: find the one that is to blame.
        for one in batch:
            _post([one], endpoint, posted)
    elif status in (400, 409):
        posted.refused += 1
        if len(posted.reasons) < 5:
            posted.reasons.append(f"{status} {_error(text)}")
    else:
        raise CannotPost(f"the store answers {status}: {_error(text)}")


def _error(text: str) -> str:
    try:
        answer = json.loads(text)
    except ValueError:
        return text[:200]
    return str(answer.get("error", text))[:200] if isinstance(answer, dict) else text[:200]
