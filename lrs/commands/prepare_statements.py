"""Check statements and make their rows, outside of any transaction."""

import uuid
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from lrs.event_log.append import NewEvent
from lrs.event_log.upcast import CURRENT_VERSION, STATEMENT
from lrs.index.fill import Entry, statement_entry
from lrs.profile.conformance import ENFORCE, OFF, REPORT, refuse_broken
from lrs.profile.profiles import Finding, Profiles
from lrs.statement.agent_key import AgentKeys
from lrs.statement.attachments import Content, check_attachments
from lrs.statement.check import InvalidStatement, check_statement
from lrs.statement.compose import given
from lrs.statement.equality import equality_hash
from lrs.statement.instants import parse_instant
from lrs.statement.json_text import ParsedStatement, parse_statements


class Sender(NamedTuple):
    """On whose behalf statements are stored: what of the credential goes into the log."""

    store: str
    credential: str
    authority: str  # JSON text of an Agent
    authority_key: str
    profile_check: str = REPORT  # of lrs/profile/conformance.py
    may_define: bool = True  # whether what it says of activities counts (Communication 4.0: define)


class Prepared(NamedTuple):
    """A statement that has passed all checks, with its rows ready but for position and `stored`."""

    event: NewEvent
    entry: Entry
    id_is_ours: bool
    contents: tuple[str, ...] = ()  # SHA-2s of what came with it

    @property
    def statement_id(self) -> str:
        assert self.event.statement_id is not None  # noqa: S101  set by `prepare`
        return self.event.statement_id


def prepare(
    parsed: ParsedStatement,
    *,
    version: str,
    sender: Sender,
    keys: AgentKeys,
    profiles: Profiles,
    statement_id: str | None = None,
    contents: Mapping[str, Content] | None = None,
) -> Prepared:
    """Check one statement and make its rows, outside of any transaction.

    `version` is the xAPI version of the request; `statement_id` the id to give when it has none (lower case);
    `contents` those of attachments that came with it, by SHA-2: None where there is no knowing, as in an import.
    Raises InvalidStatement, also for a broken rule of a profile when the sender's are enforced.
    """
    value = parsed.value
    check_statement(value, version)
    named_contents = () if contents is None else check_attachments(value, contents)
    findings = _held_to(profiles, value, sender)
    own = value.get("id")
    if own is not None and statement_id is not None and own.lower() != statement_id:
        problem = "differs from the statementId of the request"
        raise InvalidStatement(problem, "$.id", "statement-id-match", "Communication 2.1.1")
    named = (own or statement_id or str(uuid.uuid4())).lower()
    happened = parse_instant(value["timestamp"]) if "timestamp" in value else None
    entry = statement_entry(
        value, store=sender.store, statement_id=named, happened=happened, credential=sender.credential, keys=keys,
        authority_key=sender.authority_key, findings=findings, may_define=sender.may_define,
    )  # fmt: skip
    event = NewEvent(
        store=sender.store, kind=STATEMENT, version=CURRENT_VERSION[STATEMENT], body=parsed.text,
        agent_keys=_keys_of(entry), credential=sender.credential, statement_id=named, happened=happened,
        equality_hash=equality_hash(value), given=int(given(value)), authority=sender.authority,
        xapi_version="2.0.0" if version.startswith("2") else "1.0.0",
    )  # fmt: skip
    return Prepared(event, entry, id_is_ours=own is None and statement_id is None, contents=named_contents)


def _held_to(profiles: Profiles, value: dict[str, Any], sender: Sender) -> list[Finding]:
    if sender.profile_check == OFF:
        return []
    findings = profiles.check(value)
    if sender.profile_check == ENFORCE:
        refuse_broken(findings)
    return findings


def _keys_of(entry: Entry) -> tuple[str, ...]:
    return tuple(sorted({key for key, _ in entry.agents}))


def refuse_repeated_ids(statements: Sequence[Prepared]) -> None:
    """Two statements of one request with one id: refused (Communication 2.1.2), whatever they say.

    Raises InvalidStatement that names the second one.
    """
    first: dict[str, int] = {}
    for i, statement in enumerate(statements):
        if statement.statement_id in first:
            raise InvalidStatement(
                f"has the same id as statement {first[statement.statement_id]} of this request",
                path=f"$[{i}].id", rule="statement-id-unique", spec="Communication 2.1.2",
            )  # fmt: skip
        first[statement.statement_id] = i


class Body(NamedTuple):
    """The body of a request that brings statements, with what decides how it is read."""

    content: bytes
    version: str  # of xAPI: "1.0.3" or "2.0.0"
    sender: Sender
    keys: AgentKeys
    profiles: Profiles
    max_depth: int
    max_batch: int
    statement_id: str | None = None  # for the one statement of a PUT
    contents: Mapping[str, Content] = MappingProxyType({})  # of attachments, by SHA-2 in lower case


class TooManyStatements(ValueError):
    """More statements in one request than the settings allow (413)."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"{count} statements in one request: LRS_MAX_BATCH is {most}")


def prepare_body(body: Body) -> list[Prepared]:
    """The statements of a request body, checked and ready to be stored together.

    Raises InvalidJson, InvalidStatement (its path says which one) or TooManyStatements.
    """
    parsed, is_batch = parse_statements(body.content, body.max_depth)
    if len(parsed) > body.max_batch:
        raise TooManyStatements(len(parsed), body.max_batch)
    if body.statement_id is not None and is_batch:
        raise InvalidStatement(
            "PUT takes one statement, POST takes a batch", "$", "single-statement", "Communication 2.1.1"
        )
    prepared = [_prepare_one(body, each, i if is_batch else None) for i, each in enumerate(parsed)]
    refuse_repeated_ids(prepared)
    _refuse_unused(body.contents, prepared)
    return prepared


def _refuse_unused(contents: Mapping[str, Content], statements: Sequence[Prepared]) -> None:
    if unused := set(contents).difference(*(statement.contents for statement in statements)):
        raise InvalidStatement(
            f"no attachment of these statements has the sha2 {min(unused)} of a part of this request",
            "$", "attachment-unused", "Communication 1.5.2",
        )  # fmt: skip


def _prepare_one(body: Body, parsed: ParsedStatement, index: int | None) -> Prepared:
    try:
        return prepare(
            parsed, version=body.version, sender=body.sender, keys=body.keys, profiles=body.profiles,
            statement_id=body.statement_id, contents=body.contents,
        )  # fmt: skip
    except InvalidStatement as error:
        if index is not None:
            error.path = f"$[{index}]{error.path[1:]}"
        raise
