"""Rows as an oracle states them, and how they are held against a table: every column, every row."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
import pytest

Row = dict[str, Any]
EPOCH = datetime(1970, 1, 1)


def sixth(part: int, whole: int) -> Decimal:
    """part / whole as tables keep it, in six places."""
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def school_year(day: date) -> str:
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{first + 1}"


def differences(
    connection: duckdb.DuckDBPyConnection, table: str, expected: Iterable[Row], where: str = "true"
) -> list[str]:
    """Rows that only the table has, or only the oracle: empty when they agree in every column but store and words."""
    stated = [shown(row) for row in expected]
    left_out = "lambda c: c not in ['store', 'reasons', 'reasons_en', 'reading', 'reading_en']"
    result = connection.execute(f"select columns({left_out}) from {table} where {where}")
    columns = [column[0] for column in result.description or ()]
    found = [shown(dict(zip(columns, row, strict=True))) for row in result.fetchall()]
    unlike = (
        [f"columns: {set(columns) ^ set(stated[0])}"] if stated and set(stated[0]) != set(columns) else []
    )
    return unlike + unmatched(columns, found, stated)


def unmatched(columns: list[str], found: list[Row], stated: list[Row]) -> list[str]:
    def ordered(rows: list[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: [sortable(row.get(c)) for c in columns])

    there, here = ordered(found), ordered(stated)
    if there == here or (len(there) == len(here) and all(map(alike, there, here))):
        return []
    only_there = [f"table:  {row}" for row in there if row not in here]
    only_here = [f"oracle: {row}" for row in here if row not in there]
    return sorted(only_there + only_here, key=lambda text: text[8:])


def sortable(value: Any) -> tuple[bool, str]:
    # Floats in a few places: the last bits must not change the order.
    return value is not None, f"{value:030.6f}" if isinstance(value, int | float) else str(value)


def alike(one: Row, other: Row) -> bool:
    return one.keys() == other.keys() and all(
        one[name] == (pytest.approx(value, abs=1e-9) if isinstance(value, float) else value)
        for name, value in other.items()
    )


def shown(row: Row) -> Row:
    """With instants as microseconds, and fractions as floats."""
    return {name: plain(value) for name, value in row.items()}


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        # instants and wall clocks alike
        naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return (naive - EPOCH) // timedelta(microseconds=1)
    return float(value) if isinstance(value, Decimal) else value
