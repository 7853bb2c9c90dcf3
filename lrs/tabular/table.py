"""A table of a mapping file: members are taken by their kind, and what is left over is refused with a suggestion."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any


class InvalidMapping(ValueError):
    """A mapping that cannot be used; the text says where and why."""


class Table:
    """A TOML table, and where it stands in the file."""

    def __init__(self, given: Mapping[str, Any], place: str) -> None:
        self._given = given
        self._place = place
        self._known: set[str] = set()

    def at(self, name: str) -> str:
        """The place of a member, in words."""
        return f"{self._place}.{name}" if self._place else name

    def has(self, name: str) -> bool:
        self._known.add(name)
        return name in self._given

    def taken(self) -> Mapping[str, Any] | list[Any]:
        """The table as it is."""
        return self._given

    def names(self) -> list[str]:
        return list(self._given)

    def value(self, name: str) -> Any:
        """The member, None when it is not there."""
        self._known.add(name)
        return self._given.get(name)

    def needed(self, name: str) -> Any:
        found = self.value(name)
        if found is None:
            raise InvalidMapping(f"{self.at(name)} is missing")
        return found

    def text(self, name: str, default: str | None = None) -> str:
        found = self.needed(name) if default is None else self._given.get(name, default)
        self._known.add(name)
        if not isinstance(found, str):
            raise InvalidMapping(f"{self.at(name)} is not a text")
        if default is None and not found.strip():
            raise InvalidMapping(f"{self.at(name)} is empty")
        return found

    def texts(self, name: str) -> tuple[str, ...] | None:
        """A list of texts, or one; None when it is not there."""
        found = self.value(name)
        if found is None:
            return None
        listed = [found] if isinstance(found, str) else found
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise InvalidMapping(f"{self.at(name)} is not a list of texts")
        return tuple(listed)

    def whole(self, name: str) -> int | None:
        found = self.value(name)
        if found is not None and (type(found) is not int or not 1 <= found <= 50):
            raise InvalidMapping(f"{self.at(name)} is not a whole number from 1 to 50")
        return found

    def truth(self, name: str) -> bool:
        found = self.value(name)
        if found is not None and not isinstance(found, bool):
            raise InvalidMapping(f"{self.at(name)} is not true or false")
        return bool(found)

    def table(self, name: str) -> "Table":
        """A table; an empty one when it is not there."""
        found = self.value(name)
        if found is not None and not isinstance(found, dict):
            raise InvalidMapping(f"{self.at(name)} is not a table")
        return Table(found or {}, self.at(name))

    def tables(self, name: str) -> dict[str, "Table"]:
        """The tables (or lists) under a name, by their own names."""
        found = self.table(name)
        return {each: Table(value, found.at(each)) for each, value in found._given.items()}

    def list_of_tables(self, name: str) -> list["Table"]:
        """A list of tables, or one."""
        found = self.value(name)
        listed = [found] if isinstance(found, dict) else found or []
        if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
            raise InvalidMapping(f"{self.at(name)} is not a list of tables")
        return [
            Table(each, self.at(name) if isinstance(found, dict) else f"{self.at(name)} {number}")
            for number, each in enumerate(listed, 1)
        ]

    def refuse_others(self) -> None:
        """Raises InvalidMapping for a member that was not asked for."""
        for name in self._given:
            if name not in self._known:
                near = get_close_matches(name, self._known, 1)
                raise InvalidMapping(f"{self.at(name)} is not known" + (f"; {near[0]} is" if near else ""))
