"""Bar charts: simple, grouped, and in panels.

Input: groups of displayed values. Output: a ``Canvas``. Bars start at zero; a suppressed value is shown as ``[c]``,
zero as 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportgen import tables
from reportgen.charts import theme
from reportgen.charts.canvas import Canvas, Scale, fitting
from reportgen.model.chart import Plotted

HIDDEN_NOTE: Final = "[c] hidden, so that nobody can be identified."
INTERVAL_NOTE: Final = "The line over each bar is its 95% confidence interval."
LABELS: Final = 205
"""Widest column of category labels, in pixels; narrower in panels."""
PANEL_LABELS: Final = 130
ALONE_LABELS: Final = 165
BAR: Final = 18
TWIN: Final = 17
GAP: Final = 8
PAD: Final = 6
BETWEEN: Final = 18
"""Space between panels."""


@dataclass(frozen=True, slots=True)
class BarGroup:
    """A category with one value for each series; None if there is no figure."""

    label: str
    values: tuple[Plotted | None, ...]


@dataclass(frozen=True, slots=True)
class BarStyle:
    """Style shared by all bars of a chart: series names and colours, label width, error bars."""

    series: Sequence[str] = ("",)
    colours: Sequence[str] = theme.PALETTE
    wrap: float = LABELS
    whiskers: bool = False

    @property
    def thick(self) -> float:
        """Thickness of a bar, including the space to the next."""
        return BAR if len(self.series) == 1 else TWIN


def hidden_in(groups: Sequence[BarGroup]) -> bool:
    """Return whether any value is suppressed."""
    return any(value is not None and value.hidden for group in groups for value in group.values)


def label_room(labels: Sequence[str], most: float = LABELS, weight: int = 400) -> float:
    """Return the width of the label column, including its padding."""
    lines = [line for label in labels for line in theme.wrap(label, most, weight=weight)]
    return max(theme.width(line, weight=weight) for line in lines) + PAD + 2


def bars(
    groups: Sequence[BarGroup], series: Sequence[str], colours: Sequence[str], *, whiskers: bool = False
) -> Canvas:
    """Draw horizontal bars with value labels; series are named inside the first bars long enough for their names.

    ``whiskers`` draws 95% confidence intervals, white inside the bar and dark beyond it.
    """
    canvas = Canvas()
    look = BarStyle(series, colours, whiskers=whiskers)
    number = fitting([_height(group, look) for group in groups], 30)
    left_out, groups = len(groups) - number, groups[:number]
    base = label_room([group.label for group in groups])
    scale = _fitted(groups, base, theme.WIDTH, look)
    where = _group_with_names(groups, scale, look)
    top = 3.0
    if len(series) > 1 and where is None:
        top = key(canvas, list(zip(series, colours, strict=False)), base) + 4
    _draw(canvas, groups, look, scale, top, where=where)
    if hidden_in(groups):
        canvas.footnote(HIDDEN_NOTE)
    if whiskers:
        canvas.footnote(INTERVAL_NOTE)
    if any(value is not None and tables.LOW in value.text for group in groups for value in group.values):
        canvas.footnote(tables.SHORTHAND[tables.LOW])
    canvas.left_out(left_out)
    return canvas


def panels(named: Sequence[tuple[str, Sequence[BarGroup]]], *, own_scale: bool = False, most: int = 3) -> Canvas:
    """Draw a panel of bars for each name, up to ``most`` in a row.

    Panels share one scale, with labels at the left of each row; with ``own_scale`` each has its own scale and labels.
    """
    canvas = Canvas()
    across = min(most, len(named))
    look = BarStyle(wrap=ALONE_LABELS if own_scale else PANEL_LABELS)
    rows = [named[start : start + across] for start in range(0, len(named), across)]
    fit = fitting([44 + max(sum(_height(group, look) for group in groups) for _, groups in row) for row in rows])
    left_out = sum(map(len, rows[fit:]))
    everything = [group for row in rows[:fit] for _, groups in row for group in groups]
    label = label_room([group.label for group in everything], look.wrap)
    columns = across if own_scale else 1
    room = (theme.WIDTH - columns * label - (across - 1) * BETWEEN) / across
    top = 0.0
    for part in rows[:fit]:
        headings = [theme.wrap(name, room, weight=600) for name, _ in part]
        first = top + 10 + max(map(len, headings)) * theme.LINE
        bottom = first
        for number, ((_, groups), heading) in enumerate(zip(part, headings, strict=True)):
            base = label * (number + 1 if own_scale else 1) + number * (room + BETWEEN)
            lift = first - 10 - len(heading) * theme.LINE
            canvas.lines(base, lift + 9 + (len(heading) - 1) * theme.LINE / 2, heading, weight=600)
            scale = _fitted(groups if own_scale else everything, base, base + room, look)
            labelled = number == 0 or own_scale
            bottom = max(bottom, _draw(canvas, groups, look, scale, first, labelled=labelled))
        top = bottom + 16
    if hidden_in(everything):
        canvas.footnote(HIDDEN_NOTE)
    canvas.left_out(left_out)
    return canvas


def _height(group: BarGroup, look: BarStyle) -> float:
    """Return the height of a category, including the gap below it."""
    return max(look.thick * len(group.values), len(theme.wrap(group.label, look.wrap)) * theme.LINE) + GAP


def key(canvas: Canvas, named: Sequence[tuple[str, str]], left: float, top: float = 0) -> float:
    """Draw the key, wrapped over several lines if necessary; return the height below it."""
    x, y = left, top + 10.0
    for name, colour in named:
        wide = 18 + theme.width(name)
        if x > left and x + wide > theme.WIDTH:
            x, y = left, y + theme.LINE + 4
        canvas.bars(Scale((0, 12), (x, x + 12)), [(0, 12, y - 6, y + 6, colour)])
        canvas.text(x + 18, y, name)
        x += wide + 16
    return y + 12


def _draw(
    canvas: Canvas,
    groups: Sequence[BarGroup],
    look: BarStyle,
    scale: Scale,
    top: float,
    *,
    where: int | None = None,
    labelled: bool = True,
) -> float:
    """Draw the bars; return the height below them. ``where`` is the group whose bars name the series."""
    base = scale(0)
    texts = [theme.wrap(group.label, look.wrap) for group in groups]
    y = top
    for number, group in enumerate(groups):
        tall = look.thick * len(group.values)
        needed = _height(group, look) - GAP
        if labelled:
            canvas.lines(base - PAD, y + needed / 2, texts[number], "right")
        at = y + (needed - tall) / 2
        for index, value in enumerate(group.values):
            if value is not None:
                _bar(canvas, scale, value, look, index, at)
                if number == where:
                    name, colour = look.series[index], look.colours[index]
                    canvas.text(base + 7, at + look.thick / 2, name, size=theme.SMALL, colour=theme.ON[colour])
            at += look.thick
        y += needed + GAP
    bottom = y - GAP + 3
    canvas.rules([(base, top - 3, base, bottom)], theme.AXIS)
    canvas.height = max(canvas.height, bottom + 1)
    return bottom


def _bar(canvas: Canvas, scale: Scale, value: Plotted, look: BarStyle, index: int, top: float) -> None:
    """Draw one bar with its value label, or the marker instead."""
    middle = top + look.thick / 2
    if value.value is None:
        canvas.text(scale(0) + 5, middle, value.text, colour=theme.QUIET)
        return
    canvas.bars(scale, [(0.0, value.value, top + 1, top + look.thick - 1, look.colours[index])])
    if look.whiskers and value.lower is not None and value.upper is not None:
        canvas.spans(scale, [(value.lower, value.value, middle)] if value.lower < value.value else [], theme.PAPER)
        canvas.spans(scale, [(value.value, value.upper, middle)] if value.upper > value.value else [], theme.INK)
    canvas.text(scale(_reach(value, look)) + 5, middle, value.text)


def _reach(value: Plotted, look: BarStyle) -> float:
    """Return the end of a bar, including its confidence interval."""
    return max(value.value or 0, (value.upper or 0) if look.whiskers else 0)


def _group_with_names(groups: Sequence[BarGroup], scale: Scale, look: BarStyle) -> int | None:
    """Return the first group whose bars are all long enough for their series names; None if there is none."""
    if len(look.series) == 1:
        return None
    for number, group in enumerate(groups):
        if all(
            value is not None
            and value.value is not None
            and scale(value.value) - scale(0) >= theme.width(name, theme.SMALL) + 14
            for value, name in zip(group.values, look.series, strict=True)
        ):
            return number
    return None


def _fitted(groups: Sequence[BarGroup], base: float, right: float, look: BarStyle) -> Scale:
    """Return a scale on which every bar and its value label fit."""
    room, most = right - base, 0.0
    per = room
    for group in groups:
        for value in group.values:
            if value is not None and (reach := _reach(value, look)):
                per = min(per, max(20.0, room - theme.width(value.text) - 8) / reach)
                most = max(most, reach)
    return Scale((0, most or 1), (base, base + (most or 1) * per if most else right))
