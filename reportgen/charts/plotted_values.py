"""Figures as plotted values, and the tables that accompany charts.

Input: keys of figures. Output: ``Plotted`` values and ``Table`` parts, with every number as printed in tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen import tables
from reportgen.charts.bars import BarGroup
from reportgen.charts.canvas import Canvas
from reportgen.model import formatting
from reportgen.model.chart import Plotted, plotted
from reportgen.model.protected import HIDDEN
from reportgen.model.table import Cell, Table, TableSpec
from reportgen.tables.cells import shown

if TYPE_CHECKING:
    from reportgen.model.protected import Figure, ProtectedStatistics
    from reportgen.model.release import Release

FEWEST: Final = 2
ALL: Final = "All"
STUBS: Final = {
    "place": "Place",
    "vehicle_type": "Vehicle",
    "section": "Section",
    "role": "Role",
    "registered_in": "Registered in",
    "objection_outcome": "Outcome",
    "month": "Month",
    "invited_through": "Invited through",
    "theme": "Theme",
}
LAST: Final = ("Other", "other", "not recorded")
"""Categories that come last whatever their size."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart before it is drawn: canvas, table of its values, and number of records behind it."""

    canvas: Canvas
    table: Table
    base: int | None = None


def at(statistics: ProtectedStatistics | None, measure: str, **breakdowns: str) -> Plotted | None:
    """Return a figure as a plotted value, breakdowns in any order; None if there is none."""
    if statistics is None or not statistics.has(measure, **breakdowns):
        return None
    return plotted(statistics.get(measure, **breakdowns))


def few_marked(value: Plotted | None) -> Plotted | None:
    """Mark a share with a small base, unless either is suppressed."""
    if value is None or value.hidden or value.base is None or value.base >= tables.LOW_BASE:
        return value
    return replace(value, text=f"{value.text} {tables.LOW}")


def figure_at(statistics: ProtectedStatistics, measure: str, **breakdowns: str) -> Figure | None:
    """Return a figure, breakdowns in any order; None if there is none."""
    return statistics.get(measure, **breakdowns) if statistics.has(measure, **breakdowns) else None


def categories(statistics: ProtectedStatistics, measures: Sequence[str], name: str) -> list[str]:
    """Return the categories of a breakdown for which any of the measures has a figure, in order."""
    there = {
        key.category_1 if key.breakdown_1 == name else key.category_2
        for key in statistics.figures
        if key.measure in measures and name in (key.breakdown_1, key.breakdown_2)
    }
    return [word for word in statistics.categories.get(name, ()) if word in there]


def base_of(statistics: ProtectedStatistics, measure: str) -> int | None:
    """Return the total of a count; None if it is suppressed or the measure is no count."""
    definition = statistics.definitions.get(measure)
    whole = statistics.get(measure) if definition is not None and statistics.has(measure) else None
    if definition is None or whole is None or whole.value is None or definition.kind != "count":
        return None
    return int(whole.value)


def any_shown(values: Sequence[Plotted | None]) -> bool:
    """Return whether at least two values may be displayed, not all of them 0; fewer would compare nothing."""
    displayed = [value.value for value in values if value is not None and value.value is not None]
    return len(displayed) >= FEWEST and any(displayed)


def alike(values: Sequence[Plotted | None]) -> list[Plotted | None]:
    """Format amounts of money in one unit, because they are drawn on one scale."""
    there = [value.value for value in values if value is not None and value.value is not None]
    words = iter(formatting.pounds_alike(there))
    return [value if value is None or value.value is None else replace(value, text=next(words)) for value in values]


def table_of(spec: TableSpec, statistics: ProtectedStatistics, release: Release) -> Table:
    """Build the table of these figures as printed elsewhere."""
    return tables.build((spec,), statistics, release)[spec.id]


def in_order(table: Table, labels: Sequence[str]) -> Table:
    """Sort a table's rows in the order of the drawing."""
    place = {label: n for n, label in enumerate(labels)}
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: place.get(row.label, len(place)))))


def explained(table: Table) -> Table:
    """Add notes that explain a table's markers."""
    texts = {cell.text for row in table.rows for cell in row.cells}
    notes = tuple(words for mark, words in tables.SHORTHAND.items() if any(mark in text for text in texts))
    return replace(table, notes=(*table.notes, *notes))


def interval_cells(figure: Figure | None) -> tuple[Cell, ...]:
    """Return cells for a share, its confidence limits and its base."""
    if figure is None:
        return (Cell(tables.NOT_APPLICABLE, None, tables.NOT_APPLICABLE),) * 4
    if figure.value is None:
        return (Cell(figure.marker, None, figure.marker, figure.key),) * 4
    limits = [
        Cell(tables.NOT_APPLICABLE, None, tables.NOT_APPLICABLE)
        if limit is None
        else Cell(formatting.percent(limit).removesuffix("%"), limit)
        for limit in (figure.lower, figure.upper)
    ]
    base = (
        Cell(HIDDEN, None, HIDDEN) if figure.base is None else Cell(formatting.number(figure.base), float(figure.base))
    )
    return shown(figure, low=True), *limits, base


def largest_first(groups: Sequence[tuple[str, BarGroup]]) -> list[tuple[str, BarGroup]]:
    """Sort groups by size, largest first; then suppressed ones in their own order; Other and Not recorded last."""

    def place(pair: tuple[str, BarGroup]) -> tuple[int, int, float]:
        word, group = pair
        first = group.values[0]
        value = None if first is None else first.value
        return (LAST.index(word) + 1 if word in LAST else 0, value is None, -(value or 0))

    return sorted(groups, key=place)
