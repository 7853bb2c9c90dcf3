"""Which attachments of some statements the store keeps the content of."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson
import sqlalchemy as sa

from lrs.event_log.content import kept_contents
from lrs.statement.attachments import attachments


class Attached(NamedTuple):
    """An attachment whose content is kept: its SHA-2 in lower case, and the type that its statement gives it."""

    sha2: str
    content_type: str


def find_attachments(connection: sa.Connection, store: str, texts: Sequence[str]) -> list[Attached]:
    """The attachments of statements, given as JSON texts, whose content is kept; each content once, in their order."""
    named: dict[str, Attached] = {}
    for text in texts:
        if '"attachments"' in text:
            for _, each in attachments(orjson.loads(text)):
                sha2 = each["sha2"].lower()
                named.setdefault(sha2, Attached(sha2, each["contentType"]))
    kept = kept_contents(connection, store, list(named))
    return [attached for sha2, attached in named.items() if sha2 in kept]
