"""Straight from the log: the one machine's source, and where every rebuild begins."""

from lrs.feed import Feed
from lrs.settings import Settings


def open_source(settings: Settings) -> Feed:
    """The event log that the settings name, as a Source; close it after use."""
    return Feed.open(settings)
