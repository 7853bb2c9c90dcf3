"""The goal framework of the simulated schools: own words, no official text, as a 1EdTech CASE 1.0 package.

For each grade (graad) and subject: a broad goal, and under it a goal of the curriculum for each period of the year.
"""

import csv
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import orjson

from lrs.simulate.seeded import seeded_id

SERVER = "https://doelen.meander.example"
CHANGED = "2024-08-15T00:00:00+00:00"
TITLE = "Doelenkader van Scholengroep De Meander"


class FrameworkGoal(NamedTuple):
    """A goal of the curriculum; `id` is its CASE identifier."""

    id: str
    code: str
    grade: int
    subject: str
    period: int
    theme: str
    text: str


@cache
def framework_goals() -> dict[tuple[int, str, int], FrameworkGoal]:
    """(grade, subject, period from 1) -> goal, in the order of the curriculum."""
    text = resources.files("lrs.simulate").joinpath("framework_goals.csv").read_text(encoding="utf-8")
    return {
        (int(row["grade"]), row["subject"], int(row["period"])): FrameworkGoal(
            seeded_id("framework", row["grade"], row["subject"], row["period"]),
            f"{_code(int(row['grade']), row['subject'])}.{row['period']}",
            int(row["grade"]),
            row["subject"],
            int(row["period"]),
            row["theme"],
            row["goal"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def subjects() -> list[str]:
    return list(dict.fromkeys(subject for _, subject, _ in framework_goals()))


def case_package() -> bytes:
    """The framework as a CFPackage of 1EdTech CASE 1.0 (CFDocument, CFItems, CFAssociations), JSON."""
    document = _document()
    broad = {(g.grade, g.subject): _broad(g.grade, g.subject) for g in framework_goals().values()}
    items = [
        *broad.values(),
        *(_item(g.id, g.code, g.text, g.grade, "Leerplandoel") for g in framework_goals().values()),
    ]
    parents = [(item["identifier"], document["identifier"]) for item in broad.values()]
    parents += [(g.id, broad[g.grade, g.subject]["identifier"]) for g in framework_goals().values()]
    package = {
        "CFDocument": document,
        "CFItems": items,
        "CFAssociations": [_child_of(child, parent, n) for n, (child, parent) in enumerate(parents, 1)],
    }
    return orjson.dumps(package, option=orjson.OPT_INDENT_2) + b"\n"


def _document() -> dict[str, Any]:
    identifier = seeded_id("framework", "document")
    return {
        "identifier": identifier,
        "uri": f"{SERVER}/ims/case/v1p0/CFDocuments/{identifier}",
        "creator": "Scholengroep De Meander (verzonnen)",
        "title": TITLE,
        "lastChangeDateTime": CHANGED,
        "adoptionStatus": "Adopted",
        "language": "nl",
        "statusStartDate": "2020-09-01",
    }


def _broad(grade: int, subject: str) -> dict[str, Any]:
    text = f"De leerling haalt voor {subject} het niveau van het einde van de {_ordinal(grade)} graad"
    return _item(seeded_id("framework", grade, subject), _code(grade, subject), text, grade, "Onderwijsdoel")


def _item(identifier: str, code: str, text: str, grade: int, kind: str) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "uri": f"{SERVER}/ims/case/v1p0/CFItems/{identifier}",
        "fullStatement": text,
        "humanCodingScheme": code,
        "CFItemType": kind,
        "language": "nl",
        "educationLevel": [f"{_ordinal(grade)} graad"],
        "lastChangeDateTime": CHANGED,
        "statusStartDate": "2020-09-01",
    }


def _child_of(child: str, parent: str, number: int) -> dict[str, Any]:
    identifier = seeded_id("framework", "association", child, parent)
    return {
        "identifier": identifier,
        "uri": f"{SERVER}/ims/case/v1p0/CFAssociations/{identifier}",
        "associationType": "isChildOf",
        "sequenceNumber": number,
        "originNodeURI": {"title": "", "identifier": child, "uri": f"{SERVER}/ims/case/v1p0/CFItems/{child}"},
        "destinationNodeURI": {"title": "", "identifier": parent, "uri": _uri_of(parent)},
        "lastChangeDateTime": CHANGED,
    }


def _uri_of(identifier: str) -> str:
    kind = "CFDocuments" if identifier == seeded_id("framework", "document") else "CFItems"
    return f"{SERVER}/ims/case/v1p0/{kind}/{identifier}"


def _code(grade: int, subject: str) -> str:
    return f"G{grade}.{subject[:3].upper()}"


def _ordinal(grade: int) -> str:
    return ("eerste", "tweede", "derde")[grade - 1]
