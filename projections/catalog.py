"""Finds projection files, reads their headers, and orders them by what they read."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

HERE = Path(__file__).parent
FOLDERS = ("facts", "goals", "self_regulation", "schools")
# What the projector itself provides to read.
BATCH = "batch"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = {
    "grain", "reads", "by", "as", "indicator", "unit", "range", "minimum n", "direction", "reference", "cell", "within",
    "starts as", "part", "sensitive", "under", "over", "counts", "due",
}  # fmt: skip
_JOINED = {"reads": ", ", "part": "; ", "sensitive": "; ", "counts": "\n", "due": "\n"}
_INDICATOR_KEYS = ("unit", "range", "minimum n", "direction", "reference")
_LINE = re.compile(r"(column [a-z][a-z0-9_]*|[a-z][a-z ]*?): (.+)")
# A change of how tables are made, or of what the forms of events let through, is a change of every table.
ENGINE_VERSION = "2"


class InvalidProjection(ValueError):
    """A projection file cannot be used; the text names the file and what to mend."""


@dataclass(frozen=True)
class Projection:
    """One file: a table, what a row of it is, and how it is made."""

    name: str
    path: Path
    purpose: str
    header: dict[str, str]
    columns: dict[str, str]
    body: str
    hash: str = field(default="")

    @property
    def folder(self) -> str:
        return self.path.parent.name

    @cached_property
    def grain(self) -> tuple[str, ...]:
        return _listed(self.header["grain"])

    @cached_property
    def reads(self) -> tuple[str, ...]:
        return _listed(self.header.get("reads", ""))

    @cached_property
    def by(self) -> tuple[str, ...]:
        """The key columns by which it is kept: rows of other keys stay as they are. Empty: it is made whole."""
        return _listed(self.header.get("by", ""))

    @property
    def is_by_learner(self) -> bool:
        """Whether its rows belong to learners, so that only the touched learners' are made anew."""
        return self.by[:1] == ("learner_key",)

    @property
    def is_by_statement(self) -> bool:
        """Whether, moreover, each row tells of one statement, so that only those of the affected ones are."""
        return self.by == ("learner_key", "position")

    @property
    def is_by_day(self) -> bool:
        """Whether, moreover, each row tells of one local day, so that only those of the touched days are."""
        return self.by == ("learner_key", "local_date")

    @cached_property
    def counts(self) -> dict[str, str]:
        """Of what it reads: the condition (SQL) that a row fulfils if it is of any matter here."""
        return _by_name(self.header.get("counts", ""))

    @cached_property
    def due(self) -> dict[str, str]:
        """Of what it reads: the select of the keys for which rows of it matter, where its own columns do not tell.

        The rows that changed are `changed_<name>`.
        """
        return _by_name(self.header.get("due", ""))

    @property
    def kind(self) -> str:
        """table, view, or batch: a table that lives no longer than the batch it is made of."""
        return self.header.get("as", "table")

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py"

    @property
    def is_append(self) -> bool:
        """Whether its rows are made from the batch alone and stay: what only a replay of the log makes again."""
        return self.by == ("position",) or self.kind == "batch"


def load_catalog(extra: Path | None = None) -> list[Projection]:
    """All projections of the package, and of a folder of one's own, each after those it reads.

    Raises InvalidProjection for a file whose header is incomplete, unknown or contradictory, for a name that is there
    twice, for something read that is not there, and for a circle.
    """
    folders = [HERE / name for name in FOLDERS] + ([extra] if extra else [])
    if extra is not None and not extra.is_dir():
        raise InvalidProjection(f"{extra} is not a folder (LRS_PROJECTION_FOLDER)")
    found: dict[str, Projection] = {}
    for path in sorted(p for folder in folders for p in folder.iterdir() if p.suffix in (".sql", ".py")):
        if path.name == "__init__.py":
            continue
        projection = read_projection(path)
        if projection.name in found:
            raise InvalidProjection(f"{path}: {found[projection.name].path} has that name already")
        found[projection.name] = projection
    return _in_order(found)


def read_by(catalog: Sequence[Projection], names: Iterable[str]) -> set[str]:
    """The projections of those names and all that they read, near or far."""
    found = set(names)
    for projection in reversed(catalog):
        if projection.name in found:
            found |= set(projection.reads)
    return found


def read_projection(path: Path) -> Projection:
    """One projection file. Raises InvalidProjection."""
    if not _NAME.fullmatch(path.stem):
        raise InvalidProjection(f"{path}: a projection's name is lower case letters, digits and _")
    text = path.read_text("utf-8")
    lines, body = _header_lines(path, text)
    purpose, header, columns = _parse(path, lines)
    projection = Projection(path.stem, path, purpose, header, columns, body)
    _check(projection)
    return projection


