"""Format figures as table cells, with the unit in the column heading.

Input: a protected figure. Output: a cell with its number or marker.
"""

from __future__ import annotations

from reportgen.model import formatting
from reportgen.model.figure import Unit
from reportgen.model.protected import HIDDEN, Figure
from reportgen.model.table import LOW, LOW_BASE, NOT_APPLICABLE, Cell
from reportgen.tables.table_notes import displayed


def heading(text: str, unit: Unit) -> str:
    """Add the unit to a column heading."""
    units = {"pounds": " (£)", "proportion": " (%)", "days": " (days)", "percentage points": " (percentage points)"}
    return text + units.get(unit, "")


def shown(figure: Figure | None, *, low: bool = False) -> Cell:
    """Format a figure as a cell without its unit; ``low`` marks a small base."""
    if figure is None:
        return Cell(NOT_APPLICABLE, None, NOT_APPLICABLE)
    if figure.value is None:
        return Cell(figure.marker, None, figure.marker, figure.key)
    text = plain(figure.value, figure.unit)
    if low and figure.base is not None and figure.base < LOW_BASE:
        text += f" {LOW}"
    return Cell(text, figure.value, "", figure.key)


def plain(value: float, unit: Unit) -> str:
    """Format a value without its unit, rounded as everywhere."""
    if unit == "proportion":
        return formatting.percent(value).removesuffix("%")
    return formatting.number(value)


def whole(value: float, unit: Unit) -> str:
    """Format a value with its unit, for columns with different units."""
    if unit == "proportion":
        return formatting.percent(value)
    if unit == "pounds":
        return formatting.pounds(value)
    if unit == "days":
        return formatting.days(value)
    return formatting.points(value) if unit == "percentage points" else formatting.number(value)


def difference(now: Figure | None, then: Figure | None) -> Cell:
    """Return this year's displayed value minus last year's; shares in percentage points."""
    if now is None or then is None:
        return Cell(NOT_APPLICABLE, None, NOT_APPLICABLE)
    if now.value is None or then.value is None:
        return Cell(HIDDEN, None, HIDDEN)
    change = float(displayed(now.value, now.unit) - displayed(then.value, then.unit))
    sign = "+" if change > 0 else ""
    return Cell(sign + formatting.number(change), change)
