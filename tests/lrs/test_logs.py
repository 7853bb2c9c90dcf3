"""Log lines: one form for people, one for programs, and nothing of what was sent in either."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy.exc

from lrs.event_log.append import ClockBehind
from lrs.logs import JsonLines, TextLines, log_to_stderr, request_id, teller

SECRET = "Alice Pietersen alice@example.org"


@pytest.fixture(autouse=True)
def loggers() -> Iterator[None]:
    """What the tests set for the whole process is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    token = request_id.set(None)
    yield
    request_id.reset(token)
    root.handlers[:], root.level = handlers, level
    for name in ("lrs", "projections"):
        logging.getLogger(name).setLevel(logging.NOTSET)


Stderr = pytest.CaptureFixture[str]


def lines(stderr: Stderr) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr.readouterr().err.splitlines()]


def test_a_line_of_json_has_time_level_logger_message_and_fields(capsys: Stderr) -> None:
    log_to_stderr("json")
    logging.getLogger("lrs.test").info("%s of %d", "one", 2, extra={"fields": {"store": "default"}})
    [line] = lines(capsys)
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "info", "logger": "lrs.test", "message": "one of 2", "store": "default"}


def test_a_line_of_a_request_names_it(capsys: Stderr) -> None:
    log_to_stderr("json")
    request_id.set("r-1")
    logging.getLogger("lrs.test").warning("something")
    assert lines(capsys)[0]["request_id"] == "r-1"


def test_a_line_of_text_is_one_line_for_people(capsys: Stderr) -> None:
    log_to_stderr("text")
    logging.getLogger("projections").info("folded", extra={"fields": {"store": "default"}})
    assert capsys.readouterr().err.endswith("info projections folded store=default\n")


def test_what_a_command_tells_is_a_line_on_stdout_or_a_log_line(capsys: Stderr) -> None:
    log_to_stderr("json")
    teller("text", "lrs.test")("100% of default")
    teller("json", "lrs.test")("100% of default")
    told = capsys.readouterr()
    assert told.out == "100% of default\n"
    assert json.loads(told.err)["message"] == "100% of default"


def test_others_are_heard_from_a_warning_on(capsys: Stderr) -> None:
    log_to_stderr("json")
    logging.getLogger("kafka.client").info("chatter")
    logging.getLogger("kafka.client").warning("away")
    assert [line["message"] for line in lines(capsys)] == ["away"]


def test_a_second_call_replaces_the_first(capsys: Stderr) -> None:
    log_to_stderr("text")
    log_to_stderr("json")
    logging.getLogger("lrs").info("once")
    assert len(lines(capsys)) == 1


ERRORS = [
    ValueError(SECRET),
    KeyError(SECRET),
    sqlalchemy.exc.IntegrityError("insert ...", {"name": SECRET}, sqlite3.IntegrityError(SECRET)),
    sqlalchemy.exc.OperationalError(
        "insert ...", {"name": SECRET}, sqlite3.OperationalError("database or disk is full")
    ),
    OSError(2, "No such file or directory", f"/home/{SECRET}"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("form", [JsonLines, TextLines])
def test_an_exception_is_told_by_kind_and_place_and_never_by_what_it_quotes(
    error: Exception, form: type[logging.Formatter]
) -> None:
    try:
        raise RuntimeError(SECRET) from error
    except RuntimeError as raised:
        trace = (type(raised), raised, raised.__traceback__)
    record = logging.LogRecord("lrs", logging.ERROR, __file__, 1, "failed: %s", (error,), trace)
    line = form().format(record)
    assert "Alice" not in line and "alice" not in line
    assert type(error).__name__ in line
    assert "test_an_exception_is_told" in line


def test_what_the_database_says_of_itself_is_told(capsys: Stderr) -> None:
    log_to_stderr("json")
    logging.getLogger("lrs").warning("the log is away: %s", ERRORS[3])
    logging.getLogger("lrs").warning("the log is away: %s", ClockBehind("the clock is 9.0 s behind"))
    first, second = (line["message"] for line in lines(capsys))
    assert first.endswith("database or disk is full")
    assert second.endswith("the clock is 9.0 s behind")
