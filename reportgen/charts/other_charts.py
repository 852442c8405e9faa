"""Charts that show no statistic of ours: engagement plan, published series, related statistics.

Input: a specification, protected statistics for their records, the release. Output: a ``Plot``, or None if there is
nothing to show.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.charts import action_timeline, bars, published_series
from reportgen.charts.bars import BarGroup
from reportgen.charts.plotted_values import Plot, table_of
from reportgen.model import formatting, yearly_series
from reportgen.model.chart import ChartSpec, Plotted
from reportgen.model.table import (
    GIVEN,
    Cell,
    Column,
    Row,
    Table,
    TableSpec,
)

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release


def plan(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot the engagement plan as a timeline."""
    actions = statistics.records.actions
    if not actions:
        return None
    drawn, _ = action_timeline.shown(actions)
    headings = ("Quick win", "How it stands", "Start", "Due", "Completed")
    rows = tuple(
        Row(
            one.action,
            tuple(
                Cell(text)
                for text in (
                    "Yes" if one.quick_win else "No",
                    action_timeline.state(one),
                    *(formatting.day(day) if day else "Not given" for day in (one.start, one.due)),
                    formatting.day(one.completed) if one.completed else "Not completed",
                )
            ),
        )
        for one in drawn
    )
    table = Table(spec.id, "Action", tuple(Column(text, numeric=False) for text in headings), rows)
    return Plot(action_timeline.timeline(actions, release.as_at), table, len(actions))


def published(spec: ChartSpec, statistics: ProtectedStatistics, _release: Release) -> Plot | None:
    """Plot one published series."""
    drawn = yearly_series.years([row for row in statistics.records.published if row.series == spec.series])
    if not drawn:
        return None
    rows = tuple(
        Row(
            formatting.published_period(year.row.period),
            (
                Cell(formatting.number(year.row.value), year.row.value),
                Cell(formatting.given(year.row.qualifier)),
                Cell(formatting.capital(formatting.scope(year.row.scope)) or "Not stated"),
            ),
        )
        for year in drawn
    )
    columns = (
        Column(formatting.unit_heading(drawn[0].row.unit)),
        Column(GIVEN, numeric=False),
        Column("What it covers", numeric=False),
    )
    say = formatting.short_pounds if drawn[0].row.unit == "GBP" else formatting.number
    return Plot(published_series.history(drawn, say), Table(spec.id, "Period", columns, rows))


def related(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot related statistics: a panel for each series, on its own scale."""
    named: dict[str, list[BarGroup]] = {}
    for row in statistics.records.context:
        value = Plotted(float(formatting.rounded(row.value)), formatting.number(row.value))
        name = f"{row.series} ({row.unit})"
        named.setdefault(name, []).append(BarGroup(_quarter(row.period), (value,)))
    if not named:
        return None
    table = table_of(TableSpec(spec.id, "Series", context=True), statistics, release)
    return Plot(bars.panels(list(named.items()), own_scale=True, most=2), table)


def _quarter(period: str) -> str:
    return formatting.period(period) if re.fullmatch(r"\d{4}-\d\d( to \d{4}-\d\d)?", period) else period
