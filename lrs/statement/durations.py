"""ISO 8601 durations (Data 4.6), exactly: months and time are kept apart, since a month has no fixed length."""

import re
from decimal import Decimal
from typing import NamedTuple

_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_DURATION = re.compile(
    rf"P(?=[0-9T])(?:({_NUMBER})Y)?(?:({_NUMBER})M)?(?:({_NUMBER})W)?(?:({_NUMBER})D)?"
    rf"(?:T(?=[0-9])(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?"
)
_SECONDS = (Decimal(604_800), Decimal(86_400), Decimal(3600), Decimal(60), Decimal(1))
MONTH_SECONDS, LARGEST_DIGITS = Decimal(30 * 86_400), 18


class Duration(NamedTuple):
    """Whole and broken months, and seconds."""

    months: Decimal
    seconds: Decimal


def parse_duration(text: str) -> Duration:
    """The value of a duration such as P1DT2H, PT0.29S or P1W. Raises ValueError when it is none."""
    found = _DURATION.fullmatch(text)
    if found is None or max((len(group) for group in found.groups() if group), default=0) > LARGEST_DIGITS:
        raise ValueError(f"{text[:40]!r} is not an ISO 8601 duration")
    years, months, *rest = (Decimal((group or "0").replace(",", ".")) for group in found.groups())
    seconds = sum((value * unit for value, unit in zip(rest, _SECONDS, strict=True)), Decimal(0))
    return Duration(years * 12 + months, seconds)


def milliseconds(text: str) -> int:
    """A duration in whole milliseconds; a month counts as 30 days, a year as 365. Raises ValueError."""
    months, seconds = parse_duration(text)
    years, rest = divmod(months, 12)
    return int((years * 365 * 86_400 + rest * MONTH_SECONDS + seconds) * 1000)
