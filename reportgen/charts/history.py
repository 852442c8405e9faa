"""A series that others published: one point for each year that has a figure, gaps left as gaps.

Goes in: the rows of one series. Comes out: its years, which of them belong together, and a ``Canvas``. Two series never
share an axis: a drawing is made from one series alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportgen.records import Published

FEWEST: Final = 4
"""Years with a figure of the usual scope from which a series is drawn."""
YEAR: Final = (330, 400)
"""Days that count as a year: an early source counted from 3 April 2000 to 27 March 2001."""
OVERLAP: Final = 183
"""Days that two years may share: a calendar year beside a financial one."""


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
