"""The X-Experience-API-Version header (Communication 3.3): read on each request, set on each answer."""

import re
from functools import lru_cache

from flask import Response, g, request

from lrs.http.errors import Refused
from lrs.http.parts import parts

HEADER = "X-Experience-API-Version"
_SPEC = "Communication 3.3"


def read_version() -> None:
    """Note in `g.version` which version's rules this request follows: "1.0.3" or "2.0.0".

    Raises Refused 400 for a missing version and for one that we do not speak.
    """
    sent = request.environ.get("HTTP_X_EXPERIENCE_API_VERSION")
    if sent is None:
        raise Refused(400, f"the header {HEADER} is missing: 1.0.3 or 2.0.0", "version-header", _SPEC)
    spoken = _spoken(sent)
    if spoken is None:
        raise Refused(
            400, f"version {sent[:40]!r} is not spoken here: 1.0.x or 2.0.x", "version-header", _SPEC
        )
    g.version = spoken


@lru_cache(maxsize=64)
def _spoken(sent: str) -> str | None:
    """1.0 and every 1.0.x are answered as 1.0.3, every 2.0.x as 2.0.0."""
    named = re.fullmatch(r"([12]\.0)(\.[0-9]+)?", sent)
    return {"1.0": "1.0.3", "2.0": "2.0.0"}[named[1]] if named else None


def name_version(response: Response) -> Response:
    response.headers[HEADER] = g.get("version") or parts().settings.default_version
    return response
