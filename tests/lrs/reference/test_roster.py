"""OneRoster bundles: what is read of them, and each row that cannot be."""

import zipfile
from datetime import date
from pathlib import Path

import pytest

from lrs.reference.account import InvalidMapping, agents_of, parse_rule
from lrs.reference.bundle import open_bundle
from lrs.reference.entity import CLASS, PERSON, SCHOOL, Reading, UnreadableFile
from lrs.reference.known import Nothing
from lrs.reference.roster import read_roster
from tests.lrs.reference.a_bundle import (
    ENROLMENT_HEADER,
    FILES_11,
    FILES_12,
    SOURCE,
    read,
    with_rows,
    write_bundle,
)

AS_OF = date(2025, 9, 15)


def settled(path: Path) -> Reading:
    return read(path).settle(Nothing(), AS_OF)


def contents(reading: Reading, entity_type: str) -> dict[str, dict[str, object]]:
    return {each.key: each.content for each in reading.entities if each.type == entity_type}


@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize(("version", "files"), [("1.1", FILES_11), ("1.2", FILES_12)])
def test_both_versions_say_the_same_in_a_folder_or_a_zip_with_or_without_a_mark(
    tmp_path: Path, version: str, files: dict[str, list[str]], zipped: bool, bom: bool
) -> None:
    path = write_bundle(tmp_path, files, version=version, bom=bom, zipped=zipped)
    assert open_bundle(path).version == version
    reading = settled(path)
    assert reading.rejected == []
    assert reading.entities == settled(write_bundle(tmp_path, FILES_11)).entities


def test_schools_classes_people_and_enrolments_are_read(tmp_path: Path) -> None:
    reading = settled(write_bundle(tmp_path))
    assert contents(reading, SCHOOL)["north"] == {
        "key": "north", "source": SOURCE, "name": "Atheneum Noord", "identifier": "12345", "kind": "school",
        "parent": "board",
    }  # fmt: skip
    assert contents(reading, CLASS)["3a"] == {
        "key": "3a", "source": SOURCE, "name": "3 Natuurwetenschappen A", "code": "3NWa", "school": "north",
        "kind": "homeroom", "course": "nw", "course_name": "Natuurwetenschappen", "grade": "3", "finality": "DO",
        "start": "2025-09-01", "until": "2026-09-01",
    }  # fmt: skip
    assert contents(reading, CLASS)["3b"]["grade"] == "3", "of its course"
    assert contents(reading, PERSON)["an"] == {
        "key": "an", "source": SOURCE, "given_name": "An", "family_name": "Peeters", "roles": ["student"],
        "schools": ["north"], "grades": ["3"],
        "agents": [{"account": {"homePage": "https://p.example.org", "name": "an.p"}},
                   {"account": {"homePage": "https://q.example.org", "name": "1001"}}],
    }  # fmt: skip
    enrolments = {e["source_id"]: (e["person"], e["class"], e["from"], e.get("until"))
                  for e in contents(reading, "enrolment").values()}  # fmt: skip
    assert enrolments == {
        "e1": ("an", "3a", "2025-09-01", None),
        "e2": ("bo", "3a", "2025-09-01", None),
        "e3": ("cis", "3b", "2025-09-01", "2025-12-01"),
        "e4": ("tine", "3a", "2025-09-01", None),
    }


def test_addresses_telephones_and_passwords_are_not_taken_over(tmp_path: Path) -> None:
    assert "an@example.org" not in str(settled(write_bundle(tmp_path)).entities)


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("orgs", ",,,Nameless,school,,", "sourcedId is empty"),
        ("orgs", "north,,,,school,,", "name is empty"),
        ("orgs", "south,gone,,Zuid,school,,", "status 'gone'"),
        ("classes", "4a,,,4A,,nw,,homeroom,,west,y25,,,,", "school west is not in the roster"),
        ("users", "dan,,,true,north,king,dan,,Dan,Smet,,,,,,,,", "role 'king'"),
        ("users", "dan,,,true,north,student,dan,,Dan,,,,,,,,,", "familyName is empty"),
        ("users", "dan,,,true,north,student,dan,,Dan,Smet,,,,,,,,,,extra", "20 fields"),
        ("users", "dan,,,true,north", "5 fields"),
        ("enrollments", "e9,,,3a,north,dan,student,,,", "person dan is not in the roster"),
        ("enrollments", "e9,,,4z,north,an,student,,,", "class 4z is not in the roster"),
        ("enrollments", "e9,,,3a,west,an,student,,,", "school west is not in the roster"),
        ("enrollments", "e9,,,3a,north,an,king,,,", "role 'king'"),
        ("enrollments", "e9,,,3a,north,an,student,,2025-13-01,", "beginDate '2025-13-01' is not a date"),
        ("enrollments", "e9,,,3a,north,an,student,,2025-10-01,2025-09-01", "lies before beginDate"),
        ("enrollments", "e1,,,3a,north,an,student,,,", "sourcedId e1 is there twice"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_rejected_with_its_line_and_the_reason(
    tmp_path: Path, name: str, row: str, reason: str
) -> None:
    files = {**FILES_11, name: [*FILES_11[name], row]}
    (rejected,) = settled(write_bundle(tmp_path, files)).rejected
    assert rejected.file == f"{name}.csv"
    assert rejected.line == len(FILES_11[name]) + 1
    assert reason in rejected.reason


def test_two_people_with_one_account_are_both_rejected(tmp_path: Path) -> None:
    row = "eef,,,true,north,student,an.p,,Eef,Peeters,,,,,,,,"
    rejected = settled(write_bundle(tmp_path, {**FILES_11, "users": [*FILES_11["users"], row]})).rejected
    assert [(r.line, r.reason) for r in rejected][:2] == [
        (2, "has the same account as eef"),
        (6, "has the same account as an"),
    ]
    assert [r.reason for r in rejected[2:]] == ["person an is not in the roster"]


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ("oneroster.version,1.0\r\nfile.orgs,bulk", "OneRoster 1.0"),
        ("oneroster.version,1.1\r\nfile.orgs,sometimes", "file.orgs is 'sometimes'"),
        ("oneroster.version,1.1\r\nfile.courses,bulk", "courses.csv as bulk, and it is not there"),
    ],
)
def test_a_manifest_that_does_not_hold_is_refused(tmp_path: Path, manifest: str, problem: str) -> None:
    path = write_bundle(tmp_path, {"orgs": FILES_11["orgs"]})
    (path / "manifest.csv").write_text(f"propertyName,value\r\n{manifest}\r\n")
    with pytest.raises(UnreadableFile, match=problem):
        open_bundle(path)


