"""The pieces that operations are put together from."""

from collections.abc import Iterable
from typing import Any

Piece = dict[str, Any]

# As JSON (Data 2.4.2); a Group in a parameter is an identified one.
AGENT = {"$ref": "#/components/schemas/agent"}
AGENT_OR_GROUP = {"$ref": "#/components/schemas/actor"}
IRI = {"type": "string", "format": "iri"}
UUID = {"type": "string", "format": "uuid"}
INSTANT = {"type": "string", "format": "date-time"}
BOOLEAN = {"type": "boolean", "default": False}
TEXT = {"type": "string", "minLength": 1}
# What every request to a resource that needs credentials can be answered with.
_ALWAYS = (400, 401, 403, 503)
_MEANINGS = {
    200: "Found.",
    204: "Done.",
    304: "What the client has, by its ETag, is still right.",
    400: "The request is not right: `rule` names the rule, `spec` its section, `path` and `index` the place.",
    401: "Credentials are missing, wrong or revoked.",
    403: "The credential lacks the scope.",
    404: "There is no such thing here.",
    409: "It would overwrite what is there: another statement of the same id, or a document without a precondition.",
    412: "A precondition (If-Match, If-None-Match) does not hold; nothing was changed.",
    413: "It is over a limit; the answer names the setting.",
    415: "The Content-Encoding is not known: gzip or deflate.",
    503: "The log cannot be written or read now: try again after Retry-After seconds.",
}


def parameter(name: str, schema: Piece, description: str, *, required: bool = False) -> Piece:
    """A query parameter; one whose schema is a component is sent as JSON."""
    made: Piece = {"name": name, "in": "query", "description": description, "required": required}
    if "$ref" in schema:
        return {**made, "content": {"application/json": {"schema": schema}}}
    return {**made, "schema": schema}


def header(name: str, description: str) -> Piece:
    return {"name": name, "in": "header", "description": description, "schema": {"type": "string"}}


def operation(
    name: str,
    summary: str,
    *,
    scopes: Iterable[str] = (),
    parameters: Iterable[Piece] = (),
    body: Piece | None = None,
    answers: dict[int, Piece] | None = None,
    refusals: Iterable[int] = (),
    versioned: bool = True,
) -> Piece:
    """One operation; `answers` are its good ones by status, `refusals` its errors beside those that all have.

    With no scopes it is open to everyone. `scopes` are those of which one is enough (Communication 4.0). What is no
    part of xAPI is not `versioned`.
    """
    needed = list(scopes)
    made: Piece = {"operationId": name, "summary": summary, "parameters": list(parameters)}
    if needed:
        if versioned:
            made["parameters"].insert(0, {"$ref": "#/components/parameters/Version"})
        made["security"] = [{"basic": [scope]} for scope in needed]
    if body is not None:
        made["requestBody"] = {"required": True, "content": body}
    statuses = sorted({*refusals, *(_ALWAYS if needed else ())})
    made["responses"] = {
        str(s): {"description": _MEANINGS[s], **piece} for s, piece in (answers or {}).items()
    }
    made["responses"] |= {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}
    return made


def refusals() -> Piece:
    """The error answers of all operations, by status."""
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {
        str(status): {"description": meaning, "content": error}
        for status, meaning in _MEANINGS.items()
        if status >= 400
    }


def json_of(schema: Piece) -> Piece:
    return {"application/json": {"schema": schema}}


def with_head(get: Piece) -> Piece:
    """A GET and the HEAD that answers as it does, without a body (Communication 1.1)."""
    head = {
        **get,
        "operationId": get["operationId"].replace("get", "head", 1),
        "summary": f"The headers of: {get['summary']}",
    }
    head["responses"] = {
        status: {name: value for name, value in piece.items() if name != "content"}
        for status, piece in get["responses"].items()
    }
    return {"get": get, "head": head}


ERROR = {
    "type": "object",
    "required": ["error", "rule"],
    "properties": {
        "error": {"type": "string", "description": "What is wrong, in words."},
        "rule": {"type": "string", "description": "A short name of the rule, the same for the same mistake."},
        "spec": {"type": "string", "description": "The section of the specification that has the rule."},
        "path": {"type": "string", "description": "Where: a JSON path, or ? and a query parameter."},
        "index": {"type": "integer", "description": "Which statement of the batch, from 0."},
    },
}
