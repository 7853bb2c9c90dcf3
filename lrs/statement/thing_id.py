"""Identifiers of things (activities, verbs, types) as they leave the LRS: never one that may hold a mailbox."""

import re

from lrs.statement.agent_key import AgentKeys

# An @ in any of its forms, percent-encoded once or more: `mailto:` IRIs, pages of people, user information of URLs.
_MAILBOX = re.compile(r"[@\uFE6B\uFF20]|%(?:25)*40")
_STAND_IN = "urn:leerspoor:thing"


def thing_id(iri: str, keys: AgentKeys) -> str:
    """The IRI as it stands; for one that may hold a mailbox `urn:leerspoor:thing:` with a key, always the same.

    The key is made as agent keys are, so nobody without the secret can try mailboxes on it. That more is replaced than
    mailboxes (`https://example.org/@school/goal`) costs a reader the text of the id, and no row.
    """
    if _MAILBOX.search(iri) is None:
        return iri
    return f"{_STAND_IN}:{keys.key({'account': {'homePage': _STAND_IN, 'name': iri}})}"
