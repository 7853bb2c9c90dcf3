"""Where events come from."""

from collections.abc import Sequence
from typing import Protocol

from lrs.feed import Head, LoggedEvent


class Source(Protocol):
    """Logged events by position: one store sees an increasing subsequence of positions."""

    def stores(self) -> list[str]: ...

    def head(self, store: str) -> Head: ...

    def read(self, store: str, after: int, limit: int) -> Sequence[LoggedEvent]: ...

    def count_after(self, store: str, after: int) -> int: ...
