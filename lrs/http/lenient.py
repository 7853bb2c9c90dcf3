"""What a lenient credential is forgiven: breaches of xAPI that clients in use commit and cannot be made to stop.

Every credential is strict unless `lrs credential set KEY --lenient` says otherwise. This is the whole list; what it
does not name is refused from everyone.
"""

from collections.abc import Set
from typing import NamedTuple

from flask import g


class Quirk(NamedTuple):
    """A breach of a rule: what is done about it, the rule, and whose it is."""

    forgiven: str
    rule: str
    clients: str


UNKNOWN_PARAMETERS = Quirk(
    "Query parameters that the resource does not know are ignored. One that differs from a known one in nothing but "
    "case is refused all the same: ignored, it would turn the deletion of one document into that of all.",
    "Communication 3.2: a parameter that is not recognised is answered with 400",
    "@xapi/xapi with useCacheBuster (`cachebuster`); tincanjs with `extended`, which adds the parameters of the launch "
    "to each request, as ADL's xAPIWrapper did in some releases",
)
UNSAID_NEW_PROFILE = Quirk(
    "A new activity or agent profile may be PUT without If-None-Match, as xAPI 2.0 allows; nothing is overwritten.",
    "Communication 3.1 of xAPI 1.0.3: such a PUT is answered with 400",
    "adl-xapiwrapper, which leaves the header to its caller; tincan for Python, which never sends it",
)
CAPITAL_BOOLEANS = Quirk(
    "The parameters that take true or false take True and False too.",
    "Communication 2.1.3: Boolean, which Data 2.2 spells as JSON does; another value is answered with 400",
    "tincan for Python, which writes every parameter as Python does",
)
FORGIVEN = (UNKNOWN_PARAMETERS, UNSAID_NEW_PROFILE, CAPITAL_BOOLEANS)


def is_lenient() -> bool:
    """Whether the credential of this request is forgiven what is listed here."""
    lenient: bool = g.credential.lenient
    return lenient


def may_be_ignored(name: str, known: Set[str]) -> bool:
    """Whether a query parameter that a resource does not know is forgiven (UNKNOWN_PARAMETERS)."""
    return is_lenient() and name.lower() not in {each.lower() for each in known}


def spelled_boolean(text: str) -> str:
    """A boolean parameter as it should have been spelled, where that is forgiven (CAPITAL_BOOLEANS)."""
    return text.lower() if text in ("True", "False") and is_lenient() else text
