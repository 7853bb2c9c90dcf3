"""Flask without what an API has no use for: sessions, async views, a host name of its own.

Each of them is looked at on every request; together they cost as much as checking a statement. What is overridden is
what Flask documents as open to it.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import MapAdapter


class _NoSession(SessionInterface):
    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> NullSession:
        return self._none

    def is_null_session(self, obj: object) -> bool:
        return True

    def save_session(self, app: Flask, session: object, response: Response) -> None:
        """There is nothing to save."""


class Service(Flask):
    """The Flask application of the LRS."""

    session_interface = _NoSession()

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view here is a coroutine."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Match by path alone: whatever host a proxy names, the resources are the same."""
        if request is None:
            return super().create_url_adapter(request)
        return MapAdapter(
            self.url_map, "", request.root_path, "", request.scheme, request.path, request.method
        )
