"""Dispatch a specification to the function that plots its kind.

Input: a specification, protected statistics, the release. Output: a ``Plot``, or None if too little may be displayed
this year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from reportgen.charts import count_charts, other_charts, survey_charts
from reportgen.charts.plotted_values import Plot
from reportgen.model.chart import ChartSpec, Kind

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release

KINDS: Final[Mapping[Kind, Callable[[ChartSpec, ProtectedStatistics, Release], Plot | None]]] = {
    "bars": count_charts.bar_chart,
    "panels": count_charts.panel_chart,
    "line": count_charts.line_chart,
    "days": count_charts.days_chart,
    "waterfall": count_charts.money_flow,
    "options": survey_charts.option_bars,
    "answers": survey_charts.likert,
    "intervals": survey_charts.positive_shares,
    "interval panels": survey_charts.positive_panels,
    "actions": other_charts.plan,
    "history": other_charts.published,
    "context": other_charts.related,
}


def plot(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Return the plot of a specification."""
    return KINDS[spec.kind](spec, statistics, release)
