"""The stated mapping from a roster's people to their xAPI accounts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lrs.statement.check import InvalidStatement, check_agent

# The columns of users.csv that hold one value (OneRoster 1.1 and 1.2).
FIELDS = ("sourcedId", "identifier", "username", "email", "userMasterIdentifier")
_USER_ID = re.compile(r"\{([^:{}]+):([^{}]*)\}")
MAILBOX = "mbox"


class InvalidMapping(ValueError):
    """An account mapping cannot be used; the text says what it takes."""


class AccountRule(NamedTuple):
    """People have an account on a home page (or, for `mbox`, a mailbox) whose name is found in `field`."""

    home_page: str
    field: str

    def __str__(self) -> str:
        return f"{self.home_page}={self.field}"


def parse_rule(text: str) -> AccountRule:
    """`HOMEPAGE=FIELD` or `mbox=email`.

    FIELD is a column of users.csv (sourcedId, identifier, username, email, userMasterIdentifier, metadata.NAME),
    `userIds:TYPE` for an entry of its userIds, or `profile:NAME` for the username in userProfiles.csv whose vendorId,
    applicationId or profileType is NAME. Raises InvalidMapping.
    """
    home_page, _, field = text.rpartition("=")
    known = field in FIELDS or re.fullmatch(r"(metadata\.|userIds:|profile:).+", field)
    if not home_page or not known:
        raise InvalidMapping(
            f"{text!r} is no account mapping: HOMEPAGE=FIELD, where FIELD is {', '.join(FIELDS)}, metadata.NAME, "
            "userIds:TYPE or profile:NAME; or mbox=email"
        )
    if home_page != MAILBOX:
        _check({"account": {"homePage": home_page, "name": "1"}}, text)
    return AccountRule(home_page, field)


def _check(agent: dict[str, Any], text: str) -> None:
    try:
        check_agent(agent)
    except InvalidStatement as error:
        raise InvalidMapping(f"{text!r}: {error.message}") from error


def agents_of(
    rules: Sequence[AccountRule], user: Mapping[str, str], profiles: Iterable[Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The xAPI agents of a user (a row of users.csv) by the rules, each once; a field that is empty gives none.

    Raises InvalidMapping when a value makes no agent.
    """
    made: list[dict[str, Any]] = []
    for rule in rules:
        if name := _value(rule.field, user, list(profiles)):
            agent = _agent(rule.home_page, name)
            _check(agent, f"{rule}: {name}")
            made += [agent] if agent not in made else []
    return made


def _agent(home_page: str, name: str) -> dict[str, Any]:
    if home_page == MAILBOX:
        return {"mbox": name if name.startswith("mailto:") else f"mailto:{name}"}
    return {"account": {"homePage": home_page, "name": name}}


def _value(field: str, user: Mapping[str, str], profiles: Sequence[Mapping[str, str]]) -> str | None:
    kind, _, name = field.partition(":")
    if kind == "userIds" and name:
        return dict(_USER_ID.findall(user.get("userIds", ""))).get(name)
    if kind == "profile" and name:
        named = [
            p for p in profiles if name in (p.get("vendorId"), p.get("applicationId"), p.get("profileType"))
        ]
        return next((p["username"] for p in named if "username" in p), None)
    return user.get(field)
