"""Every word of the reports with names, by language: one TOML file each, with the same keys."""

import tomllib
from importlib.resources import files
from typing import Any

LANGUAGES = ("nl", "en")


def read_words(language: str) -> dict[str, Any]:
    """The words of a language of LANGUAGES."""
    return tomllib.loads((files(__package__) / f"{language}.toml").read_text("utf-8"))
