"""Where domain exceptions meet HTTP: one table, one JSON shape `{error, rule, spec, path, index}`."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy.exc
from flask import Flask, Response, g
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from lrs.commands.prepare_statements import TooManyStatements
from lrs.commands.store_statements import Conflict
from lrs.document.merge import MergedTooLarge, NotMergeable
from lrs.document.precondition import DocumentExists, PreconditionFailed, PreconditionMissing
from lrs.event_log.append import ClockBehind
from lrs.event_log.trouble import passes
from lrs.index.version import OtherIndex
from lrs.statement.check import InvalidStatement
from lrs.statement.json_text import InvalidJson

log = logging.getLogger("lrs.http")
RETRY_AFTER_SECONDS = 2


@dataclass
class Refused(Exception):
    """A request that is answered with an error: status, what is wrong, which rule says so and where."""

    status: int
    error: str
    rule: str
    spec: str | None = None
    path: str | None = None
    index: int | None = None

    def __str__(self) -> str:
        return self.error


def register_errors(app: Flask) -> None:
    """Answer every exception that a request can meet in the one shape."""
    for kind, refuse in _TABLE.items():
        app.register_error_handler(kind, _handler(refuse))


def _handler(refuse: Callable[[Any], Refused]) -> Callable[[Any], Response]:
    return lambda error: respond(refuse(error))


def respond(refused: Refused) -> Response:
    """The response of a refusal; members that say nothing here are left out."""
    members = {
        "error": refused.error,
        "rule": refused.rule,
        "spec": refused.spec,
        "path": refused.path,
        "index": refused.index,
    }
    body = orjson.dumps({name: value for name, value in members.items() if value is not None})
    g.rule = refused.rule  # counted when the answer leaves
    response = Response(body, refused.status, content_type="application/json")
    if refused.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="xAPI", charset="UTF-8"'
    if refused.status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _invalid_statement(error: InvalidStatement) -> Refused:
    return Refused(400, error.message, error.rule, error.spec, error.path, _index_in(error.path))


def _invalid_json(error: InvalidJson) -> Refused:
    return Refused(400, error.message, error.rule, "Communication 3.2", error.path, _index_in(error.path))


def _index_in(path: str | None) -> int | None:
    found = re.match(r"\$\[([0-9]+)\]", path or "")
    return int(found[1]) if found else None


def _conflict(error: Conflict) -> Refused:
    return Refused(409, str(error), "statement-immutable", "Data 2.3.1", f"$[{error.index}].id", error.index)


def _too_many(error: TooManyStatements) -> Refused:
    return Refused(413, str(error), "max-batch", "Communication 2.1.2", "$")


def _precondition_failed(error: Exception) -> Refused:
    return Refused(412, str(error), "precondition", "Communication 3.1")


def _precondition_missing(error: Exception) -> Refused:
    return Refused(400, str(error), "precondition-missing", "Communication 3.1")


def _document_exists(error: Exception) -> Refused:
    return Refused(409, str(error), "document-exists", "Communication 3.1")


def _not_mergeable(error: Exception) -> Refused:
    return Refused(400, str(error), "document-merge", "Communication 2.2")


def _merged_too_large(error: Exception) -> Refused:
    return Refused(413, f"{error}, which LRS_MAX_BODY_BYTES sets", "max-body-bytes", "Communication 2.2")


def _too_large(_error: RequestEntityTooLarge) -> Refused:
    return Refused(413, "the request body is larger than LRS_MAX_BODY_BYTES allows", "max-body-bytes")


def _http(error: HTTPException) -> Refused:
    return Refused(error.code or 500, error.description or error.name, "http")


def _of_the_database(error: sqlalchemy.exc.SQLAlchemyError) -> Refused:
    return unavailable(error) if passes(error) else _own_fault(error)


def unavailable(error: Exception) -> Refused:
    """What a request is told that came when the log could not be written or read."""
    log.warning("the event log cannot be written or read now: %s", error)
    return Refused(503, "the event log cannot be written or read now; try again", "unavailable")


def _own_fault(error: Exception) -> Refused:
    log.error("a request failed", exc_info=error)
    return Refused(500, "something failed here that should not have; nothing was stored", "internal")


_TABLE: dict[type[Exception], Callable[[Any], Refused]] = {
    Refused: lambda refused: refused,
    InvalidStatement: _invalid_statement,
    InvalidJson: _invalid_json,
    Conflict: _conflict,
    TooManyStatements: _too_many,
    PreconditionFailed: _precondition_failed,
    PreconditionMissing: _precondition_missing,
    DocumentExists: _document_exists,
    NotMergeable: _not_mergeable,
    MergedTooLarge: _merged_too_large,
    ClockBehind: unavailable,
    OtherIndex: unavailable,
    sqlalchemy.exc.SQLAlchemyError: _of_the_database,
    RequestEntityTooLarge: _too_large,
    HTTPException: _http,
    Exception: _own_fault,
}
