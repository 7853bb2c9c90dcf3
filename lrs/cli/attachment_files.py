"""A folder with the contents of attachments, a file each, named by its SHA-2: what goes with exported statements."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from lrs.event_log.content import CHUNK_BYTES, kept_contents, read_content
from lrs.statement.attachments import Content, attachments
from lrs.statement.invalid import InvalidStatement

_HASHES = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}  # by hex digits


class FileContent:
    """The content of an attachment in a file (lrs/statement/attachments.py: Content)."""

    content_type: str | None = None
    content_length: str | None = None

    def __init__(self, path: Path) -> None:
        self._path = path

    def chunks(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                yield piece


class FolderContents(Mapping[str, Content]):
    """The contents in a folder, by SHA-2; each file is checked against its name when it is asked for.

    Raises InvalidStatement for a file that is not what its name says, and OSError for one that cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, sha2: str) -> Content:
        file = self._folder / sha2
        if len(sha2) not in _HASHES or not file.is_file():
            raise KeyError(sha2)
        with file.open("rb") as opened:
            if hashlib.file_digest(opened, _HASHES[len(sha2)]).hexdigest() != sha2:
                problem = f"the file {file} has another SHA-2 than its name"
                raise InvalidStatement(problem, "$.attachments", "attachment-hash", "Data 2.4.11")
        return FileContent(file)

    def __iter__(self) -> Iterator[str]:
        return (file.name for file in self._folder.iterdir() if len(file.name) in _HASHES)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def write_contents(connection: sa.Connection, store: str, statement: Mapping[str, Any], folder: Path) -> None:
    """Write what the store keeps of a statement's attachments; a file that is there already is left."""
    named = [each["sha2"].lower() for _, each in attachments(dict(statement))]
    for sha2 in sorted(kept_contents(connection, store, named)):
        if not (folder / sha2).exists():
            unfinished = folder / f"{sha2}.part"
            with unfinished.open("wb") as file:
                file.writelines(read_content(connection, store, sha2))
            unfinished.rename(folder / sha2)
