"""What the three document resources share (Communication 2.2): PUT, POST, GET and DELETE of one, GET of ids."""

import re
from collections.abc import Sequence

import orjson
from flask import Response, g, request
from werkzeug.http import http_date

from lrs.commands.change_document import Change, change_document
from lrs.document.address import Address
from lrs.document.etag import names
from lrs.document.precondition import Preconditions
from lrs.http.body import read_body
from lrs.http.errors import Refused
from lrs.http.lenient import is_lenient
from lrs.http.parts import parts
from lrs.index.documents import StoredDocument
from lrs.queries.read_documents import list_documents, read_document, read_document_content

DEFAULT_TYPE = "application/octet-stream"
# A form of the alternate syntax can hold what no header can, and what could then never be answered (RFC 9110, 5.5).
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


def change(address: Address) -> Response:
    """PUT, POST or DELETE what is at an address; 204."""
    is_delete = request.method == "DELETE"
    headers = request.headers
    wanted = Change(
        request.method, address, g.sender.store, g.sender.credential, parts().keys, g.version,
        Preconditions(headers.get("If-Match"), headers.get("If-None-Match"), is_lenient()),
        None if is_delete else read_body(), _content_type(),
        parts().settings.max_body_bytes,
    )  # fmt: skip
    change_document(parts().writer, wanted)
    return Response(status=204)


def _content_type() -> str:
    given = request.headers.get("Content-Type") or DEFAULT_TYPE
    if not _HEADER_VALUE.fullmatch(given):
        raise Refused(400, "Content-Type cannot be the value of a header", "content-type", "RFC 9110 5.5")
    return given


def one(address: Address) -> Response:
    """The document at an address, as it was sent; 304 for a reader who names its tag, 404 when there is none."""
    store = g.sender.store
    with parts().database.reading() as connection:
        document = read_document(connection, address, store=store, keys=parts().keys)
        if document is None:
            problem = f"there is no document {address.document_id!r} here"
            raise Refused(404, problem, "not-found", "Communication 2.2")
        content = read_document_content(connection, document, store=store)
    seen = request.headers.get("If-None-Match")
    is_seen = seen is not None and names(seen, document.etag)
    response = Response(
        b"" if is_seen else content, 304 if is_seen else 200, content_type=document.content_type
    )
    response.headers["ETag"] = document.etag
    return _dated(response, [document])


def ids(context: Address, since: int | None) -> Response:
    """The ids of the documents of a context, as a JSON array, oldest change first."""
    with parts().database.reading() as connection:
        found = list_documents(connection, context, store=g.sender.store, keys=parts().keys, since=since)
    named = list(dict.fromkeys(document.document_id for document in found))
    return _dated(Response(orjson.dumps(named), content_type="application/json"), found)


def _dated(response: Response, documents: Sequence[StoredDocument]) -> Response:
    if documents:
        response.headers["Last-Modified"] = http_date(max(d.updated for d in documents) / 1e6)
    return response
