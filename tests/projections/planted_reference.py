"""Rosters, goals, calendars, level schemes and sheets with a planted word wherever people are named or described."""

import csv
import json
from pathlib import Path

from tests.lrs.reference.a_bundle import FILES_11, FILES_12, write_bundle
from tests.lrs.reference.test_onderwijsdoelen import a_goal, a_set, page
from tests.projections.planted import Planted

# Columns that say what a thing is, with words of OneRoster or the curriculum, when it held, or of which thing it is.
# A class and a school have identifiers; those that could hold a name are planted (`3a` below).
PLAIN = {
    "status", "dateLastModified", "type", "parentSourcedId", "schoolYear", "startDate", "endDate",
    "schoolYearSourcedId", "orgSourcedId", "orgSourcedIds", "courseSourcedId", "classType", "schoolSourcedId",
    "termSourcedIds", "enabledUser", "role", "roleType", "grades", "primary", "beginDate", "metadata.finality",
    "primaryOrgSourcedId", "classSourcedId", "userSourcedId", "userProfileSourcedId",
}  # fmt: skip
# Identifiers of things, by file: rows refer to them.
THINGS = {
    "orgs": "sourcedId",
    "academicSessions": "sourcedId",
    "courses": "sourcedId",
    "classes": "sourcedId",
}
# A school's number is public.
PUBLIC = {("orgs", "identifier")}


def a_planted_roster(planted: Planted, folder: Path, version: str) -> Path:
    """A bundle in which every column that could name a person or describe a thing holds a planted word."""
    files = {"1.1": FILES_11, "1.2": FILES_12}[version]
    return write_bundle(
        folder, {name: _planted(planted, name, rows) for name, rows in files.items()}, version=version
    )


def _planted(planted: Planted, name: str, lines: list[str]) -> list[str]:
    header, *rows = list(csv.reader(lines))
    return [",".join(header), *(",".join(_row(planted, name, header, row)) for row in rows)]


def _row(planted: Planted, name: str, header: list[str], row: list[str]) -> list[str]:
    return [_cell(planted, name, row[0], column, value) for column, value in zip(header, row, strict=False)]


def _cell(planted: Planted, name: str, row: str, column: str, value: str) -> str:
    if (
        column in ("classSourcedId", "sourcedId")
        and name in ("classes", "enrollments")
        and value in ("3a", "3b")
    ):
        return f"{value} of {planted.text('classes.sourcedId')}"
    if column == "userSourcedId" or (name, column) == ("users", "sourcedId"):
        return f"{planted.word('users.sourcedId')}-{value}"
    if column in PLAIN or THINGS.get(name) == column or (name, column) in PUBLIC:
        return value
    place = f"{name}.{column} of {row}"
    if column == "email":
        return planted.mailbox(place)
    if column in ("username", "identifier", "sourcedId", "userMasterIdentifier"):
        return f"{planted.word(place)}-{value}"
    return (
        f'"{{{planted.word(place)}:{planted.word(place)}}}"' if column == "userIds" else planted.text(place)
    )


def planted_goals(planted: Planted, folder: Path) -> list[Path]:
    """A framework in each format, with free text in it, and an id that is none."""
    sheet, public, package = folder / "lesdoelen.csv", folder / "goals.json", folder / "case.json"
    sheet.write_text(
        "id,title,code,parent\n"
        f"LD-1,{planted.text('goals.csv title')},LD 1,\n"
        f"LD of {planted.text('goals.csv id')},title,LD 2,LD-1\n"
        f"{planted.mailbox('goals.csv id, a mailbox')},title,{planted.mailbox('goals.csv code')},LD-1\n"
    )
    within = a_set() | {"onderwijsdoelenset": planted.text("goals.json onderwijsdoelenset")}
    goal = a_goal(omschrijving=f"<p>{planted.text('omschrijving')}</p>", onderwijsdoelenset=within)
    public.write_bytes(page(goal)[1])
    package.write_text(json.dumps(_case(planted)))
    return [sheet, public, package]


def _case(planted: Planted) -> dict[str, object]:
    described = {"notes": planted.text("CASE notes"), "creator": planted.text("CASE creator")}
    item = {
        "identifier": "6b1e4ad6-3a5b-4c3e-9d0f-111111111111",
        "uri": f"https://people.example.org/{planted.mailbox('CASE uri')}",
        "fullStatement": planted.text("CASE fullStatement"),
        "abbreviatedStatement": planted.text("CASE abbreviatedStatement"),
        "lastChangeDateTime": "2025-09-01T00:00:00Z",
        **described,
    }
    document = {
        "identifier": "6b1e4ad6-3a5b-4c3e-9d0f-000000000000",
        "uri": "https://example.org/case/1",
        "title": planted.text("CASE title"),
        "lastChangeDateTime": "2025-09-01T00:00:00Z",
        **described,
    }
    return {"CFDocument": document, "CFItems": [item], "CFAssociations": []}


def a_planted_calendar(planted: Planted, folder: Path) -> Path:
    path = folder / "calendar.csv"
    path.write_text(f"from,to,kind,label\n2025-10-01,2025-10-01,free,{planted.text('calendar label')}\n")
    return path


def planted_levels(planted: Planted, folder: Path) -> Path:
    path, scheme = folder / "levels.csv", planted.text("level scheme")
    path.write_text(f"scheme,level,name\n{scheme},1,{planted.text('level name')}\n{scheme},2,zilver\n")
    return path


def a_planted_sheet(planted: Planted, folder: Path) -> Path:
    """Conversations with a coach: who, with whom, and a report of it."""
    path = folder / "coach-talks.csv"
    row = ["15/9/2025", "10:20", planted.word("sheet: learner"), planted.word("sheet: coach"), "Coachgesprek", "15",
           planted.text("sheet: report"), "2", planted.mailbox("sheet: another column")]  # fmt: skip
    path.write_text(
        "Datum;Uur;Leerlingnummer;Coach;Soort;Duur;Verslag;Afspraken;E-mail\n" + ";".join(row) + "\n"
    )
    return path
