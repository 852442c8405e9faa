"""Draw charts from protected statistics: SVG, PNG, and the plotted values as a table.

Input: specifications of the charts, protected statistics. Output: ``Chart`` by id. A chart is left out if its figures
are missing this year or too few may be displayed. Hides Altair and vl-convert, which run in a helper process.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reportgen.charts.canvas import Canvas
from reportgen.charts.plot import plot
from reportgen.charts.plotted_values import Plot
from reportgen.charts.renderer_process import HELPER
from reportgen.model.chart import Chart, ChartSpec

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release

__all__ = ["Chart", "ChartSpec", "close", "draw", "outline", "plots", "warm"]


def warm() -> None:
    """Start the helper process that draws, so that it warms up meanwhile."""
    HELPER.start()


def close() -> None:
    """Stop the helper process; it also stops when the program exits."""
    HELPER.close()


def plots(
    specs: Sequence[ChartSpec], statistics: ProtectedStatistics, release: Release
) -> Iterator[tuple[ChartSpec, Plot]]:
    """Yield the plot of each chart of the year, before drawing."""
    for spec in specs:
        made = plot(spec, statistics, release)
        if made is not None:
            yield spec, made


def draw(specs: Sequence[ChartSpec], statistics: ProtectedStatistics, release: Release) -> dict[str, Chart]:
    """Draw every chart of the year, in the order of the specifications."""
    made = list(plots(specs, statistics, release))
    drawings = HELPER.draw([one.canvas.plain() for _, one in made])
    return {
        spec.id: Chart(spec.id, drawing.svg, one.table, one.base, partial(HELPER.picture, drawing))
        for (spec, one), drawing in zip(made, drawings, strict=True)
    }


def outline(specs: Sequence[ChartSpec], statistics: ProtectedStatistics, release: Release) -> dict[str, Chart]:
    """Return the charts with their text only, for checks that need no drawing; the helper is not started."""
    return {
        spec.id: Chart(spec.id, _outline(one.canvas), one.table, one.base, bytes)
        for spec, one in plots(specs, statistics, release)
    }


def _outline(canvas: Canvas) -> str:
    from xml.sax.saxutils import escape

    plain = canvas.plain()
    words = "".join(
        f'<text x="{word["x"]:g}" y="{word["y"]:g}">{escape(word["text"])}</text>' for word in plain["words"]
    )
    size = f"{plain['width']:g} {plain['height']:g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{words}</svg>'
