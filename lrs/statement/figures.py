"""Numbers of any size, written so that a column of figures can take them."""

from decimal import Decimal

# A thousand years. A longer time is no time of learning, and would take the sums of a projection out of their range.
LONGEST_MS = 1000 * 366 * 86_400_000
_MOST_DIGITS = 30


def decimal_text(value: int | Decimal) -> str:
    """A number as plain digits; one too large or too small for any column of figures with its exponent."""
    if isinstance(value, int) and abs(value) < 10**_MOST_DIGITS:
        return str(value)
    number = Decimal(value)
    return f"{number:f}" if abs(number.adjusted()) < _MOST_DIGITS else str(number)
