"""Build ``statistics.csv``, every published number as one tidy table, and last year's ``previous.csv``.

Input: protected statistics. Output: CSV as in contract section 6, one figure per row. A suppressed figure keeps its
row, with the marker [c] and without value, interval and base.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from reportgen.formats.open_data.plain_values import harmless, number, table

if TYPE_CHECKING:
    from reportgen.model.protected import Figure, ProtectedStatistics

COLUMNS: Final = (
    "measure",
    "breakdown_1",
    "category_1",
    "breakdown_2",
    "category_2",
    "period",
    "value",
    "marker",
    "unit",
    "lower",
    "upper",
    "base",
)


def statistics_csv(statistics: ProtectedStatistics) -> bytes:
    """Build the CSV of one reporting year, in print order."""
    return table(COLUMNS, _rows(statistics.figures.values(), statistics.period.label))


def _rows(figures: Iterable[Figure], period: str) -> Iterable[tuple[str, ...]]:
    for figure in figures:
        key = figure.key
        yield (
            key.measure,
            key.breakdown_1,
            harmless(key.category_1),
            key.breakdown_2,
            harmless(key.category_2),
            period,
            number(None if figure.marker else figure.value, figure.unit),
            figure.marker,
            figure.unit,
            *(("", "", "") if figure.marker else _spread(figure)),
        )


def _spread(figure: Figure) -> tuple[str, str, str]:
    base = "" if figure.base is None else str(figure.base)
    return number(figure.lower, figure.unit), number(figure.upper, figure.unit), base
