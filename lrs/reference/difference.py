"""What an import changes: what a file says, laid beside what is known."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from lrs.reference.entity import ENROLMENT, TYPES, Entity, Reading, Rejected
from lrs.reference.known import Known, KnownEntity


@dataclass
class Difference:
    """Entities to be recorded: added, changed and ended; how many stay the same, by type; and what was rejected."""

    added: list[Entity] = field(default_factory=list)
    changed: list[Entity] = field(default_factory=list)
    ended: list[Entity] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def to_record(self) -> list[Entity]:
        """In the order in which they refer to each other: a school before its classes, people before enrolments."""
        return sorted([*self.added, *self.changed, *self.ended], key=lambda each: TYPES.index(each.type))

    def counts(self) -> list[tuple[str, int, int, int, int]]:
        """(type, added, changed, ended, same) for each type that is spoken of."""
        parts = [Counter(e.type for e in part) for part in (self.added, self.changed, self.ended)]
        return [
            (name, *(part[name] for part in parts), self.same[name])  # type: ignore[misc]
            for name in TYPES
            if any(part[name] for part in (*parts, self.same))
        ]


def difference(reading: Reading, known: Known, as_of: date) -> Difference:
    """What a reading changes in what is known. What a complete file no longer holds ends on the day `as_of`.

    The reading stays as it was, so that it can be laid beside what is known again.
    """
    copied = replace(reading, entities=list(reading.entities), rejected=list(reading.rejected))
    copied.reject_nuls()
    settled = copied.settle(known, as_of)
    found = Difference(rejected=list(settled.rejected), remarks=list(settled.remarks))
    for entity_type, entities in _by_type(settled.entities).items():
        there = known.entities(entity_type)
        for each in entities:
            _sort_in(found, each, there.get(each.key))
    _end_absent(found, settled, known, as_of)
    return found


def _by_type(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    grouped: dict[str, list[Entity]] = {}
    for each in entities:
        grouped.setdefault(each.type, []).append(each)
    return grouped


def _sort_in(found: Difference, each: Entity, there: KnownEntity | None) -> None:
    if there is None:
        found.added.append(each)
    elif there.digest == each.digest:
        found.same[each.type] += 1
    else:
        found.changed.append(each)


def _end_absent(found: Difference, reading: Reading, known: Known, as_of: date) -> None:
    spoken_of = {(each.type, each.key) for each in reading.entities}
    spoken_of |= set(reading.rows) | {(name, key) for name, key, _ in reading.deleted}
    for entity_type, source in reading.complete:
        if entity_type == ENROLMENT:  # ends by its own rules (enrolment_history.py)
            continue
        gone = [
            key
            for key, each in known.entities(entity_type).items()
            if each.source == source and not each.ended and (entity_type, key) not in spoken_of
        ]
        _end(found, known, entity_type, dict.fromkeys(gone, as_of))
    for name in {name for name, _, _ in reading.deleted}:
        there = known.entities(name)
        days = {key: day or as_of for kind, key, day in reading.deleted if kind == name}
        _end(found, known, name, {k: day for k, day in days.items() if k in there and not there[k].ended})


def _end(found: Difference, known: Known, entity_type: str, days: dict[str, date]) -> None:
    for key, content in known.contents(entity_type, sorted(days)).items():
        found.ended.append(Entity(entity_type, key, {**content, "ended": days[key].isoformat()}))
