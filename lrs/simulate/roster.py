"""The school group as a OneRoster 1.2 CSV bundle, `roster.zip`.

Who has which account stands in `userIds` of users: {leerplein:...},{oefenhoek:...}, the type being the platform's name.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lrs.simulate.calendar import SchoolYear
from lrs.simulate.oneroster_columns import ABSENT, COLUMNS
from lrs.simulate.platforms import LINKED
from lrs.simulate.school_group import Learner, Person, School, SchoolClass, SchoolGroup, people, team_of

BOARD = "scholengroep-1"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
Row = Sequence[object]


def write_roster(path: Path, group: SchoolGroup) -> None:
    """Write the bundle: UTF-8 CSV files and a manifest, in a zip without a clock."""
    tables = {
        "manifest": _manifest(),
        "academicSessions": _sessions(group.year),
        "classes": _classes(group),
        "courses": _courses(group),
        "enrollments": _enrollments(group),
        "orgs": _orgs(group),
        "roles": _roles(group),
        "users": _users(group),
    }
    with zipfile.ZipFile(path, "w") as bundle:
        for name, rows in tables.items():
            entry = zipfile.ZipInfo(f"{name}.csv", _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, _csv(COLUMNS[name].split(), rows))


def account_mapping() -> list[str]:
    """How the bundle ties people to their accounts, as `lrs roster import --account` takes it."""
    return [f"{platform.home_page}=userIds:{platform.name.lower()}" for platform in LINKED]


def _csv(columns: list[str], rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _dated(year: SchoolYear) -> tuple[str, str]:
    return "active", f"{year.first}-08-20T08:00:00.000Z"


def _manifest() -> Iterator[Row]:
    yield from (("manifest.version", "1.0"), ("oneroster.version", "1.2"))
    yield from ((f"file.{name}", "bulk") for name in COLUMNS if name != "manifest")
    yield from ((f"file.{name}", "absent") for name in ABSENT.split())
    yield from (("source.systemName", "Leerspoor simulate"), ("source.systemCode", "leerspoor"))


def _sessions(year: SchoolYear) -> Iterator[Row]:
    start, end, name = f"{year.first}-09-01", f"{year.first + 1}-08-31", f"{year.first}-{year.first + 1}"
    yield (_year_id(year), *_dated(year), f"Schooljaar {name}", "schoolYear", start, end, "", year.first + 1)


def _year_id(year: SchoolYear) -> str:
    return f"schooljaar-{year.first}-{year.first + 1}"


def _orgs(group: SchoolGroup) -> Iterator[Row]:
    dated = _dated(group.year)
    yield (BOARD, *dated, "Scholengroep De Meander", "district", "", "")
    for school in group.schools:
        yield (school.id, *dated, school.name, "school", f"99{school.number:04}", BOARD)


def _courses(group: SchoolGroup) -> Iterator[Row]:
    for identifier, one in {_course_id(one): one for one in group.classes}.items():
        front = (identifier, *_dated(group.year), _year_id(group.year))
        yield (*front, one.course.title, one.course.code, one.course.year, one.school.id, "", "")


def _course_id(one: SchoolClass) -> str:
    return f"{one.school.id}-{one.course.code.lower()}"


def _classes(group: SchoolGroup) -> Iterator[Row]:
    for one in group.classes:
        what = (one.title, one.course.year, _course_id(one), one.title, "homeroom", "", one.school.id)
        when = (_year_id(group.year), ",".join(one.subjects), "", "")
        yield (one.id, *_dated(group.year), *what, *when, one.course.grade, one.course.finality or "")


def _users(group: SchoolGroup) -> Iterator[Row]:
    for one in group.learners:
        where = one.school_class
        yield _user(group, one, _accounts(one), where.school, where.course.year)
    schools = {person.id: one.school for one in group.classes for person in team_of(one)}
    for person in people(group):
        account = f"{{leerplein:{person.agent['account']['name']}}}"
        yield _user(group, person, account, schools[person.id], "")


def _user(group: SchoolGroup, one: Learner | Person, ids: str, school: School, grade: int | str) -> Row:
    username = f"{one.given_name}.{one.family_name}.{one.id.split('-', 1)[1]}".lower().replace(" ", "")
    front = (one.id, *_dated(group.year), "true", username, ids, one.given_name, one.family_name)
    return (*front, *[""] * 6, grade, *[""] * 6, school.id, "")


def _accounts(one: Learner) -> str:
    return ",".join(f"{{{p.name.lower()}:{one.agents[p.name]['account']['name']}}}" for p in LINKED)


def _roles(group: SchoolGroup) -> Iterator[Row]:
    found = [(one.id, "student", one.school_class.school.id) for one in group.learners]
    found += dict.fromkeys((p.id, "teacher", one.school.id) for one in group.classes for p in team_of(one))
    for person, role, school in found:
        yield (f"role-{person}", *_dated(group.year), person, "primary", role, "", "", school, "")


def _enrollments(group: SchoolGroup) -> Iterator[Row]:
    year = group.year
    for one in group.learners:
        where = one.school_class
        first, last = year.date(max(0, one.joined)), year.date(one.left - 1)
        until = f"{year.first + 1}-08-31" if one.left >= year.days else last
        ids = (f"enrollment-{one.id}", *_dated(year), where.id, where.school.id, one.id)
        yield (*ids, "student", "false", first, until)
    for given in group.classes:
        for person in team_of(given):
            ids = (f"enrollment-{given.id}-{person.id}", *_dated(year), given.id, given.school.id, person.id)
            primary = "true" if person is given.coach else "false"
            yield (*ids, "teacher", primary, f"{year.first}-09-01", f"{year.first + 1}-08-31")
