"""Query parameters, read and checked the same way by every resource. Each raises Refused 400 for a wrong one."""

import re
from collections.abc import Callable, Set
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from flask import request
from werkzeug.datastructures import MultiDict

from lrs.http.errors import Refused
from lrs.http.lenient import may_be_ignored, spelled_boolean
from lrs.statement.check import InvalidStatement, check_agent
from lrs.statement.instants import parse_instant
from lrs.statement.iri import is_iri
from lrs.statement.json_text import InvalidJson, parse_object

Arguments = MultiDict[str, str]
T = TypeVar("T")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def wrong(name: str, problem: str, spec: str) -> Refused:
    """The refusal of one parameter."""
    return Refused(400, f"{name[:40]}: {problem}", f"parameter-{name[:40]}", spec, path=f"?{name[:40]}")


def check_encoding() -> None:
    """The query is UTF-8, percent-encoded (RFC 3986, 2.5); texts that differ in bytes must not become the same one."""
    query: str = request.environ.get("QUERY_STRING", "")
    if query.isascii() and "%" not in query:
        return
    try:
        unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError as error:
        raise Refused(400, "the query string is not UTF-8", "query-encoding", "RFC 3986 2.5") from error


def check_known(arguments: Arguments, known: Set[str], spec: str) -> None:
    """Every parameter is known to the resource, or forgiven, and is given once."""
    for name, values in arguments.lists():
        if name not in known:
            if may_be_ignored(name, known):
                continue
            raise wrong(name, "is not a parameter of this request", spec)
        if len(values) > 1:
            raise wrong(name, "is given more than once", spec)


def required(arguments: Arguments, name: str, spec: str) -> str:
    if name not in arguments:
        raise wrong(name, "is missing", spec)
    return arguments[name]


def optional(
    arguments: Arguments, name: str, spec: str, read: Callable[[Arguments, str, str], T]
) -> T | None:
    """What a reader of below makes of a parameter, None when it is not given."""
    return read(arguments, name, spec) if name in arguments else None


def read_text(arguments: Arguments, name: str, spec: str) -> str:
    """Any text but one with a NUL, which not every database can keep."""
    text = required(arguments, name, spec)
    if "\0" in text:
        raise wrong(name, "holds a NUL", spec)
    return text


def read_uuid(arguments: Arguments, name: str, spec: str) -> str:
    """A UUID, in lower case."""
    text = required(arguments, name, spec)
    if not _UUID.fullmatch(text):
        raise wrong(name, "is not a UUID", spec)
    return text.lower()


def read_iri(arguments: Arguments, name: str, spec: str) -> str:
    text = required(arguments, name, spec)
    if not is_iri(text):
        raise wrong(name, "is not an IRI", spec)
    return text


def read_agent(arguments: Arguments, name: str, spec: str) -> dict[str, Any]:
    """An Agent or identified Group, given as JSON."""
    text = required(arguments, name, spec)
    try:
        agent = parse_object(text)
        check_agent(agent)
    except (InvalidJson, InvalidStatement) as error:
        raise wrong(name, f"is not an Agent or identified Group: {error.message}", spec) from error
    found: dict[str, Any] = agent
    return found


def read_instant(arguments: Arguments, name: str, spec: str) -> int:
    """A timestamp, in microseconds since 1970 UTC."""
    try:
        return parse_instant(required(arguments, name, spec))
    except ValueError as error:
        raise wrong(name, f"is not a timestamp: {error}", spec) from error


def read_boolean(arguments: Arguments, name: str, spec: str) -> bool:
    """true or false; false when it is not given."""
    text = spelled_boolean(arguments.get(name, "false"))
    if text not in ("true", "false"):
        raise wrong(name, "takes true or false", spec)
    return text == "true"
