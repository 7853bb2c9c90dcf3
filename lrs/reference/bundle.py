"""A OneRoster CSV bundle: a zip file or a folder, and what its manifest says (OneRoster 1.1 and 1.2, CSV binding)."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lrs.reference.csv_rows import read_rows
from lrs.reference.entity import Row, UnreadableFile

BULK, DELTA, ABSENT = "bulk", "delta", "absent"
VERSIONS = ("1.1", "1.2")
# Unpacked; a roster of half a million learners stays well under it.
LARGEST_BYTES = 1024 * 1024 * 1024
# The files that are read; a bundle may hold others (results, resources, demographics), which are left alone.
READ = (
    "manifest",
    "orgs",
    "academicSessions",
    "courses",
    "classes",
    "users",
    "roles",
    "userProfiles",
    "enrollments",
)


@dataclass(frozen=True)
class Bundle:
    """The files by name without `.csv`; `modes` says for each whether it is bulk, delta or absent."""

    files: Mapping[str, bytes]
    modes: Mapping[str, str]
    version: str
    system: str | None
    remarks: list[str] = field(default_factory=list)

    def mode(self, name: str) -> str:
        return self.modes.get(name, ABSENT)


def open_bundle(path: Path) -> Bundle:
    """The bundle at a path. Raises UnreadableFile when it is none, OSError when it cannot be read."""
    files = _of_folder(path) if path.is_dir() else _of_zip(path)
    if not set(files) - {"manifest"}:
        raise UnreadableFile(
            f"{path} holds no OneRoster files (orgs.csv, users.csv, classes.csv, enrollments.csv)"
        )
    return _with_manifest(files)


def _of_folder(path: Path) -> dict[str, bytes]:
    found = {name: path / f"{name}.csv" for name in READ}
    return {name: file.read_bytes() for name, file in found.items() if file.is_file()}


def _of_zip(path: Path) -> dict[str, bytes]:
    """The files of a zip; one folder around them all is tolerated, though the binding has none."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = {
                PurePosixPath(e.filename).name: e for e in archive.infolist() if not _is_hidden(e.filename)
            }
            wanted = {name: entries[f"{name}.csv"] for name in READ if f"{name}.csv" in entries}
            if sum(entry.file_size for entry in wanted.values()) > LARGEST_BYTES:
                raise UnreadableFile(f"{path} unpacks to more than {LARGEST_BYTES // 1024**2} MiB")
            return {name: archive.read(entry) for name, entry in wanted.items()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableFile(f"{path} is not a zip file that can be read ({error})") from error


def _is_hidden(name: str) -> bool:
    return name.endswith("/") or any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _with_manifest(files: Mapping[str, bytes]) -> Bundle:
    data = {name: content for name, content in files.items() if name != "manifest"}
    if "manifest" not in files:
        remark = "manifest.csv is missing: every file was read as bulk"
        return Bundle(data, dict.fromkeys(data, BULK), _guessed_version(data), None, [remark])
    said = dict(_properties(files["manifest"]))
    version = said.get("oneroster.version", "")
    if version not in VERSIONS:
        raise UnreadableFile(f"manifest.csv: OneRoster {version or 'of no version'}; 1.1 and 1.2 are read")
    modes = {name: said.get(f"file.{name}", ABSENT).lower() for name in READ if name != "manifest"}
    for name, mode in modes.items():
        if mode not in (BULK, DELTA, ABSENT):
            raise UnreadableFile(f"manifest.csv: file.{name} is {mode!r}; it takes bulk, delta or absent")
        if mode != ABSENT and name not in data:
            raise UnreadableFile(f"manifest.csv names {name}.csv as {mode}, and it is not there")
    present = {name: content for name, content in data.items() if modes[name] != ABSENT}
    system = said.get("source.systemCode") or said.get("source.systemName")
    remarks = [
        f"{name}.csv is there and absent by the manifest: it was left out"
        for name in sorted(set(data) - set(present))
    ]
    return Bundle(present, modes, version, system, remarks)


def _properties(content: bytes) -> list[tuple[str, str]]:
    found = []
    for row in read_rows("manifest.csv", content, ["propertyName", "value"]):
        if not isinstance(row, Row):
            raise UnreadableFile(f"manifest.csv line {row.line}: {row.reason}")
        found.append((row.values.get("propertyName", ""), row.values.get("value", "")))
    return found


def _guessed_version(files: Mapping[str, bytes]) -> str:
    return "1.2" if "roles" in files else "1.1"
