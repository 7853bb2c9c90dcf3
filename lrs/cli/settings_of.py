"""Where the command line reads its settings: the environment, once a command."""

import os

import click

from lrs.app import open_parts
from lrs.http.parts import Parts
from lrs.settings import Settings


def settings_of_environment() -> Settings:
    """Raises InvalidSetting, which `main` tells in one line."""
    return Settings.from_environment(os.environ)


def parts_of_environment() -> Parts:
    """The parts that a command works with; raises as `open_parts` does."""
    return parts_of(settings_of_environment())


def parts_of(settings: Settings) -> Parts:
    """The parts, whose connections are closed when the command ends."""
    parts = open_parts(settings)
    click.get_current_context().call_on_close(parts.database.close)
    return parts
