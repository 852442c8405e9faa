"""Format values for open data files.

Input: figures and texts. Output: CSV text (UTF-8 without BOM, LF, commas, one header row). Rounds nothing.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Final

from reportgen.model.figure import Unit

WHOLE: Final = frozenset(
    {"incidents", "people", "notices", "objections", "appeals", "responses", "actions", "recommendations", "cases"}
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def number(value: float | None, unit: Unit | str) -> str:
    """Format a figure in full: counts whole, whole pence with two decimals, others to 15 significant digits.

    A double is exact to 15 digits: 0.1 + 0.2 is written 0.3, and nothing that an independent calculation could
    distinguish is lost. ValueError if the value is not finite.
    """
    if value is None:
        return ""
    if not math.isfinite(value):
        raise ValueError("not a number")
    if unit in WHOLE and float(value).is_integer():
        return str(int(value))
    if unit == "pounds" and math.isclose(value * 100, round(value * 100), rel_tol=1e-15, abs_tol=1e-7):
        return f"{round(value * 100) / 100:.2f}"
    text = f"{value + 0:.15g}"
    return text if "e" not in text else f"{value:.18f}".rstrip("0")


def harmless(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Build a CSV file; cells are quoted only if necessary."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
