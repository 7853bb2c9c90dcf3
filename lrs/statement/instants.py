"""Timestamps (Data 4.5; ISO 8601 and RFC 3339): read to microseconds, written in UTC."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_ZONE = r"([Zz]|[+-][0-9]{2}(?::?[0-5][0-9])?)?"
_EXTENDED = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt ][0-9]{{2}}(?::[0-9]{{2}}(?::([0-9]{{2}})(?:[.,][0-9]+)?)?)?{_ZONE}"
)
_BASIC = re.compile(rf"[0-9]{{8}}[Tt][0-9]{{2}}(?:[0-9]{{2}}(?:([0-9]{{2}})(?:[.,][0-9]+)?)?)?{_ZONE}")
_RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
LONGEST_REMEMBERED = 64


def parse_instant(text: str) -> int:
    """Microseconds since 1970 UTC of a timestamp; one without an offset is taken as UTC.

    Raises ValueError for a text that is no timestamp, for a date that does not exist, and for the offsets -00, -0000
    and -00:00, which RFC 3339 keeps for an unknown one (refused by Data 4.5). A leap second is the second after it.
    """
    return _remembered(text) if len(text) <= LONGEST_REMEMBERED else _read(text)


def is_rfc_3339(text: str) -> bool:
    """Whether a timestamp that can be read has the narrower form that xAPI 2.0 asks for (IEEE 9274.1.1, 4.2.7)."""
    return _RFC_3339.fullmatch(text) is not None


def _read(text: str) -> int:
    found = _EXTENDED.fullmatch(text) or _BASIC.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not an ISO 8601 date and time")
    second, offset = found.groups()
    if offset is not None and offset[0] == "-" and not offset.strip("-0:"):
        raise ValueError(f"the offset {offset} stands for an unknown one")
    is_leap = second == "60"
    if is_leap:
        text = f"{text[: found.start(1)]}59{text[found.end(1) :]}"
    moment = datetime.fromisoformat(text.upper())
    if offset is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // _MICROSECOND + (1_000_000 if is_leap else 0)


# A statement's timestamp is read by the check and again by whoever needs its value.
_remembered = lru_cache(maxsize=4096)(_read)


def format_instant(microseconds: int) -> str:
    """A timestamp in UTC with six decimals, such as 2026-11-23T01:02:03.123456Z."""
    moment = _EPOCH + timedelta(microseconds=microseconds)
    return f"{moment.isoformat(timespec='microseconds')[:26]}Z"
