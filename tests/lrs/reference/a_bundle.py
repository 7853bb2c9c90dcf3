"""Small OneRoster bundles: three learners and a teacher in two classes of one school."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from lrs.reference.account import parse_rule
from lrs.reference.bundle import Bundle, open_bundle
from lrs.reference.roster import Roster, read_roster

RULES = [parse_rule("https://p.example.org=username"), parse_rule("https://q.example.org=identifier")]
SOURCE = "sis"
ORGS = ["sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
        "north,,,Atheneum Noord,school,12345,board", "board,,,Scholengroep,district,,"]  # fmt: skip
SESSIONS = ["sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
            "y25,,,2025-2026,schoolYear,2025-09-01,2026-09-01,,2026"]  # fmt: skip
COURSES = ["sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects",
           "nw,,,y25,Natuurwetenschappen,NW,3,north,"]  # fmt: skip
CLASSES = ["sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
           "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods,metadata.finality",
           "3a,,,3 Natuurwetenschappen A,3,nw,3NWa,homeroom,,north,y25,,,,D",
           "3b,,,3 Natuurwetenschappen B,,nw,3NWb,homeroom,,north,y25,,,,"]  # fmt: skip
USERS_11 = ["sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
            "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
            'an,,,true,north,student,an.p,"{lms:77}",An,Peeters,,1001,an@example.org,,,,3,',
            "bo,,,true,north,student,bo.j,,Bo,Janssens,,1002,,,,,3,",
            "cis,,,true,north,student,cis.m,,Cis,Maes,,,,,,,3,",
            "tine,,,true,north,teacher,tine.w,,Tine,Wouters,,,,,,,,"]  # fmt: skip
USERS_12 = ["sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
            "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
            "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
            'an,,,true,an.p,"{lms:77}",Anna,Peeters,,1001,an@example.org,,,,3,,,An,,,north,',
            "bo,,,true,bo.j,,Bo,Janssens,,1002,,,,,3,,,,,,north,",
            "cis,,,true,cis.m,,Cis,Maes,,,,,,,3,,,,,,north,",
            "tine,,,true,tine.w,,Tine,Wouters,,,,,,,,,,,,,north,"]  # fmt: skip
ROLES = ["sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
         "userProfileSourcedId",
         "r1,,,an,primary,student,,,north,", "r2,,,bo,primary,student,,,north,", "r3,,,cis,primary,student,,,north,",
         "r4,,,tine,primary,teacher,,,north,"]  # fmt: skip
ENROLMENT_HEADER = (
    "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,"
    "endDate"
)
ENROLMENTS = [ENROLMENT_HEADER, "e1,,,3a,north,an,student,,2025-09-01,", "e2,,,3a,north,bo,student,,,",
              "e3,,,3b,north,cis,student,,2025-09-01,2025-12-01",
              "e4,,,3a,north,tine,teacher,true,2025-09-01,"]  # fmt: skip
FILES_11 = {"orgs": ORGS, "academicSessions": SESSIONS, "courses": COURSES, "classes": CLASSES, "users": USERS_11,
            "enrollments": ENROLMENTS}  # fmt: skip
FILES_12 = {**FILES_11, "users": USERS_12, "roles": ROLES}


def manifest(files: Mapping[str, object], version: str = "1.1", mode: str = "bulk") -> list[str]:
    return [
        "propertyName,value",
        "manifest.version,1.0",
        f"oneroster.version,{version}",
        *(f"file.{name},{mode}" for name in files),
        "file.results,absent",
        "source.systemName,A student information system",
        "source.systemCode,sis",
    ]


def write_bundle(
    folder: Path,
    files: Mapping[str, Sequence[str]] = FILES_11,
    *,
    version: str = "1.1",
    mode: str = "bulk",
    bom: bool = False,
    zipped: bool = False,
) -> Path:
    """Write a bundle as a folder or a zip file, and return its path."""
    said = {"manifest": manifest(files, version, mode), **files}
    contents = {
        f"{name}.csv": ("\ufeff" if bom else "") + "".join(line + "\r\n" for line in lines)
        for name, lines in said.items()
    }
    if zipped:
        path = folder / "roster.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in contents.items():
                archive.writestr(name, text)
        return path
    path = folder / "roster"
    path.mkdir(exist_ok=True)
    for old in path.glob("*.csv"):
        old.unlink()
    for name, text in contents.items():
        (path / name).write_text(text, encoding="utf-8", newline="")
    return path


def with_rows(
    name: str, *rows: str, files: Mapping[str, Sequence[str]] = FILES_11
) -> dict[str, Sequence[str]]:
    """The files with other rows under the header of one of them."""
    return {**files, name: [files[name][0], *rows]}


def read(path: Path, source: str = SOURCE) -> Roster:
    return read_roster(open_bundle(path), RULES, source)


def bundle(path: Path) -> Bundle:
    return open_bundle(path)
