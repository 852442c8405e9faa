"""A series that others published as yearly figures: one for each year, and whether there are enough to draw.

Goes in: the rows of series. Comes out: their years, oldest first. Hides how a source writes a period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportgen.model import formatting
from reportgen.model.records import Published

FEWEST: Final = 4
"""Years with a figure of the usual scope from which a series is drawn."""
YEAR: Final = (355, 376)
"""Days that count as a year: an early source counted from 3 April 2000 to 27 March 2001."""
OVERLAP: Final = 183
"""Days that two years may share and both be drawn: a calendar year beside a financial one."""


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
    known = [(row, span) for row in rows if (span := formatting.published_span(row.period))]
    spans = [(row, span) for row, span in known if YEAR[0] <= (span[1] - span[0]).days + 1 <= YEAR[1]]
    if not spans:
        return ()
    usual = Counter(row.scope for row, _ in spans).most_common(1)[0][0]
    kept: list[Year] = []
    for row, (first, last) in sorted(spans, key=lambda pair: (pair[0].scope != usual, pair[1])):
        if all((min(last, other.last) - max(first, other.first)).days < OVERLAP for other in kept):
            kept.append(Year(row, first, last, row.scope == usual))
    return tuple(sorted(kept, key=lambda year: year.first))
