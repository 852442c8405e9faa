"""Yearly figures of published series, and whether there are enough for a chart.

Input: rows of published series. Output: one figure for each year, oldest first.
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
"""Fewest yearly figures of the usual scope for a chart."""
YEAR: Final = (355, 376)
"""Shortest and longest span that counts as a year, in days: one source counts 3 April 2000 to 27 March 2001."""
OVERLAP: Final = 183
"""Days two spans must share to count as the same year: a calendar year may appear next to a financial year."""


@dataclass(frozen=True, slots=True)
class Year:
    """A yearly figure: first and last day, and whether it has the series' usual scope."""

    row: Published
    first: date
    last: date
    usual: bool


def series_drawn(rows: Iterable[Published]) -> tuple[str, ...]:
    """Return the series with enough yearly figures for a chart, in file order."""
    by_series: dict[str, list[Published]] = {}
    for row in rows:
        by_series.setdefault(row.series, []).append(row)
    return tuple(name for name, series in by_series.items() if sum(year.usual for year in years(series)) >= FEWEST)


def years(rows: Sequence[Published]) -> tuple[Year, ...]:
    """Return one figure for each year of a series, oldest first.

    The most frequent scope is the series' usual scope. A figure of another scope is kept, marked, only for a year
    without a usual one. Parts of a year and sums over several years are left out; the table shows them. ValueError if
    the rows come from more than one series.
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
