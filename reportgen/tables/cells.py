"""A figure as it stands in a table: the text of its cell, with the unit in the head of its column.

Goes in: a protected figure. Comes out: a cell, its number or its marker.
"""

from __future__ import annotations

from reportgen.model import formatting
from reportgen.model.figure import Unit
from reportgen.model.protected import HIDDEN, Figure
from reportgen.model.table import LOW, LOW_BASE, NOT_APPLICABLE, Cell
from reportgen.tables.table_notes import displayed


def heading(text: str, unit: Unit) -> str:
    """A column's heading with its unit."""
    units = {"pounds": " (£)", "proportion": " (%)", "days": " (days)", "percentage points": " (percentage points)"}
    return text + units.get(unit, "")


def shown(figure: Figure | None, *, low: bool = False) -> Cell:
    """A figure as a cell under a heading that carries its unit."""
    if figure is None:
        return Cell(NOT_APPLICABLE, None, NOT_APPLICABLE)
    if figure.value is None:
        return Cell(figure.marker, None, figure.marker, figure.key)
    text = plain(figure.value, figure.unit)
    if low and figure.base is not None and figure.base < LOW_BASE:
        text += f" {LOW}"
    return Cell(text, figure.value, "", figure.key)


def plain(value: float, unit: Unit) -> str:
    """A value without its unit, rounded as everywhere."""
    if unit == "proportion":
        return formatting.percent(value).removesuffix("%")
    return formatting.number(value)


def whole(value: float, unit: Unit) -> str:
    """A value with its unit, where rows have different units."""
    if unit == "proportion":
        return formatting.percent(value)
    if unit == "pounds":
        return formatting.pounds(value)
    if unit == "days":
        return formatting.days(value)
    return formatting.points(value) if unit == "percentage points" else formatting.number(value)


def difference(now: Figure | None, then: Figure | None) -> Cell:
    """The year's value less last year's, from the displayed values; shares in percentage points."""
    if now is None or then is None:
        return Cell(NOT_APPLICABLE, None, NOT_APPLICABLE)
    if now.value is None or then.value is None:
        return Cell(HIDDEN, None, HIDDEN)
    change = float(displayed(now.value, now.unit) - displayed(then.value, then.unit))
    sign = "+" if change > 0 else ""
    return Cell(sign + formatting.number(change), change)
