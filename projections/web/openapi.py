"""What the OpenAPI document says of the quality API."""

from collections.abc import Iterable

from lrs.http.openapi.pieces import Piece, json_of, operation, parameter, with_head
from projections.report.words import LANGUAGES
from projections.web.parameters import FORMATS, LIMIT, MOST

# One is enough; the first is the one that sees nothing else.
SCOPES = ("quality/read", "all/read", "all")
_NOT_NOW = "Nothing is published for this store yet, or it cannot be read: the answer says how to publish."


def _header(told: str) -> Piece:
    return {"description": told, "schema": {"type": "string"}}


_HEADERS = {
    "ETag": _header("Strong: the same publication and question give the same bytes."),
    "Link": _header("Where the next page is (RFC 8288, `next`); absent on the last one."),
}
_ROWS = {
    "type": "object",
    "required": ["publication", "total", "limit", "offset", "rows"],
    "properties": {
        "publication": {
            "type": "object",
            "description": "Of what moment this is, and which thresholds hold.",
        },
        "total": {"type": "integer", "description": "How many rows there are on all pages."},
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
        "rows": {"type": "array", "items": {"type": "object"}},
    },
}


def paths() -> Piece:
    year = parameter(
        "year", {"type": "string"}, "School year, such as 2025-2026 or 2025; all when not given."
    )
    lang = parameter(
        "lang", {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]}, "Language of the words."
    )
    return {
        "/api/v1/schools": _rows("getSchools", "Schools and their school years"),
        "/api/v1/schools/{school}/quality": _rows(
            "getQuality", "The figures of the school report, with how to read each", [_school(), year, lang]
        ),
        "/api/v1/schools/{school}/rok": _rows(
            "getRok", "Evidence for each expectation of the R-OK, with its strength", [_school(), year]
        ),
        "/api/v1/schools/{school}/indicators": _rows(
            "getIndicators", "The indicators of a school that may inform an expectation", [_school(), year]
        ),
    }


def _rows(name: str, summary: str, parameters: Iterable[Piece] = ()) -> Piece:
    content = {**json_of(_ROWS), "text/csv": {"schema": {"type": "string"}}}
    own = list(parameters)
    made = operation(
        name, summary, scopes=SCOPES, versioned=False,
        parameters=[*own, *_page()],
        answers={200: {"content": content, "headers": _HEADERS}, 304: {"headers": {"ETag": _HEADERS["ETag"]}}},
        refusals=(404,) if own else (),
    )  # fmt: skip
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    made["responses"]["503"] = {"description": _NOT_NOW, "content": refused}
    return with_head(made)


def _school() -> Piece:
    told = "The school's key, as /api/v1/schools lists it."
    return {
        "name": "school",
        "in": "path",
        "required": True,
        "description": told,
        "schema": {"type": "string"},
    }


def _page() -> list[Piece]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
    offset = {"type": "integer", "minimum": 0, "default": 0}
    form = {"type": "string", "enum": list(FORMATS)}
    return [
        parameter("limit", limit, "At most this many rows."),
        parameter("offset", offset, "How many rows to pass over."),
        parameter("format", form, "Instead of the Accept header: `application/json` or `text/csv`."),
    ]
