"""HTTP Basic credentials: who sends this request, and may they?"""

import hashlib
import threading
import time
from dataclasses import dataclass

from flask import g, request
from werkzeug.datastructures import Authorization

from lrs.commands.prepare_statements import Sender
from lrs.credential.credentials import DEFINING, Credential, find_credential
from lrs.http.errors import Refused
from lrs.http.parts import Parts, parts

MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class _Known:
    credential: Credential
    sender: Sender
    until: float


class CredentialMemory:
    """Credentials that were right a moment ago, so that not each request needs a look-up.

    Kept by a hash of the header, for LRS_CREDENTIAL_SECONDS; wrong ones are never kept, so a wrong password can
    not push a right one out, and a revoked credential works at most that much longer.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._known: dict[bytes, _Known] = {}
        self._mutex = threading.Lock()

    def check(self, header: str) -> _Known | None:
        """The credential of an Authorization header, None when it is not Basic or not right."""
        name = hashlib.sha256(header.encode()).digest()
        known = self._known.get(name)
        if known is not None and known.until > time.monotonic():
            return known
        return self._look_up(name, header)

    def _look_up(self, name: bytes, header: str) -> _Known | None:
        basic = Authorization.from_header(header)
        credential = None
        if basic is not None and basic.type == "basic" and basic.username and basic.password is not None:
            with parts().database.reading() as connection:
                credential = find_credential(connection, basic.username, basic.password)
        with self._mutex:
            self._known.pop(name, None)
            if credential is None:
                return None
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            known = _Known(credential, _sender(credential, parts()), time.monotonic() + self._seconds)
            self._known[name] = known
        return known


def _sender(credential: Credential, parts: Parts) -> Sender:
    settings = parts.settings
    home_page = settings.public_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    agent = {"account": {"homePage": home_page, "name": credential.key}}
    return Sender(
        credential.store, credential.key, credential.authority(home_page), parts.keys.key(agent),
        credential.profile_check,
        credential.may(*DEFINING),
    )  # fmt: skip


def read_credentials(memory: CredentialMemory) -> None:
    """Note in `g.credential` and `g.sender` who sends this request.

    Raises Refused 401 when the Authorization header is missing, is not Basic or is wrong.
    """
    header = request.environ.get("HTTP_AUTHORIZATION")
    if header is None:
        raise Refused(
            401, "HTTP Basic credentials are needed: key and secret", "credentials", "Communication 4.0"
        )
    known = memory.check(header)
    if known is None:
        raise Refused(
            401,
            "the credentials are not Basic, are wrong, or were revoked",
            "credentials",
            "Communication 4.0",
        )
    g.credential, g.sender = known.credential, known.sender


def require(*scopes: str) -> None:
    """Raises Refused 403 unless the credential has one of the scopes."""
    if not g.credential.may(*scopes):
        needed = " or ".join(scopes)
        raise Refused(403, f"this credential lacks the scope {needed}", "scope", "Communication 4.0")
