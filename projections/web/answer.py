"""Rows as an answer: one page of them, as JSON or CSV, with an entity tag and a link to the next page."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import quote, urlencode

import orjson
from flask import Response, request

from lrs import __version__
from lrs.http.behind_proxy import prefix
from projections.report.long_form import Row, write_csv
from projections.report.model import Publication
from projections.report.plain import publication_of
from projections.web.parameters import Asked

_CONTENT = {"json": "application/json", "csv": "text/csv; charset=utf-8; header=present"}


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows that are asked for, in an order that stays, and their columns."""

    columns: Sequence[str]
    all: Sequence[Row]


def answer(publication: Publication, asked: Asked, read: Callable[[], Rows]) -> Response:
    """200 with a page of rows, or 304 when the client has it; then nothing is read."""
    tag = _tag(publication, asked)
    if request.if_none_match.contains_weak(tag):
        return _labelled(Response(status=304), tag)
    found = read()
    page = found.all[asked.offset : asked.offset + asked.limit]
    write = _as_csv if asked.form == "csv" else _as_json
    response = Response(write(publication, asked, found, page), content_type=_CONTENT[asked.form])
    if asked.offset + asked.limit < len(found.all):
        response.headers["Link"] = f'<{_address(asked.offset + asked.limit)}>; rel="next"'
    return _labelled(response, tag)


def _tag(publication: Publication, asked: Asked) -> str:
    """A strong entity tag: the same publication, question and release give the same bytes."""
    told = [publication_of(publication), asdict(asked), request.path, __version__]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _labelled(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    response.vary.update(("Accept", "Authorization"))
    return response


def _as_json(publication: Publication, asked: Asked, found: Rows, page: Sequence[Row]) -> bytes:
    return orjson.dumps(
        {
            "publication": publication_of(publication),
            "total": len(found.all),
            "limit": asked.limit,
            "offset": asked.offset,
            "rows": page,
        }
    )


def _as_csv(publication: Publication, asked: Asked, found: Rows, page: Sequence[Row]) -> bytes:
    return write_csv(found.columns, map(_flat, page)).encode()


def _flat(row: Row) -> Row:
    """A list of words in one cell."""
    return {name: " ".join(value) if isinstance(value, list) else value for name, value in row.items()}


def _address(offset: int) -> str:
    """This request from another row on, under the path prefix by which clients reach us."""
    query = urlencode({**request.args.to_dict(), "offset": offset})
    return f"{prefix()}{quote(request.path)}?{query}"
