"""Where the command line reads its settings: the environment, once a command."""

import os

from lrs.settings import Settings


def settings_of_environment() -> Settings:
    """Raises InvalidSetting, which `main` tells in one line."""
    return Settings.from_environment(os.environ)
