"""A typed cell as the text that a person would have typed.

Goes in: a value from a workbook or a parquet file. Comes out: text. Hides that 32.0 is 32, 0.30000000000000004 is 0.3.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

THOUSANDS: Final = 3
"""Digits between two signs that part thousands."""
EXACT: Final = 10**15
"""Whole numbers up to here are exact in a double."""


def text(value: object) -> str:
    """Dates ISO, whole numbers without a point, fractions with the 15 digits a spreadsheet shows; "" for nothing."""
    if isinstance(value, str):
        return value
    if value is None or value != value:  # noqa: PLR0124 - only NaN and NaT differ from themselves
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else _fraction(format(value, ".15g"))
    return _other(value)


def _fraction(digits: str) -> str:
    """A number of a typed cell has one reading: 2.125 becomes 2.1250, which is no two thousand."""
    return f"{digits}0" if len(digits.partition(".")[2]) == THOUSANDS else digits


def _other(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _fraction(format(value, "f"))
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, list):
        return "; ".join(text(one) for one in value)
    return str(value)
