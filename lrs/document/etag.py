"""Entity tags (Communication 3.1; RFC 9110, 8.8.3 and 13.1)."""

import hashlib
import re

# Stands for the tag of what is there but has none: only `*` names it.
UNTAGGED = "*"

_TAGS = re.compile(r'\s*(?:W/)?("[^"]*")\s*(?:,|$)')


def etag(content: bytes) -> str:
    """The entity tag of a document: its SHA-1 in quotes, as xAPI 1.0.3 wants it."""
    return f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'


def names(header: str, tag: str | None) -> bool:
    """Whether an If-Match or If-None-Match header names the tag of what is there; `*` names whatever is there.

    `tag` is None when nothing is there. Weak tags count as strong ones: proxies that pack an answer weaken its tag.
    """
    if tag is None:
        return False
    return header.strip() == "*" or tag in _TAGS.findall(header) or header.strip() == tag.strip('"')
