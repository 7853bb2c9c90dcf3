"""A framework as CSV: leerplandoelen and lesdoelen of a school or network, each under the goal that it serves."""

from typing import Any

from lrs.reference.csv_rows import optional_day, read_rows
from lrs.reference.entity import FRAMEWORK, FRAMEWORK_GOAL, Entity, Reading, Row, entity
from lrs.reference.token import finality, grade, word

FORMAT = "csv"
_REQUIRED = ("id", "title")
_ALIASES = {
    "titel": "title", "omschrijving": "title", "doel": "title", "text": "title", "ouder": "parent", "parents": "parent",
    "soort": "kind", "type": "kind", "graad": "grade", "stroom": "stream", "finaliteit": "finality", "code": "code",
    "geldig_van": "valid_from", "geldig van": "valid_from", "from": "valid_from", "geldig_tot": "valid_until",
    "geldig tot": "valid_until", "until": "valid_until", "kader": "framework", "niveau": "education",
}  # fmt: skip


def read_into(goals: Reading, name: str, content: bytes, framework: str) -> None:
    """Add the goals of a CSV file: columns id, title, and as known code, parent, kind, grade, stream, finality, ...

    Several parents are apart by a space or a bar. `valid_until` is the first day on which it no longer holds. Column
    names are taken in Dutch too. Raises UnreadableFile.
    """
    goals.entities.append(entity(FRAMEWORK, framework, framework, title=framework, format=FORMAT))
    goals.complete |= {(FRAMEWORK_GOAL, framework)}
    for row in read_rows(name, content, _REQUIRED, _ALIASES):
        if not isinstance(row, Row):
            goals.rejected.append(row)
            continue
        key = row.values.get("id", "")
        if (FRAMEWORK_GOAL, key) in goals.rows:
            goals.rejected.append(row.rejected(f"id {key} is there twice"))
            continue
        goals.rows[FRAMEWORK_GOAL, key] = row
        try:
            goals.entities.append(_goal(row, framework))
        except ValueError as error:
            goals.rejected.append(row.rejected(str(error)))


def _goal(row: Row, framework: str) -> Entity:
    said: dict[str, Any] = row.values
    for column in _REQUIRED:
        if column not in said:
            raise ValueError(f"{column} is empty")
    begin, until = optional_day(row, "valid_from"), optional_day(row, "valid_until")
    if begin and until and until < begin:
        raise ValueError(f"valid_until {until} lies before valid_from {begin}")
    return entity(
        FRAMEWORK_GOAL,
        said["id"],
        framework,
        framework=framework,
        title=said["title"],
        code=said.get("code"),
        parents=said.get("parent", "").replace("|", " ").split(),
        kind=said.get("kind"),
        education=word(said.get("education")),
        grade=grade(said.get("grade")),
        stream=word(said.get("stream")),
        finality=finality(said.get("finality")),
        **{"from": begin.isoformat() if begin else None},
        until=until.isoformat() if until else None,
    )
