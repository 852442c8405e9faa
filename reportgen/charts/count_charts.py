"""Charts of counts, money and days: bars, panels, lines, median and 90th percentile, flow of money.

Input: a specification, protected statistics, the release. Output: a ``Plot``, or None if too little may be displayed
this year. The order never discloses a suppressed value: suppressed ones come last, in the order of the categories.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from reportgen import tables
from reportgen.charts import bars, interval_plot, lines, stacked_bars, theme
from reportgen.charts.bars import BarGroup
from reportgen.charts.plotted_values import (
    ALL,
    STUBS,
    Plot,
    alike,
    any_shown,
    at,
    base_of,
    categories,
    explained,
    in_order,
    largest_first,
    table_of,
)
from reportgen.model import formatting
from reportgen.model.chart import ChartSpec, Plotted, plotted
from reportgen.model.figure import Key
from reportgen.model.table import Column, Measured, Row, Table, TableSpec
from reportgen.scheme import law
from reportgen.scheme.data_dictionary import FLOW_SIGNS
from reportgen.tables.cells import heading, shown

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release

SIGNS: Final = {"opening": 0, "closing": 0, **FLOW_SIGNS}
"""Sign of each ledger event in the outstanding balance; 0 for the balances themselves."""


def bar_chart(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot bars of one measure, this year and last, or of several measures side by side."""
    measures = [(measure, label) for measure, label in spec.measures if measure in statistics.definitions]
    before = statistics.previous if spec.compare else None
    pairs = []
    for word in categories(statistics, [measure for measure, _ in measures], spec.by):
        values = [at(statistics, measure, **{spec.by: word}) for measure, _ in measures]
        if before is not None:
            values.append(at(before, measures[0][0], **{spec.by: word}))
        pairs.append((word, BarGroup(formatting.category(spec.by, word), tuple(values))))
    if not any_shown([group.values[0] for _, group in pairs]):
        return None
    pairs = pairs if spec.ordered else largest_first(pairs)
    groups = [group for _, group in pairs]
    if statistics.definitions[measures[0][0]].unit == "pounds":
        said = iter(alike([value for group in groups for value in group.values]))
        groups = [BarGroup(group.label, tuple(next(said) for _ in group.values)) for group in groups]
    series, colours = [label for _, label in measures], list(theme.PALETTE)
    if before is not None:
        series, colours = [statistics.period.label, before.period.label], list(theme.FOCUS)
    columns = tuple(Measured(measure, label, compare=spec.compare) for measure, label in measures)
    table = table_of(TableSpec(spec.id, STUBS[spec.by], columns, (spec.by,)), statistics, release)
    base = base_of(statistics, measures[0][0])
    return Plot(bars.bars(groups, series, colours), in_order(table, [group.label for group in groups]), base)


