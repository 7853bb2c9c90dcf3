"""Two JSON documents made one (Communication 2.2, JSON procedure)."""

from typing import Any

from lrs.statement.json_text import InvalidJson, parse_object
from lrs.statement.verbatim_json import verbatim_json

JSON = "application/json"


class NotMergeable(ValueError):
    """A document that cannot be posted, or not onto the one that is there (400)."""


class MergedTooLarge(ValueError):
    """Two documents that together would be larger than one may be (413)."""


def is_json(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() == JSON


def check_posted(content: bytes, content_type: str) -> None:
    """A posted document that says it is JSON is an object. Raises NotMergeable."""
    if is_json(content_type):
        _object(content, "the posted document")


def merge(existing: bytes, existing_type: str, posted: bytes, posted_type: str) -> bytes:
    """The existing object with the members of the posted one set on it, at the top level only.

    Raises NotMergeable unless both are JSON objects by content and by type.
    """
    if not (is_json(existing_type) and is_json(posted_type)):
        raise NotMergeable(f"only documents of {JSON} are merged")
    merged = _object(existing, "the document that is there") | _object(posted, "the posted document")
    return verbatim_json(merged).encode()


def _object(content: bytes, which: str) -> dict[str, Any]:
    try:
        value = parse_object(content)
    except InvalidJson as error:
        raise NotMergeable(f"{which} is not JSON: {error.message}") from error
    if not isinstance(value, dict):
        raise NotMergeable(f"{which} is no JSON object")
    return value
