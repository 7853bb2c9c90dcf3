"""Which trouble of a warehouse is a full disk's, and no event's: it passes when there is room again."""

import errno
import os

import duckdb

_FULL = (errno.ENOSPC, errno.EDQUOT)
# How long there should be room before it is worth opening a file again that DuckDB gave up.
RETRY_SECONDS = 10.0


def is_of_a_full_disk(error: BaseException | None) -> bool:
    """Whether an error, or what it was raised for or after, says that there is no room."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        # DuckDB has no number for it, but the system's words; a file that it gave up names its first error.
        if isinstance(error, duckdb.Error) and any(os.strerror(number) in str(error) for number in _FULL):
            return True
        error = error.__cause__ or error.__context__
    return False
