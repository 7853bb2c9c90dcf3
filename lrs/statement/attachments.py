"""Attachments of a statement and the content that came with it (Data 2.4.11, Communication 1.5.2)."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from lrs.statement.invalid import InvalidStatement
from lrs.statement.signature import SIGNATURE, check_signature

_SPEC = "Communication 1.5.2"


class Content(Protocol):
    """The content of an attachment that came with a request; its SHA-2 is what it is kept under."""

    # What the headers of its part say, None when they say nothing.
    content_type: str | None
    content_length: str | None

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the beginning, however often it is asked."""
        ...


def attachments(statement: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The attachments of a statement, and of its SubStatement, each with its JSON path."""
    found = [(f"$.attachments[{i}]", each) for i, each in enumerate(statement.get("attachments", ()))]
    thing = statement["object"]
    if thing.get("objectType") == "SubStatement":
        found += [(f"$.object{path[1:]}", each) for path, each in attachments(thing)]
    return found


def check_attachments(statement: dict[str, Any], contents: Mapping[str, Content]) -> tuple[str, ...]:
    """Check a statement's attachments against the contents, by SHA-2 in lower case, that came with it.

    Returns the SHA-2s of those contents that are its own. Raises InvalidStatement for an attachment with neither
    content nor fileUrl, for content whose headers say another length or type, and for a signature that is none of this
    statement.
    """
    found: list[str] = []
    for path, attachment in attachments(statement):
        sha2 = attachment["sha2"].lower()
        content = contents.get(sha2)
        if content is not None:
            _check_content(attachment, content, path)
            found.append(sha2)
        elif "fileUrl" not in attachment:
            problem = "has no fileUrl, and no part of this request has its sha2"
            raise InvalidStatement(problem, path, "attachment-content", _SPEC)
        if attachment["usageType"] == SIGNATURE:
            _check_signature(statement, attachment, content, path)
    return tuple(dict.fromkeys(found))


def _check_content(attachment: dict[str, Any], content: Content, path: str) -> None:
    # Headers must match their property; how long the content really is need not match, if the SHA-2 is right.
    length = content.content_length
    if length is not None and length != str(attachment["length"]):
        problem = f"its part says Content-Length: {length[:40]}"
        raise InvalidStatement(problem, f"{path}.length", "attachment-length", _SPEC)
    # Parameters may differ: the specification's own example has a charset in the one and not in the other.
    stated = content.content_type
    if stated is not None and _media_type(stated) != _media_type(attachment["contentType"]):
        problem = f"its part says {stated[:80]!r}"
        raise InvalidStatement(problem, f"{path}.contentType", "attachment-type", _SPEC)


def _media_type(text: str) -> str:
    return text.partition(";")[0].strip().lower()


def _check_signature(
    statement: dict[str, Any], attachment: dict[str, Any], content: Content | None, path: str
) -> None:
    if _media_type(attachment["contentType"]) != "application/octet-stream":
        problem = "a signature's contentType is application/octet-stream"
        raise InvalidStatement(problem, f"{path}.contentType", "signature", "Data 2.6")
    if content is None:
        problem = "a signature comes with its statement, so that it can be checked"
        raise InvalidStatement(problem, path, "signature", "Data 2.6")
    check_signature(statement, b"".join(content.chunks()), path)
