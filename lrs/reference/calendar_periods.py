"""A school calendar as CSV: the days without school of one school or of all, and days with school after all.

Without any the calendar follows the Flemish rules. What a file says lies over them: a holiday that it names takes the
place of that holiday's days by the rules, in that school year; a free day comes on top; a `school` day undoes a day
off.
"""

from datetime import date

from lrs.reference.csv_rows import day, read_rows
from lrs.reference.entity import CALENDAR_PERIOD, Entity, Reading, Row, entity

HOLIDAYS = ("autumn", "christmas", "carnival", "easter", "summer")
FREE, SCHOOL_DAY = "free", "school"
KINDS = (*HOLIDAYS, FREE, SCHOOL_DAY)
_SPELLINGS = {
    "herfstvakantie": "autumn", "herfst": "autumn", "kerstvakantie": "christmas", "wintervakantie": "christmas",
    "kerst": "christmas", "krokusvakantie": "carnival", "krokus": "carnival", "voorjaarsvakantie": "carnival",
    "paasvakantie": "easter", "lentevakantie": "easter", "pasen": "easter", "zomervakantie": "summer",
    "zomer": "summer",
    "vrij": FREE, "vrije dag": FREE, "feestdag": FREE, "holiday": FREE, "brugdag": FREE, "facultatieve verlofdag": FREE,
    "lokale verlofdag": FREE, "verlofdag": FREE, "pedagogische studiedag": FREE, "studiedag": FREE,
    "free day": FREE, "schooldag": SCHOOL_DAY, "school day": SCHOOL_DAY,
}  # fmt: skip
_REQUIRED = ("from", "to", "kind")
_ALIASES = {
    "date_from": "from", "date from": "from", "first": "from", "start": "from", "startdate": "from", "van": "from",
    "begin": "from", "date_to": "to", "date to": "to", "last": "to", "end": "to", "enddate": "to", "tot": "to",
    "tot en met": "to", "einde": "to", "t.e.m.": "to", "soort": "kind", "type": "kind", "naam": "label",
    "name": "label", "omschrijving": "label", "school_key": "school",
}  # fmt: skip
LONGEST_DAYS = 366


def read_calendar(name: str, content: bytes, school: str | None) -> Reading:
    """The periods of a CSV file: columns from, to (the last day), kind, and as known label and school.

    `school` holds for rows that name none; None is every school. The file states the whole calendar of each school and
    school year that it speaks of: a period that was known of these and is gone no longer holds. Raises UnreadableFile.
    """
    reading = Reading()
    for row in read_rows(name, content, _REQUIRED, _ALIASES):
        if not isinstance(row, Row):
            reading.rejected.append(row)
            continue
        try:
            made = _period(row, school)
        except ValueError as error:
            reading.rejected.append(row.rejected(str(error)))
            continue
        if (CALENDAR_PERIOD, made.key) in reading.rows:
            reading.rejected.append(row.rejected("the same days are there twice"))
            continue
        reading.rows[CALENDAR_PERIOD, made.key] = row
        reading.complete.add((CALENDAR_PERIOD, made.source))
        reading.entities.append(made)
    return reading


def _period(row: Row, school: str | None) -> Entity:
    first, last = _day(row, "from"), _day(row, "to" if "to" in row.values else "from")
    if last < first:
        raise ValueError(f"to {last} lies before from {first}")
    if (last - first).days >= LONGEST_DAYS:
        raise ValueError(f"from {first} to {last} is longer than a year")
    kind = _kind(row.values.get("kind", ""))
    whose = row.values.get("school") or school
    year = first.year if first.month > 8 else first.year - 1
    source = f"calendar:{whose or 'all'}:{year}-{year + 1}"
    return entity(
        CALENDAR_PERIOD,
        f"{source}:{first}:{last}:{kind}",
        source,
        school=whose,
        kind=kind,
        label=row.values.get("label"),
        **{"from": first.isoformat(), "to": last.isoformat()},
    )


def _day(row: Row, column: str) -> date:
    if column not in row.values:
        raise ValueError(f"{column} is empty")
    try:
        return day(row.values[column])
    except ValueError as error:
        raise ValueError(f"{column} {row.values[column]!r} is not a date") from error


def _kind(text: str) -> str:
    spelled = text.lower()
    found = spelled if spelled in KINDS else _SPELLINGS.get(spelled)
    if found is None:
        raise ValueError(f"kind {text!r} is not one of {', '.join(KINDS)}")
    return found
