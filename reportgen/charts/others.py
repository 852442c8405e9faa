"""Charts of what is no statistic of ours: the engagement plan, series that others published, related statistics.

Goes in: a specification, protected statistics for their records, the release. Comes out: a ``Plot``, or None where
there is nothing to show.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen import formats
from reportgen.charts import bars, history, timeline
from reportgen.charts.bars import Group
from reportgen.charts.types import ChartSpec, Plotted
from reportgen.charts.values import Plot, table_of
from reportgen.tables import GIVEN, Cell, Column, Row, Table, TableSpec

if TYPE_CHECKING:
    from reportgen.disclosure import ProtectedStatistics
    from reportgen.release import Release


def plan(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """The engagement plan over time."""
    actions = statistics.records.actions
    if not actions:
        return None
    drawn, _ = timeline.shown(actions)
    headings = ("Quick win", "How it stands", "Start", "Due", "Completed")
    rows = tuple(
        Row(
            one.action,
            tuple(
                Cell(text)
                for text in (
                    "Yes" if one.quick_win else "No",
                    timeline.state(one),
                    *(formats.day(day) if day else "Not given" for day in (one.start, one.due)),
                    formats.day(one.completed) if one.completed else "Not completed",
                )
            ),
        )
        for one in drawn
    )
    table = Table(spec.id, "Action", tuple(Column(text, numeric=False) for text in headings), rows)
    return Plot(timeline.timeline(actions, release.as_at), table, len(actions))


def published(spec: ChartSpec, statistics: ProtectedStatistics, _release: Release) -> Plot | None:
    """One published series."""
    drawn = history.years([row for row in statistics.records.published if row.series == spec.series])
    if not drawn:
        return None
    rows = tuple(
        Row(
            formats.published_period(year.row.period),
            (
                Cell(formats.number(year.row.value), year.row.value),
                Cell(formats.given(year.row.qualifier)),
                Cell(formats.capital(formats.scope(year.row.scope)) or "Not stated"),
            ),
        )
        for year in drawn
    )
    columns = (
        Column(formats.unit_heading(drawn[0].row.unit)),
        Column(GIVEN, numeric=False),
        Column("What it covers", numeric=False),
    )
    say = formats.short_pounds if drawn[0].row.unit == "GBP" else formats.number
    return Plot(history.history(drawn, say), Table(spec.id, "Period", columns, rows))


def related(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Related statistics of others: a panel for each series on its own scale."""
    named: dict[str, list[Group]] = {}
    for row in statistics.records.context:
        value = Plotted(float(formats.rounded(row.value)), formats.number(row.value))
        name = f"{row.series} ({row.unit})"
        named.setdefault(name, []).append(Group(_quarter(row.period), (value,)))
    if not named:
        return None
    table = table_of(TableSpec(spec.id, "Series", context=True), statistics, release)
    return Plot(bars.panels(list(named.items()), own_scale=True, most=2), table)


def _quarter(period: str) -> str:
    return formats.period(period) if re.fullmatch(r"\d{4}-\d\d( to \d{4}-\d\d)?", period) else period
