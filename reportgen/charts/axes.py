"""Axes and labels: round tick values, grid lines, value labels that avoid lines and other text.

Input: displayed values and the space for them. Output: marks on a ``Canvas``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from reportgen.charts import theme
from reportgen.charts.canvas import Box, Canvas, Scale
from reportgen.model import formatting

Point = tuple[float, float]


def ticks(most: float, number: int = 4) -> list[float]:
    """Return about ``number`` round tick values from zero to at least the largest value; whole numbers only."""
    most = max(most, 1.0)
    rough = most / number
    power = 10.0 ** math.floor(math.log10(rough))
    step = max(1.0, next(power * round_ for round_ in (1, 2, 2.5, 5, 10) if power * round_ >= rough))
    if step != int(step):
        step = math.ceil(step)
    return [step * n for n in range(math.ceil(most / step - 1e-9) + 1)]


def upward(
    canvas: Canvas,
    values: Iterable[float],
    top: float,
    bottom: float,
    right: float,
    say: Callable[[float], str] = formatting.number,
) -> tuple[Scale, float]:
    """Draw a vertical axis from zero; return its scale and the left edge of the plotting area."""
    marks = ticks(max(values, default=0.0))
    left = max(theme.width(say(mark), theme.SMALL) for mark in marks) + 8
    scale = Scale((0, marks[-1]), (bottom, top))
    canvas.rules([(left, scale(mark), right, scale(mark)) for mark in marks[1:]], theme.RULE)
    canvas.rules([(left, bottom, right, bottom)], theme.AXIS)
    for mark in marks:
        canvas.text(left - 8, scale(mark), say(mark), "right", size=theme.SMALL, colour=theme.QUIET)
    return scale, left


def runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Split values into runs without gaps; a suppressed or missing value ends a run."""
    made: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            made.append([])
        else:
            made[-1].append((place, value))
    return [run for run in made if run]


def beside(
    canvas: Canvas,
    at: Point,
    text: str,
    lines: Sequence[Sequence[Point]],
    *,
    left: float = 0,
    weight: int = 400,
    rules: Sequence[float] = (),
    under: bool = False,
) -> bool:
    """Draw a label next to its point where it overlaps no text and no line; return whether there was space.

    ``left`` is the left edge of the plotting area. ``rules`` are heights of grid lines to avoid if possible. ``under``
    tries below the point first.
    """
    x, y = at
    wide = theme.width(text, theme.TEXT, weight)
    side = wide / 2 + 9
    near = [(x, y - 14), (x, y + 15), (x - side, y), (x + side, y)]
    if under:
        near[:2] = [near[1], near[0]]
    near += [(x + side, y - 8), (x + side, y + 8), (x - side, y - 8), (x - side, y + 8)]
    places = [(place, canvas.room(*place, text, "center", weight=weight)) for place in near]
    places = [
        (place, box)
        for place, box in places
        if box.left >= left
        and canvas.free(box)
        and not any(crosses(box, start, end) for line in lines for start, end in pairwise(line))
    ]
    off = [(place, box) for place, box in places if not any(box.top < rule < box.bottom for rule in rules)]
    clear = [(place, box) for place, box in off if place != near[1]]  # there it could be another line's label
    for place, _ in (clear or places)[:1]:
        canvas.text(*place, text, "center", weight=weight)
    return bool(places)


def crosses(box: Box, start: Point, end: Point) -> bool:
    """Return whether a line segment intersects a box (Liang–Barsky)."""
    enter, leave = 0.0, 1.0
    across, down = end[0] - start[0], end[1] - start[1]
    for step, room in (
        (-across, start[0] - box.left),
        (across, box.right - start[0]),
        (-down, start[1] - box.top),
        (down, box.bottom - start[1]),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter <= leave


def apart(places: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Move positions as little as possible so that neighbours are at least ``least`` apart."""
    order = sorted(range(len(places)), key=lambda n: places[n])
    made = [places[n] for n in order]
    for _ in range(50):
        for n in range(len(made) - 1):
            if (short := least - (made[n + 1] - made[n])) > 0:
                made[n] -= short / 2
                made[n + 1] += short / 2
        if made:
            made = [place + max(0.0, low - made[0]) - max(0.0, made[-1] - high) for place in made]
    back = [0.0] * len(places)
    for n, place in zip(order, made, strict=True):
        back[n] = place
    return back
