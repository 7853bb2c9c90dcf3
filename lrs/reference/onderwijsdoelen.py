"""Pages of the Flemish government's onderwijsdoelen (JSON-LD of its public API, `GET /onderwijsdoelen/onderwijsdoel`).

Only `@id` is stable: a code comes back within a set and differs per finality for the same text, and one goal is in
several sets. Old goals stay in the data with the dates between which they held. A filter that the API does not know
is passed over in silence, so a page says nothing about what is missing from it: goals never end by their absence.
"""

import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any

from lrs.reference.csv_rows import day
from lrs.reference.entity import FRAMEWORK, FRAMEWORK_GOAL, Entity, Reading, Row, entity
from lrs.reference.token import finality, grade, word

FRAMEWORK_ID = "onderwijsdoelen"
FORMAT = "onderwijsdoelen"
_VALIDITIES = {"geldig": "valid", "niet meer geldig": "expired", "onbekend": "unknown"}
_BLOCKS = ("p", "br", "li", "div", "ul", "ol", "td", "tr")
_SEE = re.compile(r"zie\b", re.IGNORECASE)


def is_page(document: Any) -> bool:
    return isinstance(document, dict) and isinstance(_members(document), list)


def _members(page: dict[str, Any]) -> Any:
    inner = page.get("gegevens")
    for holder in (inner, page):
        if isinstance(holder, dict):
            for name in ("member", "hydra:member"):
                if name in holder:
                    return holder[name]
    return None


def read_into(
    goals: Reading, pages: Sequence[tuple[str, dict[str, Any]]], progress: Callable[[int], None]
) -> None:
    """Add the goals of pages (name, JSON), each `@id` once, whatever the sets it is in."""
    if not pages:
        return
    goals.entities.append(
        entity(
            FRAMEWORK, FRAMEWORK_ID, FRAMEWORK_ID, title="Onderwijsdoelen (Vlaamse overheid)", format=FORMAT
        )
    )
    made: dict[str, Entity] = {}
    read = 0
    for name, page in pages:
        for number, record in enumerate(_members(page), 1):
            _take(goals, made, Row(name, number, _told(record)), record)
            read += 1
            progress(read)
    goals.entities += made.values()
    _remark_on_missing(goals, pages, read)


def _told(record: Any) -> dict[str, Any]:
    names = ("@id", "code", "omschrijving")
    return (
        {name: record[name] for name in names if name in record}
        if isinstance(record, dict)
        else {"row": record}
    )


def _take(goals: Reading, made: dict[str, Entity], row: Row, record: Any) -> None:
    try:
        goal = _goal(record)
    except (ValueError, TypeError, AttributeError) as error:
        goals.rejected.append(row.rejected(str(error)))
        return
    goals.rows.setdefault((FRAMEWORK_GOAL, goal.key), row)
    made[goal.key] = merged(goal, made[goal.key].content) if goal.key in made else goal


def _goal(record: dict[str, Any]) -> Entity:
    key = _id(record)
    title = plain_text(str(record.get("omschrijving") or ""))
    if not title:
        raise ValueError("omschrijving is empty")
    within = _one(record.get("onderwijsdoelenset")) or {}
    structure = _one(within.get("onderwijsstructuur")) or {}
    competence = (
        _one(within.get("vlaamse_sleutelcompetentie") or record.get("vlaamse_sleutelcompetentie")) or {}
    )
    validity = _one(record.get("geldigheid")) or {}
    code = str(record.get("code") or "").strip()
    number = str(within.get("onderwijsdoelenset_id") or "")
    return entity(
        FRAMEWORK_GOAL,
        key,
        FRAMEWORK_ID,
        framework=FRAMEWORK_ID,
        title=title,
        code=code,
        kind=_text(record.get("onderwijsdoel_type")),
        # some sets hold rows that only say which other goal is meant
        reference=True if _SEE.match(code) else None,
        optional=True if record.get("optioneel") in (True, 1) else None,
        attitude=True if record.get("attitude") in (True, 1) else None,
        competence=_text(competence.get("nr") if isinstance(competence, dict) else competence),
        education=word(_text(structure.get("onderwijsniveau") or structure.get("niveau"))),
        grade=grade(_text(structure.get("graad"))),
        stream=word(_text(structure.get("stroom"))),
        finality=finality(_text(structure.get("finaliteit"))),
        validity=_VALIDITIES.get(str(validity.get("type") or "onbekend").lower(), "unknown"),
        **{"from": _day(validity.get("geldig_van_dt"))},
        until=_day(validity.get("geldig_tot_dt"), after=True),
        sets={number: str(within.get("versie") or "")} if number else None,
    )


def merged(new: Entity, known: dict[str, Any]) -> Entity:
    """A goal that is in several sets: all its sets; what else is said is that of the set with the highest number."""
    both = {**known.get("sets", {}), **new.content.get("sets", {})}
    sets = dict(sorted(both.items(), key=lambda each: int(each[0]) if each[0].isdigit() else 0))
    highest = next(reversed(sets), None)
    said = new.content if highest is None or highest in new.content.get("sets", {}) else known
    return Entity(FRAMEWORK_GOAL, new.key, {**{k: v for k, v in said.items() if k != "ended"}, "sets": sets})


def _id(record: dict[str, Any]) -> str:
    """The number, whether it comes by itself or at the end of an IRI. Raises ValueError when there is none."""
    key = str(record.get("@id") or "").strip().rstrip("/").rsplit("/", 1)[-1]
    if not key:
        raise ValueError("@id is empty")
    return key


def _one(value: Any) -> Any:
    """A member that is an object, or a list with one in it."""
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str | None:
    found = _one(value)
    if isinstance(found, dict):
        found = found.get("naam") or found.get("waarde") or found.get("omschrijving")
    return str(found).strip() if found not in (None, "", []) else None


def _day(value: Any, *, after: bool = False) -> str | None:
    """The day of a date or instant; with `after` the day after it, since `geldig_tot` is the last day it holds."""
    if not value:
        return None
    try:
        found = day(str(value))
    except ValueError as error:
        raise ValueError(f"geldigheid {value!r} is not a date") from error
    return (found.fromordinal(found.toordinal() + 1) if after else found).isoformat()


def _remark_on_missing(goals: Reading, pages: Sequence[tuple[str, dict[str, Any]]], read: int) -> None:
    totals = {_total(page) for _, page in pages} - {None}
    if totals and read < (total := max(n for n in totals if n is not None)):
        goals.remarks.append(f"{read} of the {total} goals that the API speaks of are in these files")


def _total(page: dict[str, Any]) -> int | None:
    for holder in (page.get("gegevens"), page):
        if isinstance(holder, dict):
            for name in ("totalItems", "hydra:totalItems"):
                if isinstance(holder.get(name), int):
                    return int(holder[name])
    return None


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append(" ")


def plain_text(html: str) -> str:
    """Words without mark-up, white space folded: about four in ten descriptions are HTML."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    return re.sub(r"\s+", " ", "".join(reader.parts)).strip()
