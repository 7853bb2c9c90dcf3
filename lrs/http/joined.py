"""Resources that another package serves beside xAPI: they join through the entry-point group `leerspoor.web`.

An entry point names a function that takes the Settings and gives a Joined. What joins asks for credentials as every
resource does, and for no version: it is no part of xAPI.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import cast

from flask import Blueprint, current_app

from lrs.figures import Figures, no_figures
from lrs.http.openapi.pieces import Piece
from lrs.settings import Settings

ENTRY_POINTS = "leerspoor.web"
NAME = "leerspoor-joined"


@dataclass(frozen=True, slots=True)
class Joined:
    """A blueprint with paths of its own, what the OpenAPI document says of them, and figures for /metrics."""

    blueprint: Blueprint
    paths: Callable[[], Piece]
    figures: Figures = no_figures


def find_joined(settings: Settings) -> tuple[Joined, ...]:
    """What the installed packages join with, in the order of their names."""
    found = sorted(entry_points(group=ENTRY_POINTS), key=lambda entry_point: entry_point.name)
    return tuple(entry_point.load()(settings) for entry_point in found)


def joined() -> tuple[Joined, ...]:
    """What has joined the app that handles the current request."""
    return cast(tuple[Joined, ...], current_app.extensions[NAME])
