"""Plain values for machines: how a number, a word and a row are written in the open data files.

Input: figures and texts. Output: text of CSV (UTF-8 without BOM, LF, commas, one header row). Rounds nothing.
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
    """A figure in full for a machine: counts whole, whole pence with two decimals, all else to 15 digits.

    Fifteen significant digits are what a double holds for certain: 0.1 + 0.2 is written 0.3, and nothing that an
    independent calculation could tell apart is lost. A value that is not a number has no text: ValueError.
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
    """Words from the inputs as they are, unless a spreadsheet would run them: then an apostrophe stands before them."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file; a cell is quoted only where it must be."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()
