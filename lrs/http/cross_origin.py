"""Cross-origin requests of browsers (the Fetch standard's CORS protocol): content of one site, an LRS on another."""

from flask import Response, request

from lrs.http.parts import parts

METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_ALLOWED = (
    "Authorization, Content-Type, Content-Encoding, If-Match, If-None-Match, Accept-Language, "
    "X-Experience-API-Version, X-Experience-API-Hash, X-Request-Id"
)
_EXPOSED = (
    "ETag, Last-Modified, Link, Retry-After, X-Experience-API-Version, X-Experience-API-Consistent-Through, "
    "X-Experience-API-Hash, X-Request-Id"
)
_MAX_AGE_SECONDS = 86_400


def answer_preflight() -> Response | None:
    """The answer to a browser's question before the request proper, which carries no credentials yet."""
    if request.method != "OPTIONS" or request.endpoint is None:
        return None
    response = Response(status=204)
    response.headers["Allow"] = METHODS
    if "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED
        response.headers["Access-Control-Max-Age"] = str(_MAX_AGE_SECONDS)
    return response


def name_origin(response: Response) -> Response:
    """Let the page that asked read the answer, if its origin is among LRS_ORIGINS.

    Credentials come in a header that the page sets itself and never in a cookie, so any origin may ask by default.
    """
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is None:
        return response
    allowed = parts().settings.origins
    if allowed != "*":
        response.vary.add("Origin")
    if allowed == "*" or origin in allowed.split():
        response.headers["Access-Control-Allow-Origin"] = "*" if allowed == "*" else origin
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return response
