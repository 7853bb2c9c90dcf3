"""The query parameters of GET statements (Communication 2.1.3), read into Filters."""

import re

from lrs.commands.prepare_statements import Sender
from lrs.http.parameters import (
    Arguments,
    check_known,
    optional,
    read_agent,
    read_boolean,
    read_instant,
    read_iri,
    read_uuid,
    wrong,
)
from lrs.queries.find_statements import Filters
from lrs.settings import Settings
from lrs.statement.agent_key import AgentKeys

FORMATS = ("exact", "ids", "canonical")
SPEC = "Communication 2.1.3"
_FILTERS = {
    "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit",
    "ascending", "format", "attachments",
}  # fmt: skip
_WITH_ID = {"statementId", "voidedStatementId", "format", "attachments"}
_KNOWN = _FILTERS | _WITH_ID | {"cursor"}


def check_names(arguments: Arguments, known: set[str] = _KNOWN) -> None:
    """Raises Refused 400 for a parameter that is not known, that is given twice, or that does not go with an id."""
    check_known(arguments, known, SPEC)
    named = [n for n in ("statementId", "voidedStatementId") if n in arguments]
    if named and (beside := sorted(known & set(arguments) - {named[0], "format", "attachments"})):
        raise wrong(beside[0], f"cannot be combined with {named[0]}", SPEC)
    if arguments.get("format", "exact") not in FORMATS:
        raise wrong("format", "takes ids, exact or canonical", SPEC)
    read_boolean(arguments, "attachments", SPEC)


def read_filters(
    arguments: Arguments, *, sender: Sender, only_mine: bool, keys: AgentKeys, settings: Settings
) -> Filters:
    """Filters from the parameters, over the sender's store, or only over what the sender stored itself.

    Raises Refused 400 for a value that is not of its parameter's kind.
    """

    agent = optional(arguments, "agent", SPEC, read_agent)
    return Filters(
        store=sender.store,
        credential=sender.credential if only_mine else None,
        authority_key=sender.authority_key if only_mine else None,
        limit=_limit(arguments, settings),
        ascending=read_boolean(arguments, "ascending", SPEC),
        agent_key=None if agent is None else keys.key(agent),
        related_agents=read_boolean(arguments, "related_agents", SPEC),
        verb=optional(arguments, "verb", SPEC, read_iri),
        activity=optional(arguments, "activity", SPEC, read_iri),
        related_activities=read_boolean(arguments, "related_activities", SPEC),
        registration=optional(arguments, "registration", SPEC, read_uuid),
        since=optional(arguments, "since", SPEC, read_instant),
        until=optional(arguments, "until", SPEC, read_instant),
    )


def _limit(arguments: Arguments, settings: Settings) -> int:
    text = arguments.get("limit")
    if text is None:
        return settings.page_size
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise wrong("limit", "takes a number, 0 for as many as the server allows", SPEC)
    return min(int(text) or settings.max_page_size, settings.max_page_size)
