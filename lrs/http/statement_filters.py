"""The query parameters of GET statements (Communication 2.1.3), read into Filters."""

import re
from typing import Any

from werkzeug.datastructures import MultiDict

from lrs.commands.prepare_statements import Sender
from lrs.http.errors import Refused
from lrs.queries.find_statements import Filters
from lrs.settings import Settings
from lrs.statement.agent_key import AgentKeys
from lrs.statement.check import InvalidStatement, check_agent
from lrs.statement.instants import parse_instant
from lrs.statement.iri import is_iri
from lrs.statement.json_text import InvalidJson, parse_object

FORMATS = ("exact", "ids", "canonical")
SPEC = "Communication 2.1.3"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FILTERS = {
    "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until", "limit",
    "ascending", "format",
}  # fmt: skip
_WITH_ID = {"statementId", "voidedStatementId", "format", "attachments"}
_KNOWN = _FILTERS | _WITH_ID | {"cursor"}


def refused(name: str, problem: str) -> Refused:
    return Refused(400, f"{name}: {problem}", f"parameter-{name}", SPEC, path=f"?{name}")


def check_names(arguments: MultiDict[str, str], known: set[str] = _KNOWN) -> None:
    """Raises Refused 400 for a parameter that is not known, that is given twice, or that does not go with an id."""
    for name, values in arguments.lists():
        if name not in known:
            raise refused(name[:40], "is not a parameter of this resource")
        if len(values) > 1:
            raise refused(name, "is given more than once")
    named = [n for n in ("statementId", "voidedStatementId") if n in arguments]
    if named and (beside := sorted(set(arguments) - {named[0], "format", "attachments"})):
        raise refused(beside[0], f"cannot be combined with {named[0]}")
    if arguments.get("format", "exact") not in FORMATS:
        raise refused("format", "takes ids, exact or canonical")
    if read_boolean(arguments, "attachments"):
        raise refused("attachments", "this release keeps no attachments")


def read_uuid(arguments: MultiDict[str, str], name: str) -> str:
    """A UUID parameter in lower case. Raises Refused 400 when it is none."""
    text = arguments[name]
    if not _UUID.fullmatch(text):
        raise refused(name, "is not a UUID")
    return text.lower()


def read_boolean(arguments: MultiDict[str, str], name: str) -> bool:
    text = arguments.get(name, "false")
    if text not in ("true", "false"):
        raise refused(name, "takes true or false")
    return text == "true"


def read_filters(
    arguments: MultiDict[str, str], *, sender: Sender, only_mine: bool, keys: AgentKeys, settings: Settings
) -> Filters:
    """Filters from the parameters, over the sender's store, or only over what the sender stored itself.

    Raises Refused 400 for a value that is not of its parameter's kind.
    """
    return Filters(
        store=sender.store,
        credential=sender.credential if only_mine else None,
        authority_key=sender.authority_key if only_mine else None,
        limit=_limit(arguments, settings),
        ascending=read_boolean(arguments, "ascending"),
        agent_key=_agent_key(arguments, keys),
        related_agents=read_boolean(arguments, "related_agents"),
        verb=_iri(arguments, "verb"),
        activity=_iri(arguments, "activity"),
        related_activities=read_boolean(arguments, "related_activities"),
        registration=read_uuid(arguments, "registration") if "registration" in arguments else None,
        since=_instant(arguments, "since"),
        until=_instant(arguments, "until"),
    )


def _limit(arguments: MultiDict[str, str], settings: Settings) -> int:
    text = arguments.get("limit")
    if text is None:
        return settings.page_size
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise refused("limit", "takes a number, 0 for as many as the server allows")
    return min(int(text) or settings.max_page_size, settings.max_page_size)


def _iri(arguments: MultiDict[str, str], name: str) -> str | None:
    text = arguments.get(name)
    if text is not None and not is_iri(text):
        raise refused(name, "is not an IRI")
    return text


def _instant(arguments: MultiDict[str, str], name: str) -> int | None:
    if name not in arguments:
        return None
    try:
        return parse_instant(arguments[name])
    except ValueError as error:
        raise refused(name, f"is not a timestamp: {error}") from error


def _agent_key(arguments: MultiDict[str, str], keys: AgentKeys) -> str | None:
    if "agent" not in arguments:
        return None
    try:
        agent: Any = parse_object(arguments["agent"])
        check_agent(agent)
    except (InvalidJson, InvalidStatement) as error:
        raise refused("agent", f"is not an Agent or identified Group: {error.message}") from error
    return keys.key(agent)
