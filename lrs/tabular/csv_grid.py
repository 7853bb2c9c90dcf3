"""CSV as Excel and school platforms write it: its encoding and separator are found out unless they are stated."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lrs.tabular.grid import Cells, Grid, UnreadableSheet

SEPARATORS = ";\t,|"
_SAMPLE = 64 * 1024
_SAMPLED_LINES = 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def csv_grid(path: Path, encoding: str | None = None, separator: str | None = None) -> Grid:
    """The one sheet of a CSV file, read row by row.

    Raises UnreadableSheet for a file that is not text in the stated encoding, or in UTF-8, UTF-16 or Windows-1252.
    """
    encoding = encoding or encoding_of(path)
    separator = separator or _separator_of(path, encoding)
    return Grid(path.stem, _rows(path, encoding, separator))


def encoding_of(path: Path) -> str:
    """By its byte order mark; else UTF-8 if all of it is, else Windows-1252, which Excel writes in Flanders."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
        if b"\0" in start and not start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise UnreadableSheet(
                f"{path.name} is not a CSV file; sheets are .csv or .xlsx (save an .xls or .ods as .xlsx)"
            )
        file.seek(0)
        for mark, encoding in _MARKS:
            if start.startswith(mark):
                return encoding
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(_SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "windows-1252"
    return "utf-8"


def _separator_of(path: Path, encoding: str) -> str:
    """A first line `sep=;` says so; else the one that gives most lines the same number of cells, at least two."""
    with _text_of(path, encoding) as text:
        sample = _read(path, text, _SAMPLE)
    if sample.startswith("sep=") and len(sample) > 4:
        return sample[4]
    return max(SEPARATORS, key=lambda each: (_regularity(sample, each), -SEPARATORS.index(each)))


def _regularity(sample: str, separator: str) -> int:
    lines = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    counts: Counter[int] = Counter()
    try:
        for cells, _ in zip(lines, range(_SAMPLED_LINES), strict=False):
            counts[len(cells)] += 1
    except csv.Error:
        return 0
    return max((lines * min(width, 50) for width, lines in counts.items() if width > 1), default=0)


def _rows(path: Path, encoding: str, separator: str) -> Iterator[Cells]:
    with _text_of(path, encoding) as text:
        if _read(path, text, 4) != "sep=":
            text.seek(0)
        else:
            text.readline()
            yield []
        lines = csv.reader(text, delimiter=separator)
        try:
            for cells in lines:
                yield [cell if cell.strip() else None for cell in cells]
        except csv.Error as error:
            raise UnreadableSheet(f"{path.name}, line {lines.line_num}: {error}") from error
        except UnicodeDecodeError as error:
            raise _not_in(path, error) from error


def _text_of(path: Path, encoding: str) -> io.TextIOWrapper:
    try:
        return path.open(encoding=encoding, newline="")
    except LookupError:
        raise UnreadableSheet(f"{encoding} is not an encoding that is known") from None


def _read(path: Path, text: io.TextIOWrapper, characters: int) -> str:
    try:
        return text.read(characters)
    except UnicodeDecodeError as error:
        raise _not_in(path, error) from error


def _not_in(path: Path, error: UnicodeDecodeError) -> UnreadableSheet:
    return UnreadableSheet(f"{path.name} is not text in {error.encoding}: state its encoding in the mapping")
