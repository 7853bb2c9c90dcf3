"""How a sheet is laid out: which sheets, where the header is, which rows say nothing of a learner."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from lrs.tabular.cell import Value, as_text, is_empty, one_line

BETWEEN_LEARNERS = (
    "totaal*",
    "subtotaal*",
    "eindtotaal*",
    "gemiddelde*",
    "klasgemiddelde*",
    "mediaan*",
    "som",
    "legende*",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The `[sheet]` part of a mapping; None where the file decides.

    `header` is the last header row, counted from 1. `skip` are patterns for the first filled cell of a row.
    """

    sheets: Sequence[str] = ("*",)
    but_not: Sequence[str] = ()
    header: int | None = None
    header_rows: int = 1
    skip: Sequence[str] = BETWEEN_LEARNERS
    fill_down: Sequence[str] = ()
    encoding: str | None = None
    separator: str | None = None

    @property
    def names_sheets(self) -> bool:
        return tuple(self.sheets) != ("*",)

    def takes(self, sheet: str) -> bool:
        """Whether the sheet of this name is one of those meant."""
        return _is_like(sheet, self.sheets) and not _is_like(sheet, self.but_not)

    def skips(self, cells: Sequence[Value]) -> bool:
        """Whether a row is empty or stands between the learners: totals, averages."""
        first = next((cell for cell in cells if not is_empty(cell)), None)
        return first is None or _is_like(as_text(first), self.skip)


def _is_like(text: str, patterns: Sequence[str]) -> bool:
    text = one_line(text).casefold()
    return any(fnmatchcase(text, pattern.casefold()) for pattern in patterns)
