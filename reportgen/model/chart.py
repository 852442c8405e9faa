"""Charts as data: specifications, finished charts, plotted values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from reportgen.model import formatting
from reportgen.model.protected import Figure
from reportgen.model.table import Table

Kind = Literal[
    "bars",
    "options",
    "panels",
    "line",
    "answers",
    "intervals",
    "interval panels",
    "days",
    "waterfall",
    "actions",
    "history",
    "context",
]


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """Specification of a chart.

    ``measures`` are the series (id, label), drawn as grouped bars. ``by`` is the breakdown on the axis; without it each
    measure is one bar. ``panels`` is the breakdown with one panel for each category. ``compare`` adds last year.
    ``ordered`` keeps the order of the categories; otherwise the largest comes first. ``question`` is a survey question.
    ``series`` is one published series; two never share an axis. ``regime`` marks the day new penalty levels began;
    ``target`` marks the number of days within which a decision is due.
    """

    id: str
    kind: Kind
    measures: tuple[tuple[str, str], ...] = ()
    by: str = ""
    panels: str = ""
    compare: bool = False
    ordered: bool = False
    question: str = ""
    series: str = ""
    regime: bool = False
    target: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart: SVG, PNG, and the plotted values as a table.

    ``base`` is the number of records behind the chart; None if no single number applies.
    """

    id: str
    svg: str
    table: Table
    base: int | None
    picture: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def png(self) -> bytes:
        """Return the PNG, waiting for the worker that draws it if necessary."""
        return self.picture()


@dataclass(frozen=True, slots=True)
class Plotted:
    """A plotted value: the displayed value (shares in per cent) and its label, or None and the marker."""

    value: float | None
    text: str
    lower: float | None = None
    upper: float | None = None
    base: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether the value is replaced by a marker."""
        return self.value is None


def plotted(figure: Figure) -> Plotted:
    """Return the figure as plotted, rounded exactly as displayed."""
    if figure.value is None:
        return Plotted(None, figure.marker)
    if figure.unit == "proportion":
        words, scale = formatting.percent(figure.value), 100
    elif figure.unit == "pounds":
        words, scale = formatting.short_pounds(figure.value), 1
    else:
        words, scale = formatting.number(figure.value), 1

    def shown(value: float | None) -> float | None:
        return None if value is None else float(formatting.rounded(value * scale))

    value = float(formatting.rounded(figure.value * scale))
    return Plotted(value, words, shown(figure.lower), shown(figure.upper), figure.base)
