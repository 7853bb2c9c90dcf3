"""The OpenAPI 3.1 document of the whole service."""

import json
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from lrs import __version__
from lrs.http.openapi import documents, others, statements
from lrs.http.openapi.pieces import ERROR, Piece, refusals

_ABOUT = """\
A learning-record store of xAPI 1.0.3 and 2.0: the header X-Experience-API-Version chooses per request. Statements and \
documents are appended to an event log. Requests are limited by LRS_MAX_* settings; an answer over a limit names its \
setting. Bodies may come packed (gzip, deflate) and chunked. Under 1.0.x every request may also be sent as a POST with \
the query parameter `method` and a form for its body (alternate request syntax)."""
_SCOPES = """\
Key and secret of `lrs credential create`. An operation lists the scopes of which one is enough (Communication 4.0)."""


@cache
def openapi_document(public_url: str, joined: tuple[Callable[[], Piece], ...] = ()) -> Piece:
    """The document, for a service that clients reach at `public_url` ("" when at the root of its host).

    `joined` are the functions that tell the paths of what is served beside xAPI.
    """
    beside = {path: piece for paths in joined for path, piece in paths().items()}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Leerspoor", "version": __version__, "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": urlsplit(public_url).path.rstrip("/") or "/"}],
        "paths": {**statements.paths(), **documents.paths(), **others.paths(), **beside},
        "components": {
            "securitySchemes": {"basic": {"type": "http", "scheme": "basic", "description": _SCOPES}},
            "parameters": {"Version": _version()},
            "responses": refusals(),
            "schemas": _schemas(),
        },
    }  # fmt: skip


def _version() -> Piece:
    told = "The version of xAPI whose rules this request follows."
    schema = {"type": "string", "pattern": r"^(1\.0|2\.0)(\.[0-9]+)?$", "examples": ["1.0.3", "2.0.0"]}
    return {
        "name": "X-Experience-API-Version",
        "in": "header",
        "required": True,
        "description": told,
        "schema": schema,
    }


def _schemas() -> Piece:
    several = {"type": "array", "items": {"type": "string"}}
    return {
        "Error": ERROR,
        **_statement(),
        "StatementResult": {
            "type": "object",
            "required": ["statements", "more"],
            "properties": {
                "statements": {"type": "array", "items": {"$ref": "#/components/schemas/Statement"}},
                "more": {"type": "string", "description": "Where the next page is; empty on the last one."},
            },
        },
        "Activity": {
            "type": "object",
            "required": ["objectType", "id"],
            "properties": {
                "objectType": {"const": "Activity"}, "id": {"type": "string"}, "definition": {"type": "object"},
            },
        },
        "Person": {
            "type": "object",
            "required": ["objectType"],
            "properties": {
                "objectType": {"const": "Person"}, "name": several, "mbox": several, "mbox_sha1sum": several,
                "openid": several, "account": {"type": "array", "items": {"type": "object"}},
            },
        },
    }  # fmt: skip


def _statement() -> Piece:
    """The schema of statements; its definitions become components, since few programs resolve references inside one."""
    text = files("schemas.xapi").joinpath("2.0.0", "statement.json").read_text(encoding="utf-8")
    schema = json.loads(text.replace('"#/$defs/', '"#/components/schemas/'))
    definitions = schema.pop("$defs")
    del schema["$id"], schema["$schema"]
    return {"Statement": schema, **definitions}
