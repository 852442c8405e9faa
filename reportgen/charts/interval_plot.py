"""Dot plots with lines: shares with confidence intervals, and days from the median to the 90th percentile.

Input: rows of displayed values. Output: a ``Canvas`` with values in columns on the right, under the marks they belong
to. A suppressed value is shown as ``[c]``, one that cannot be compared as ``[b]``; neither has a mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from reportgen import tables
from reportgen.charts import axes, theme
from reportgen.charts.bars import HIDDEN_NOTE
from reportgen.charts.canvas import Canvas, Scale, fitting
from reportgen.model import formatting
from reportgen.model.chart import Plotted

LABELS: Final = 230
DAYS_LABELS: Final = 150
ROW: Final = 19
BETWEEN: Final = 22
MOST_ACROSS: Final = 3
INTERVAL_NOTE: Final = (
    "The line through each dot is its 95% confidence interval; where none shows, it is shorter than the dot."
)
SHARES: Final = (0, 50, 100)
NOTES: Final = {
    "[c]": HIDDEN_NOTE,
    "[b]": "[b] not compared: the question changed since last year, or was not asked.",
    "[z]": "[z] there is no figure.",
    tables.LOW: tables.SHORTHAND[tables.LOW],
}


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """A row: its label, and a value for each column."""

    label: str
    values: tuple[Plotted, ...]
    strong: bool = False


def intervals(rows: Sequence[IntervalRow], names: Sequence[str]) -> Canvas:
    """Draw shares as dots with 95% confidence intervals; last year's hollow, below this year's."""
    canvas = Canvas()
    label = min(LABELS, max(theme.width(line) for row in rows for line in theme.wrap(row.label, LABELS))) + 14
    columns, right = _columns(canvas, [theme.wrap(name, 70, theme.SMALL, 600) for name in names], "years")
    top = max(40.0, canvas.height)
    scale = Scale((0, 100), (label, right - 14))
    y = top
    step = 16 if len(names) > 1 else 0
    heights = [max(len(theme.wrap(row.label, LABELS)) * theme.LINE, step + 22) + 8 for row in rows]
    number = fitting(heights, top)
    left_out, rows = len(rows) - number, rows[:number]
    for row, needed in zip(rows, heights, strict=False):
        lines = theme.wrap(row.label, LABELS)
        middle = y + needed / 2
        canvas.lines(0, middle, lines, weight=600 if row.strong else 400)
        _marks(canvas, scale, row.values, middle, step)
        for column, value in zip(columns, row.values, strict=True):
            canvas.text(column, middle, value.text, "right", weight=600 if column == columns[0] else 400)
        y += needed
    canvas.height = y
    _shares(canvas, scale, top, y)
    canvas.footnote(INTERVAL_NOTE)
    _notes(canvas, [value for row in rows for value in row.values])
    canvas.left_out(left_out)
    return canvas


def _marks(canvas: Canvas, scale: Scale, values: Sequence[Plotted], middle: float, step: float) -> None:
    """Draw the dots and intervals of one row."""
    for number, value in enumerate(values):
        if value.value is None:
            continue
        y = middle + (number - (len(values) - 1) / 2) * step
        colour = theme.PALETTE[0] if number == 0 else theme.BEHIND
        if value.lower is not None and value.upper is not None and value.upper > value.lower:
            canvas.spans(scale, [(value.lower, value.upper, y)], colour, 3 if number == 0 else 2)
        canvas.points(scale, None, [(value.value, y)], colour, hollow=number > 0)


def _columns(canvas: Canvas, headings: Sequence[Sequence[str]], kind: str) -> tuple[list[float], float]:
    """Draw the column headings; return the right edges of the columns and the left edge of all.

    Each heading has its mark: a ring for last year or for the 90th percentile.
    """
    ends: list[float] = []
    x = float(theme.WIDTH)
    for number, lines in reversed(list(enumerate(headings))):
        wide = max([theme.width(line, theme.SMALL, 600) for line in lines] + [44.0])
        ends.append(x)
        for at, line in enumerate(lines):
            canvas.text(x, 8 + at * theme.LINE, line, "right", size=theme.SMALL, weight=600)
        canvas.height = max(canvas.height, 14.0 + len(lines) * theme.LINE)
        if len(headings) > 1:
            colour = theme.BEHIND if number and kind == "years" else theme.PALETTE[0]
            place = Scale((0, 1), (x - wide - 10, x - wide - 9))
            canvas.points(place, None, [(0, 8.0)], colour, hollow=number > 0)
        x -= wide + 30
    return ends[::-1], x


def _shares(canvas: Canvas, scale: Scale, top: float, bottom: float) -> None:
    """Draw grid lines at each quarter, labelled at 0%, 50% and 100%."""
    canvas.rules([(scale(0), top - 6, scale(0), bottom)], theme.AXIS, under=True)
    canvas.rules([(scale(share), top - 6, scale(share), bottom) for share in (25, 50, 75, 100)], theme.RULE, under=True)
    for share in SHARES:
        canvas.text(scale(share), top - 14, f"{share}%", "center", size=theme.SMALL, colour=theme.QUIET)


def interval_panels(named: Sequence[tuple[str, Sequence[IntervalRow]]]) -> Canvas:
    """Draw a panel for each question with a row for each role, on one scale; two in a row, or three if many."""
    across = min(2, len(named))
    if len(_fitting(named, across)) < len(named):
        across = MOST_ACROSS
    shown = _fitting(named, across)
    canvas = Canvas()
    room = (theme.WIDTH - BETWEEN * (across - 1)) / across
    every = [row for _, rows in shown for row in rows]
    label = max(theme.width(row.label, theme.TEXT, 600) for row in every) + 12
    values = max(theme.width(value.text) for row in every for value in row.values) + 12
    top = 0.0
    for start in range(0, len(shown), across):
        part = shown[start : start + across]
        heads = [theme.wrap(name, room, theme.TEXT, 600) for name, _ in part]
        first = top + max(map(len, heads)) * theme.LINE + 20
        for number, ((_, rows), head) in enumerate(zip(part, heads, strict=True)):
            left = number * (room + BETWEEN)
            canvas.lines(left, top + 9 + (len(head) - 1) * theme.LINE / 2, head, weight=600)
            _panel(canvas, rows, left, left + room, Scale((0, 100), (left + label, left + room - values)), first)
        top = first + max(len(rows) for _, rows in part) * ROW + 13
    canvas.height = top - 10
    canvas.footnote(INTERVAL_NOTE)
    _notes(canvas, [value for row in every for value in row.values])
    canvas.left_out(len(named) - len(shown))
    return canvas


def _fitting(
    named: Sequence[tuple[str, Sequence[IntervalRow]]], across: int
) -> Sequence[tuple[str, Sequence[IntervalRow]]]:
    """Return the panels that fit on a page with ``across`` in a row."""
    room = (theme.WIDTH - BETWEEN * (across - 1)) / across
    parts = [named[start : start + across] for start in range(0, len(named), across)]
    heads = [max(len(theme.wrap(name, room, theme.TEXT, 600)) for name, _ in part) for part in parts]
    rows = [max(len(rows) for _, rows in part) for part in parts]
    heights = [head * theme.LINE + row * ROW + 33 for head, row in zip(heads, rows, strict=True)]
    return named[: fitting(heights, -10) * across]


def _panel(canvas: Canvas, rows: Sequence[IntervalRow], left: float, right: float, scale: Scale, top: float) -> None:
    """Draw the rows of one panel below its scale."""
    bottom = top + len(rows) * ROW
    for number, row in enumerate(rows):
        y, weight = top + (number + 0.5) * ROW, 600 if row.strong else 400
        canvas.text(left, y, row.label, weight=weight)
        _marks(canvas, scale, row.values, y, 0)
        canvas.text(right, y, row.values[0].text, "right", weight=weight)
    canvas.rules([(scale(0), top - 2, scale(0), bottom)], theme.AXIS, under=True)
    canvas.rules([(scale(share), top - 2, scale(share), bottom) for share in SHARES[1:]], theme.RULE, under=True)
    for share in SHARES:
        canvas.text(scale(share), top - 10, f"{share}%", "center", size=theme.SMALL, colour=theme.QUIET)


def days(rows: Sequence[IntervalRow], target: int | None = None) -> Canvas:
    """Draw the median as a dot, a line to the 90th percentile, and the target as a dashed line."""
    canvas = Canvas()
    label = (
        max(
            theme.width(line, theme.TEXT, 600)
            for row in rows
            for line in theme.wrap(row.label, DAYS_LABELS, weight=600)
        )
        + 14
    )
    number = fitting(
        [max(30, len(theme.wrap(row.label, DAYS_LABELS, weight=600)) * theme.LINE + 10) for row in rows], 80
    )
    left_out, rows = len(rows) - number, rows[:number]
    columns, right = _columns(canvas, [["Half within", "(days)"], ["Nine in ten", "within (days)"]], "days")
    top = canvas.height + 10
    shown = [value.value for row in rows for value in row.values if value.value is not None]
    marks = axes.ticks(max([*shown, float(target or 0)]))
    scale = Scale((0, marks[-1]), (label, right - 16))
    texts = [theme.wrap(row.label, DAYS_LABELS, weight=600) for row in rows]
    tall = [max(30, len(lines) * theme.LINE + 10) for lines in texts]
    bottom = top + sum(tall)
    canvas.rules([(scale(mark), top, scale(mark), bottom) for mark in marks[1:]], theme.RULE)
    canvas.rules([(scale(0), top, scale(0), bottom)], theme.AXIS)
    if target:
        words = f"Target: {formatting.days(target)}"
        wide = theme.width(words)
        canvas.rules([(scale(target), 18, scale(target), bottom)], theme.INK, dashed=True)
        canvas.text(min(max(label, scale(target) - wide / 2), right - 16 - wide), 9, words)
    spans, dots, ends = [], [], []
    for row, lines, height, below in zip(rows, texts, tall, accumulate(tall), strict=True):
        y = top + below - height / 2
        canvas.lines(0, y, lines, weight=600 if row.strong else 400)
        median, most = row.values
        if median.value is not None and most.value is not None:
            spans.append((median.value, most.value, y))
        dots += [(median.value, y)] if median.value is not None else []
        ends += [(most.value, y)] if most.value is not None else []
        for column, value in zip(columns, row.values, strict=True):
            canvas.text(column, y, value.text, "right", weight=600 if row.strong else 400)
    canvas.spans(scale, spans, theme.PALETTE[0], 3)
    canvas.points(scale, None, dots, theme.PALETTE[0])
    canvas.points(scale, None, ends, theme.PALETTE[0], hollow=True)
    for mark in marks:
        canvas.text(scale(mark), bottom + 12, formatting.number(mark), "center", size=theme.SMALL, colour=theme.QUIET)
    canvas.height = bottom + 24
    _notes(canvas, [value for row in rows for value in row.values])
    canvas.left_out(left_out)
    return canvas


def _notes(canvas: Canvas, values: Sequence[Plotted]) -> None:
    """Add a note for each marker shown instead of a value."""
    there = {value.text for value in values if value.hidden}
    there |= {tables.LOW} if any(tables.LOW in value.text for value in values) else set()
    for mark, words in NOTES.items():
        if mark in there:
            canvas.footnote(words)
