"""The parts a request works with; joined in lrs/app.py, carried by the Flask app."""

from dataclasses import dataclass
from typing import cast

from flask import current_app

from lrs.event_log.database import Database
from lrs.event_log.writer import Writer
from lrs.profile.profiles import Profiles
from lrs.settings import Settings
from lrs.statement.agent_key import AgentKeys

NAME = "leerspoor"


@dataclass(frozen=True, slots=True)
class Parts:
    """Long-lived parts of one server process."""

    settings: Settings
    database: Database
    writer: Writer
    keys: AgentKeys
    token_secret: bytes
    profiles: Profiles


def parts() -> Parts:
    """The parts of the app that handles the current request."""
    return cast(Parts, current_app.extensions[NAME])
