"""IRIs, as far as a store has to know them (RFC 3987): a scheme, and no character that an IRI cannot hold."""

import re

_LONG_SPELLING, _SHORT_SPELLING = "http://activitystrea.ms/schema/1.0/", "http://activitystrea.ms/"
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+')


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI."""
    return _IRI.fullmatch(text) is not None


def one_spelling(iri: str) -> str:
    """The IRI of a verb or activity type in one spelling: those of activitystrea.ms are written in two ways."""
    return iri.replace(_LONG_SPELLING, _SHORT_SPELLING) if iri.startswith(_LONG_SPELLING) else iri
