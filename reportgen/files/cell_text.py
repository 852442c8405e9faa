"""Convert a typed cell to the text a person would have typed: 32.0 to 32, 0.30000000000000004 to 0.3.

Input: a value from a workbook or a parquet file. Output: text.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

THOUSANDS: Final = 3
"""Digits between two thousands separators."""
EXACT: Final = 10**15
"""Limit below which a double represents every whole number exactly."""


def text(value: object) -> str:
    """Convert a value: ISO dates, whole numbers without a decimal point, fractions to 15 digits; "" if missing."""
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
    """Pad three decimals with a zero (2.125 to 2.1250), so that the point is not read as a thousands separator."""
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
