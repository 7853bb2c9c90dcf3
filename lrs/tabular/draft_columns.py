"""What the columns of an unknown sheet look like: the kind of their cells, and what their headers suggest."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from lrs.tabular.cell import (
    BadCell,
    Value,
    as_number,
    as_percent,
    as_text,
    as_tick,
    is_empty,
    is_national_number,
    one_line,
)
from lrs.tabular.header import Column
from lrs.tabular.moment import as_date, as_duration, as_instant, as_time
from lrs.tabular.row_key import UTC
from lrs.tabular.sheet import Row

_MOST_WORDS = 8
_LONG = 30
_MOSTLY = 0.8

STAFF = r"leerkracht|leraar|coach|mentor|begeleider|teacher"
# What a header says, by the first pattern that it has; Dutch first, then English.
_ROLES = {
    "identifier": r"stamn|leerling(en)?n(umme)?r|gebruiker|login|account|user|^id$|intern nummer|pseudoniem",
    "national": r"rijksregister|insz",
    "name": r"naam|^leerling(e|en)?$|student|^name$",
    "class": r"klas|^groep$|^class$",
    "staff": STAFF,
    "due": r"deadline|tegen|inlever|einddatum|^due",
    "week": r"^(school)?week(n(umme)?r)?\.?$",
    "moment": r"datum|tijdstip|^dag$|wanneer|date|timestamp",
    "clock": r"^uur$|^tijd$|beginuur|^time$",
    "length": r"duur|minuten|tijdsduur|duration",
    "highest": r"^max|^op$|^totaal$|te behalen|^out of$",
    "reflection": r"reflect|terugblik|hoe ging",
    "feedback": r"feedback|commentaar|opmerking|comment",
    "report": r"verslag|notitie|^nota|^notes?$",
    "agreed": r"afspra",
    "level": r"niveau|inschaling|beheersing|^level$",
    "goal": r"doel|competentie|^goal",
    "activity": r"activiteit|opdracht|taak|oefening|toets|^test|activity",
    "action": r"^actie|^status|^verb|^event",
    "planned": r"gepland|gekozen|planning|planned",
    "done": r"klaar|\baf\b|afgewerkt|gehaald|behaald|bereikt|gelukt|voltooid|done",
    "points": r"punt|score|resultaat|cijfer|%",
    "talk": r"soort|gesprek|type",
}


# A header that says nothing we know, and one whose cells are not what it says.
UNKNOWN, OTHER = "unknown", "other"


class Looked(NamedTuple):
    """A column, its kind and role, how many of the rows looked at fill it, its words."""

    column: Column
    kind: str
    role: str
    filled: int
    words: Mapping[str, int]  # of a column with few words: how often each comes up

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def last(self) -> str:
        """The lowest of its header cells."""
        return self.column.parts[-1]


def look(columns: Sequence[Column], rows: Sequence[Row]) -> list[Looked]:
    """Look at every column of some rows."""
    return [_looked(column, [row.cell(column.number) for row in rows]) for column in columns]


def _looked(column: Column, cells: Sequence[Value]) -> Looked:
    filled = [cell for cell in cells if not is_empty(cell)]
    kind = kind_of(filled)
    return Looked(column, kind, _role(column, kind), len(filled), _words(filled) if kind == "words" else {})


def kind_of(cells: Sequence[Value]) -> str:
    """The first kind that most of the filled cells are."""
    if not cells:
        return "empty"
    if any(isinstance(cell, str) and is_national_number(cell) for cell in cells):
        return "national"
    for kind, read in _KINDS.items():
        if sum(_reads(read, cell) for cell in cells) >= _MOSTLY * len(cells):
            return kind
    texts = [one_line(as_text(cell)).casefold() for cell in cells]
    if sum(map(len, texts)) > _LONG * len(texts):
        return "prose"
    few = len(set(texts)) <= _MOST_WORDS and len(texts) >= 2 * len(set(texts))
    return "words" if few or (len(set(texts)) <= _MOST_WORDS and len(texts) < 2 * _MOST_WORDS) else "text"


def _reads(read: Callable[[Value], object], cell: Value) -> bool:
    try:
        read(cell)
    except BadCell:
        return False
    return True


def _tick(cell: Value) -> None:
    # A column of 0 and 1 may be ticks; any other number makes it numbers.
    as_tick(cell)


def _percent(cell: Value) -> None:
    if not as_text(cell).endswith("%"):
        raise BadCell("not a percentage")
    as_percent(cell)


def _clock(cell: Value) -> None:
    if not isinstance(cell, time | timedelta) and not re.search(r"[:u]", as_text(cell)):
        raise BadCell("a number without a colon is not a time")
    as_time(cell)


def _day(cell: Value) -> None:
    if isinstance(cell, datetime) and cell.time() != time(0):
        raise BadCell("a day and a time")
    as_date(cell)


def _moment(cell: Value) -> None:
    if not isinstance(cell, str | date):
        raise BadCell("not a moment")
    as_instant(cell, time(0), UTC)


_KINDS: dict[str, Callable[[Value], object]] = {
    "ticks": _tick,
    "dates": _day,
    "moments": _moment,
    "times": _clock,
    "percentages": _percent,
    "numbers": as_number,
    "durations": lambda cell: as_duration(cell, "minutes"),
}


def _role(column: Column, kind: str) -> str:
    if kind == "national":
        return "national"
    header = one_line(column.parts[-1]).casefold()
    fitting = [role for role, pattern in _ROLES.items() if re.search(pattern, header)]
    for role in fitting:
        if kind == "empty" or kind in _NEEDS.get(role, {kind}):
            return role
    return OTHER if fitting else UNKNOWN


_NEEDS = {
    "due": {"dates", "moments"}, "moment": {"dates", "moments"}, "clock": {"times", "moments"},
    "points": {"numbers", "percentages", "text", "words", "ticks"}, "highest": {"numbers"}, "planned": {"ticks"},
    "done": {"ticks"}, "agreed": {"numbers", "ticks"}, "class": {"words", "text"},
    "reflection": {"prose", "text", "words"}, "talk": {"words", "text"},
    "action": {"words", "text"},
}  # fmt: skip


def _words(cells: Sequence[Value]) -> Mapping[str, int]:
    return Counter(one_line(as_text(cell)).casefold() for cell in cells)
