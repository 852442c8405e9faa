"""A table laid out for spreadsheets and CSV: one header row, one kind of value a column, nothing merged, nothing blank.

Goes in: a table of the report. Comes out: a grid. The rows that head a group of rows become a column of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reportgen.tables import Cell, Table

GROUP: Final = "Group"
_NUMBER: Final = re.compile(r"(?P<sign>[−-]?)£?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Value:
    """One cell: its text as printed in the report, and the number it shows where it is one ("1790" for "1,790")."""

    text: str
    number: str = ""

    @property
    def decimals(self) -> int:
        """How many decimals the number is printed with."""
        return len(self.number.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Grid:
    """A header row and body rows of the same width; ``labels`` is how many first columns name the row."""

    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    labels: int

    @property
    def markers(self) -> tuple[str, ...]:
        """The shorthand used, each once, in order."""
        used = [value.text for row in self.rows for value in row[self.labels :] if value.text.startswith("[")]
        return tuple(dict.fromkeys(used))


def grid(table: Table) -> Grid:
    """The table as a grid; the figures as the report rounds them, so that every copy says the same."""
    grouped = any(row.kind == "section" for row in table.rows)
    header = (*((GROUP,) if grouped else ()), table.stub, *(column.heading for column in table.columns))
    rows: list[tuple[Value, ...]] = []
    group = "All"
    for row in table.rows:
        if row.kind == "section" and not any(cell.text for cell in row.cells):
            group = row.label
            continue
        labels = (group, row.label) if grouped else (row.label,)
        rows.append((*(Value(label) for label in labels), *(_value(cell) for cell in row.cells)))
    return Grid(header, tuple(rows), 2 if grouped else 1)


def _value(cell: Cell) -> Value:
    if cell.marker:
        return Value(cell.marker)
    found = _NUMBER.fullmatch(cell.text)
    if found is None:
        return Value(cell.text)
    digits = found["digits"].replace(",", "") + (found["part"] or "")
    return Value(cell.text, f"-{digits}" if found["sign"] else digits)
