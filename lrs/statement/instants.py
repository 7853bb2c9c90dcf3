"""Timestamps (Data 4.5; ISO 8601 and RFC 3339): read to microseconds, written in UTC."""

import re
from datetime import UTC, datetime, timedelta, timezone

_INSTANT = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})[Tt ]([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]+))?)?)?"
    r"(Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def parse_instant(text: str) -> int:
    """Microseconds since 1970 UTC of a timestamp; one without an offset is taken as UTC.

    Raises ValueError for a text that is no timestamp, for a date that does not exist, and for the offsets -00, -0000
    and -00:00, which RFC 3339 keeps for an unknown one (refused by Data 4.5).
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not an ISO 8601 date and time")
    year, month, day, hour, minute, second, fraction, offset = found.groups()
    micro = int((fraction or "0")[:6].ljust(6, "0"))
    leap = second == "60"
    moment = datetime(
        int(year), int(month), int(day), int(hour), int(minute or 0), 59 if leap else int(second or 0), micro,
        tzinfo=_zone(offset),
    )  # fmt: skip
    return (moment - _EPOCH) // _MICROSECOND + (1_000_000 if leap else 0)


def _zone(offset: str | None) -> timezone:
    if offset is None or offset in "Zz":
        return UTC
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if offset[0] == "-" and hours == minutes == 0:
        raise ValueError("the offset -00:00 stands for an unknown one")
    if hours > 23 or minutes > 59:
        raise ValueError(f"{offset} is no offset")
    return timezone((-1 if offset[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def format_instant(microseconds: int) -> str:
    """A timestamp in UTC with six decimals, such as 2026-11-23T01:02:03.123456Z."""
    moment = _EPOCH + timedelta(microseconds=microseconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06}Z" if moment.year >= 1000 else _early(moment)


def _early(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
