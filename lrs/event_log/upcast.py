"""Old payload versions are lifted while reading; the log itself is never rewritten."""

from typing import Any

from lrs.event_log.read import Event
from lrs.reference.entity import KINDS
from lrs.statement.json_text import parse_object

STATEMENT = "statement"
PERSON_LINKED = "person_linked"
DOCUMENT_STORED = "document_stored"
DOCUMENT_MERGED = "document_merged"
DOCUMENT_DELETED = "document_deleted"
DOCUMENT_KINDS = (DOCUMENT_STORED, DOCUMENT_MERGED, DOCUMENT_DELETED)

# The version that is written today, by kind.
CURRENT_VERSION = dict.fromkeys((STATEMENT, PERSON_LINKED, *DOCUMENT_KINDS, *KINDS), 1)


class UnknownEvent(ValueError):
    """The log holds a kind or version that this release does not know: it was written by a newer one."""


def lift(event: Event) -> Any:
    """The payload of an event as a value of the kind's current version.

    Raises UnknownEvent for what a newer release wrote; reading on would drop it silently.
    """
    if event.kind not in CURRENT_VERSION or event.version > CURRENT_VERSION[event.kind]:
        raise UnknownEvent(
            f"position {event.position}: {event.kind} version {event.version}; update this release"
        )
    return parse_object(event.body) if event.body is not None else None
