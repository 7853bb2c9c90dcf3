"""Timestamps: what is one, and which moment it names."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.instants import format_instant, is_rfc_3339, parse_instant

MOMENT = 1_795_428_123_456_000


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T10:02:03.456Z",
        "2026-11-23t10:02:03.456z",
        "2026-11-23 10:02:03.456Z",
        "2026-11-23T10:02:03,456000999Z",
        "2026-11-23T10:02:03.456",
        "2026-11-23T11:02:03.456+01:00",
        "2026-11-23T11:02:03.456+0100",
        "2026-11-23T11:02:03.456+01",
        "2026-11-22T23:32:03.456-10:30",
        "20261123T100203.456Z",
        "20261123T110203.456+0100",
    ],
)
def test_one_moment_has_many_texts(text: str) -> None:
    assert parse_instant(text) == MOMENT


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("2026-11-23T10:02Z", "2026-11-23T10:02:00Z"),
        ("2026-11-23T10Z", "2026-11-23T10:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2016-12-31T23:59:60.5+00:00", "2017-01-01T00:00:00.5Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00"),
    ],
)
def test_less_precision_and_leap_seconds_are_read(text: str, whole: str) -> None:
    assert parse_instant(text) == parse_instant(whole)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-11-23",
        "10:00:00Z",
        "23/11/2026 10:00",
        "2026-11-23T",
        "2026-11-23x10:00:00Z",
        "2026-11-23T10:00:00Z ",
        "2026-11-23T10:00:00Z\n",
        "2026-11-23T10:00:00.Z",
        "2026-11-23T1000:00Z",
        "2026-1-2T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-11-23T24:00:00Z",
        "2026-11-23T10:60:00Z",
        "2026-11-23T10:00:61Z",
        "2026-11-23T10:00:00+24:00",
        "2026-11-23T10:00:00+01:60",
        "2026-11-23T10:00:00-00:00",
        "2026-11-23T10:00:00-0000",
        "2026-11-23T10:00:00-00",
        "2026-W48-1T10:00:00Z",
        "\u0662\u0660\u0662\u0666-11-23T10:00:00Z",
    ],
)
def test_what_names_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_instant(text)


def test_a_fraction_of_any_length_is_cut_to_microseconds() -> None:
    assert parse_instant(f"2026-11-23T10:02:03.456{'9' * 10_000}Z") == MOMENT + 999


@pytest.mark.parametrize(
    ("text", "narrow"),
    [
        ("2026-11-23T10:02:03Z", True),
        ("2026-11-23 10:02:03.4+01:00", True),
        ("2026-11-23T10:02:03", False),
        ("2026-11-23T10:02Z", False),
        ("2026-11-23T10:02:03,4Z", False),
        ("2026-11-23T10:02:03+01", False),
        ("20261123T100203Z", False),
    ],
)
def test_rfc_3339_is_a_part_of_iso_8601(text: str, narrow: bool) -> None:
    assert is_rfc_3339(text) == narrow


moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))
offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59)


@given(moments, offsets)
def test_a_moment_is_the_same_in_every_zone(moment: datetime, minutes: int) -> None:
    there = moment.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=minutes)))
    assert parse_instant(there.isoformat()) == parse_instant(moment.isoformat() + "Z")


@given(moments)
def test_what_is_written_is_read_again(moment: datetime) -> None:
    text = moment.isoformat(timespec="microseconds") + "Z"
    assert format_instant(parse_instant(text)) == text


@given(moments, moments)
def test_instants_are_ordered_as_moments_are(one: datetime, other: datetime) -> None:
    first, second = (parse_instant(moment.isoformat()) for moment in (one, other))
    assert (first < second) == (one < other)
