"""IRIs, as far as a store has to know them (RFC 3987): a scheme, and no character that an IRI cannot hold."""

import re

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]+')


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI."""
    return _IRI.fullmatch(text) is not None
