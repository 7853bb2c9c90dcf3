"""A value of a mapping file: a constant, a text with references, or a table that says more."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from lrs.tabular.source import InvalidSource, Source, parts_of, words_of
from lrs.tabular.table import InvalidMapping, Table

# Lists of words by name, which several fields may share.
Words = Mapping[str, Any]
_UNITS = ("seconds", "minutes", "hours", "days")


def read_source(given: Any, place: str, words: Words, options: frozenset[str] = frozenset()) -> Source:
    """The source of a value; `options` are those that the field's kind knows. Raises InvalidMapping."""
    if isinstance(given, str):
        return _text(given, place)
    if isinstance(given, dict):
        return _table(Table(given, place), words, options)
    if isinstance(given, float):
        return Source(constant=Decimal(repr(given)))
    if isinstance(given, bool | int | list | datetime | date | time):
        return Source(constant=given)
    raise InvalidMapping(f"{place} has a value that no field takes")


def _text(given: str, place: str) -> Source:
    try:
        parts = parts_of(given)
    except InvalidSource as error:
        raise InvalidMapping(f"{place}: {error}") from error
    return Source(constant=given) if all(isinstance(part, str) for part in parts) else Source(parts)


def _table(given: Table, words: Words, options: frozenset[str]) -> Source:
    base = read_source(given.needed("of"), given.at("of"), words)
    named = given.value("words")
    listed = words.get(named) if isinstance(named, str) else named
    if named is not None and not isinstance(listed, dict | list):
        raise InvalidMapping(
            f"{given.at('words')}: {named!r} is no list of words, nor the name of one under [words]"
        )
    otherwise = given.value("otherwise")
    found = {name: _option(given, name, words) for name in sorted(options) if given.has(name)}
    given.refuse_others()
    meaning = None if listed is None else words_of(listed)
    return Source(base.parts, base.constant, meaning, otherwise, found)


def _option(given: Table, name: str, words: Words) -> Source:
    value = given.value(name)
    if name == "unit" and value not in _UNITS:
        raise InvalidMapping(f"{given.at(name)} is one of {', '.join(_UNITS)}")
    return read_source(value, given.at(name), words)
