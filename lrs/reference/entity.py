"""What an import reads: entities, each with its whole content, and the rows that it could not take."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import orjson

from lrs.reference.known import Known

ROSTER, SCHOOL, CLASS, PERSON, ENROLMENT = "roster", "school", "class", "person", "enrolment"
FRAMEWORK, FRAMEWORK_GOAL = "framework", "framework_goal"
CALENDAR_PERIOD, LEVEL_SCHEME = "calendar_period", "level_scheme"
TYPES = (
    ROSTER, SCHOOL, CLASS, PERSON, ENROLMENT, FRAMEWORK, FRAMEWORK_GOAL, CALENDAR_PERIOD, LEVEL_SCHEME,
)  # fmt: skip

# An event says what an entity is from now on, whole: the last one of a key holds.
_RECORDED = "_recorded"
KINDS = tuple(name + _RECORDED for name in TYPES)


def kind_of(entity_type: str) -> str:
    """The event kind that records an entity of a type."""
    return entity_type + _RECORDED


def type_of(kind: str) -> str:
    """The entity type that an event kind records."""
    return kind.removesuffix(_RECORDED)


class Entity(NamedTuple):
    """One thing of a file. `key` is unique within a store and type; `content` is all that is known of it, JSON-able.

    Content holds `key`, `source` (whose file speaks of it) and, once it is gone, `ended`: the first day without it.
    """

    type: str
    key: str
    content: dict[str, Any]

    @property
    def source(self) -> str:
        return str(self.content["source"])

    @property
    def digest(self) -> bytes:
        """16 bytes that are equal for equal content, whatever the order of its members."""
        return digest_of(self.content)


def digest_of(content: dict[str, Any]) -> bytes:
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(text, digest_size=16).digest()


def entity(entity_type: str, key: str, source: str, **content: Any) -> Entity:
    """An entity from what is known of it: members that are None, empty text or an empty list are left out."""
    known = {name: value for name, value in content.items() if value not in (None, "", [])}
    return Entity(entity_type, key, {"key": key, "source": source, **known})


class Rejected(NamedTuple):
    """A row that cannot be taken: its file, its line (for JSON: its number in the list), what it says and why not."""

    file: str
    line: int
    reason: str
    row: dict[str, Any]


class Row(NamedTuple):
    """One row: its file, the line on which it ends, and its values by column, stripped, empty ones left out."""

    file: str
    line: int
    values: dict[str, Any]

    def rejected(self, reason: str) -> Rejected:
        return Rejected(self.file, self.line, reason, dict(self.values))


class UnreadableFile(ValueError):
    """A file cannot be read at all; the text says what is wrong with it and what to do."""


@dataclass
class Reading:
    """What a reader found: entities, rejected rows, and remarks for whoever runs the import.

    `complete` names the (type, source) pairs that the file states wholly: a known entity of these that it does not
    hold is gone. `deleted` are the (type, key, day or None) that it says are gone; `rows` is where an entity was read.
    """

    entities: list[Entity] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    complete: set[tuple[str, str]] = field(default_factory=set)
    deleted: list[tuple[str, str, date | None]] = field(default_factory=list)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)

    def settle(self, known: Known, as_of: date) -> "Reading":
        """This reading as it is beside what is known: what refers to nothing, or belongs to another file, is rejected.

        Readings whose meaning depends on what is known say more; see Roster and Goals.
        """
        self.reject_others(known)
        return self

    def reject(self, entity_type: str, reasons: dict[str, str]) -> None:
        """Take entities out again, each key for its reason."""
        self.entities = [e for e in self.entities if e.type != entity_type or e.key not in reasons]
        self.rejected += [self.row(entity_type, key).rejected(reason) for key, reason in reasons.items()]

    def reject_nuls(self) -> None:
        """Not every database can keep a NUL in a key."""
        for name in {each.type for each in self.entities}:
            keys = [e.key for e in self.entities if e.type == name and "\0" in e.key]
            self.reject(name, dict.fromkeys(keys, "its key holds a NUL"))

    def row(self, entity_type: str, key: str) -> Row:
        return self.rows.get((entity_type, key)) or Row("", 0, {"key": key})

    def reject_others(self, known: Known) -> None:
        """Two files with one key would take turns in changing it."""
        for name in {each.type for each in self.entities}:
            there = known.entities(name)
            mine = [e for e in self.entities if e.type == name and e.key in there]
            taken = {e.key: there[e.key].source for e in mine if there[e.key].source != e.source}
            self.reject(
                name, {k: f"{k} is known from {s}: import it with --source {s}" for k, s in taken.items()}
            )

    def keys(self, entity_type: str, known: Known) -> Collection[str]:
        """The keys of a type that are known or come with this reading."""
        return {e.key for e in self.entities if e.type == entity_type} | set(known.entities(entity_type))
