"""A series that others published: one point for each year that has a figure, gaps left as gaps.

Goes in: the rows of one series. Comes out: its years, which of them belong together, and a ``Canvas``. Two series never
share an axis: a drawing is made from one series alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from reportgen.charts import axes, theme
from reportgen.charts.canvas import Canvas, Scale
from reportgen.records import Published

FEWEST: Final = 4
"""Years with a figure of the usual scope from which a series is drawn."""
YEAR: Final = (330, 400)
"""Days that count as a year: an early source counted from 3 April 2000 to 27 March 2001."""
OVERLAP: Final = 183
"""Days that two years may share, or lie apart and still follow each other: a calendar year beside a financial one."""
TALL: Final = 195
YEARS_NAMED: Final = 9


@dataclass(frozen=True, slots=True)
class Year:
    """A figure for about a year: its first and last day, and whether it counts what most of the series counts."""

    row: Published
    first: date
    last: date
    usual: bool


def series_drawn(rows: Iterable[Published]) -> tuple[str, ...]:
    """The series with enough yearly figures for a chart, in the order of the file."""
    by_series: dict[str, list[Published]] = {}
    for row in rows:
        by_series.setdefault(row.series, []).append(row)
    return tuple(name for name, series in by_series.items() if sum(year.usual for year in years(series)) >= FEWEST)


def years(rows: Sequence[Published]) -> tuple[Year, ...]:
    """One figure for each year of a series, oldest first.

    Where sources count different things, the commonest scope stands for the series; a figure of another scope is kept,
    marked, only for a year that has no other. Parts of a year and sums over several are left to the table.
    """
    if len({row.series for row in rows}) > 1:
        raise ValueError("two published series never share an axis")
    spans = [(row, span) for row in rows if (span := dates(row)) and YEAR[0] <= (span[1] - span[0]).days + 1 <= YEAR[1]]
    if not spans:
        return ()
    usual = Counter(row.scope for row, _ in spans).most_common(1)[0][0]
    kept: list[Year] = []
    for row, (first, last) in sorted(spans, key=lambda pair: (pair[0].scope != usual, pair[1])):
        if all((min(last, other.last) - max(first, other.first)).days < OVERLAP for other in kept):
            kept.append(Year(row, first, last, row.scope == usual))
    return tuple(sorted(kept, key=lambda year: year.first))


def dates(row: Published) -> tuple[date, date] | None:
    """The first and last day of a row's period; None where the words do not say."""
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)", row.period):
        return date.fromisoformat(found[1]), date.fromisoformat(found[2])
    if found := re.fullmatch(r"(\d{4})-(\d\d)", row.period):
        start = int(found[1])
        return (date(start, 4, 1), date(start + 1, 3, 31)) if (start + 1) % 100 == int(found[2]) else None
    if re.fullmatch(r"\d{4}", row.period):
        return date(int(row.period), 1, 1), date(int(row.period), 12, 31)
    return None


def history(drawn: Sequence[Year], say: Callable[[float], str]) -> Canvas:
    """Points for years, joined where one follows the other; years without a figure are left open and say so."""
    canvas = Canvas()
    top, bottom, right = 22.0, 22.0 + TALL, theme.WIDTH - 24.0
    up, left = axes.upward(canvas, [year.row.value for year in drawn], top, bottom, right, say)
    along = Scale((drawn[0].first.year, drawn[-1].last.year + 1), (left + 14, right))
    points = [(_middle(year), year.row.value) for year in drawn]
    _gaps(canvas, drawn, along, top, bottom)
    lines = []
    for run in _runs(drawn):
        if len(run) > 1:
            canvas.line(along, up, [points[n] for n in run], theme.PALETTE[0])
        lines.append([(along(points[n][0]), up(points[n][1])) for n in run])
    for usual in (True, False):
        some = [point for point, year in zip(points, drawn, strict=True) if _sure(year) is usual]
        canvas.points(along, up, some, theme.PALETTE[0], hollow=not usual)
    _years(canvas, along, bottom)
    around = [*lines, *([(x - 5, y), (x + 5, y)] for x, y in (point for line in lines for point in line))]
    for n in sorted(range(len(drawn)), key=lambda n: _prominence([point[1] for point in points], n)):
        axes.beside(canvas, (along(points[n][0]), up(points[n][1])), say(points[n][1]), around, left=left + 2)
    canvas.height = bottom + 28
    if not all(_sure(year) for year in drawn):
        canvas.footnote("A ring: the source counts something else than the others, or gives no exact figure.")
    return canvas


def _sure(year: Year) -> bool:
    return year.usual and year.row.qualifier in ("", "exact")


def _middle(year: Year) -> float:
    """The middle of a year as a number of years."""
    day = date.fromordinal((year.first.toordinal() + year.last.toordinal()) // 2)
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _runs(drawn: Sequence[Year]) -> list[list[int]]:
    """Years that follow each other and count the same thing, by their places."""
    made = [[0]]
    for n in range(1, len(drawn)):
        before, after = drawn[n - 1], drawn[n]
        near = (after.first - before.last).days <= OVERLAP
        if near and before.row.scope == after.row.scope:
            made[-1].append(n)
        else:
            made.append([n])
    return made


def _gaps(canvas: Canvas, drawn: Sequence[Year], along: Scale, top: float, bottom: float) -> None:
    """Stretches of more than a year without a figure, shaded and named where there is room."""
    for before, after in pairwise(drawn):
        if (after.first - before.last).days <= YEAR[1]:
            continue
        start, end = (day.year + (day.timetuple().tm_yday - 1) / 366 for day in (before.last, after.first))
        canvas.bars(along, [(start, end, top, bottom, theme.SHADE)])
        lines = theme.wrap("no figures found", along(end) - along(start) - 8, theme.SMALL)
        if not any("…" in line for line in lines):
            middle = (along(start) + along(end)) / 2
            for n, line in enumerate(lines):
                canvas.text(middle, bottom - 12 - (len(lines) - 1 - n) * theme.LINE, line, "center", size=theme.SMALL)


def _years(canvas: Canvas, along: Scale, bottom: float) -> None:
    """Years named along the foot, as many as there is room for."""
    first, last = (int(year) for year in along.domain)
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100) if (last - first) / n <= YEARS_NAMED)
    for year in range(first + (-first) % step, last + 1, step):
        x = along(year)
        canvas.rules([(x, bottom, x, bottom + 5)], theme.AXIS)
        canvas.text(x, bottom + 15, str(year), "center", size=theme.SMALL, colour=theme.QUIET)


def _prominence(values: Sequence[float], n: int) -> int:
    """Which values are said first where not all have room: the last, the largest, the smallest, the first."""
    last = len(values) - 1
    order = [last, values.index(max(values)), values.index(min(values)), 0]
    return order.index(n) if n in order else len(order) + last - n
