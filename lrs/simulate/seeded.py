"""Chance that comes back: every stream of numbers and every id follows from the seed and a path of names."""

import hashlib
import uuid
from random import Random

_NAMESPACE = uuid.UUID("9f6c1e52-7d0b-5c1a-8a43-2f6d7c5b9e10")


def stream(*path: object) -> Random:
    """Random numbers of their own for `path`, such as (seed, "learner", 12): no other path draws from them."""
    return Random("/".join(map(str, path)))


def seeded_id(*path: object) -> str:
    """The UUIDv5 of `path`."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(map(str, path))))


class Ids:
    """The UUIDv5s of `path`/0, `path`/1, ...; several times faster than asking the uuid module for each."""

    def __init__(self, *path: object) -> None:
        self._start = hashlib.sha1(_NAMESPACE.bytes + "/".join(map(str, path)).encode() + b"/")  # noqa: S324  as UUIDv5 says
        self._given = 0

    def next(self) -> str:
        """The next id, in lower case."""
        name = self._start.copy()
        name.update(b"%d" % self._given)
        self._given += 1
        text = name.hexdigest()
        variant = "89ab"[int(text[16], 16) & 3]
        return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"
