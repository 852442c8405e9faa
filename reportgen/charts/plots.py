"""From a specification to a plot, by the kind of the chart.

Goes in: a specification, protected statistics, the release. Comes out: a ``Plot``, or None where nothing of it may be
shown this year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from reportgen.charts import counts, opinions, others
from reportgen.charts.types import ChartSpec, Kind
from reportgen.charts.values import Plot

if TYPE_CHECKING:
    from reportgen.disclosure import ProtectedStatistics
    from reportgen.release import Release

KINDS: Final[Mapping[Kind, Callable[[ChartSpec, ProtectedStatistics, Release], Plot | None]]] = {
    "bars": counts.bar_chart,
    "panels": counts.panel_chart,
    "line": counts.line_chart,
    "days": counts.days_chart,
    "waterfall": counts.money_flow,
    "options": opinions.option_bars,
    "answers": opinions.likert,
    "intervals": opinions.positive_shares,
    "interval panels": opinions.positive_panels,
    "actions": others.plan,
    "history": others.published,
    "context": others.related,
}


def plot(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """What the chart shows this year."""
    return KINDS[spec.kind](spec, statistics, release)
