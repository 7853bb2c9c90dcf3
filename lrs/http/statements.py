"""/xAPI/statements (Communication 2.1): PUT, POST and GET."""

from collections.abc import Sequence
from dataclasses import replace

import orjson
import sqlalchemy as sa
from flask import Blueprint, Response, g, request
from werkzeug.http import http_date

from lrs.commands.prepare_statements import Body
from lrs.commands.store_statements import Outcome, store_body
from lrs.event_log.append import read_head
from lrs.http.behind_proxy import prefix
from lrs.http.body import read_body
from lrs.http.credentials import require
from lrs.http.errors import Refused, respond, unavailable
from lrs.http.more import Cursor, more_link, read_cursor
from lrs.http.multipart_answer import mixed
from lrs.http.multipart_body import MULTIPART, Received
from lrs.http.parameters import read_uuid
from lrs.http.parts import parts
from lrs.http.present import present
from lrs.http.statement_filters import SPEC, check_names, read_filters
from lrs.queries.find_attachments import find_attachments
from lrs.queries.find_statements import find_statements
from lrs.queries.read_statements import ReadStatement, read_statement
from lrs.statement.instants import format_instant

statements = Blueprint("statements", __name__)

CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
_JSON = "application/json"


@statements.after_request
def say_how_far(response: Response) -> Response:
    """Every statement stored up to this instant is in the answer, and in every later one (Communication 2.1.3)."""
    if response.status_code == 503:  # the log cannot be read now
        return response
    try:
        through = g.get("through") or _consistent_through()
    except sa.exc.SQLAlchemyError as error:  # nor now, and nothing was stored
        return respond(unavailable(error))
    response.headers[CONSISTENT_THROUGH] = format_instant(through)
    return response


def _consistent_through() -> int:
    """Now, if nobody is writing; else what the last one stored. In microseconds; asked before the answer is read."""
    quiet = parts().database.quiet_moment()
    with parts().database.reading() as connection:
        head = read_head(connection)
    return max(quiet or 0, head.stored)


@statements.post("/statements")
def post_statements() -> Response:
    """Store one statement or a batch; answers the ids of all of them, in their order, stored now or before."""
    require("statements/write", "all")
    if request.query_string:
        check_names(request.args, set())
    return Response(orjson.dumps(_store().ids), content_type=_JSON)


@statements.put("/statements")
def put_statement() -> Response:
    """Store one statement under the id of the query parameter."""
    require("statements/write", "all")
    check_names(request.args, {"statementId"})
    statement_id = read_uuid(request.args, "statementId", "Communication 2.1.1")
    _store(statement_id)
    return Response(status=204)


def _store(statement_id: str | None = None) -> Outcome:
    if request.environ.get("CONTENT_TYPE") == _JSON or request.mimetype == _JSON:
        outcome = store_body(parts().writer, _body(read_body(), statement_id))
    elif request.mimetype == MULTIPART:
        with Received() as received:
            received.read()
            body = _body(bytes(received.statements), statement_id)
            outcome = store_body(parts().writer, body._replace(contents=received.contents))
    else:
        problem = f"the Content-Type must be {_JSON} or {MULTIPART}"
        raise Refused(400, problem, "content-type", "Communication 1.5")
    g.through, g.outcome = outcome.head.stored, outcome
    return outcome


def _body(content: bytes, statement_id: str | None) -> Body:
    shared = parts()
    most = shared.settings.max_json_depth, shared.settings.max_batch
    return Body(content, g.version, g.sender, shared.keys, shared.profiles, *most, statement_id)


@statements.get("/statements")
def get_statements() -> Response:
    """One statement by its id, or a page of those that the filters find."""
    require("statements/read", "statements/read/mine", "all/read", "all")
    check_names(request.args)
    quiet = parts().database.quiet_moment()
    with parts().database.reading() as connection:
        g.head = read_head(connection)
        g.through = max(quiet or 0, g.head.stored)
        for name, voided in (("statementId", False), ("voidedStatementId", True)):
            if name in request.args:
                return _one(connection, read_uuid(request.args, name, SPEC), voided)
        return _page(connection)


def _one(connection: sa.Connection, statement_id: str, voided: bool) -> Response:
    found = read_statement(connection, g.credential.store, statement_id, voided=voided)
    if found is None or not _is_allowed(found):
        kind = "voided statement" if voided else "statement"
        raise Refused(404, f"there is no {kind} {statement_id} here", "not-found", "Communication 2.1.3")
    [text] = present(connection, [found], request.args.get("format", "exact"))
    response = _answer(connection, text, [found], request.args.get("attachments") == "true")
    response.headers["Last-Modified"] = http_date(found.stored / 1e6)
    return response


def _is_allowed(found: ReadStatement) -> bool:
    return not _only_mine() or found.credential == g.credential.key


def _only_mine() -> bool:
    """Whether this request may only see what its own credential stored (Communication 4.0: statements/read/mine)."""
    return not g.credential.may("statements/read", "all/read", "all")


def _page(connection: sa.Connection) -> Response:
    shared = parts()
    asked = _asked()
    most = shared.settings.max_page_bytes
    page = find_statements(
        connection, asked.filters, snapshot=asked.snapshot, after=asked.after, most_bytes=most
    )
    more = ""
    if page.last is not None:
        next_page = replace(asked, after=page.last)
        more = more_link(next_page, prefix=prefix(), secret=shared.token_secret)
    texts = present(connection, page.statements, asked.format)
    body = f'{{"statements":[{",".join(texts)}],"more":{orjson.dumps(more).decode()}}}'
    response = _answer(connection, body, page.statements, asked.attachments)
    if page.statements:
        response.headers["Last-Modified"] = http_date(max(s.stored for s in page.statements) / 1e6)
    return response


def _answer(
    connection: sa.Connection, text: str, found: Sequence[ReadStatement], attachments: bool
) -> Response:
    """JSON; or, when the request asks for attachments, multipart/mixed, even if there are none."""
    if not attachments:
        return Response(text, content_type=_JSON)
    attached = find_attachments(connection, g.sender.store, [statement.text for statement in found])
    return mixed(text, attached, database=parts().database, store=g.sender.store)


def _asked() -> Cursor:
    """What the request asks for: a first page by its parameters, or a further one by the `more` link it follows."""
    shared, args = parts(), request.args
    if "cursor" not in args:
        filters = read_filters(
            args, sender=g.sender, only_mine=_only_mine(), keys=shared.keys, settings=shared.settings
        )
        with_attachments = args.get("attachments") == "true"
        return Cursor(filters, g.head.position, None, args.get("format", "exact"), with_attachments)
    check_names(args, {"cursor"})
    cursor = read_cursor(args["cursor"], shared.token_secret, store=g.sender.store)
    if _only_mine() and cursor.filters.credential != g.sender.credential:
        problem = "this `more` link reaches further than the credential may"
        raise Refused(403, problem, "scope", "Communication 4.0")
    return cursor
