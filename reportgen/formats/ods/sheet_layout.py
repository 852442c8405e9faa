"""Lay out a table for spreadsheets and CSV: one header row, one kind of value per column, nothing merged or blank.

Input: a table of the report. Output: a grid. Whatever the page puts in a cell besides its number gets its own column:
the heading of a group, a unit that varies by row, the marker of a small base.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.model.table import Cell, Column, Table

GROUP: Final = "Group"
ALL: Final = "All"
"""The group of totals, and of rows without a heading."""
UNIT: Final = "Unit"
LOW: Final = " [u]"
USUAL: Final = "usual"
_NUMBER: Final = re.compile(
    r"(?P<sign>[+−-]?)(?P<pounds>£?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?P<unit>%| [a-z][a-z ]*)?"
)
_MARKER: Final = re.compile(r"\[[a-z]{1,4}\]")
_ONE: Final = {"day": "days", "percentage point": "percentage points"}


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell: its text as printed, without its unit, and its number, if any ("1790" for "1,790")."""

    text: str
    number: str = ""
    unit: str = ""

    @property
    def decimals(self) -> int:
        """Number of decimals printed."""
        return len(self.number.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Grid:
    """A header row and body rows of the same width.

    ``labels`` is the number of leading columns that name the row. ``numeric`` says for each column whether it contains
    figures (or shorthand). ``ours``: at least one cell is a statistic of the scheme.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    labels: int
    numeric: tuple[bool, ...]
    ours: bool

    @property
    def markers(self) -> tuple[str, ...]:
        """The shorthand used, without repetition, in order."""
        used = [value.text for row in self.rows for value in row[self.labels :] if _MARKER.fullmatch(value.text)]
        return tuple(dict.fromkeys(used))


def grid(table: Table) -> Grid:
    """Convert a table to a grid, with figures rounded as in the report."""
    grouped = any(_is_group_heading(row.cells) for row in table.rows)
    labels: list[list[str]] = []
    cells: list[list[CellValue]] = []
    group = ALL
    for row in table.rows:
        if _is_group_heading(row.cells):
            group = row.label
            continue
        group = ALL if row.kind == "total" else group
        labels.append([group, row.label] if grouped else [row.label])
        cells.append([_value(cell, column.numeric) for cell, column in zip(row.cells, table.columns, strict=True)])
    heads = [GROUP, table.stub] if grouped else [table.stub]
    if any(value.unit for line in cells for value in line):
        heads.append(UNIT)
        for names, line in zip(labels, cells, strict=True):
            names.append(_unit(line))
    columns, rows = _with_reliability(table.columns, cells)
    return Grid(
        (*heads, *(heading for heading, _ in columns)),
        tuple((*map(CellValue, names), *line) for names, line in zip(labels, rows, strict=True)),
        len(heads),
        (*([False] * len(heads)), *(numeric for _, numeric in columns)),
        any(cell.key is not None for row in table.rows for cell in row.cells),
    )


def _is_group_heading(cells: Sequence[Cell]) -> bool:
    """Return whether a row has no figures and so heads those below it."""
    return not any(cell.text for cell in cells)


def _value(cell: Cell, numeric: bool) -> CellValue:
    if cell.marker:
        return CellValue(cell.marker)
    if not numeric:
        return CellValue(cell.text)
    mark = LOW if cell.text.endswith(LOW) else ""
    found = _NUMBER.fullmatch(cell.text.removesuffix(mark))
    if found is None:
        return CellValue(cell.text)
    digits = found["digits"].replace(",", "") + (found["part"] or "")
    unit = found["pounds"] or (found["unit"] or "").strip()
    text = f"{found['sign']}{found['digits']}{found['part'] or ''}{mark}"
    return CellValue(text, digits if found["sign"] in {"", "+"} else f"-{digits}", _ONE.get(unit, unit))


def _is_figure(value: CellValue) -> bool:
    return bool(value.number or _MARKER.fullmatch(value.text))


def _unit(line: Sequence[CellValue]) -> str:
    """Return the unit of a row; both if its change has another."""
    units = list(dict.fromkeys(value.unit or "number" for value in line if value.number)) or ["number"]
    return units[0] if len(units) == 1 else f"{units[0]}; change in {units[-1]}"


def _with_reliability(
    columns: Sequence[Column], rows: list[list[CellValue]]
) -> tuple[list[tuple[str, bool]], list[list[CellValue]]]:
    """Move the marker of a small base to a column of its own, so that numbers stay numeric."""
    marked = {at for at in range(len(columns)) if any(row[at].text.endswith(LOW) for row in rows)}
    header: list[tuple[str, bool]] = []
    for at, column in enumerate(columns):
        header.append((column.heading, column.numeric and any(_is_figure(row[at]) for row in rows)))
        if at in marked:
            header.append((f"{column.heading}: reliability", False))
    made: list[list[CellValue]] = []
    for row in rows:
        line: list[CellValue] = []
        for at, value in enumerate(row):
            low = value.text.endswith(LOW)
            line.append(CellValue(value.text.removesuffix(LOW), value.number) if low else value)
            if at in marked:
                line.append(CellValue(LOW.strip() if low else USUAL))
        made.append(line)
    return header, made
