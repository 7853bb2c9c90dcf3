"""Whether a document may be changed now (Communication 3.1): the one place where the two versions of xAPI differ."""

from typing import NamedTuple

from lrs.document.address import Resource
from lrs.document.etag import names


class Preconditions(NamedTuple):
    """The headers of a request that say what the client thinks is there, and how strictly they are asked for."""

    if_match: str | None = None
    if_none_match: str | None = None
    may_leave_new_unsaid: bool = False  # a new profile is taken without a header in xAPI 1.0.3 too

    @property
    def are_given(self) -> bool:
        return self.if_match is not None or self.if_none_match is not None


class PreconditionFailed(Exception):
    """What is there is not what the client thought (412)."""


class PreconditionMissing(Exception):
    """A new profile document is put without saying that it is new (400; xAPI 1.0.3)."""


class DocumentExists(Exception):
    """A document would be overwritten by a client that does not say that it knows it (409)."""


def check_preconditions(
    given: Preconditions, tag: str | None, *, method: str, resource: Resource, version: str
) -> None:
    """Check a PUT, POST or DELETE against the entity tag of what is there, None when nothing is.

    Without either header a PUT may not overwrite. xAPI 1.0.3 permits it for State all the same, and asks for a header
    when a profile document is new; xAPI 2.0 does neither. Raises PreconditionFailed, PreconditionMissing or
    DocumentExists.
    """
    if given.if_match is not None and not names(given.if_match, tag):
        raise PreconditionFailed("If-Match does not name the document that is there")
    if given.if_none_match is not None and names(given.if_none_match, tag):
        raise PreconditionFailed("If-None-Match names the document that is there")
    if method != "PUT" or given.are_given:
        return
    is_1_0, is_state = version.startswith("1"), resource is Resource.STATE
    if tag is not None and not (is_1_0 and is_state):
        raise DocumentExists("a document is there: name it by If-Match, or read it first")
    if tag is None and is_1_0 and not (is_state or given.may_leave_new_unsaid):
        raise PreconditionMissing("a new profile document is put with If-None-Match: *")