def panel_chart(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot a panel for each category of one breakdown, with a bar for each category of another."""
    measure = spec.measures[0][0]
    if measure not in statistics.definitions:
        return None
    if not any_shown([plotted(figure) for figure in statistics.of(measure, spec.panels, spec.by)]):
        return None
    named = []
    words = [word for word in categories(statistics, [measure], spec.by) if _used(statistics, spec, word)]
    for panel in categories(statistics, [measure], spec.panels):
        groups = []
        for word in words:
            value = at(statistics, measure, **{spec.panels: panel, spec.by: word})
            groups.append(BarGroup(formatting.category(spec.by, word), (value,)))
        named.append((formatting.category(spec.panels, panel), groups))
    table = table_of(
        TableSpec(spec.id, STUBS[spec.panels], (Measured(*spec.measures[0]),), (spec.panels,), spec.by),
        statistics,
        release,
    )
    return Plot(bars.panels(named), table, base_of(statistics, measure))


def _used(statistics: ProtectedStatistics, spec: ChartSpec, word: str) -> bool:
    """Return whether a category has a non-zero value in any panel."""
    return any(
        figure.value != 0
        for figure in statistics.of(spec.measures[0][0], spec.panels, spec.by)
        if word in (figure.key.category_1, figure.key.category_2)
    )


def line_chart(spec: ChartSpec, statistics: ProtectedStatistics, _release: Release) -> Plot | None:
    """Plot a monthly line, with last year's behind it if available.

    None if more than half of the months are suppressed, because the rest would not show a trend.
    """
    measure = spec.measures[0][0]
    months = statistics.categories.get("month", ())
    now = tuple(at(statistics, measure, month=month) for month in months)
    if not any_shown(now) or 2 * sum(value is not None and value.value is not None for value in now) < len(now):
        return None
    series = [lines.Series(statistics.period.label, now)]
    before = statistics.previous if spec.compare else None
    if before is not None:
        then = tuple(at(before, measure, month=month) for month in before.categories.get("month", ()))
        before = before if len(then) == len(now) and any_shown(then) else None
        series += [lines.Series(before.period.label, then)] if before is not None else []
    marker = _regime(statistics.period.first, statistics.period.last) if spec.regime else None
    table = _monthly(spec, statistics, before)
    return Plot(lines.line(months, series, marker), table, base_of(statistics, measure))


def _monthly(spec: ChartSpec, statistics: ProtectedStatistics, before: ProtectedStatistics | None) -> Table:
    """Build the table: a row for each month, a column for each year; last year's months are one year earlier."""
    measure, label = spec.measures[0]
    years = [one for one in (before, statistics) if one is not None]
    unit = statistics.definitions[measure].unit
    columns = [heading(one.period.label if before is not None else label, unit) for one in years]
    rows = []
    for place, month in enumerate(statistics.categories["month"]):
        name = formatting.month(month)
        keys = [Key(measure, "month", one.categories["month"][place]) for one in years]
        cells = tuple(shown(one.figures.get(key)) for one, key in zip(years, keys, strict=True))
        rows.append(Row(name.rpartition(" ")[0] if before is not None else name, cells))
    return explained(Table(spec.id, "Month", tuple(Column(text) for text in columns), tuple(rows)))


def _regime(first: date, last: date) -> tuple[float, str] | None:
    """Return when new rules began, in months from the start of the year, and a label; None if not this year.

    Rules apply by the date of the incident.
    """
    for start, _ in law.regime_starts():
        if first < start <= last:
            whole = (start.year - first.year) * 12 + start.month - first.month
            return whole + (start.day - 1) / 31, f"New rules for incidents from {formatting.day(start)}"
    return None


def days_chart(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot median and 90th percentile, overall and by category, with the target if one is set."""
    measures = [measure for measure, _ in spec.measures if measure in statistics.definitions]
    if len(measures) != len(spec.measures):
        return None

    def row(label: str, **breakdowns: str) -> interval_plot.IntervalRow:
        values = (at(statistics, measure, **breakdowns) for measure in measures)
        shares = tuple(value or Plotted(None, tables.NOT_APPLICABLE) for value in values)
        return interval_plot.IntervalRow(label, shares, strong=not breakdowns)

    rows = [
        row(formatting.category(spec.by, word), **{spec.by: word}) for word in categories(statistics, measures, spec.by)
    ]
    if not spec.ordered:
        rows.sort(key=lambda one: (one.values[0].value is None, one.values[0].value or 0))
    rows.insert(0, row(ALL))
    if all(value.hidden for one in rows for value in one.values):
        return None
    columns = tuple(Measured(measure, label) for measure, label in spec.measures)
    table = table_of(TableSpec(spec.id, STUBS[spec.by], columns, (spec.by, "")), statistics, release)
    return Plot(interval_plot.days(rows, release.objection_days if spec.target else None), table)


def money_flow(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot the opening balance, what was added and taken away, and the closing balance."""
    values = alike([at(statistics, measure) for measure, _ in spec.measures])
    steps = [
        (label, value, SIGNS[measure.rpartition(".")[2]])
        for (measure, label), value in zip(spec.measures, values, strict=True)
        if value is not None
    ]
    if not any_shown([value for _, value, _ in steps]):
        return None
    table = table_of(TableSpec(spec.id, "Event", lines=spec.measures), statistics, release)
    return Plot(stacked_bars.waterfall(steps), table)
