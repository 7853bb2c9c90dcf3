"""What the log knows already, as readers and the difference need it; the index answers (lrs/index/reference.py)."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, Protocol


class KnownEntity(NamedTuple):
    """An entity as it was last recorded: whose file spoke of it, what it said in 16 bytes, whether it has ended."""

    source: str
    digest: bytes
    ended: bool


class Known(Protocol):
    """The entities of one store."""

    def entities(self, entity_type: str) -> Mapping[str, KnownEntity]:
        """All of a type by key, ended ones too."""

    def contents(self, entity_type: str, keys: Collection[str]) -> Mapping[str, dict[str, Any]]:
        """The content of those of the keys that are known."""


class Nothing:
    """A store in which nothing is known yet."""

    def entities(self, entity_type: str) -> Mapping[str, KnownEntity]:
        return {}

    def contents(self, entity_type: str, keys: Collection[str]) -> Mapping[str, dict[str, Any]]:
        return {}
