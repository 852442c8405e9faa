"""What a chart is, and how one is described as data."""

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
    """A chart as data.

    ``measures`` are the series (id, label), their bars beside each other; with ``by`` they are cut by that breakdown,
    without it each measure is a bar of its own. ``panels`` is the breakdown that has a panel for each category.
    ``compare`` draws last year too. ``ordered`` keeps the order of the categories, else the largest comes first.
    ``question`` is a survey question, ``series`` the one published series: two never share an axis.
    ``regime`` marks the day on which new penalty levels began, ``target`` the days in which a decision is due.
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
    """A finished chart: drawing, picture, and the plotted numbers as a table.

    ``base`` is how many records it rests on, where one number says so.
    """

    id: str
    svg: str
    table: Table
    base: int | None
    picture: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def png(self) -> bytes:
        """The picture for where drawings are not taken; it is made while other work goes on, so this may wait."""
        return self.picture()


@dataclass(frozen=True, slots=True)
class Plotted:
    """A number as it is drawn: the displayed value (shares as per cent), its words, or the marker in its place."""

    value: float | None
    text: str
    lower: float | None = None
    upper: float | None = None
    base: int | None = None

    @property
    def hidden(self) -> bool:
        """Whether a marker stands in place of the value."""
        return self.value is None


def plotted(figure: Figure) -> Plotted:
    """A protected figure as drawn: nothing finer than what is printed."""
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
