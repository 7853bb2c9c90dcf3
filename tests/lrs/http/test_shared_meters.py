"""The figures of several processes of one server are one."""

import threading
import time
from pathlib import Path

from lrs.event_log.writer import Commit
from lrs.figures import Count, Spread
from lrs.http.meters import MOST_RULES, Answered, Meters, added_up
from lrs.http.shared_meters import SharedMeters


def stored(statements: int) -> Answered:
    return Answered("/xAPI/statements", "POST", 200, 0.002, stored=statements)


def count(figures: list[Count | Spread], name: str) -> float:
    found = next(each for each in figures if each.name == name)
    assert isinstance(found, Count)
    return sum(number for _, number in found.samples)


def wait_until_shared(shared: SharedMeters, stored: int) -> None:
    deadline = time.monotonic() + 20
    while count(shared.read(), "lrs_statements_stored") != stored:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_whichever_process_is_asked_tells_the_sum(tmp_path: Path) -> None:
    several = [Meters(), Meters()]
    shared = [SharedMeters(each, tmp_path) for each in several]
    several[0].note(stored(3))
    several[1].note(stored(4))
    for each in shared:
        wait_until_shared(each, 7)
    several[0].note(stored(1))
    wait_until_shared(shared[1], 8)


def test_what_a_process_counted_still_counts_when_it_has_ended(tmp_path: Path) -> None:
    ended = Meters()
    ended.note(stored(5))
    SharedMeters(ended, tmp_path).read()
    wait_until_shared(SharedMeters(Meters(), tmp_path), 5)


def test_a_folder_that_went_costs_nothing_but_the_figures_of_the_others(tmp_path: Path) -> None:
    meters = Meters()
    shared = SharedMeters(meters, tmp_path / "gone")
    meters.note(stored(2))
    assert count(shared.read(), "lrs_statements_stored") == 2


def test_nothing_is_lost_when_many_threads_count_at_once() -> None:
    meters = Meters()

    def work() -> None:
        for _ in range(2000):
            meters.note(Answered("/xAPI/statements", "POST", 200, 0.002))
            meters.note(Commit(0.002, 1, 3))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures = added_up([meters.totals()])
    assert count(figures, "lrs_requests") == 8000
    assert count(figures, "lrs_events_appended") == 24000
    [spread] = [f for f in figures if isinstance(f, Spread) and f.name == "lrs_request_seconds"]
    assert sum(spread.samples[0][1]) == 8000


def test_names_of_rules_without_end_are_one_label() -> None:
    meters = Meters()
    for number in range(MOST_RULES + 50):
        meters.note(Answered("/", "GET", 400, 0.001, f"rule-{number}"))
    [rejections] = [f for f in added_up([meters.totals()]) if f.name == "lrs_rejections"]
    assert isinstance(rejections, Count)
    assert len(rejections.samples) == MOST_RULES + 1
    assert dict(rejections.samples)["other",] == 50
