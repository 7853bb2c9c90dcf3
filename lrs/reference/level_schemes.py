"""Level schemes in a school's own words (beginner to expert; brons, zilver, goud): CSV or JSON."""

from collections.abc import Iterable
from typing import Any

import orjson

from lrs.reference.csv_rows import read_rows
from lrs.reference.entity import LEVEL_SCHEME, Reading, Row, UnreadableFile, entity

_REQUIRED = ("scheme", "level", "name")
_ALIASES = {"schema": "scheme", "niveau": "level", "naam": "name", "volgorde": "order", "titel": "title"}
MOST_LEVELS = 20
SOURCE = "levels"


def read_levels(name: str, content: bytes) -> Reading:
    """The schemes of a CSV file (scheme, level, name, order, title) or a JSON file with the same members.

    JSON is a list of schemes: {"scheme": "metalen", "title": "...", "levels": ["brons", "zilver", "goud"]}, where a
    level may also be {"level": 1, "name": "brons", "order": 1}. Levels are numbered from 1 without gaps, 1 the lowest;
    `order`, by default the level, is the order in which they are shown. Raises UnreadableFile.
    """
    reading = Reading()
    is_json = content.lstrip()[:1] in (b"[", b"{")
    rows = _json_rows(name, content) if is_json else read_rows(name, content, _REQUIRED, _ALIASES)
    schemes: dict[str, list[Row]] = {}
    for row in rows:
        if not isinstance(row, Row):
            reading.rejected.append(row)
        elif missing := [column for column in _REQUIRED if row.values.get(column) in (None, "")]:
            reading.rejected.append(row.rejected(f"{missing[0]} is empty"))
        else:
            schemes.setdefault(str(row.values["scheme"]), []).append(row)
    for key, levels in schemes.items():
        _take(reading, key, levels)
    return reading


def _json_rows(name: str, content: bytes) -> Iterable[Row]:
    try:
        found: Any = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(f"{name} is not JSON: {error}") from error
    schemes = found.get("schemes", [found]) if isinstance(found, dict) else found
    for number, scheme in enumerate(schemes, 1):
        if not isinstance(scheme, dict) or not isinstance(scheme.get("levels"), list):
            raise UnreadableFile(f"{name}: scheme {number} is not an object with a list of levels")
        about = {"scheme": scheme.get("scheme") or scheme.get("key"), "title": scheme.get("title")}
        for level, each in enumerate(scheme["levels"], 1):
            told = each if isinstance(each, dict) else {"name": each}
            yield Row(name, number, {**about, "level": level, **told})


def _take(reading: Reading, key: str, rows: list[Row]) -> None:
    """A scheme is one entity: when one of its levels cannot be taken, none can."""
    try:
        levels = sorted((_level(row) for row in rows), key=lambda each: int(each["level"]))
        numbers = [each["level"] for each in levels]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"levels {', '.join(map(str, numbers))} of {key} are not 1 to {len(numbers)}")
        if len(numbers) > MOST_LEVELS:
            raise ValueError(f"{key} has {len(numbers)} levels; at most {MOST_LEVELS} can be told apart")
    except ValueError as error:
        reading.rejected += [row.rejected(str(error)) for row in rows]
        return
    title = next((row.values["title"] for row in rows if row.values.get("title")), None)
    reading.rows[LEVEL_SCHEME, key] = rows[0]
    reading.entities.append(entity(LEVEL_SCHEME, key, SOURCE, title=title, levels=levels))


def _level(row: Row) -> dict[str, Any]:
    level = _whole(row, "level")
    order = _whole(row, "order") if row.values.get("order") not in (None, "") else level
    return {"level": level, "name": str(row.values["name"]), "order": order}


def _whole(row: Row, column: str) -> int:
    text = str(row.values[column])
    if not text.isdecimal():
        raise ValueError(f"{column} {text!r} is not a whole number")
    return int(text)
