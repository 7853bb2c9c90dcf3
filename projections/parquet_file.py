"""One Parquet file of a published table, written batch by batch, that knows of what rows it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

# Columns that are written beside those of the table: of what year a row is, and its hash.
OF_YEAR, OF_ROW = "of_year", "of_row"
# A digest is the sum of the rows' hashes, so that the order in which they come does not matter.
MODULUS = 2**64


class Known(NamedTuple):
    """What a file says of itself: how many rows, how they were written, and their digest."""

    rows: int
    form: str
    digest: int


NOTHING = Known(-1, "", 0)


def known_of(path: Path) -> Known:
    """What is known of a file; NOTHING when it is not there, or was not written here."""
    try:
        about = pq.read_metadata(path)
        told = about.metadata or {}
        return Known(about.num_rows, told[b"form"].decode(), int(told[b"digest"]))
    except (OSError, pa.ArrowInvalid, KeyError):
        return NOTHING


def by_year(batch: pa.RecordBatch) -> Iterator[tuple[str, pa.RecordBatch]]:
    """The rows of each year in a batch."""
    years = pc.unique(batch[OF_YEAR]).to_pylist()
    for year in years:
        yield year, batch if len(years) == 1 else batch.filter(pc.equal(batch[OF_YEAR], year))


class File:
    """A file that is being written; `close` adds what it knows of its rows."""

    def __init__(self, path: Path, schema: pa.Schema, form: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._schema, self._form, self._digest = schema, form, 0
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows with the columns of the schema, and their hashes."""
        self._digest += pc.sum(batch[OF_ROW]).as_py()
        columns = [batch[name] for name in self._schema.names]
        self._writer.write_batch(pa.record_batch(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.add_key_value_metadata({"form": self._form, "digest": str(self._digest % MODULUS)})
        self._writer.close()