def _header_lines(path: Path, text: str) -> tuple[list[str], str]:
    if path.suffix == ".py":
        found = re.match(r'"""(.*?)"""', text, re.DOTALL)
        if found is None:
            raise InvalidProjection(f"{path}: starts with no docstring that holds the header")
        return [line.strip() for line in found[1].splitlines()], text
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return [line[2:].strip() for line in lines[:end]], "\n".join(lines[end:])


def _parse(path: Path, lines: Sequence[str]) -> tuple[str, dict[str, str], dict[str, str]]:
    """Purpose in front, then the header's lines; nothing else may stand between or behind them."""
    purpose: list[str] = []
    header: dict[str, str] = {}
    columns: dict[str, str] = {}
    for line in lines:
        key, value = found.groups() if (found := _LINE.fullmatch(line)) else ("", line)
        if key.startswith("column "):
            columns[key.removeprefix("column ")] = value
        elif key in _KEYS:
            # these may stand on several lines
            header[key] = f"{header[key]}{_JOINED[key]}{value}" if key in _JOINED and key in header else value
        elif header and line:
            raise InvalidProjection(
                f"{path}: {line!r} is no header line; there are {', '.join(sorted(_KEYS))}, column"
            )
        elif line:
            purpose.append(line)
    return " ".join(purpose), header, columns


def _check(projection: Projection) -> None:
    problem = None
    if not projection.purpose:
        problem = "its first comment line says what a row is"
    elif "grain" not in projection.header:
        problem = "`grain:` is missing"
    elif not set(projection.grain) <= set(projection.columns):
        problem = (
            f"`column {sorted(set(projection.grain) - set(projection.columns))[0]}:` of its grain is missing"
        )
    elif projection.by and projection.by != ("position",) and not projection.is_by_learner:
        problem = "`by:` takes position, or learner_key and what its rows are made anew by beside it"
    elif odd := sorted((set(projection.counts) | set(projection.due)) - set(projection.reads)):
        problem = f"`counts:` and `due:` speak of what it reads; it does not read {odd[0]!r}"
    elif projection.due and not projection.by:
        problem = "`due:` finds keys; say with `by:` what its rows are kept by"
    elif missing_keys := sorted(set(projection.by) - set(projection.columns)):
        problem = f"it is kept by {missing_keys[0]} and has no such column"
    elif (projection.name in projection.reads) != ("starts as" in projection.header):
        problem = (
            "a projection that reads itself, and no other, says `starts as:` (a select with its columns)"
        )
    elif projection.kind not in ("table", "view", "batch"):
        problem = "`as:` takes table, view or batch"
    elif projection.header.get("indicator") == "yes" and (
        missing := [key for key in _INDICATOR_KEYS if key not in projection.header]
    ):
        problem = f"an indicator names its {missing[0]}"
    if problem:
        raise InvalidProjection(f"{projection.path}: {problem}")


def _in_order(found: dict[str, Projection]) -> list[Projection]:
    reads: dict[str, set[str]] = {}
    for projection in found.values():
        if unknown := [r for r in projection.reads if r not in found and r != BATCH]:
            raise InvalidProjection(f"{projection.path}: it reads {unknown[0]}, which is no projection")
        # A projection that is appended to may look at what it has so far.
        reads[projection.name] = {r for r in projection.reads if r not in (BATCH, projection.name)}
    try:
        order = list(TopologicalSorter({name: sorted(reads[name]) for name in sorted(reads)}).static_order())
    except CycleError as error:
        raise InvalidProjection(
            f"projections read each other in a circle: {' -> '.join(error.args[1])}"
        ) from error
    return _with_hashes([found[name] for name in order])


def _with_hashes(ordered: Iterable[Projection]) -> list[Projection]:
    """With the hash of each file and of all it reads: a change above is a change below."""
    done: dict[str, Projection] = {}
    for each in ordered:
        text = "\n".join(
            [ENGINE_VERSION, each.path.read_text("utf-8"), *(done[r].hash for r in each.reads if r in done)]
        )
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        done[each.name] = Projection(
            each.name, each.path, each.purpose, each.header, each.columns, each.body, digest
        )
    return list(done.values())


def _by_name(lines: str) -> dict[str, str]:
    """The header's lines, each of a name and SQL: SQL by name; lines of one name are one text."""
    found: dict[str, str] = {}
    for line in lines.splitlines():
        name, _, sql = line.partition(": ")
        found[name] = f"{found[name]} {sql}" if name in found else sql
    return found


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
