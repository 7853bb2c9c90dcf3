"""/xAPI/statements (Communication 2.1)."""

from lrs.http.openapi.pieces import (
    AGENT_OR_GROUP,
    BOOLEAN,
    INSTANT,
    IRI,
    UUID,
    Piece,
    json_of,
    operation,
    parameter,
    with_head,
)

_STATEMENT = {"$ref": "#/components/schemas/Statement"}
_BATCH = {"type": "array", "items": _STATEMENT}
_RESULT = {"$ref": "#/components/schemas/StatementResult"}
_THROUGH = {
    "X-Experience-API-Consistent-Through": {
        "description": "Every statement stored up to this instant is in this answer and in every later one.",
        "schema": INSTANT,
    }
}
_MIXED = {
    "schema": {
        "type": "string",
        "description": "The first part is application/json; each other part is the content of an attachment, with the "
        "headers Content-Type, Content-Transfer-Encoding: binary and X-Experience-API-Hash (its SHA-2 in hexadecimal).",
    }
}
_FILTERS = [
    parameter("statementId", UUID, "One statement by its id; goes with format and attachments only."),
    parameter("voidedStatementId", UUID, "One voided statement by its id; goes with format and attachments only."),
    parameter("agent", AGENT_OR_GROUP, "Statements whose actor or object it is."),
    parameter("verb", IRI, "Statements with this verb."),
    parameter("activity", IRI, "Statements whose object it is."),
    parameter("registration", UUID, "Statements of this registration."),
    parameter("related_activities", BOOLEAN, "`activity` anywhere in the statement: context, SubStatement."),
    parameter("related_agents", BOOLEAN, "`agent` anywhere in it: instructor, team, authority, SubStatement."),
    parameter("since", INSTANT, "Stored after this instant."),
    parameter("until", INSTANT, "Stored at this instant or before."),
    parameter("limit", {"type": "integer", "minimum": 0}, "Most statements on a page; 0 for as many as there may be."),
    parameter("format", {"enum": ["exact", "ids", "canonical"], "default": "exact"}, "How much, in what languages."),
    parameter("attachments", BOOLEAN, "Answer as multipart/mixed with the contents of attachments."),
    parameter("ascending", BOOLEAN, "Oldest first."),
    parameter("cursor", {"type": "string"}, "Of a `more` link; goes with nothing else. Follow the link as it is."),
]  # fmt: skip


def paths() -> Piece:
    get = operation(
        "getStatements", "One statement by its id, or a page of those that filters find",
        scopes=("statements/read", "statements/read/mine", "all/read", "all"), parameters=_FILTERS, refusals=(404,),
        answers={200: {
            "headers": _THROUGH,
            "content": {**json_of({"anyOf": [_RESULT, _STATEMENT]}), "multipart/mixed": _MIXED},
        }},
    )  # fmt: skip
    post = operation(
        "postStatements", "Store one statement or a batch, all or nothing", scopes=("statements/write", "all"),
        body={**json_of({"anyOf": [_STATEMENT, _BATCH]}), "multipart/mixed": _MIXED}, refusals=(409, 413, 415),
        answers={200: {
            "headers": _THROUGH, "description": "Their ids, in their order, stored now or before.",
            "content": json_of({"type": "array", "items": UUID}),
        }},
    )  # fmt: skip
    put = operation(
        "putStatement", "Store one statement under an id", scopes=("statements/write", "all"),
        parameters=[parameter("statementId", UUID, "The id of the statement.", required=True)],
        body={**json_of(_STATEMENT), "multipart/mixed": _MIXED}, refusals=(409, 413, 415),
        answers={204: {"headers": _THROUGH}},
    )  # fmt: skip
    return {"/xAPI/statements": {**with_head(get), "post": post, "put": put}}