def test_without_a_manifest_every_file_is_bulk(tmp_path: Path) -> None:
    path = write_bundle(tmp_path)
    (path / "manifest.csv").unlink()
    reading = read(path)
    assert reading.rejected == []
    assert "manifest.csv is missing" in reading.remarks[0]
    assert len(reading.complete) == 4


def test_a_file_that_the_manifest_calls_absent_is_left_out(tmp_path: Path) -> None:
    path = write_bundle(tmp_path)
    text = (path / "manifest.csv").read_text().replace("file.enrollments,bulk", "file.enrollments,absent")
    (path / "manifest.csv").write_text(text)
    reading = read(path)
    assert reading.enrolments == []
    assert "enrollments.csv is there and absent" in reading.remarks[0]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"name,type\r\nNoord,school\r\n", "no column sourcedId"),
        ("sourcedId,name,type\r\n1,Caf\u00e9,school\r\n".encode("latin-1"), "line 2 is not UTF-8"),
        (b"sourcedId,name,type,name\r\n", "column name twice"),
        (b'sourcedId,name,type\r\n1,"open,school\r\n', "line 2"),
        (b"", "no column sourcedId"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, problem: str) -> None:
    path = write_bundle(tmp_path)
    (path / "orgs.csv").write_bytes(content)
    with pytest.raises(UnreadableFile, match=problem):
        read(path)


def test_what_is_no_bundle_is_named(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"PK no")
    with pytest.raises(UnreadableFile, match="not a zip"):
        open_bundle(tmp_path / "no.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(UnreadableFile, match="holds no OneRoster files"):
        open_bundle(tmp_path / "other.zip")


def test_a_zip_with_a_folder_around_its_files_is_read(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path)
    with zipfile.ZipFile(tmp_path / "wrapped.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"export/{file.name}")
            archive.writestr(f"__MACOSX/export/._{file.name}", b"\x00")
    assert settled(tmp_path / "wrapped.zip").entities == settled(folder).entities


@pytest.mark.parametrize(
    ("rule", "agent"),
    [
        ("https://p.example.org=sourcedId", {"account": {"homePage": "https://p.example.org", "name": "an"}}),
        ("https://p.example.org/?a=b=userIds:lms", {"account": {"homePage": "https://p.example.org/?a=b",
                                                               "name": "77"}}),
        ("https://p.example.org=metadata.card", {"account": {"homePage": "https://p.example.org", "name": "c1"}}),
        ("https://p.example.org=profile:quiz", {"account": {"homePage": "https://p.example.org", "name": "q9"}}),
        ("mbox=email", {"mbox": "mailto:an@example.org"}),
        ("https://p.example.org=identifier", None),
        ("https://p.example.org=userIds:other", None),
        ("https://p.example.org=profile:none", None),
    ],
)  # fmt: skip
def test_an_account_is_found_where_the_mapping_says(rule: str, agent: dict[str, object] | None) -> None:
    user = {"sourcedId": "an", "email": "an@example.org", "userIds": "{lms:77},{x:1}", "metadata.card": "c1"}
    profiles = [{"vendorId": "other", "username": "o1"}, {"applicationId": "quiz", "username": "q9"}]
    assert agents_of([parse_rule(rule)], user, profiles) == ([agent] if agent else [])


@pytest.mark.parametrize("rule", ["username", "=username", "https://p.example.org=", "p.example.org=username",
                                  "https://p.example.org=shoeSize", "https://p.example.org=userIds:"])  # fmt: skip
def test_a_mapping_that_says_nothing_is_refused(rule: str) -> None:
    with pytest.raises(InvalidMapping):
        parse_rule(rule)


def test_a_value_that_is_no_mailbox_rejects_the_person(tmp_path: Path) -> None:
    path = write_bundle(
        tmp_path, with_rows("users", "dan,,,true,north,student,,,Dan,Smet,,,not a mailbox,,,,,")
    )
    roster = read_roster(open_bundle(path), [parse_rule("mbox=email")], SOURCE)
    assert "mbox=email" in roster.rejected[0].reason


def test_a_deleted_row_needs_no_more_than_its_id(tmp_path: Path) -> None:
    files = {
        "orgs": [FILES_11["orgs"][0], "north,tobedeleted,2025-10-01T10:00:00.000Z,,,,"],
        "enrollments": [ENROLMENT_HEADER, "e1,tobedeleted,2025-10-01T22:30:00Z,,,,,,,"],
    }
    roster = read(write_bundle(tmp_path, files, mode="delta"))
    assert roster.rejected == []
    assert roster.deleted == [(SCHOOL, "north", date(2025, 10, 1))]
    assert roster.enrolments[0].modified == date(2025, 10, 2), "half past midnight in Brussels"
    assert roster.complete == set()
