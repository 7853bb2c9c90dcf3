"""Contents of attachments leave with an export and come back with an import."""

import json
from pathlib import Path

from tests.lrs.cli.test_commands import Shell, exported, lines
from tests.lrs.conftest import a_statement, an_id
from tests.lrs.http.a_multipart import an_attachment, sha2

ESSAY, PHOTO = b"essay\r\n", bytes(range(256)) * 9000


def statements() -> str:
    return lines(
        a_statement(id=an_id(), attachments=[an_attachment(ESSAY), an_attachment(PHOTO)]),
        a_statement(id=an_id(), attachments=[an_attachment(PHOTO)]),
        a_statement(id=an_id(), attachments=[an_attachment(b"", fileUrl="https://example.org/a")]),
        a_statement(id=an_id()),
    )


def a_folder(path: Path, *contents: bytes) -> Path:
    path.mkdir()
    for content in contents:
        (path / sha2(content)).write_bytes(content)
    return path


def test_contents_go_round_with_their_statements(tmp_path: Path) -> None:
    given = a_folder(tmp_path / "given", ESSAY, PHOTO, b"nobody's")
    one, other = Shell(tmp_path / "one"), Shell(tmp_path / "other")
    assert "4 stored" in one("import", "-", "--attachments", str(given), given=statements()).output
    for _ in range(2):  # a second export leaves what is there
        out = exported(one, "--attachments", str(tmp_path / "out"))
    kept = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert kept == {sha2(ESSAY): ESSAY, sha2(PHOTO): PHOTO}
    other("import", "-", "--attachments", str(tmp_path / "out"), given=lines(*out))
    exported(other, "--attachments", str(tmp_path / "again"))
    assert {file.name for file in (tmp_path / "again").iterdir()} == set(kept)


def test_content_that_is_missing_or_is_not_what_its_name_says_is_a_reject(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "given", ESSAY)
    (folder / sha2(PHOTO)).write_bytes(b"something else")
    rejects = tmp_path / "rejects"
    told = Shell(tmp_path / "one")(
        "import", "-", "--attachments", str(folder), "--rejects", str(rejects), given=statements(), status=3
    )
    assert "2 stored" in told.output and "2 refused" in told.output
    assert [json.loads(line)["rule"] for line in rejects.read_text().splitlines()] == ["attachment-hash"] * 2
    (folder / sha2(PHOTO)).unlink()
    Shell(tmp_path / "two")(
        "import", "-", "--attachments", str(folder), "--rejects", str(rejects), given=statements(), status=3
    )
    assert [json.loads(line)["rule"] for line in rejects.read_text().splitlines()] == [
        "attachment-content"
    ] * 2


def test_without_a_folder_statements_come_in_as_they_are(tmp_path: Path) -> None:
    assert "4 stored" in Shell(tmp_path / "one")("import", "-", given=statements()).output
