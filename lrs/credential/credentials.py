"""Basic credentials: a key, a secret that is kept hashed, a store and scopes."""

import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass

import sqlalchemy as sa

from lrs.event_log.database import Database
from lrs.event_log.tables import credential as table
from lrs.profile.conformance import REPORT

# Communication 4.0 names all but `quality/read`, for what is published for schools, and `metrics/read`, for the figures
# of all stores, which `all` is not enough for: it is all of one store. `all` when a credential is made without any.
SCOPES = (
    "statements/write", "statements/read/mine", "statements/read", "state", "define", "profile", "all/read", "all",
    "quality/read", "metrics/read",
)  # fmt: skip
DEFINING = frozenset(("define", "all"))
DEFAULT_STORE = "default"


class InvalidScope(ValueError):
    """A scope that neither the specification nor we know."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential as looked up: never its secret."""

    key: str
    store: str
    scopes: frozenset[str]
    label: str
    created: int
    revoked: int | None
    profile_check: str = REPORT
    lenient: bool = False

    def may(self, *scopes: str) -> bool:
        return not self.scopes.isdisjoint(scopes)

    def authority(self, home_page: str) -> str:
        """The JSON text of the authority of what this credential stores (Data 2.4.9): an account at the LRS."""
        account = {"homePage": home_page, "name": self.key}
        return json.dumps({"objectType": "Agent", "account": account}, separators=(",", ":"))


def create_credential(
    database: Database,
    *,
    store: str = DEFAULT_STORE,
    scopes: tuple[str, ...] = ("all",),
    label: str = "",
    profile_check: str = REPORT,
    lenient: bool = False,
) -> tuple[Credential, str]:
    """Make a credential; returns it and its secret, which is shown this once and kept only as a hash.

    `profile_check` is one of lrs.profile.conformance.PROFILE_CHECKS: what breaking a rule of a profile leads to.
    A `lenient` one is forgiven the quirks that lrs/http/lenient.py lists.

    Raises InvalidScope for a scope that is not one of SCOPES.
    """
    if unknown := sorted(set(scopes) - set(SCOPES)):
        raise InvalidScope(f"{unknown[0]!r} is not a scope; there are {', '.join(SCOPES)}")
    secret = secrets.token_urlsafe(32)
    made = Credential(
        secrets.token_hex(12), store, frozenset(scopes), label, time.time_ns() // 1000, None, profile_check,
        lenient,
    )  # fmt: skip
    with database.writing() as connection:
        connection.execute(
            table.insert().values(
                key=made.key, store=store, secret_hash=_hash(secret), scopes=" ".join(sorted(scopes)), label=label,
                created=made.created, profile_check=profile_check, lenient=lenient,
            )
        )  # fmt: skip
    return made, secret


def list_credentials(database: Database) -> list[Credential]:
    """All credentials, revoked ones too, oldest first."""
    with database.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.created, table.c.key)).all()
    return [_from_row(row) for row in rows]


def profile_checks(connection: sa.Connection) -> dict[str, str]:
    """How the statements of each credential are held to profiles."""
    rows = connection.execute(sa.select(table.c.key, table.c.profile_check)).all()
    return {key: check for key, check in rows}


def who_may_not_define(connection: sa.Connection) -> frozenset[str]:
    """The credentials, revoked ones too, that may not say what an activity is (Communication 4.0)."""
    rows = connection.execute(sa.select(table.c.key, table.c.scopes)).all()
    return frozenset(key for key, scopes in rows if DEFINING.isdisjoint(scopes.split()))


def set_credential(
    database: Database, key: str, *, profile_check: str | None = None, lenient: bool | None = None
) -> bool:
    """Change how a credential is held to profiles and to xAPI from now on; False when no such key is in force.

    What is None stays as it is; one of the two is given.
    """
    given = {"profile_check": profile_check, "lenient": lenient}
    update = table.update().where(table.c.key == key, table.c.revoked.is_(None))
    with database.writing() as connection:
        values = {name: value for name, value in given.items() if value is not None}
        return connection.execute(update.values(values)).rowcount == 1


def revoke_credential(database: Database, key: str) -> bool:
    """Revoke; False when no such key is in force. Running servers notice within LRS_CREDENTIAL_SECONDS."""
    update = table.update().where(table.c.key == key, table.c.revoked.is_(None))
    with database.writing() as connection:
        return connection.execute(update.values(revoked=time.time_ns() // 1000)).rowcount == 1


def find_credential(connection: sa.Connection, key: str, secret: str) -> Credential | None:
    """The credential of this key if the secret is right and it is not revoked."""
    if "\0" in key:  # which PostgreSQL takes for no text at all
        return None
    row = connection.execute(sa.select(table).where(table.c.key == key)).first()
    # Compared even when there is no such key, so that the time it takes does not tell which keys exist.
    right = hmac.compare_digest(_hash(secret), row.secret_hash if row else bytes(32))
    return _from_row(row) if row and right and row.revoked is None else None


def _hash(secret: str) -> bytes:
    # The secret is 256 random bits, so one fast hash is enough: there is nothing to guess that a slow one would guard.
    return hashlib.sha256(secret.encode()).digest()


def _from_row(row: sa.Row[tuple[object, ...]]) -> Credential:
    values = row._mapping
    return Credential(
        values["key"], values["store"], frozenset(values["scopes"].split()), values["label"], values["created"],
        values["revoked"], values["profile_check"], values["lenient"],
    )  # fmt: skip
