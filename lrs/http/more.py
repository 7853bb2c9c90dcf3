"""The `more` link: a signed token that holds the whole query, so that no server keeps anything between two pages.

It carries the position of the log at the first page, so that the pages together show one moment of it, whatever is
stored meanwhile; the rights are those of the credential that follows it.
"""

import base64
import binascii
import hashlib
import hmac
import zlib
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from lrs.http.errors import Refused
from lrs.queries.find_statements import Filters

_SIGNATURE_BYTES = 16
# A token unpacks to the parameters of one query, which came in a URL: anything larger was not made here.
_LARGEST_TOKEN = 65_536


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a walk through the pages stands: `after` is the last position seen, None before the first page."""

    filters: Filters
    snapshot: int
    after: int | None
    format: str = "exact"
    attachments: bool = False


def more_link(cursor: Cursor, *, prefix: str, secret: bytes) -> str:
    """The `more` IRL of a page, relative to the origin (Data 2.5), under a path prefix without a slash at its end."""
    return f"{prefix}/xAPI/statements?cursor={_write(cursor, secret)}"


def read_cursor(token: str, secret: bytes, *, store: str) -> Cursor:
    """The cursor of a token. Raises Refused 400 for one that was not made here, or was made for another store."""
    try:
        packed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        body, signature = packed[:-_SIGNATURE_BYTES], packed[-_SIGNATURE_BYTES:]
        if not hmac.compare_digest(_sign(body, secret), signature):
            raise ValueError
        fields: dict[str, Any] = orjson.loads(zlib.decompressobj().decompress(body, _LARGEST_TOKEN))
    except (ValueError, binascii.Error, zlib.error) as error:
        raise _not_ours() from error
    if fields["filters"]["store"] != store:
        raise _not_ours()
    return Cursor(**{**fields, "filters": Filters(**fields["filters"])})


def _write(cursor: Cursor, secret: bytes) -> str:
    body = zlib.compress(orjson.dumps(asdict(cursor)))
    return base64.urlsafe_b64encode(body + _sign(body, secret)).decode().rstrip("=")


def _sign(body: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, body, hashlib.sha256)[:_SIGNATURE_BYTES]


def _not_ours() -> Refused:
    return Refused(
        400, "this `more` link was not made by this store", "more-link", "Data 2.5", path="?cursor"
    )
