"""Where a value of a statement comes from: a constant, or a text with cells in it, perhaps through a list of words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lrs.tabular.cell import BadCell, Value, as_text, in_iri, is_empty, one_line, refuse_failed, shown
from lrs.tabular.grid import index_of, letter
from lrs.tabular.header import BETWEEN, Column, same
from lrs.tabular.sheet import Row, Sheet

_REFERENCE = re.compile(r"\{([^{}]+)\}")
_FIXED = re.compile(r"([A-Za-z]{1,3}|\*)([1-9][0-9]?)")


class Place(NamedTuple):
    """Where a statement is being made: a row, and the column in turn where a statement is made of each of several."""

    sheet: Sheet
    row: Row
    column: Column | None = None


class Found(NamedTuple):
    """A value, and the columns (`C (Doel)`) or cells (`B2`) that it comes from."""

    value: Value
    where: tuple[str, ...]


class InvalidSource(ValueError):
    """A text of a mapping with a reference that means nothing; the text says which."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands between braces.

    A column's header; with `?` after it the sheet may lack it. With @ before it: `@sheet`, `@header` and `@header.2`
    (one of its rows), `@cell`, `@beside.Header` (under the same upper header), `@B2` (a cell of the first 50 rows),
    `@*3` (row 3 of the column in turn).
    """

    name: str
    optional: bool = False

    @property
    def is_column(self) -> bool:
        return not self.name.startswith("@")

    @property
    def is_of_each(self) -> bool:
        """Whether it means something only where a statement is made of each of several columns."""
        return self.name.startswith(("@header", "@cell", "@beside.", "@*"))

    def found(self, place: Place) -> Found:
        if not self.is_column:
            return _special(self.name[1:], place)
        columns = place.sheet.columns
        # A header may end in a question mark itself.
        column = columns.get(same(self.name)) or (
            columns.get(same(self.name + "?")) if self.optional else None
        )
        return Found(None, ()) if column is None else Found(place.row.cell(column.number), (column.shown,))


def _special(name: str, place: Place) -> Found:
    if name == "sheet":
        return Found(place.sheet.name, ("the sheet's name",))
    if place.column is not None and name.startswith(("header", "cell", "beside.")):
        return _of_each(name, place, place.column)
    fixed = _FIXED.fullmatch(name)
    assert fixed is not None  # noqa: S101  seen to by `read_source`
    index = place.column.number if fixed[1] == "*" and place.column else index_of(fixed[1])
    return Found(place.sheet.fixed(int(fixed[2]) - 1, index), (f"{letter(index)}{fixed[2]}",))


def _of_each(name: str, place: Place, column: Column) -> Found:
    if name == "cell":
        return Found(place.row.cell(column.number), (column.shown,))
    if name == "header":
        return Found(column.name, (column.shown,))
    if name.startswith("header."):
        part = int(name.removeprefix("header.")) - 1
        return Found(column.parts[part] if part < len(column.parts) else None, (column.shown,))
    beside = BETWEEN.join((*column.parts[:-1], name.removeprefix("beside.")))
    other = place.sheet.columns.get(same(beside))
    return Found(None, ()) if other is None else Found(place.row.cell(other.number), (other.shown,))


@dataclass(frozen=True, slots=True)
class Source:
    """A constant, or texts and references in turn; `words` say what the sheet's words mean."""

    parts: tuple[str | Reference, ...] = ()
    constant: Any = None
    words: Mapping[str, Any] | None = None
    otherwise: Any = None
    options: Mapping[str, Any] = field(
        default_factory=dict
    )  # at, unit, week and the like, for the kind of the field

    def references(self) -> Iterator[Reference]:
        yield from (part for part in self.parts if isinstance(part, Reference))
        yield from (
            each
            for option in self.options.values()
            if isinstance(option, Source)
            for each in option.references()
        )

    def where(self, place: Place) -> tuple[str, ...]:
        """The columns and cells that it comes from at a place, whatever they say."""
        return tuple(each for reference in self.references() for each in reference.found(place).where)

    def found(self, place: Place) -> Found:
        """The value at a place: a cell as it is, or a text; None when a cell in it is empty.

        Raises BadCell for a word that is not in the list.
        """
        raw = self._raw(place, as_text)
        return raw if self.words is None else Found(self._meaning(raw.value), raw.where)

    def iri(self, place: Place) -> Found:
        """The value as an IRI: cells are encoded where they are a part of it. Raises BadCell as `found` does."""
        if self.words is not None or len(self.parts) == 1:
            value, where = self.found(place)
            return Found(as_text(value) or None, where)
        return self._raw(place, in_iri)

    def _raw(self, place: Place, part_of_text: Any) -> Found:
        if not self.parts:
            return Found(self.constant, ())
        pieces = [
            part.found(place) if isinstance(part, Reference) else Found(part, ()) for part in self.parts
        ]
        for piece in pieces:
            refuse_failed(piece.value)
        where = tuple(each for piece in pieces for each in piece.where)
        if len(pieces) == 1:
            return Found(pieces[0].value, where)
        if any(
            is_empty(piece.value)
            for part, piece in zip(self.parts, pieces, strict=True)
            if not isinstance(part, str)
        ):
            return Found(None, where)
        texts = [
            part if isinstance(part, str) else part_of_text(piece.value)
            for part, piece in zip(self.parts, pieces, strict=True)
        ]
        return Found("".join(texts), where)

    def _meaning(self, value: Value) -> Any:
        assert self.words is not None  # noqa: S101
        if is_empty(value):
            return self.words.get("")
        word = one_line(as_text(value)).casefold()
        if word in self.words:
            return self.words[word]
        if self.otherwise is not None:
            return self.otherwise
        raise BadCell(f"{shown(value)} is none of the words {', '.join(filter(None, self.words))}")


def parts_of(text: str) -> tuple[str | Reference, ...]:
    """A text of a mapping, taken apart at its braces. Raises InvalidSource."""
    pieces: list[str | Reference] = []
    for number, piece in enumerate(_REFERENCE.split(text)):
        if number % 2:
            pieces.append(_reference(piece.strip()))
        elif "{" in piece or "}" in piece:
            raise InvalidSource(f"{text!r} has a brace without its other one")
        elif piece:
            pieces.append(piece)
    return tuple(pieces)


def _reference(name: str) -> Reference:
    optional = name.endswith("?")
    name = name.removesuffix("?").strip()
    known = name in ("@sheet", "@header", "@cell") or re.fullmatch(r"@header\.[1-9]|@beside\..+", name)
    if name.startswith("@") and not known and not _FIXED.fullmatch(name[1:]):
        raise InvalidSource(
            f"{{{name}}} is none of @sheet, @header, @header.1, @cell, @beside.Header, @B2 (rows 1 to 50) and @*3"
        )
    return Reference(name, optional)


def words_of(listed: Mapping[str, Any] | Sequence[str]) -> dict[str, Any]:
    """Words with what they mean; of a list, the first means 1."""
    if isinstance(listed, Mapping):
        return {same(word): meaning for word, meaning in listed.items()}
    return {same(word): number for number, word in enumerate(listed, 1)}
