"""Bars: one or several to a category, panels of bars, answers stacked to a hundred, and the flow of money.

Goes in: rows of displayed values. Comes out: a ``Canvas``. Bars start at zero; a hidden value is ``[c]``, zero is 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from reportgen.charts import theme
from reportgen.charts.canvas import Canvas, Scale
from reportgen.charts.types import Plotted

HIDDEN_NOTE: Final = "[c] hidden, so that nobody can be identified."
LABELS: Final = 205
"""The most room for the words of a category."""
BAR: Final = 20
TWIN: Final = 17
GAP: Final = 12
PAD: Final = 6


@dataclass(frozen=True, slots=True)
class Group:
    """A category with its bars, one for each series; None where there is no figure."""

    label: str
    values: tuple[Plotted | None, ...]
    apart: bool = False


def hidden_in(groups: Sequence[Group]) -> bool:
    """Whether any value is hidden."""
    return any(value is not None and value.hidden for group in groups for value in group.values)


def label_room(labels: Sequence[str], most: float = LABELS) -> float:
    """The width of the column of labels, with the space after it."""
    lines = [line for label in labels for line in theme.wrap(label, most)]
    return max(theme.width(line) for line in lines) + PAD + 2


def bars(groups: Sequence[Group], series: Sequence[str], colours: Sequence[str]) -> Canvas:
    """A chart of bars across, each with its value; the first category says which bar is which."""
    canvas = Canvas()
    _panel(canvas, groups, series, colours, left=0, right=theme.WIDTH, top=2)
    if hidden_in(groups):
        canvas.footnote(HIDDEN_NOTE)
    return canvas


def panels(named: Sequence[tuple[str, Sequence[Group]]], *, own_scale: bool = False, most: int = 3) -> Canvas:
    """A panel of bars for each name, beside and under each other, all on one scale unless each has its own."""
    canvas = Canvas()
    across = min(most, len(named))
    label = label_room([group.label for _, groups in named for group in groups], 130)
    gap = 18
    room = (theme.WIDTH - label - (across - 1) * gap) / across
    if own_scale:
        room = (theme.WIDTH - (across - 1) * gap) / across
    everything = [group for _, groups in named for group in groups]
    top = 0.0
    for start in range(0, len(named), across):
        bottom = top
        for number, (name, groups) in enumerate(named[start : start + across]):
            first = number == 0 or own_scale
            left = number * (room + gap) + (0 if number == 0 or own_scale else label)
            right = left + room + (label if number == 0 and not own_scale else 0)
            base = left + label if first else left
            heading = theme.wrap(name, right - base, theme.TEXT, 600)
            canvas.lines(base, top + 9 + (len(heading) - 1) * theme.LINE / 2, heading, weight=600)
            below = _panel(
                canvas,
                groups,
                ("",),
                theme.PALETTE,
                left=left,
                right=right,
                top=top + 8 + len(heading) * theme.LINE,
                label=label if first else 0,
                fit=groups if own_scale else everything,
            )
            bottom = max(bottom, below)
        top = bottom + 16
    canvas.height = top - 16
    if hidden_in(everything):
        canvas.footnote(HIDDEN_NOTE)
    return canvas


def _panel(
    canvas: Canvas,
    groups: Sequence[Group],
    series: Sequence[str],
    colours: Sequence[str],
    *,
    left: float,
    right: float,
    top: float,
    label: float | None = None,
    fit: Sequence[Group] | None = None,
) -> float:
    """Bars in a part of the drawing; the height below them. ``fit`` are the groups that the scale must hold."""
    label = label_room([group.label for group in groups]) if label is None else label
    base = left + label
    named = len(series) > 1
    where = _naming(groups) if named else -1
    scale = _fitted(fit or groups, base, right, series if named else (), where)
    thick = BAR if len(series) == 1 else TWIN
    records = []
    y = top
    for number, group in enumerate(groups):
        tall = thick * len(group.values)
        texts = theme.wrap(group.label, LABELS) if label else []
        needed = max(tall, len(texts) * theme.LINE)
        canvas.lines(base - PAD, y + needed / 2, texts, "right")
        at = y + (needed - tall) / 2
        for index, value in enumerate(group.values):
            middle = at + thick / 2
            if value is not None:
                words = _words(value, series[index] if number == where else "")
                if value.value is not None:
                    records.append((0.0, value.value, at + 1, at + thick - 1, colours[index]))
                end = scale(value.value) if value.value is not None else base
                canvas.text(end + 5, middle, words, colour=theme.INK if value.value is not None else theme.QUIET)
            at += thick
        y += needed + GAP * (0.8 if len(series) == 1 else 1)
    bottom = y - GAP * 0.5
    canvas.bars(scale, records)
    canvas.rules([(base, top - 3, base, bottom)], theme.AXIS)
    canvas.height = max(canvas.height, bottom + 3)
    return bottom + 3


def _words(value: Plotted, series: str) -> str:
    return f"{value.text}  {series}" if series else value.text


def _naming(groups: Sequence[Group]) -> int:
    """The first group in which every series is displayed, else the first."""
    full = [n for n, group in enumerate(groups) if all(v is not None and v.value is not None for v in group.values)]
    return full[0] if full else 0


def _fitted(groups: Sequence[Group], base: float, right: float, series: Sequence[str], where: int) -> Scale:
    """The scale on which every bar and the words after it fit."""
    room, most = right - base, 0.0
    per = room
    for number, group in enumerate(groups):
        for index, value in enumerate(group.values):
            if value is None or not value.value:
                continue
            name = series[index] if series and number == where else ""
            left_over = room - theme.width(_words(value, name)) - 8
            per = min(per, max(20.0, left_over) / value.value)
            most = max(most, value.value)
    return Scale((0, most or 1), (base, base + (most or 1) * per if most else right))


def answers(
    rows: Sequence[tuple[str, Sequence[Plotted | None]]],
    options: Sequence[str],
    colours: Sequence[str],
    apart: str = "",
) -> Canvas:
    """Shares of answers stacked to a hundred, those without an opinion apart at the right.

    Each row has the values of ``options`` and, with ``apart``, that of the last, which is drawn on its own.
    """
    canvas = Canvas()
    label = label_room([name for name, _ in rows], 150)
    number = len(options)
    most_apart = max((values[-1].value or 0) for _, values in rows if values[-1]) if apart else 0.0
    heading = theme.wrap(apart, 110, theme.SMALL, 600) if apart else []
    spare = 26.0 if apart else 0.0
    words = max([theme.width(line, theme.SMALL, 600) for line in heading] + [40]) if apart else 0.0
    room = theme.WIDTH - label - spare
    total = max(sum(v.value or 0 for v in values[:number] if v) for _, values in rows) or 1
    per = min(room / (total + most_apart + 0.01), (room - max(words, 40)) / total if apart else room / total)
    side = Scale((0, 100), (label + total * per + spare, label + total * per + spare + 100 * per))
    y = _key(canvas, options, colours, label) + 6
    if apart:
        start = side(0)
        canvas.lines(start, y + (len(heading) - 1) * theme.LINE / 2, heading, size=theme.SMALL, weight=600)
        y += len(heading) * theme.LINE - 4
    for order, (name, values) in enumerate(rows):
        tall = 26
        texts = theme.wrap(name, 150)
        needed = max(tall, len(texts) * theme.LINE)
        middle = y + needed / 2
        canvas.lines(label - PAD, middle, texts, "right", weight=600 if order == 0 else 400)
        _stack(canvas, values, colours, number, label, per, middle, tall, side if apart else None)
        y += needed + (12 if order == 0 else 6)
    canvas.height = max(canvas.height, y)
    if any(v is not None and v.hidden for _, values in rows for v in values):
        canvas.footnote("[c] hidden: too few people answered.")
    return canvas


def _stack(
    canvas: Canvas,
    values: Sequence[Plotted | None],
    colours: Sequence[str],
    number: int,
    label: float,
    per: float,
    middle: float,
    tall: float,
    side: Scale | None,
) -> None:
    """One row of stacked answers, its words inside where they fit."""
    top, bottom = middle - tall / 2, middle + tall / 2
    shown = [value for value in values[:number] if value is not None]
    if not shown or all(value.value is None for value in shown):
        canvas.text(label + 5, middle, "[c]", colour=theme.QUIET)
        return
    scale = Scale((0, 100), (label, label + 100 * per))
    ends = list(accumulate((value.value or 0) for value in shown))
    records = []
    for value, end, colour in zip(shown, ends, colours, strict=False):
        start = end - (value.value or 0)
        records.append((start, end, top, bottom, colour))
        if theme.width(value.text) + 8 <= scale(end) - scale(start):
            canvas.text((scale(start) + scale(end)) / 2, middle, value.text, "center", colour=theme.ON[colour])
    canvas.bars(scale, records)
    canvas.rules([(scale(end), top, scale(end), bottom) for end in ends[:-1] if 0 < end], "white")
    if side is not None and values[-1] is not None and values[-1].value is not None:
        canvas.bars(side, [(0, values[-1].value, top, bottom, theme.APART)])
        canvas.text(side(values[-1].value) + 5, middle, values[-1].text)


def _key(canvas: Canvas, options: Sequence[str], colours: Sequence[str], left: float) -> float:
    """What the colours mean, in the order of the parts, over as many lines as it takes; the height below."""
    x, y = left, 10.0
    for option, colour in zip(options, colours, strict=False):
        wide = 18 + theme.width(option) + 16
        if x > left and x + wide - 16 > theme.WIDTH:
            x, y = left, y + theme.LINE + 4
        canvas.bars(Scale((0, 12), (x, x + 12)), [(0, 12, y - 6, y + 6, colour)])
        canvas.text(x + 18, y, option)
        x += wide
    return y + 14


def waterfall(steps: Sequence[tuple[str, Plotted, int]]) -> Canvas:
    """A flow of money: each step starts where the one before ended; sign 0 is a balance, from zero.

    A hidden step has no bar; what follows starts at the next displayed balance, so that its size cannot be read off.
    """
    canvas = Canvas()
    label = label_room([name for name, _, _ in steps])
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
    y, records, joins = 4.0, [], []
    for number, ((name, value, sign), span) in enumerate(zip(steps, spans, strict=True)):
        middle = y + 11
        canvas.lines(label - PAD, middle, theme.wrap(name, LABELS), "right", weight=600 if sign == 0 else 400)
        if span is None:
            canvas.text(scale(0) + 5, middle, value.text, colour=theme.QUIET)
        else:
            colour = theme.PALETTE[0] if sign == 0 else theme.PALETTE[1] if sign > 0 else theme.PALETTE[3]
            records.append((min(span), max(span), y, y + 22, colour))
            mark = {1: "+", -1: "−", 0: ""}[sign]
            canvas.text(scale(max(span)) + 5, middle, mark + value.text, weight=600 if sign == 0 else 400)
            following = spans[number + 1 :][:1]
            if following and following[0] is not None and steps[number + 1][2] != 0:
                joins.append((scale(span[1]), y + 22, scale(span[1]), y + 32))
        y += 32
    canvas.bars(scale, records)
    canvas.rules(joins, theme.AXIS)
    canvas.rules([(scale(0), 0, scale(0), y - 6)], theme.AXIS)
    canvas.height = y - 4
    if any(value.hidden for _, value, _ in steps):
        canvas.footnote(HIDDEN_NOTE)
    return canvas
