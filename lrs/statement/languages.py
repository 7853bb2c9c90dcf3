"""Which of several languages a reader is given (RFC 9110, 12.5.4; RFC 4647, 3.4)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

# What a reader prefers: a language range and its quality, 0 for one that is not wanted.
Preferences = Sequence[tuple[str, float]]


def one_language(translations: Mapping[str, T], preferences: Preferences) -> dict[str, T]:
    """A language map with the one entry that suits the reader best; an empty one stays empty.

    Where no preference fits, the entry that stands first is as good as any.
    """
    if not translations:
        return {}
    chosen = best_tag(translations, preferences)
    return {chosen: translations[chosen]}


def best_tag(tags: Iterable[str], preferences: Preferences) -> str:
    """The tag that fits the best preference most closely: `en` is met by `en`, then `en-US`; `en-GB` by `en` too."""
    offered = list(tags)
    unwanted = {wanted.lower() for wanted, quality in preferences if quality <= 0}
    for wanted, _ in sorted((p for p in preferences if p[1] > 0), key=lambda p: -p[1]):
        if fitting := _fitting(wanted.lower(), offered, unwanted):
            return fitting
    return next((tag for tag in offered if not _is_in(tag.lower(), unwanted)), offered[0])


def _fitting(wanted: str, offered: list[str], unwanted: set[str]) -> str | None:
    if wanted == "*":
        return next((tag for tag in offered if not _is_in(tag.lower(), unwanted)), None)
    narrower = [tag for tag in offered if _is_within(tag.lower(), wanted)]
    if narrower:
        return min(narrower, key=len)
    parts = wanted.split("-")
    wider = ["-".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
    return next((tag for each in wider for tag in offered if tag.lower() == each), None)


def _is_within(tag: str, wanted: str) -> bool:
    return tag == wanted or tag.startswith(f"{wanted}-")


def _is_in(tag: str, ranges: set[str]) -> bool:
    return any(_is_within(tag, each) for each in ranges)
