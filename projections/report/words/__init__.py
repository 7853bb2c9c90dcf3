"""Every word of a report, one file for each language: they are data, and the renderers know none."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("nl", "en")
_FOLDER = files("projections.report.words")


@cache
def read_words(language: str) -> Mapping[str, Any]:
    """The words of a language as nested tables. Raises KeyError for a language that there is not."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
