"""What a cache may do with an answer (RFC 9111)."""

from flask import Response

ASK_AGAIN = "private, no-cache"


def keep_caches_fresh(response: Response) -> Response:
    """Let a cache keep an answer, but never give it without asking here first; shared caches keep nothing.

    An answer with Last-Modified and without this is one that a browser may give again for a tenth of its age without
    asking (RFC 9111, 4.2.2): content would read a document or a page of statements as it was before.
    """
    response.headers.setdefault("Cache-Control", ASK_AGAIN)
    return response
