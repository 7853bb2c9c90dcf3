"""A store that is followed is published once it is caught up with."""

import time
from pathlib import Path

from lrs.settings import Settings
from projections.catalog import Projection
from projections.follower import Follower
from projections.publish import published_folder
from tests.projections.a_statement import a_statement
from tests.projections.conftest import Memory, events_of

EVENTS = events_of([a_statement("attempted", f"lesson:{n}", "2025-09-02 10:00") for n in range(5)])


def follow(home: Path, catalog: list[Projection], publish_seconds: float) -> list[bool]:
    """Fold in batches of two; after each, whether something was published by then."""
    settings = Settings(
        home=home, duckdb_threads=1, projector_batch=2, publish_seconds=publish_seconds, publish_parquet=False
    )
    follower = Follower(settings, Memory(EVENTS), catalog, "default", lambda told: None)
    link, found = published_folder(settings, "default") / "schools.duckdb", []
    while follower.fold_from_log():
        follower.serve()
        found.append(link.exists())
    follower.close()
    return found


def test_half_of_an_import_is_not_published(tmp_path: Path, small_catalog: list[Projection]) -> None:
    assert follow(tmp_path, small_catalog, publish_seconds=3600) == [False, False, True]


def test_who_never_catches_up_is_published_all_the_same(
    tmp_path: Path, small_catalog: list[Projection]
) -> None:
    assert follow(tmp_path, small_catalog, publish_seconds=0) == [True, True, True]


def test_parquet_that_had_to_wait_is_written_though_nothing_new_comes(
    tmp_path: Path, small_catalog: list[Projection]
) -> None:
    settings = Settings(home=tmp_path, duckdb_threads=1, publish_seconds=0)
    follower = Follower(settings, Memory(EVENTS), small_catalog, "default", lambda told: None)
    folder, states = published_folder(settings, "default"), set()
    while follower.fold_from_log():
        pass
    follower.serve()
    first = (folder / "learners-parquet").resolve()
    follower.fold([event._replace(position=event.position + 5) for event in EVENTS])
    while (folder / "learners-parquet").resolve() == first:
        follower.serve()
        states.add((folder / "learners.duckdb").resolve().stem)
        time.sleep(0.05)
    # it waited ten times as long as the first took, and the file did not
    assert states == {"learners-10"}
    assert (folder / "learners-parquet").resolve().name == "learners-10"
    assert first.exists()
    follower.close()
