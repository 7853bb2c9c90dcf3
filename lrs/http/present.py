"""Statements as the request wants to read them: its format, its languages, its version of xAPI."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask import g, request

from lrs.index.activities import read_definitions
from lrs.queries.read_statements import ReadStatement
from lrs.statement.formats import activity_ids, canonical, ids_only, without_later_members


def present(connection: sa.Connection, found: Sequence[ReadStatement], format: str) -> list[str]:
    """The JSON text of each statement in the format `exact`, `ids` or `canonical` (Communication 2.1.3)."""
    texts = [_readable(statement) for statement in found]
    if format == "ids":
        return [ids_only(text) for text in texts]
    if format == "canonical":
        preferences = list(request.accept_languages)
        named = [iri for text in texts for iri in activity_ids(text)]
        definitions = read_definitions(connection, g.sender.store, named)
        return [canonical(text, definitions, preferences) for text in texts]
    return texts


def _readable(statement: ReadStatement) -> str:
    if g.version.startswith("1") and statement.version.startswith("2"):
        return without_later_members(statement.text)
    return statement.text
