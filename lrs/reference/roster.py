"""OneRoster CSV (1.1 and 1.2): a bundle -> schools, classes, people, and the rows of enrolments.

What an enrolment row means for the history of classes depends on what is known: see enrolment_history.py.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from lrs.reference.account import AccountRule, InvalidMapping
from lrs.reference.bundle import ABSENT, BULK, Bundle
from lrs.reference.csv_rows import optional_day, read_rows
from lrs.reference.enrolment_history import Enrolments
from lrs.reference.entity import CLASS, ENROLMENT, PERSON, ROSTER, SCHOOL, Entity, Reading, Row, entity
from lrs.reference.known import Known
from lrs.reference.roster_rows import (
    DELETED,
    EnrolmentRow,
    a_class,
    a_person,
    a_school,
    an_enrolment,
    is_deleted,
)

_REQUIRED = {
    "orgs": ("sourcedId", "name", "type"),
    "academicSessions": ("sourcedId", "title", "startDate", "endDate"),
    "courses": ("sourcedId", "title"),
    "classes": ("sourcedId", "title", "schoolSourcedId"),
    "users": ("sourcedId", "givenName", "familyName"),
    "roles": ("userSourcedId", "role", "orgSourcedId"),
    "userProfiles": ("userSourcedId", "username"),
    "enrollments": ("sourcedId", "classSourcedId", "userSourcedId", "role"),
}
_FILES = {"orgs": SCHOOL, "classes": CLASS, "users": PERSON, "enrollments": ENROLMENT}


@dataclass
class Roster(Reading):
    """What a bundle says; its enrolments stay rows until it is known what was there before."""

    source: str = ""
    enrolments: list[EnrolmentRow] = field(default_factory=list)
    # Class -> the day on which its terms begin: when an enrolment without dates began, as far as a bundle can tell.
    class_starts: dict[str, date] = field(default_factory=dict)

    def settle(self, known: Known, as_of: date) -> Reading:
        """With the enrolments as they are beside those known; rows that refer to nothing are rejected."""
        self.reject_others(known)
        self._reject_known_accounts(known)
        schools = self.keys(SCHOOL, known)
        classes = [e for e in self.entities if e.type == CLASS and e.content["school"] not in schools]
        self.reject(CLASS, {e.key: f"school {e.content['school']} is not in the roster" for e in classes})
        there = {PERSON: self.keys(PERSON, known), CLASS: self.keys(CLASS, known), SCHOOL: schools}
        rows = [row for row in self.enrolments if row.deleted or self._refers(row, there)]
        mine = {key for key, each in known.entities(ENROLMENT).items() if each.source == self.source}
        before = known.contents(ENROLMENT, mine).values()
        history = Enrolments(self.source, before, as_of, self.class_starts)
        gone = (ENROLMENT, self.source) in self.complete
        spoken_of = {key for entity_type, key in self.rows if entity_type == ENROLMENT}
        self.entities += history.lay_over(rows, spoken_of if gone else None)
        return self

    def _refers(self, row: EnrolmentRow, there: dict[str, Collection[str]]) -> bool:
        for entity_type, key in ((PERSON, row.person), (CLASS, row.class_key), (SCHOOL, row.school)):
            if key is not None and key not in there[entity_type]:
                self.rejected.append(row.row.rejected(f"{entity_type} {key} is not in the roster"))
                return False
        return True

    def _reject_known_accounts(self, known: Known) -> None:
        mine = {
            repr(agent): e.key
            for e in self.entities
            if e.type == PERSON
            for agent in e.content.get("agents", ())
        }
        others = set(known.entities(PERSON)) - {e.key for e in self.entities if e.type == PERSON}
        taken = {
            mine[repr(agent)]: f"has the same account as {key}, who is known already"
            for key, content in known.contents(PERSON, others).items()
            for agent in content.get("agents", ())
            if repr(agent) in mine
        }
        self.reject(PERSON, taken)


def read_roster(
    bundle: Bundle,
    rules: Sequence[AccountRule],
    source: str,
    progress: Callable[[int], None] = lambda rows: None,
    *,
    by_terms: bool = True,
) -> Roster:
    """All that a bundle says of who is where. `progress` is called with the number of rows read.

    `by_terms`: of a roster that is new, an enrolment without dates began with the terms of its class.

    Raises UnreadableFile.
    """
    roster = Roster(source=source, remarks=list(bundle.remarks))
    roster.entities.append(entity(ROSTER, source, source, accounts=[str(rule) for rule in rules]))
    tables = _Tables(bundle, roster, progress)
    sessions = {row.values["sourcedId"]: row for row in tables.rows("academicSessions")}
    courses = {row.values["sourcedId"]: row for row in tables.rows("courses")}
    _take(roster, tables.rows("orgs"), SCHOOL, lambda row: a_school(row, source))
    _take(roster, tables.rows("classes"), CLASS, lambda row: a_class(row, source, sessions, courses))
    roles, profiles = _by_user(tables.rows("roles")), _by_user(tables.rows("userProfiles"))
    _take(roster, tables.rows("users"), PERSON, lambda row: a_person(row, source, roles, profiles, rules))
    _reject_shared_accounts(roster)
    if by_terms:
        _note_class_starts(roster)
    _take_enrolments(roster, tables.rows("enrollments"))
    roster.complete |= {(t, source) for name, t in _FILES.items() if bundle.mode(name) == BULK}
    return roster


class _Tables:
    """The files of a bundle, row by row; rows that do not fit their header go to the rejected ones."""

    def __init__(self, bundle: Bundle, roster: Roster, progress: Callable[[int], None]) -> None:
        self._bundle, self._roster, self._progress, self._read = bundle, roster, progress, 0

    def rows(self, name: str) -> Iterable[Row]:
        if self._bundle.mode(name) == ABSENT:
            return
        seen: set[str] = set()
        for row in read_rows(f"{name}.csv", self._bundle.files[name], _REQUIRED[name]):
            self._read += 1
            self._progress(self._read)
            if not isinstance(row, Row):
                self._roster.rejected.append(row)
                continue
            # also a row that is rejected speaks of its entity, which is then not gone
            self._roster.rows.setdefault((_FILES.get(name, name), row.values.get("sourcedId", "")), row)
            if problem := _problem(row, _REQUIRED[name], seen):
                self._roster.rejected.append(row.rejected(problem))
            else:
                yield row


def _problem(row: Row, required: Sequence[str], seen: set[str]) -> str | None:
    for column in required[:1] if is_deleted(row) else required:
        if column not in row.values:
            return f"{column} is empty"
    if (key := row.values.get("sourcedId")) in seen:
        return f"sourcedId {key} is there twice"
    seen |= {key} if key else set()
    # `inactive` is of OneRoster 1.0; some still send it for what 1.1 deletes
    if row.values.get("status", "active").lower() not in ("active", "inactive", DELETED):
        return f"status {row.values['status']!r} is not active or tobedeleted"
    return None


def _take(roster: Roster, rows: Iterable[Row], entity_type: str, make: Callable[[Row], Entity]) -> None:
    for row in rows:
        key = row.values["sourcedId"]
        try:
            if is_deleted(row):
                roster.deleted.append((entity_type, key, optional_day(row, "dateLastModified")))
            else:
                roster.entities.append(make(row))
        except (ValueError, InvalidMapping) as error:
            roster.rejected.append(row.rejected(str(error)))


def _take_enrolments(roster: Roster, rows: Iterable[Row]) -> None:
    for row in rows:
        try:
            roster.enrolments.append(an_enrolment(row))
        except ValueError as error:
            roster.rejected.append(row.rejected(str(error)))


def _note_class_starts(roster: Roster) -> None:
    for made in roster.entities:
        if made.type == CLASS and "start" in made.content:
            roster.class_starts[made.key] = date.fromisoformat(made.content["start"])


def _by_user(rows: Iterable[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        if not is_deleted(row):
            grouped.setdefault(row.values["userSourcedId"], []).append(row)
    return grouped


def _reject_shared_accounts(roster: Roster) -> None:
    """Two people with one account would be one learner for ever: neither can be taken."""
    owner: dict[str, str] = {}
    shared: dict[str, str] = {}
    for made in roster.entities:
        for agent in made.content.get("agents", ()) if made.type == PERSON else ():
            other = owner.setdefault(repr(agent), made.key)
            if other != made.key:
                shared |= {other: made.key, made.key: other}
    roster.reject(PERSON, {key: f"has the same account as {other}" for key, other in shared.items()})
