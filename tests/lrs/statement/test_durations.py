"""ISO 8601 durations, exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.durations import Duration, milliseconds, parse_duration


@pytest.mark.parametrize(
    ("text", "months", "seconds"),
    [
        ("PT0S", 0, "0"),
        ("PT1M", 0, "60"),
        ("PT60S", 0, "60"),
        ("P1W", 0, "604800"),
        ("P7D", 0, "604800"),
        ("P1D", 0, "86400"),
        ("PT0.29S", 0, "0.29"),
        ("PT0,29S", 0, "0.29"),
        ("PT1.5H", 0, "5400"),
        ("P0.5D", 0, "43200"),
        ("P1Y", 12, "0"),
        ("P3Y1M29DT4H35M59.14S", 37, "2522159.14"),
        ("PT16559.14S", 0, "16559.14"),
        ("P1DT12H36M0.12567S", 0, "131760.12567"),
        ("PT999999999999S", 0, "999999999999"),
    ],
)
def test_a_duration_is_months_and_seconds(text: str, months: int, seconds: str) -> None:
    assert parse_duration(text) == Duration(Decimal(months), Decimal(seconds))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "1D",
        "PA1H0M0S",
        "P4W1D",
        "P1Y4W",
        "P4WT1H",
        "P1H",
        "PT1D",
        "PT1S1M",
        "P-1D",
        "-P1D",
        "+P1D",
        "pt1s",
        "PT1.S",
        "PT.5S",
        "PT1.5H3M",
        "P0.5DT1H",
        "PT1S ",
        "PT1S\n",
        "PT1e3S",
        "P0003-06-04T12:30:05",
        "PT1234567890123S",
        "PT\u0661S",
    ],
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an ISO 8601 duration"):
        parse_duration(text)


def test_decimals_are_read_however_many_there_are() -> None:
    assert parse_duration("PT0.00012345678901234567S").seconds == Decimal("0.00012345678901234567")
    assert parse_duration(f"PT1.{'9' * 10_000}S").seconds == Decimal(f"1.{'9' * 21}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT1.2345S", 1234),
        ("PT0.0009S", 0),
        ("P1M", 30 * 86_400_000),
        ("P1Y", 365 * 86_400_000),
        ("P12M", 365 * 86_400_000),
        ("P1Y2M3DT4H5M6.789S", 36_993_906_789),
    ],
)
def test_milliseconds_count_a_month_as_30_days_and_a_year_as_365(text: str, expected: int) -> None:
    assert milliseconds(text) == expected


counts = st.integers(0, 10**6)


@given(counts, counts, counts, st.decimals(0, 10**6, places=3))
def test_the_parts_add_up(days: int, hours: int, minutes: int, seconds: Decimal) -> None:
    parts = parse_duration(f"P{days}DT{hours}H{minutes}M{seconds}S")
    assert parts == parse_duration(f"PT{days * 86_400 + hours * 3600 + minutes * 60 + seconds}S")


@given(st.text("PTYMWDHS0123456789.,", max_size=20))
def test_any_text_is_a_duration_or_a_value_error(text: str) -> None:
    try:
        months, seconds = parse_duration(text)
    except ValueError:
        return
    assert months >= 0
    assert seconds >= 0
