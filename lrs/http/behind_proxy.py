"""A path prefix before us: what a proxy took off of the path of a request, or left for us to take off."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import request

# What can stand before our paths and in the links that we give: no second slash, which would begin a host's name.
_WELL_FORMED = re.compile(r"(?:/[A-Za-z0-9._~-]+)+").fullmatch
# A prefix of these names is taken off by the proxy only: a path that begins with it may be ours.
_OURS = frozenset(("/xAPI", "/api", "/docs", "/health", "/metrics"))
Environ = dict[str, Any]


class BehindProxy:
    """WSGI middleware: keeps the prefix of a request in SCRIPT_NAME, and its path without it in PATH_INFO.

    The prefix is that of LRS_PUBLIC_URL, or, where the proxy is trusted (LRS_TRUST_PROXY), what it says in
    X-Forwarded-Prefix. Nothing else that a proxy forwards is used: links are relative to the host, and an authority is
    named by LRS_PUBLIC_URL, so that no request can change it.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]], public_url: str, *, trusts: bool) -> None:
        self._app, self._trusts = app, trusts
        self._prefix = urlsplit(public_url).path.rstrip("/")

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        found = self._forwarded(environ) or self._prefix
        if found:
            environ["SCRIPT_NAME"] = found
            path = environ["PATH_INFO"]
            if found not in _OURS and (path == found or path.startswith(f"{found}/")):
                environ["PATH_INFO"] = path[len(found) :]
        return self._app(environ, start_response)

    def _forwarded(self, environ: Environ) -> str:
        if not self._trusts:
            return ""
        sent = environ.get("HTTP_X_FORWARDED_PREFIX", "").rstrip("/")
        return sent if _WELL_FORMED(sent) else ""


def prefix() -> str:
    """The path prefix by which the client of the current request reaches us, without a slash at its end."""
    return request.root_path.rstrip("/")
