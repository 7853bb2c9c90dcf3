"""A small school in a real store: what is sent and imported, and who looks at it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from lrs.commands.import_reference import Import, import_reference
from lrs.directory.directory import Directory, open_directory
from lrs.http.parts import Parts
from lrs.reference.entity import Entity, Reading

SEPTEMBER, JANUARY = date(2025, 9, 15), date(2026, 1, 12)
Take = Callable[..., None]


@pytest.fixture
def take(shared: Parts) -> Take:
    """take(*entities): import them; what they leave out stays as it is."""

    def run(*entities: Entity) -> None:
        wanted = Import(Reading(list(entities)), "default", "operator", SEPTEMBER, shared.keys)
        assert not import_reference(shared.writer, wanted).rejected

    return run


@pytest.fixture
def directory(shared: Parts) -> Iterator[Callable[[], Directory]]:
    """directory(): the store as it is at that moment."""
    opened = []

    def run() -> Directory:
        opened.append(open_directory(shared.settings, "default"))
        return opened[-1].__enter__()

    yield run
    for each in opened:
        each.__exit__(None, None, None)
