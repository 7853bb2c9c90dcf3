"""The secret under which agents become agent keys: one for the life of a database."""

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

import sqlalchemy as sa

from lrs.event_log.database import Database
from lrs.event_log.tables import agent_key_secret


class WrongSecret(RuntimeError):
    """The secret is not the one that this database's agent keys were made with."""


def agent_key_bytes(configured: str, home: Path) -> bytes:
    """The configured secret, else the one in `home`, made on first use and readable by its owner only."""
    if configured:
        return configured.encode()
    path = home / "agent_key_secret"
    if not path.exists():
        _make_once(path)
    return path.read_text().strip().encode()


def _make_once(path: Path) -> None:
    # Linked into place whole: of two processes that start together one wins, and neither reads half a file.
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".agent_key_secret-")
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


def hold_to_secret(database: Database, secret: bytes, version: int) -> None:
    """Remember the secret's fingerprint at the first start; from then on refuse another one under the same number.

    Raises WrongSecret: with another secret every learner would become a new one without a word.
    """
    fingerprint = hmac.digest(secret, b"leerspoor agent key fingerprint", hashlib.sha256).hex()
    known = sa.select(agent_key_secret.c.fingerprint).where(agent_key_secret.c.version == version)
    with database.reading() as connection:
        stored = connection.execute(known).scalar()
    if stored is None:
        with database.writing() as connection:
            stored = connection.execute(known).scalar()  # of two that start together, one is first
            if stored is None:
                connection.execute(agent_key_secret.insert().values(version=version, fingerprint=fingerprint))
                return
    if stored != fingerprint:
        raise WrongSecret(
            f"the agent key secret is not the one of version {version} of this database: "
            "put back LRS_AGENT_KEY_SECRET (or the file agent_key_secret in LRS_HOME)"
        )
