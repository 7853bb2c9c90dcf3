"""The alternate request syntax of xAPI 1.0.3 (Communication 1.3): any request as a POST with a form for its body.

It decides on the method, so it is turned into the request that is meant before routing. xAPI 2.0 has it no more.
"""

import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

from lrs.http.errors import Refused

PROBLEM = "leerspoor.refused"
_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
_SPEC = "Communication 1.3"
# The form fields that stand for headers, and the names that a WSGI server gives those.
_HEADERS = {
    "authorization": "HTTP_AUTHORIZATION",
    "x-experience-api-version": "HTTP_X_EXPERIENCE_API_VERSION",
    "content-type": "CONTENT_TYPE",
    "content-length": None,  # of the content in the form: counted here
    "if-match": "HTTP_IF_MATCH",
    "if-none-match": "HTTP_IF_NONE_MATCH",
}
Environ = dict[str, Any]


class AlternateSyntax:
    """WSGI middleware. What is wrong with a form is noted under PROBLEM, to be answered as every other error is."""

    def __init__(self, app: Callable[..., Iterable[bytes]], largest_body: int) -> None:
        self._app, self._largest_body = app, largest_body

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST" and "method=" in environ.get("QUERY_STRING", ""):
            try:
                self._rewrite(environ)
            except Refused as problem:
                environ[PROBLEM] = problem
        return self._app(environ, start_response)

    def _rewrite(self, environ: Environ) -> None:
        query = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
        if "method" not in query or _is_later_than_1_0(environ.get("HTTP_X_EXPERIENCE_API_VERSION")):
            return
        fields = _fields(self._body(environ))
        if _is_later_than_1_0(dict(fields).get("X-Experience-API-Version")):
            raise Refused(
                400, "xAPI 2.0 has no alternate request syntax", "alternate-syntax", "IEEE 9274.1.1"
            )
        if set(query) != {"method"} or len(query["method"]) > 1 or query["method"][0] not in _METHODS:
            problem = "the only query parameter is `method`, one of " + ", ".join(_METHODS)
            raise Refused(400, problem, "alternate-syntax", _SPEC, "?method")
        _become(environ, query["method"][0], fields)

    def _body(self, environ: Environ) -> bytes:
        length = environ.get("CONTENT_LENGTH") or ""
        most = int(length) if length.isdecimal() else self._largest_body + 1
        body: bytes = environ["wsgi.input"].read(min(most, self._largest_body + 1))
        if len(body) > self._largest_body:
            problem = f"the form is larger than LRS_MAX_BODY_BYTES allows ({self._largest_body} bytes)"
            raise Refused(413, problem, "max-body-bytes")
        return body


def _is_later_than_1_0(version: str | None) -> bool:
    return version is not None and version.startswith("2")


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict"
        )
    except ValueError as error:  # of which an error of Unicode is one kind
        problem = "the body is no form of application/x-www-form-urlencoded in UTF-8"
        raise Refused(400, problem, "alternate-syntax", _SPEC) from error


def _become(environ: Environ, method: str, fields: list[tuple[str, str]]) -> None:
    """Make the environment that of the request which is meant."""
    contents = [value for name, value in fields if name == "content"]
    if len(contents) != 1 and method in ("PUT", "POST"):
        raise Refused(400, "the form has one field `content` for the body", "alternate-syntax", _SPEC)
    environ["CONTENT_TYPE"] = "application/json"
    for name, value in fields:
        if header := _HEADERS.get(name.lower()):
            environ[header] = value
    parameters = [(n, v) for n, v in fields if n != "content" and n.lower() not in _HEADERS]
    content = contents[0].encode() if contents and method in ("PUT", "POST") else b""
    environ |= {
        "REQUEST_METHOD": method, "QUERY_STRING": urlencode(parameters), "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": io.BytesIO(content),
    }  # fmt: skip
