"""A full disk is told from what no waiting mends."""

import errno
from pathlib import Path

import duckdb

from projections.running import ProjectionFailed
from projections.trouble import is_of_a_full_disk


def test_a_full_disk_is_known_by_its_number_or_its_words_wherever_it_is_in_the_chain() -> None:
    assert is_of_a_full_disk(OSError(errno.ENOSPC, "No space left on device"))
    full = duckdb.TransactionException('Failed to commit: Could not write file "x": No space left on device')
    assert is_of_a_full_disk(full)
    failed = ProjectionFailed(None, "goal", full)
    failed.__cause__ = full
    assert is_of_a_full_disk(failed)
    after = duckdb.TransactionException("no transaction is active")
    after.__context__ = failed
    assert is_of_a_full_disk(after)


def test_what_no_room_mends_is_none(tmp_path: Path) -> None:
    assert not is_of_a_full_disk(PermissionError(errno.EACCES, "Permission denied"))
    assert not is_of_a_full_disk(ProjectionFailed(None, "goal", ValueError("no date")))
    (tmp_path / "none.duckdb").write_text("this is no database" * 1000)
    try:
        duckdb.connect(tmp_path / "none.duckdb")
    except duckdb.Error as error:
        assert not is_of_a_full_disk(error)
    else:
        raise AssertionError("it was opened")
