"""A simulated year posted to a real store over HTTP."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from lrs.app import create_app
from lrs.credential.credentials import create_credential
from lrs.event_log.read import count_events
from lrs.http.parts import NAME, Parts
from lrs.settings import Settings
from lrs.simulate.post import CannotPost, Endpoint, ahead_of, post_year
from lrs.simulate.simulated_year import Plan, SimulatedYear
from lrs.simulate.trail import Arrival, Rates

Application = Callable[..., Any]


class BusyAtFirst:
    """In front of a store: every third request is told to come back, before the store sees it."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.asked = self.sent_away = 0

    def __call__(self, environ: dict[str, Any], start_response: Application) -> Any:
        self.asked += 1
        if self.asked % 3 == 1:
            self.sent_away += 1
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            start_response("503 Service Unavailable", [("Retry-After", "0"), ("Content-Length", "0")])
            return [b""]
        return self.app(environ, start_response)


class Store:
    def __init__(self, app: Flask, server: BaseWSGIServer, front: BusyAtFirst) -> None:
        self.parts: Parts = app.extensions[NAME]
        self.front = front
        self.url = f"http://127.0.0.1:{server.server_port}/xAPI/"
        made, secret = create_credential(self.parts.database, label="simulation")
        self.endpoint = Endpoint(self.url, made.key, secret)

    def events(self) -> int:
        with self.parts.database.engine.connect() as connection:
            return count_events(connection)


@pytest.fixture
def store(tmp_path: Any) -> Iterator[Store]:
    app = create_app(Settings(home=tmp_path))
    front = BusyAtFirst(app)
    server = make_server("127.0.0.1", 0, front, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    opened = Store(app, server, front)
    yield opened
    opened.endpoint.close()
    server.shutdown()
    thread.join()
    server.server_close()
    opened.parts.database.close()


def some(**rates: Any) -> list[Arrival]:
    return list(SimulatedYear(Plan(4, 4, until=14, rates=Rates(**rates))).arrivals())


def test_every_statement_is_stored_once_through_a_store_that_is_busy_now_and_then(store: Store) -> None:
    arrivals, told = some(duplicate=0.2), []
    posted = post_year(arrivals, store.endpoint, None, told.append)
    assert store.front.sent_away > 2
    assert (posted.accepted, posted.refused) == (len(arrivals), 0)
    assert store.events() == len({arrival.statement_id for arrival in arrivals}) < len(arrivals)
    assert told[-1] == len(arrivals)
    assert told == sorted(told)


def test_what_a_store_refuses_does_not_take_its_neighbours_along(store: Store) -> None:
    arrivals = some(bad=0.2, refused=True)
    refused = sum(arrival.refused for arrival in arrivals)
    posted = post_year(arrivals, store.endpoint, None, lambda _count: None)
    assert 5 < refused == posted.refused
    assert posted.accepted == len(arrivals) - refused
    assert all(reason.startswith("400 ") for reason in posted.reasons)


def test_a_rate_is_waited_for_and_never_made_up_for() -> None:
    assert ahead_of(200.0, sent=50, elapsed=0.1) == pytest.approx(0.15)
    assert ahead_of(200.0, sent=50, elapsed=3.0) == 0


def test_a_slow_stream_goes_in_batches_of_a_second(store: Store) -> None:
    arrivals, told = some(duplicate=0.0)[:40], []
    post_year(arrivals, store.endpoint, 20.0, told.append)
    assert told == [20, 40]
    assert store.events() == 40


def test_a_wrong_secret_is_told(store: Store) -> None:
    with pytest.raises(CannotPost, match="401"):
        post_year(some(), Endpoint(store.url, "nobody", "wrong"), None, lambda _count: None)
