"""/xAPI/statements (Communication 2.1): PUT, POST and GET."""

from dataclasses import replace

import orjson
import sqlalchemy as sa
from flask import Blueprint, Response, g, request
from werkzeug.http import http_date

from lrs.commands.prepare_statements import Body
from lrs.commands.store_statements import store_body
from lrs.event_log.append import read_head
from lrs.http.body import read_body
from lrs.http.credentials import require
from lrs.http.errors import Refused
from lrs.http.more import Cursor, more_link, read_cursor
from lrs.http.parameters import read_uuid
from lrs.http.parts import parts
from lrs.http.present import present
from lrs.http.statement_filters import SPEC, check_names, read_filters
from lrs.queries.find_statements import find_statements
from lrs.queries.read_statements import ReadStatement, read_statement
from lrs.statement.instants import format_instant

statements = Blueprint("statements", __name__)

CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
_JSON = "application/json"


@statements.after_request
def say_how_far(response: Response) -> Response:
    """Every statement stored up to this instant is in the answer, and in every later one (Communication 2.1.3)."""
    if response.status_code != 503:  # the log cannot be read now
        through = g.get("through") or _consistent_through()
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
    outcome = store_body(parts().writer, _body())
    g.through = outcome.head.stored
    return Response(orjson.dumps(outcome.ids), content_type=_JSON)


@statements.put("/statements")
def put_statement() -> Response:
    """Store one statement under the id of the query parameter."""
    require("statements/write", "all")
    check_names(request.args, {"statementId"})
    statement_id = read_uuid(request.args, "statementId", "Communication 2.1.1")
    outcome = store_body(parts().writer, _body(statement_id))
    g.through = outcome.head.stored
    return Response(status=204)


def _body(statement_id: str | None = None) -> Body:
    if request.environ.get("CONTENT_TYPE") != _JSON and request.mimetype != _JSON:
        raise Refused(400, f"the Content-Type must be {_JSON}", "content-type", "Communication 2.1")
    shared = parts()
    content, settings = read_body(), shared.settings
    most = settings.max_json_depth, settings.max_batch
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
    response = Response(text, content_type=_JSON)
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
    page = find_statements(connection, asked.filters, snapshot=asked.snapshot, after=asked.after)
    more = ""
    if page.last is not None:
        next_page = replace(asked, after=page.last)
        more = more_link(next_page, public_url=shared.settings.public_url, secret=shared.token_secret)
    texts = present(connection, page.statements, asked.format)
    body = f'{{"statements":[{",".join(texts)}],"more":{orjson.dumps(more).decode()}}}'
    response = Response(body, content_type=_JSON)
    if page.statements:
        response.headers["Last-Modified"] = http_date(max(s.stored for s in page.statements) / 1e6)
    return response


def _asked() -> Cursor:
    """What the request asks for: a first page by its parameters, or a further one by the `more` link it follows."""
    shared, args = parts(), request.args
    if "cursor" not in args:
        filters = read_filters(
            args, sender=g.sender, only_mine=_only_mine(), keys=shared.keys, settings=shared.settings
        )
        return Cursor(filters, g.head.position, None, args.get("format", "exact"))
    check_names(args, {"cursor"})
    cursor = read_cursor(args["cursor"], shared.token_secret, store=g.sender.store)
    if _only_mine() and cursor.filters.credential != g.sender.credential:
        problem = "this `more` link reaches further than the credential may"
        raise Refused(403, problem, "scope", "Communication 4.0")
    return cursor
