"""Where a document lies (Communication 2.2): its resource, and what it is kept by."""

from enum import StrEnum
from typing import Any, NamedTuple


class Resource(StrEnum):
    """The document resources."""

    STATE = "state"
    ACTIVITY_PROFILE = "activity_profile"
    AGENT_PROFILE = "agent_profile"


class Address(NamedTuple):
    """One document; or, with None for `document_id`, all documents of a context.

    `agent` is an Agent or identified Group. A registration is in lower case; a document of a registration is another
    one than that of the same id without.
    """

    resource: Resource
    activity_id: str | None = None
    agent: dict[str, Any] | None = None
    registration: str | None = None
    document_id: str | None = None
