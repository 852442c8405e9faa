"""Published series as points: one for each year with a figure; gaps stay gaps.

Input: the years of one series. Output: a ``Canvas``. Only comparable consecutive years are joined. One drawing shows
one series, because two series never share an axis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from reportgen.charts import axes, theme
from reportgen.charts.canvas import Canvas, Scale
from reportgen.model.yearly_series import YEAR, Year
from reportgen.scheme import law

APART: Final = 31
"""Most days between two consecutive years."""
CLOSE: Final = ("", "exact", "rounded")
"""Qualifiers of figures precise enough to be drawn as a filled dot."""
TALL: Final = 180
YEARS_NAMED: Final = 9


def history(drawn: Sequence[Year], say: Callable[[float], str]) -> Canvas:
    """Draw a point for each year, join consecutive ones, and shade and label the gaps."""
    canvas = Canvas()
    top, bottom, right = 22.0, 22.0 + TALL, theme.WIDTH - 24.0
    up, left = axes.upward(canvas, [year.row.value for year in drawn], top, bottom, right, say)
    ends = [min(theme.width(say(year.row.value)), theme.WIDTH / 8) for year in (drawn[0], drawn[-1])]
    along = Scale((drawn[0].first.year, drawn[-1].last.year + 1), (left + ends[0] + 14, right - ends[1] * 0.6))
    points = [(_middle(year), year.row.value) for year in drawn]
    _gaps(canvas, drawn, along, top, bottom)
    lines = []
    for run in _runs(drawn):
        if len(run) > 1:
            canvas.line(along, up, [points[n] for n in run], theme.PALETTE[0])
        lines.append([(along(points[n][0]), up(points[n][1])) for n in run])
    for usual in (True, False):
        some = [point for point, year in zip(points, drawn, strict=True) if _is_comparable(year) is usual]
        canvas.points(along, up, some, theme.PALETTE[0], hollow=not usual)
    _years(canvas, along, bottom)
    edges = [[(end, top), (end, bottom)] for gap in _stretches(drawn, along) for end in gap]
    rules = [up(mark) for mark in axes.ticks(max(year.row.value for year in drawn))]
    places = [(along(x), up(y)) for x, y in points]
    values = [year.row.value for year in drawn]
    for n in sorted(range(len(drawn)), key=lambda n: _prominence(values, n)):
        around = [*lines, *(stroke for place in places for stroke in _dot(place, own=place == places[n]))]
        for more in (edges, []):  # cross the edge of a shaded gap only if there is no other space
            if axes.beside(canvas, places[n], say(values[n]), [*around, *more], left=left + 2, rules=rules):
                break
    canvas.height = bottom + 28
    _ring(canvas, drawn)
    return canvas


def _ring(canvas: Canvas, drawn: Sequence[Year]) -> None:
    """Add a note that explains the rings, if any."""
    other = any(not year.usual for year in drawn)
    words = sorted({f"“{year.row.qualifier}”" for year in drawn if year.row.qualifier not in CLOSE})
    reasons = ["what the source counts may differ from the other years; the table says what it covers"] * other
    reasons += [f"the source gives the figure as {' or '.join(words)}"] * bool(words)
    if reasons:
        canvas.footnote(f"A ring: {', or '.join(reasons)}.")


def _dot(place: tuple[float, float], *, own: bool) -> list[list[tuple[float, float]]]:
    """Return line segments that labels avoid around a dot: its width, or more around another value's dot."""
    x, y = place
    if own:
        return [[(x - 5, y), (x + 5, y)]]
    return [[(x - a, y - b), (x + a, y + b)] for a, b in ((12, 0), (0, 12), (12, 12), (12, -12))]


def _is_comparable(year: Year) -> bool:
    return year.usual and year.row.qualifier in CLOSE


def _middle(year: Year) -> float:
    """Return the middle of a year, in years."""
    return _place(date.fromordinal((year.first.toordinal() + year.last.toordinal()) // 2))


def _runs(drawn: Sequence[Year]) -> list[list[int]]:
    """Group consecutive years of the same regime and scope, by index."""
    made = [[0]]
    for n in range(1, len(drawn)):
        before, after = drawn[n - 1], drawn[n]
        follows = 0 < (after.first - before.last).days <= APART
        same_rules = law.regime_of(before.first) == law.regime_of(after.last)
        if follows and same_rules and before.row.scope == after.row.scope:
            made[-1].append(n)
        else:
            made.append([n])
    return made


def _gaps(canvas: Canvas, drawn: Sequence[Year], along: Scale, top: float, bottom: float) -> None:
    """Shade gaps of more than a year, and label them if there is space."""
    for start, end in _stretches(drawn, along):
        canvas.bars(Scale((0, theme.WIDTH), (0, theme.WIDTH)), [(start, end, top, bottom, theme.SHADE)])
        lines = theme.wrap("no yearly figure found", end - start - 8, theme.SMALL)
        if not any("…" in line for line in lines):
            middle = (start + end) / 2
            for n, line in enumerate(lines):
                canvas.text(middle, bottom - 12 - (len(lines) - 1 - n) * theme.LINE, line, "center", size=theme.SMALL)


def _stretches(drawn: Sequence[Year], along: Scale) -> list[tuple[float, float]]:
    """Return gaps of more than a year in pixels, slightly widened to allow for labels next to dots."""
    far = [pair for pair in pairwise(drawn) if (pair[1].first - pair[0].last).days > YEAR[1]]
    return [(along(_place(before.last)) - 2, along(_place(after.first)) + 2) for before, after in far]


def _place(day: date) -> float:
    """Return a day in years."""
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _years(canvas: Canvas, along: Scale, bottom: float) -> None:
    """Label years along the axis, as many as fit."""
    first, last = (int(year) for year in along.domain)
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if (last - first) / n <= YEARS_NAMED), 2000)
    for year in range(first + (-first) % step, last + 1, step):
        x = along(year)
        canvas.rules([(x, bottom, x, bottom + 5)], theme.AXIS)
        canvas.text(x, bottom + 15, str(year), "center", size=theme.SMALL, colour=theme.QUIET)


def _prominence(values: Sequence[float], n: int) -> int:
    """Rank which values are labelled first: the last, the largest, the smallest, the first, then the latest."""
    last = len(values) - 1
    order = [last, values.index(max(values)), values.index(min(values)), 0]
    return order.index(n) if n in order else len(order) + last - n
