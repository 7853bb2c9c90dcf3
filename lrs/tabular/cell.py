"""What a cell says: text, numbers, ticks, as people type them in Flanders and as Excel keeps them."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from urllib.parse import quote

# None is an empty cell. A CSV file has texts only; Excel's percentages are read as texts such as "60%".
Value = str | bool | int | Decimal | datetime | date | time | timedelta | None

_DONE = ("af", "afgewerkt", "gehaald", "behaald", "bereikt", "gelukt", "gedaan", "klaar")
TICKS = frozenset(
    [*_DONE, "x", "v", "✓", "✔", "☑", "✅", "√", "ja", "j", "yes", "y", "1", "waar", "true", "ok", "oké"]
)
NO_TICKS = frozenset(
    [
        *(f"niet {word}" for word in _DONE),
        *(f"nog niet {word}" for word in _DONE),
        "nog niet",
        "niet",
        "bezig",
    ]
) | {"nee", "neen", "n", "no", "0", "-", "\N{EN DASH}", ".", "/", "onwaar", "false", "☐", "✗", "✘", "❌"}
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:(?P<mark>[.  ])[0-9]{3})(?:(?P=mark)[0-9]{3})*,[0-9]+")
_LONGEST_SHOWN = 40
# What a formula that failed leaves behind, in English and in Dutch.
_FAILED = re.compile(r"#(?:N/[AB]|[A-Z]+(?:/0)?[!?])")


class BadCell(ValueError):
    """A cell, or several together, that do not say what the mapping takes them for; the text says why."""


def is_empty(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def refuse_failed(value: Value) -> None:
    """Raises BadCell for what a failed formula leaves behind, such as #N/B and #VERW!."""
    if isinstance(value, str) and _FAILED.fullmatch(value.strip()):
        raise BadCell(f"{shown(value)} is a formula that failed")


def shown(value: Value) -> str:
    """The value as a message quotes it."""
    text = repr(as_text(value))
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "...'"


def one_line(text: str) -> str:
    """Composed characters, and single spaces between words."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def as_text(value: Value) -> str:
    """The value as a person reads it: 3 for 3.0, dates and times in ISO 8601; line breaks within a text stay."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes" if not value.second else "seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes" if not value.second else "seconds")
    return unicodedata.normalize("NFC", str(value)).strip()


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_number(value: Value) -> Decimal:
    """A number; a text may have a decimal comma or point, grouped thousands with a comma after them. Raises BadCell.

    `12.500` is refused, since it is twelve and a half to one and twelve thousand five hundred to another.
    """
    if isinstance(value, bool | datetime | date | time | timedelta):
        raise BadCell(f"{shown(value)} is not a number")
    if isinstance(value, int | Decimal):
        return Decimal(value)
    text = as_text(value)
    if re.fullmatch(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", text):
        raise BadCell(
            f"{shown(value)} can be read in two ways: write it with a decimal comma, or without a point"
        )
    if _NUMBER.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[.  ]", "", text).replace(",", "."))
    raise BadCell(f"{shown(value)} is not a number")


def as_whole(value: Value) -> int:
    """A whole number. Raises BadCell."""
    number = as_number(value)
    if number != number.to_integral_value():
        raise BadCell(f"{shown(value)} is not a whole number")
    return int(number)


def as_percent(value: Value) -> Decimal:
    """0 to 100, from 60, "60%" or "60 %". Raises BadCell."""
    text = as_text(value)
    number = as_number(text.removesuffix("%").strip() if text.endswith("%") else value)
    if not 0 <= number <= 100:
        raise BadCell(f"{shown(value)} is not a percentage from 0 to 100")
    return number


def as_tick(value: Value, ticks: frozenset[str] = TICKS, no_ticks: frozenset[str] = NO_TICKS) -> bool:
    """Whether something is ticked; an empty cell is not. Raises BadCell for what is neither a yes nor a no."""
    if isinstance(value, bool):
        return value
    if is_empty(value):
        return False
    text = one_line(as_text(value)).casefold()
    if text in ticks:
        return True
    if text in no_ticks:
        return False
    raise BadCell(f"{shown(value)} is neither a tick (x, v, ✓, ja, 1) nor a no (nee, 0, -)")


def as_token(value: Value) -> str:
    """What names a thing in an extension: spaces become hyphens, as in 3-A."""
    return one_line(as_text(value)).replace(" ", "-")


def in_iri(value: Value) -> str:
    """A part of an IRI: case and the width of spaces make no difference, so that `Breuken ` is `breuken`."""
    return quote(one_line(as_text(value)).casefold().replace(" ", "-"), safe="-._~")


def is_national_number(text: str) -> bool:
    """Whether a text is a Belgian national register number: a birth date, a serial number, and 97 minus a remainder."""
    digits = re.sub(r"[ .-]", "", text)
    if not re.fullmatch(r"[0-9]{11}", digits) or not (
        "01" <= digits[2:4] <= "12" and "01" <= digits[4:6] <= "31"
    ):
        return False
    return any(97 - int(century + digits[:9]) % 97 == int(digits[9:]) for century in ("", "2"))
