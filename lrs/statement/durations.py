"""ISO 8601 durations (Data 4.6), exactly: months and time are kept apart, since a month has no fixed length."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

# Twelve digits before the point and 22 in all, times a week, fit the 28 digits in which Decimal counts exactly.
_NUMBER, _DIGITS_KEPT = r"([0-9]{1,12}(?:[.,][0-9]+)?)", 23
_DURATION = re.compile(
    rf"P(?!.*[.,][0-9]+[A-Z].)(?:{_NUMBER}W|(?=[0-9T])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?"
    rf"(?:T(?=[0-9])(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)"
)
_WEEK, _DAY, _HOUR, _MINUTE, _SECOND = map(Decimal, (604_800, 86_400, 3600, 60, 1))
_MONTHS_IN = (None, Decimal(12), Decimal(1), None, None, None, None)
_SECONDS_IN = (_WEEK, None, None, _DAY, _HOUR, _MINUTE, _SECOND)
_ZERO = Decimal(0)
LONGEST_REMEMBERED = 64


class Duration(NamedTuple):
    """Months, years among them, and seconds; either may be broken."""

    months: Decimal
    seconds: Decimal


def parse_duration(text: str) -> Duration:
    """The value of a duration such as P1DT2H, PT0.29S or P1W.

    Raises ValueError when it is none: weeks stand alone, only the last number may be broken, and none has more than
    twelve digits before the point (of all its digits 22 count).
    """
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _read(text)


def _read(text: str) -> Duration:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not an ISO 8601 duration")
    months = seconds = _ZERO
    for number, in_months, in_seconds in zip(found.groups(), _MONTHS_IN, _SECONDS_IN, strict=True):
        if number is not None:
            value = Decimal(number[:_DIGITS_KEPT].replace(",", "."))
            months += value * (in_months or _ZERO)
            seconds += value * (in_seconds or _ZERO)
    return Duration(months, seconds)


# The check, the equality hash and the analytic form read the same text in turn.
_remembered = lru_cache(maxsize=4096)(_read)


def milliseconds(text: str) -> int:
    """A duration in whole milliseconds; a month counts as 30 days, a year as 365. Raises ValueError."""
    months, seconds = parse_duration(text)
    if months:
        years, rest = divmod(months, 12)
        seconds += (years * 365 + rest * 30) * _DAY
    return int(seconds * 1000)
