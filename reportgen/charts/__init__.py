"""Protected statistics become charts: a drawing, a picture, and the plotted numbers as a table.

Goes in: what each chart shows, as data, and protected statistics. Comes out: ``Chart`` by id. A chart whose figures are
absent this year is not there. Hides Altair and vl-convert, which run in a helper process.
"""

from __future__ import annotations

from reportgen.charts.history import series_drawn
from reportgen.charts.types import Chart, ChartSpec

__all__ = ["Chart", "ChartSpec", "series_drawn"]
