"""Monthly line charts, last year behind this year.

Input: displayed values by month. Output: a ``Canvas``. The axis starts at zero; a suppressed month is a gap in the line
with ``[c]`` below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen.charts import axes, theme
from reportgen.charts.bars import HIDDEN_NOTE
from reportgen.charts.canvas import Canvas, Scale
from reportgen.model.chart import Plotted
from reportgen.model.figure import MONTHS

TALL: Final = 180
LOOKS: Final = ((theme.PALETTE[0], theme.PALETTE[0], 600), (theme.BEHIND, theme.QUIET, 400))
"""Line colour, text colour and font weight: this year, last year."""


@dataclass(frozen=True, slots=True)
class Series:
    """A year's monthly values; None if there is no figure."""

    label: str
    values: tuple[Plotted | None, ...]


def line(months: Sequence[str], series: Sequence[Series], marker: tuple[float, str] | None = None) -> Canvas:
    """Draw a line for each series; ``months`` are such as 2025-04, ``marker`` is a position in months and a label."""
    canvas = Canvas()
    top = 34.0 if marker else 22.0  # space for a label above the highest grid line
    bottom = top + TALL
    named = len(series) > 1  # a single line is named by the title
    right = theme.WIDTH - (max(theme.width(one.label, theme.TEXT, 600) for one in series) + 12 if named else 8)
    shown = [value.value for one in series for value in one.values if value is not None and value.value is not None]
    up, left = axes.upward(canvas, shown, top, bottom, right)
    along = Scale((0, len(months)), (left, right))
    _quarters(canvas, months, along, top, bottom)
    below = _months(canvas, months, along, bottom, years=not named)
    canvas.height = _hidden(canvas, series, along, right, below)
    if marker:
        _marker(canvas, along(marker[0]), marker[1], right, bottom)
    for one, (colour, _, _) in reversed(list(zip(series, LOOKS, strict=False))):
        values = [value.value if value else None for value in one.values]
        for run in axes.runs(values):
            points = [(place + 0.5, value) for place, value in run]
            if len(points) > 1:
                canvas.line(along, up, points, colour, thin=colour == theme.BEHIND)
        alone = [(run[0][0] + 0.5, run[0][1]) for run in axes.runs(values) if len(run) == 1]
        canvas.points(along, up, alone, colour)
    if named:
        _names(canvas, series, up, right)
    _extremes(canvas, series, along, up, [up(mark) for mark in axes.ticks(max(shown, default=0.0))])
    if any(value is not None and value.hidden for one in series for value in one.values):
        canvas.footnote(HIDDEN_NOTE)
    return canvas


def _quarters(canvas: Canvas, months: Sequence[str], along: Scale, top: float, bottom: float) -> None:
    """Draw the boundaries between quarters."""
    starts = list(range(3, len(months), 3))
    canvas.rules([(along(place), top, along(place), bottom) for place in starts], theme.FAINT)
    ends = [0, *starts, len(months)]
    canvas.rules([(along(place), bottom, along(place), bottom + 6) for place in ends], theme.AXIS)


def _months(canvas: Canvas, months: Sequence[str], along: Scale, bottom: float, *, years: bool) -> float:
    """Label the months; with ``years``, the year below the first month and each January. Return the height below."""
    for place, month in enumerate(months):
        year, number = month.split("-")
        x = along(place + 0.5)
        canvas.text(x, bottom + 15, MONTHS[int(number) - 1][:3], "center", size=theme.SMALL, colour=theme.QUIET)
        if years and (place == 0 or number == "01"):
            canvas.text(x, bottom + 15 + theme.LINE, year, "center", size=theme.SMALL, colour=theme.QUIET)
    return bottom + 15 + (theme.LINE if years else 0) + 10


def _hidden(canvas: Canvas, series: Sequence[Series], along: Scale, right: float, below: float) -> float:
    """Add a row of [c] below the months for each series with suppressed values."""
    for one, (_, colour, weight) in zip(series, LOOKS, strict=False):
        hidden = [place for place, value in enumerate(one.values) if value is not None and value.hidden]
        if hidden:
            for place in hidden:
                canvas.text(along(place + 0.5), below + 8, "[c]", "center", size=theme.SMALL, colour=colour)
            if len(series) > 1:
                canvas.text(right + 8, below + 8, one.label, colour=colour, weight=weight)
            below += theme.LINE + 3
    return below + 2


def _marker(canvas: Canvas, x: float, words: str, right: float, bottom: float) -> None:
    """Draw an event: a dashed vertical line with its label at the top."""
    canvas.rules([(x, 18, x, bottom)], theme.INK, dashed=True)
    wide = theme.width(words)
    at = min(max(x - wide / 2, 0.0), max(0.0, right - wide))
    canvas.text(at, 9, words)


def _names(canvas: Canvas, series: Sequence[Series], up: Scale, right: float) -> None:
    """Label each line at its end, moving labels apart where ends are close."""
    ends = []
    for one in series:
        shown = [value.value for value in one.values if value is not None and value.value is not None]
        ends.append(up(shown[-1]) if shown else up(0))
    places = axes.apart(ends, theme.LINE + 2, up.range[1] + 4, up.range[0] - 8)
    for one, place, (_, colour, weight) in zip(series, places, LOOKS, strict=False):
        if any(value is not None and value.value is not None for value in one.values):
            canvas.text(right + 8, place, one.label, colour=colour, weight=weight)


def _extremes(canvas: Canvas, series: Sequence[Series], along: Scale, up: Scale, rules: Sequence[float]) -> None:
    """Label this year's largest and smallest value, next to the line and off the grid lines."""
    lines = [
        [(along(place + 0.5), up(value)) for place, value in run]
        for one in series
        for run in axes.runs([value.value if value else None for value in one.values])
    ]
    shown = [
        (value.value, place, value.text)
        for place, value in enumerate(series[0].values)
        if value is not None and value.value is not None
    ]
    if not shown:
        return
    most, least = max(shown, key=lambda one: one[0]), min(shown, key=lambda one: one[0])
    for value, place, text in dict.fromkeys((most, least)):
        at, under = (along(place + 0.5), up(value)), value == least[0] != most[0]
        axes.beside(canvas, at, text, lines, left=along(0), weight=600, rules=rules, under=under)
