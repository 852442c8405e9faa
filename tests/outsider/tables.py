"""The tables as files: a gap that the table itself closes.

Goes in: a folder of outputs. Comes out: the hidden cells that a column's total, or a difference between two columns,
tells. Knows nothing of what the tables are about: a column adds up where it has a total and its file adds up elsewhere.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .published import HIDDEN

APART: Final = frozenset({"statistics.csv", "previous.csv", "definitions.csv", "suppression.csv"})
ROUNDING: Final = 1.0


def gaps(folder: Path) -> Iterator[str]:
    """Each hidden cell of a table that the rest of the table tells."""
    for path in sorted((folder / "data").glob("*.csv")):
        if path.name in APART:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file)) or [[]]
        columns = range(1, len(header))
        yield from (f"{path.name}: {words}" for words in _sums(header, rows, columns))
        yield from (f"{path.name}: {words}" for words in _differences(header, rows))


def _sums(header: list[str], rows: list[list[str]], columns: range) -> Iterator[str]:
    """Columns with a total in which one cell alone is hidden."""
    totals = [row for row in rows if row[0] == "Total"]
    parts = [row for row in rows if row[0] not in ("Total", "All")]
    if len(totals) != 1 or len(parts) < 2:
        return
    whole = totals[0]
    if any(_adds(parts, whole, at) is False for at in columns):
        return
    for at in columns:
        hidden = [row[0] for row in parts if row[at] == HIDDEN]
        if len(hidden) == 1 and _number(whole[at]) is not None and _counts(parts, at):
            rest = (_number(whole[at]) or 0) - sum(_number(row[at]) or 0 for row in parts)
            yield f"{header[at]}, {hidden[0]}: {rest:g}"


def _adds(parts: list[list[str]], whole: list[str], at: int) -> bool | None:
    """Whether a complete column adds up to its total; None where it is not complete."""
    values = [_number(row[at]) for row in parts]
    total = _number(whole[at])
    if total is None or any(value is None for value in values):
        return None
    return abs(sum(value or 0 for value in values) - total) <= ROUNDING


def _counts(parts: list[list[str]], at: int) -> bool:
    return all(row[at] == HIDDEN or _number(row[at]) is not None for row in parts)


def _differences(header: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Two years and their change, of which one alone is hidden."""
    for at, name in enumerate(header):
        if at < 2 or not name.lower().endswith("change"):
            continue
        for row in rows:
            three = row[at - 2 : at + 1]
            if three.count(HIDDEN) == 1 and sum(_number(cell) is not None for cell in three) == 2:
                yield f"{name}, {row[0]}: {', '.join(three)}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
