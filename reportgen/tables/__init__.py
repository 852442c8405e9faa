"""Build tables from protected statistics: stub, boxhead, rows and generated notes.

Input: specifications of the tables, protected statistics. Output: ``Table`` by id, every cell as printed. A table whose
figures are missing this year is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.model.table import (
    BREAK,
    GIVEN,
    LOW,
    LOW_BASE,
    NOT_APPLICABLE,
    SHORTHAND,
    TOTAL,
    Cell,
    Column,
    Measured,
    Row,
    Table,
    TableSpec,
)
from reportgen.tables import figure_tables, table_notes, text_tables

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release

__all__ = [
    "BREAK",
    "GIVEN",
    "LOW",
    "LOW_BASE",
    "NOT_APPLICABLE",
    "SHORTHAND",
    "TOTAL",
    "Cell",
    "Column",
    "Measured",
    "Row",
    "Table",
    "TableSpec",
    "build",
]


def build(specs: Sequence[TableSpec], statistics: ProtectedStatistics, release: Release) -> dict[str, Table]:
    """Build every table of the year, in the order of the specifications; tables without rows are left out."""
    made: dict[str, Table] = {}
    for spec in specs:
        table = text_tables.table(spec, statistics, release) if spec.text else figure_tables.table(spec, statistics)
        if table is not None and table.rows:
            made[spec.id] = replace(
                table, notes=(*table.notes, *table_notes.of(spec, table, statistics)), annex=spec.annex
            )
    return made
