"""The list of expectations of the R-OK (referentiekader voor onderwijskwaliteit): data with a version, not code.

`schools/rok/*.csv` holds what is known of the official list, the newest file by name. Only codes that were seen in a
source are there, with what kind of source it was; of the others there is a theme without a code. A school fills in
what it knows in a file of its own, LRS_ROK_FOLDER/<school>.csv: the column `expectation` and what it changes.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from projections.checkpoint import SCHEMA

FOLDER = files("projections") / "schools" / "rok"
TABLE = f"{SCHEMA}.rok_expectation"
COLUMNS = (
    "expectation", "code", "rubric", "label", "source", "verification", "indicators", "ceiling",
    "coverage_weak", "coverage_partial", "coverage_strong", "why_not",
)  # fmt: skip
CEILINGS = ("none", "weak", "partial", "strong")
VERIFICATIONS = ("first-hand", "second-hand", "not-verified", "school")
# What school_indicator knows (a test compares).
INDICATORS = frozenset({
    "cycles_opened", "cycle_steps", "cycle_sources", "cycles_decided", "cycles_with_effect", "goals_framed",
    "active_goals", "feedback_days", "feedback_acted_on", "conversations", "help_answered", "evidence_sources",
    "evidence_formative", "goals_achieved", "goals_on_time", "level_growth",
})  # fmt: skip
ARROW = pa.schema(
    [
        (
            name,
            pa.list_(pa.string())
            if name == "indicators"
            else pa.float64()
            if "coverage" in name
            else pa.string(),
        )
        for name in ("school_key", "version", "position", *COLUMNS)
    ]
).set(2, pa.field("position", pa.int32()))
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_SCHOOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:#-]{0,199}")

Expectation = dict[str, Any]


class InvalidExpectations(ValueError):
    """A list of expectations cannot be used; the text names the file, the line and what to mend."""


def read_official() -> list[Expectation]:
    """The newest list that comes with the package."""
    newest = max(
        (path for path in FOLDER.iterdir() if path.name.endswith(".csv")), key=lambda path: path.name
    )
    return _read(newest.read_text("utf-8"), newest.name, None)


def read_own(path: Path, official: Sequence[Expectation]) -> list[Expectation]:
    """A school's own list: all expectations, changed where the file says so. Raises InvalidExpectations, OSError."""
    if not _SCHOOL.fullmatch(path.stem):
        raise InvalidExpectations(f"{path.name}: the file is called after the school's id")
    return _read(path.read_text("utf-8-sig"), path.name, official)


def fill(connection: duckdb.DuckDBPyConnection, folder: Path | None) -> bool:
    """Bring the lists into the warehouse: the official one, and those of schools; returns whether they changed.

    Raises InvalidExpectations for a folder that is not there, and for a list that cannot be used.
    """
    if folder is not None and not folder.is_dir():
        raise InvalidExpectations(f"{folder} is not a folder (LRS_ROK_FOLDER)")
    official = read_official()
    lists = {None: official} | {
        path.stem: read_own(path, official) for path in sorted((folder or Path()).glob("*.csv")) if folder
    }
    table = pa.Table.from_pylist(
        [
            {"school_key": school, "position": n, **each}
            for school, own in lists.items()
            for n, each in enumerate(own, 1)
        ],
        schema=ARROW,
    )
    connection.register("rok_read", table)
    connection.execute(f"create table if not exists {TABLE} as from rok_read limit 0")
    _describe(connection)
    changed = connection.execute(
        f"select exists (from rok_read except from {TABLE}) or exists (from {TABLE} except from rok_read)"
    ).fetchall()[0][0]
    if changed:
        connection.execute(f"delete from {TABLE}")
        connection.execute(f"insert into {TABLE} from rok_read")
    connection.unregister("rok_read")
    return bool(changed)


def _describe(connection: duckdb.DuckDBPyConnection) -> None:
    purpose = "The lists of expectations of the R-OK as they were read; the view rok_expectation shows them."
    connection.execute(f"comment on table {TABLE} is '{purpose}'")
    for name in ARROW.names:
        connection.execute(f"comment on column {TABLE}.{name} is 'see {name} of rok_expectation'")


def _read(text: str, name: str, official: Sequence[Expectation] | None) -> list[Expectation]:
    """The rows of a file, laid over the official ones when it is a school's."""
    reader = csv.DictReader(text.splitlines())
    if unknown := set(reader.fieldnames or ()) - set(COLUMNS):
        raise InvalidExpectations(
            f"{name}, line 1: there is no column {sorted(unknown, key=str)[0]}; there are {', '.join(COLUMNS)}"
        )
    if "expectation" not in (reader.fieldnames or ()):
        raise InvalidExpectations(f"{name}, line 1: the column expectation is missing")
    found = {each["expectation"]: each for each in official or ()}
    seen: set[str] = set()
    for row in _checked(reader, name, seen):
        key = row["expectation"]
        if official is not None and key not in found:
            known = ", ".join(found)
            raise InvalidExpectations(
                f"{name}, line {reader.line_num}: {key!r} is no known expectation; known are {known}"
            )
        own = {"verification": "school"} if official is not None and row.get("code") else {}
        found[key] = {**found.get(key, _blank()), **own, **row, "version": name}
    return _without_doubles(list(found.values()), name)


def _blank() -> Expectation:
    return {**dict.fromkeys(COLUMNS), "indicators": [], "ceiling": "none", "verification": "not-verified"}


def _checked(reader: "csv.DictReader[str]", name: str, seen: set[str]) -> Iterator[Expectation]:
    for raw in reader:
        try:
            row = _typed(raw)
        except ValueError as error:
            raise InvalidExpectations(f"{name}, line {reader.line_num}: {error}") from error
        if row["expectation"] in seen:
            raise InvalidExpectations(f"{name}, line {reader.line_num}: {row['expectation']} is there twice")
        seen.add(row["expectation"])
        yield row


def _typed(raw: Mapping[str | None, Any]) -> Expectation:
    """What a line says, and no more: an empty cell changes nothing. Raises ValueError."""
    if None in raw or None in raw.values():
        raise ValueError("it has more or fewer cells than there are columns")
    row: Expectation = {str(name): value.strip() for name, value in raw.items() if value.strip()}
    if "expectation" not in row:
        raise ValueError("the expectation is missing")
    if "code" in row and not _CODE.fullmatch(row["code"]):
        raise ValueError(f"{row['code']!r} is no code")
    for column, words in (("ceiling", CEILINGS), ("verification", VERIFICATIONS)):
        if row.get(column, words[0]) not in words:
            raise ValueError(f"{column} is {row[column]!r}; it takes {', '.join(words)}")
    for column in [name for name in row if name.startswith("coverage_")]:
        row[column] = _share(column, row[column])
    if "indicators" in row:
        row["indicators"] = row["indicators"].split()
        if unknown := sorted(set(row["indicators"]) - INDICATORS):
            raise ValueError(f"{unknown[0]!r} is no indicator; there are {', '.join(sorted(INDICATORS))}")
    return row


def _share(column: str, text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ValueError(f"{column} is {text!r}; it takes a share from 0 to 1")
    return share


def _without_doubles(found: list[Expectation], name: str) -> list[Expectation]:
    codes = [each["code"] for each in found if each["code"]]
    if doubles := sorted({code for code in codes if codes.count(code) > 1}):
        raise InvalidExpectations(f"{name}: the code {doubles[0]} is of two expectations")
    return found
