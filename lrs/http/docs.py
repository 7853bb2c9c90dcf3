"""/openapi.json: what the service offers, for programs; /docs: the same, to read. Open to everyone."""

import orjson
from flask import Blueprint, Response, render_template, request

from lrs.document.etag import etag, names
from lrs.http.behind_proxy import prefix
from lrs.http.joined import joined
from lrs.http.openapi.document import openapi_document
from lrs.http.openapi.pieces import Piece

docs = Blueprint("docs", __name__, template_folder="templates")


@docs.get("/openapi.json")
def openapi_json() -> Response:
    content = orjson.dumps(_document(), option=orjson.OPT_INDENT_2)
    return _tagged(content, "application/json")


@docs.get("/docs")
def openapi_page() -> Response:
    page = render_template("docs.html", document=_document())
    response = _tagged(page.encode(), "text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def _document() -> Piece:
    return openapi_document(prefix(), tuple(each.paths for each in joined()))


def _tagged(content: bytes, content_type: str) -> Response:
    tag = etag(content)
    seen = request.headers.get("If-None-Match")
    is_seen = seen is not None and names(seen, tag)
    response = Response(b"" if is_seen else content, 304 if is_seen else 200, content_type=content_type)
    response.headers["ETag"] = tag
    return response
