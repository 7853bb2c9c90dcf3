"""A row of OneRoster CSV -> a school, a class, a person or an enrolment."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from lrs.reference.account import AccountRule, agents_of
from lrs.reference.csv_rows import optional_day
from lrs.reference.entity import CLASS, PERSON, SCHOOL, Entity, Row, entity
from lrs.reference.token import finality, word

DELETED = "tobedeleted"
ROLES = (
    "student", "teacher", "aide", "administrator", "proctor", "parent", "guardian", "relative", "principal",
    "counselor", "siteAdministrator", "districtAdministrator", "systemAdministrator",
)  # fmt: skip


class EnrolmentRow(NamedTuple):
    """A row of enrollments.csv. `until` is the first day without it (endDate is exclusive in the binding)."""

    row: Row
    source_id: str
    person: str
    class_key: str
    school: str | None
    role: str
    primary: bool
    begin: date | None
    until: date | None
    modified: date | None
    deleted: bool


def is_deleted(row: Row) -> bool:
    return row.values.get("status", "").lower() in (DELETED, "inactive")


def a_school(row: Row, source: str) -> Entity:
    """An org: a school, or what schools are part of."""
    said = row.values
    return entity(
        SCHOOL,
        said["sourcedId"],
        source,
        name=said["name"],
        identifier=said.get("identifier"),
        kind=said["type"].lower(),
        parent=said.get("parentSourcedId"),
    )


def a_class(row: Row, source: str, sessions: Mapping[str, Row], courses: Mapping[str, Row]) -> Entity:
    """A class; its terms say from when until when, its own metadata or its course's which finality it is of.

    Raises ValueError for a term whose dates are none.
    """
    said = row.values
    course = courses[said["courseSourcedId"]].values if said.get("courseSourcedId") in courses else {}
    named = _listed(said.get("termSourcedIds") or said.get("terms") or "")
    terms = [sessions[each] for each in named if each in sessions]
    starts = [day for term in terms if (day := optional_day(term, "startDate"))]
    ends = [day for term in terms if (day := optional_day(term, "endDate"))]
    grades = _listed(said.get("grades", "")) or _listed(course.get("grades", ""))
    return entity(
        CLASS,
        said["sourcedId"],
        source,
        name=said["title"],
        code=said.get("classCode"),
        school=said["schoolSourcedId"],
        kind=said.get("classType", "").lower(),
        course=said.get("courseSourcedId"),
        course_name=course.get("title"),
        grade=word(said.get("metadata.grade") or (grades[0] if grades else None)),
        finality=finality(said.get("metadata.finality") or course.get("metadata.finality")),
        stream=word(said.get("metadata.stream") or course.get("metadata.stream")),
        start=min(starts).isoformat() if starts else None,
        until=max(ends).isoformat() if ends else None,
    )


def a_person(
    row: Row,
    source: str,
    roles: Mapping[str, list[Row]],
    profiles: Mapping[str, list[Row]],
    rules: Sequence[AccountRule],
) -> Entity:
    """A user: names, roles (users.csv in 1.1, roles.csv in 1.2) and xAPI agents; no address, telephone or birthday.

    Raises ValueError for a role that OneRoster does not know, InvalidMapping for an account that is no agent.
    """
    said, key = row.values, row.values["sourcedId"]
    held = [each.values["role"] for each in roles.get(key, ())] or _listed(said.get("role", ""))
    schools = [each.values["orgSourcedId"] for each in roles.get(key, ())]
    if unknown := [each for each in held if each not in ROLES]:
        raise ValueError(f"role {unknown[0]!r} is not one of OneRoster's")
    return entity(
        PERSON,
        key,
        source,
        given_name=said.get("preferredGivenName") or said.get("preferredFirstName") or said["givenName"],
        family_name=said.get("preferredFamilyName") or said.get("preferredLastName") or said["familyName"],
        agents=agents_of(rules, said, [each.values for each in profiles.get(key, ())]),
        roles=sorted(set(held)),
        schools=sorted(set(schools or _listed(said.get("orgSourcedIds", "")))),
        grades=_listed(said.get("grades", "")),
    )


def an_enrolment(row: Row) -> EnrolmentRow:
    """An enrolment as the row has it. Raises ValueError for a role or a date that is none."""
    said = row.values
    deleted = is_deleted(row)
    if not deleted and said["role"] not in ROLES:
        raise ValueError(f"role {said['role']!r} is not one of OneRoster's")
    begin, until = optional_day(row, "beginDate"), optional_day(row, "endDate")
    if begin and until and until < begin:
        raise ValueError(f"endDate {until} lies before beginDate {begin}")
    return EnrolmentRow(
        row,
        said["sourcedId"],
        said.get("userSourcedId", ""),
        said.get("classSourcedId", ""),
        said.get("schoolSourcedId"),
        said.get("role", ""),
        said.get("primary", "").lower() == "true",
        begin,
        until,
        optional_day(row, "dateLastModified"),
        deleted,
    )


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
