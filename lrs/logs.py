"""Log lines on stderr, as JSON or as text, each with the id of the request that it was written for.

What a statement, a document or a person says is never in one: an exception is told by its kind and by where it was
raised, since the text of most exceptions quotes the value that they stumbled over.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import orjson

# The request that this thread handles, or handled last: set anew with each.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
FORMS = ("text", "json")
# Ours speak at info, others' only from a warning on.
OURS = ("lrs", "projections")
# Exceptions of these speak of the log or of a connection and never of a value.
_TELLING = ("OperationalError", "InterfaceError")


def log_to_stderr(form: str) -> None:
    """Write all log lines of this process to stderr, in one of FORMS; a second call replaces the first."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.getLogger().handlers[:] = [handler]
    logging.getLogger().setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def teller(form: str, name: str) -> Callable[[str], None]:
    """How a command that runs on tells what it does: lines on stdout, or log lines of `name` where logs are JSON."""
    if form == "json":
        return logging.getLogger(name).info
    return _to_stdout


def _to_stdout(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request_id, and the fields of `extra={"fields": ...}`."""

    def format(self, record: logging.LogRecord) -> str:
        return orjson.dumps(_members(record), default=str).decode()


class TextLines(logging.Formatter):
    """The same for people: time, level, logger and message on a line, then what else there is as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        members = _members(record)
        trace = members.pop("trace", [])
        first = " ".join(members.pop(name) for name in ("time", "level", "logger", "message"))
        rest = "".join(f" {name}={value}" for name, value in members.items())
        return first + rest + "".join(f"\n    {place}" for place in trace)


def _members(record: logging.LogRecord) -> dict[str, Any]:
    members: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message(record),
    }
    if (request := request_id.get()) is not None:
        members["request_id"] = request
    members |= getattr(record, "fields", {})
    if record.exc_info:
        members |= _exception(record.exc_info[1], record.exc_info[2])
    return members


def _message(record: logging.LogRecord) -> str:
    """The message, with exceptions among its arguments told as `tell` does."""
    arguments = record.args
    if isinstance(arguments, Mapping):
        arguments = {name: _told(each) for name, each in arguments.items()}
    elif arguments:
        arguments = tuple(_told(each) for each in arguments)
    return str(record.msg) % arguments if arguments else str(_told(record.msg))


def _told(value: Any) -> Any:
    return tell(value) if isinstance(value, BaseException) else value


def tell(error: BaseException) -> str:
    """An exception in a line that quotes no value: its kind, and what it says when that is about the log itself."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if type(error).__module__.startswith("lrs.event_log"):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{kind}: {error.strerror}"
    original = getattr(error, "orig", None)  # of SQLAlchemy: what the database's driver raised
    if original is not None and type(original).__name__ in _TELLING:
        return f"{kind}: {(str(original).splitlines() or [''])[0]}"
    return kind


def _exception(error: BaseException | None, trace: TracebackType | None) -> dict[str, Any]:
    if error is None:
        return {}
    places = [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(trace)]
    cause = error.__cause__
    return {"error": tell(error), **({"cause": tell(cause)} if cause else {}), "trace": places}
