"""Who was in which class from when until when: enrolment rows laid over what is known.

A roster says how things stand; history is what the log knows beside it. An enrolment is an interval [from, until) of
one person in one class. A row that now names another class ends the one interval and begins the next, a row that is
gone ends it, and one that comes back begins another; no interval is ever moved to the new class.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import orjson

from lrs.reference.entity import ENROLMENT, Entity, entity
from lrs.reference.roster_rows import EnrolmentRow

Content = Mapping[str, Any]


@dataclass
class Enrolments:
    """The enrolments of one roster source: those known, laid over with rows; `result` is how they stand then."""

    source: str
    known: Iterable[Content]
    as_of: date
    # When nothing was known of the roster, an enrolment without dates began with its class.
    class_starts: Mapping[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._of_row: dict[str, list[Content]] = {}
        for content in self.known:
            self._of_row.setdefault(content["source_id"], []).append(content)
        self._made: dict[str, Entity] = {}

    def lay_over(self, rows: Sequence[EnrolmentRow], spoken_of: Collection[str] | None) -> list[Entity]:
        """The enrolments that the rows state or change.

        `spoken_of` are the source ids of a complete file: an enrolment that is not among them is gone.
        """
        for row in rows:
            if row.deleted:
                self._end(row.source_id, row.until or row.modified or self.as_of)
            else:
                self._state(row)
        for source_id in sorted(self._of_row.keys() - set(spoken_of)) if spoken_of is not None else ():
            self._end(source_id, self.as_of)
        return list(self._made.values())

    def _state(self, row: EnrolmentRow) -> None:
        intervals = self._of_row.get(row.source_id, [])
        same = [each for each in intervals if _who_where(each) == (row.person, row.class_key, row.role)]
        others = [each for each in intervals if each not in same]
        last = max(same, key=lambda each: int(each["number"]), default=None)
        comes_back = last is not None and _comes_back(row, last, others)
        current = None if comes_back else last
        begin = self._begin(row, current, [each for each in intervals if each is not current])
        for each in others:  # the same row, another class: this one follows it
            self._keep(_as_it_was(each) if each.get("gone") else self._ended(each, begin))
        number = 0 if last is None else int(last["number"]) + comes_back
        self._keep(_interval(self.source, row, number, begin))

    def _begin(self, row: EnrolmentRow, last: Content | None, others: Sequence[Content]) -> date:
        """When the stay began of which the row speaks; `last` is what is known of it, `others` are other stays."""
        after = max((_earliest_after(each) for each in others), default=date.min)
        # Under another class the same row often keeps its old begin date: then the learner was elsewhere that day.
        begin = row.begin if row.begin and row.begin >= after else None
        if begin is None and last is not None:
            begin = date.fromisoformat(last["from"])
        if begin is None:
            started = None if self._of_row else self.class_starts.get(row.class_key)
            begin = max(row.modified or started or self.as_of, after)
        return min(begin, row.until) if row.until else begin

    def _end(self, source_id: str, day: date) -> None:
        for each in self._of_row.get(source_id, ()):
            over = "until" in each and date.fromisoformat(each["until"]) <= day
            self._keep(_as_it_was(each) if over or each.get("gone") else self._ended(each, day))

    def _ended(self, content: Content, day: date) -> Entity:
        until = max(day, date.fromisoformat(content["from"])).isoformat()
        return Entity(ENROLMENT, content["key"], {**content, "until": until, "gone": True})

    def _keep(self, made: Entity) -> None:
        self._made[made.key] = made


def _comes_back(row: EnrolmentRow, last: Content, others: Sequence[Content]) -> bool:
    """Whether the row speaks of another stay in the class than the last known one."""
    if not last.get("gone"):
        return False
    left = date.fromisoformat(last["until"])
    elsewhere = any(date.fromisoformat(each["from"]) >= left for each in others)
    return elsewhere or row.begin is None or row.begin >= left


def _earliest_after(other: Content) -> date:
    """The first day on which a stay can begin that comes after another one of the same row."""
    if other.get("gone"):
        return date.fromisoformat(other["until"])
    return date.fromisoformat(other["from"]) + timedelta(days=1)


def _as_it_was(content: Content) -> Entity:
    return Entity(ENROLMENT, content["key"], dict(content))


def _who_where(content: Content) -> tuple[str, str, str]:
    return content["person"], content["class"], content["role"]


def _interval(source: str, row: EnrolmentRow, number: int, begin: date) -> Entity:
    key = orjson.dumps([source, row.source_id, row.person, row.class_key, row.role, number]).decode()
    return entity(
        ENROLMENT,
        key,
        source,
        source_id=row.source_id,
        number=number,
        person=row.person,
        **{"class": row.class_key, "from": begin.isoformat()},
        school=row.school,
        role=row.role,
        primary=row.primary or None,
        until=row.until.isoformat() if row.until else None,
    )
