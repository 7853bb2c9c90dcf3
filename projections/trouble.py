"""Which trouble of a warehouse is its disk's, and no event's: it passes when there is room again."""

import duckdb

# DuckDB gives up a file that it could not write; it is whole again once it was closed and opened.
_PASSING = (OSError, duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)
# How long there should be room before it is worth opening the file again.
RETRY_SECONDS = 10.0


def is_of_the_disk(error: BaseException) -> bool:
    """Whether an error, or what it was raised for, is trouble of the disk."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, _PASSING):
            return True
        cause = cause.__cause__
    return False
