"""Stacked bars: answers that add up to 100%, and the flow of money as a waterfall.

Input: displayed values in order. Output: a ``Canvas``. White gaps separate segments; a suppressed value is shown as
``[c]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from reportgen import tables
from reportgen.charts import theme
from reportgen.charts.bars import HIDDEN_NOTE, LABELS, PAD, key, label_room
from reportgen.charts.canvas import Canvas, Scale
from reportgen.model import formatting
from reportgen.model.chart import Plotted

ROLES: Final = 150
TALL: Final = 23
SPARE: Final = 26
"""Space before the separate bar of “no opinion” answers."""
STEP: Final = 22
BETWEEN: Final = 10
"""Height of a waterfall step, and the space below it."""
BASES: Final = "In brackets: how many people answered."


@dataclass(frozen=True, slots=True)
class Answers:
    """A row of shares, one for each option; ``apart`` is that of “no opinion”, drawn separately."""

    label: str
    values: tuple[Plotted | None, ...]
    apart: Plotted | None = None

    @property
    def shown(self) -> bool:
        """Whether the row may be drawn: only if every share may, because a missing segment would shift the others."""
        return all(value is not None and value.value is not None for value in self.values)

    @property
    def total(self) -> float:
        """Length of the row."""
        return sum(value.value or 0 for value in self.values if value is not None) if self.shown else 0


def answers(rows: Sequence[Answers], options: Sequence[str], colours: Sequence[str], apart: str = "") -> Canvas:
    """Draw answers stacked to 100%, with “no opinion” separate on the right; the first row is emphasised."""
    canvas = Canvas()
    label = label_room([row.label for row in rows], ROLES, 600)
    heading = theme.wrap(apart, 110, theme.SMALL, 600) if apart else []
    longest = max([row.total for row in rows] + [1.0])
    per = (theme.WIDTH - label) / longest
    side = None
    if apart:
        most = max((row.apart.value or 0) if row.apart else 0 for row in rows)
        words = max(theme.width(row.apart.text) if row.apart else 0 for row in rows) + 6
        head = max(theme.width(line, theme.SMALL, 600) for line in heading)
        room = theme.WIDTH - label - SPARE
        per = min((room - words) / (longest + most), (room - head) / longest)
        start = label + longest * per + SPARE
        side = Scale((0, 100), (start, start + 100 * per))
    y = key(canvas, list(zip(options, colours, strict=True)), label) + 4
    if side is not None:
        canvas.lines(side(0), y + 6 + (len(heading) - 1) * theme.LINE / 2, heading, size=theme.SMALL, weight=600)
        y += len(heading) * theme.LINE + 1
    unsaid: list[float] = []
    for number, row in enumerate(rows):
        texts = theme.wrap(row.label, ROLES, weight=600)
        needed = max(TALL, len(texts) * theme.LINE)
        canvas.lines(label - PAD, y + needed / 2, texts, "right", weight=400 if number else 600)
        unsaid.append(_stack(canvas, row, colours, Scale((0, 100), (label, label + 100 * per)), side, y + needed / 2))
        y += needed + (6 if number else 12)
    canvas.height = y - 4
    if not all(row.shown for row in rows):
        canvas.footnote(HIDDEN_NOTE)
    if any("(" in row.label for row in rows):
        canvas.footnote(BASES)
    if any(unsaid):
        canvas.footnote(f"In the coloured bars, a share without a number is {formatting.number(max(unsaid))}% or less.")
    if any(tables.LOW in row.label for row in rows):
        canvas.footnote(tables.SHORTHAND[tables.LOW])
    return canvas


def _stack(
    canvas: Canvas, row: Answers, colours: Sequence[str], scale: Scale, side: Scale | None, middle: float
) -> float:
    """Draw one stacked row, labelled where labels fit; return the largest share without a label."""
    top, bottom = middle - TALL / 2, middle + TALL / 2
    if not row.shown:
        canvas.text(scale(0) + 5, middle, "[c]", colour=theme.QUIET)
        return 0.0
    unsaid = 0.0
    shown = [value for value in row.values if value is not None]
    ends = list(accumulate(value.value or 0 for value in shown))
    for value, end, colour in zip(shown, ends, colours, strict=True):
        start = end - (value.value or 0)
        canvas.bars(scale, [(start, end, top, bottom, colour)])
        room, centre = scale(end) - scale(start) - 3, (scale(start) + scale(end)) / 2
        size = next((size for size in (theme.TEXT, theme.SMALL) if theme.width(value.text, size) <= room), None)
        if size is None:
            unsaid = max(unsaid, end - start)
        else:
            canvas.text(centre, middle, value.text, "center", size=size, colour=theme.ON[colour])
    canvas.rules([(scale(end), top, scale(end), bottom) for end in ends[:-1] if 0 < end < ends[-1]], theme.PAPER)
    if side is not None and row.apart is not None:
        if row.apart.value is not None:
            canvas.bars(side, [(0, row.apart.value, top, bottom, theme.APART)])
        canvas.text(side(row.apart.value or 0) + 5, middle, row.apart.text)
    return unsaid


def waterfall(steps: Sequence[tuple[str, Plotted, int]]) -> Canvas:
    """Draw a waterfall: each step starts where the previous one ended; sign 0 is a balance, from zero.

    A suppressed step has no bar, and the next starts where the previous one ended, so that its size cannot be read off.
    The line connecting the two is dashed.
    """
    canvas = Canvas()
    label = label_room([name for name, _, _ in steps], weight=600)
    spans: list[tuple[float, float] | None] = []
    level: float | None = 0.0
    for _, value, sign in steps:
        if value.value is None:
            spans.append(None)
        elif sign == 0:
            spans.append((0.0, value.value))
            level = value.value
        else:
            start = level or 0.0
            level = start + sign * value.value
            spans.append((start, level))
    ends = [end for span in spans if span for end in span]
    low, high = min([0.0, *ends]), max(ends or [1.0])
    widest = max(theme.width(value.text) for _, value, _ in steps) + 14
    scale = Scale((low, high if high != low else low + 1), (label, theme.WIDTH - widest))
    y, records = 4.0, []
    for (name, value, sign), span in zip(steps, spans, strict=True):
        middle = y + STEP / 2
        canvas.lines(label - PAD, middle, theme.wrap(name, LABELS), "right", weight=600 if sign == 0 else 400)
        if span is None:
            canvas.text(scale(0) + 5, middle, value.text, colour=theme.QUIET)
        else:
            colour = theme.PALETTE[0] if sign == 0 else theme.PALETTE[1] if sign > 0 else theme.PALETTE[3]
            records.append((min(span), max(span), y, y + STEP, colour))
            counted = sign if value.value and value.text.startswith("£") else 0  # no sign before “less than”
            words = {1: "+", -1: "−", 0: ""}[counted] + value.text
            canvas.text(scale(max(span)) + 5, middle, words, weight=600 if sign == 0 else 400)
        y += STEP + BETWEEN
    canvas.bars(scale, records)
    for apart, joins in _joins(steps, spans, scale).items():
        canvas.rules(joins, theme.AXIS, dashed=apart)
    canvas.rules([(scale(0), 0, scale(0), y - 6)], theme.AXIS)
    canvas.height = y - 4
    if any(value.hidden for _, value, _ in steps):
        canvas.footnote(HIDDEN_NOTE)
    return canvas


def _joins(
    steps: Sequence[tuple[str, Plotted, int]], spans: Sequence[tuple[float, float] | None], scale: Scale
) -> dict[bool, list[tuple[float, float, float, float]]]:
    """Return the lines connecting each step to the next one drawn; True: those across suppressed steps."""
    made: dict[bool, list[tuple[float, float, float, float]]] = {False: [], True: []}
    shown = [(number, span) for number, span in enumerate(spans) if span is not None]
    for (number, span), (following, _) in pairwise(shown):
        if steps[following][2] != 0:
            x, top = scale(span[1]), 4.0 + STEP + number * (STEP + BETWEEN)
            made[following > number + 1].append((x, top, x, 4.0 + following * (STEP + BETWEEN)))
    return made
