"""Content beside the log: kept once by its hash, read back chunk by chunk."""

import hashlib

import pytest

from lrs.event_log.content import CHUNK_BYTES, has_content, keep_content, read_content
from lrs.event_log.database import Database


@pytest.mark.parametrize("sizes", [[], [1], [CHUNK_BYTES, CHUNK_BYTES, 3]])
def test_content_comes_back_byte_for_byte(database: Database, sizes: list[int]) -> None:
    chunks = [bytes([number]) * size for number, size in enumerate(sizes)]
    sha2 = hashlib.sha256(b"".join(chunks)).hexdigest()
    with database.writing() as connection:
        keep_content(connection, "default", sha2, chunks)
    with database.reading() as connection:
        assert b"".join(read_content(connection, "default", sha2)) == b"".join(chunks)


def test_the_same_content_is_kept_once(database: Database) -> None:
    with database.writing() as connection:
        keep_content(connection, "default", "ab", [b"one"])
        keep_content(connection, "default", "ab", [b"one"])
        assert list(read_content(connection, "default", "ab")) == [b"one"]


def test_content_of_one_store_is_not_seen_in_another(database: Database) -> None:
    with database.writing() as connection:
        keep_content(connection, "default", "ab", [b"one"])
        assert not has_content(connection, "other", "ab")
        with pytest.raises(KeyError):
            next(read_content(connection, "other", "ab"))
