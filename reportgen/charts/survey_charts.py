"""Survey charts: stacked answers, shares of each option, positive shares with confidence intervals.

Input: a specification, protected statistics, the release. Output: a ``Plot``, or None if too little may be displayed
this year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from reportgen import tables
from reportgen.charts import bars, interval_plot, stacked_bars, theme
from reportgen.charts.bars import BarGroup
from reportgen.charts.plotted_values import (
    ALL,
    Plot,
    any_shown,
    at,
    categories,
    explained,
    few_marked,
    figure_at,
    interval_cells,
    largest_first,
    table_of,
)
from reportgen.model import formatting
from reportgen.model.chart import ChartSpec, Plotted, plotted
from reportgen.model.figure import Key
from reportgen.model.table import Cell, Column, Row, Table, TableSpec
from reportgen.tables import table_notes
from reportgen.tables.cells import shown

if TYPE_CHECKING:
    from reportgen.model.protected import Figure, ProtectedStatistics
    from reportgen.model.records import Question
    from reportgen.model.release import Release

NO_OPINION: Final = re.compile(
    r"don.t know|do not know|not sure|unsure|can.?not say|no opinion|prefer not|not applicable|does not apply"
    r"|have not|haven.t|no experience|none of these",
    re.IGNORECASE,
)
NOT_DRAWN: Final = "Questions of which the share in every role is hidden are not drawn; the table lists them."
NEITHER: Final = re.compile(r"\bneither\b|\bno difference\b|\bmixed\b", re.IGNORECASE)


def option_bars(spec: ChartSpec, statistics: ProtectedStatistics, _release: Release) -> Plot | None:
    """Plot the share choosing each option: largest first for multiple choice, otherwise in the order of options."""
    question = next((one for one in statistics.records.questions if one.name == spec.question), None)
    measure = f"survey.{spec.question}"
    if question is None or measure not in statistics.definitions:
        return None
    pairs = [(o, BarGroup(o, (few_marked(at(statistics, measure, option=o)),))) for o in question.options]
    if not any_shown([group.values[0] for _, group in pairs]):
        return None
    if question.kind == "multiple":
        last = [pair for pair in pairs if NO_OPINION.search(pair[0])]
        pairs = [*largest_first([pair for pair in pairs if pair not in last]), *last]
    table = _shares(spec.id, "Answer", [(o, figure_at(statistics, measure, option=o)) for o, _ in pairs])
    return Plot(
        bars.bars([group for _, group in pairs], ("",), theme.PALETTE, whiskers=True),
        replace(table, notes=(*table_notes.of_question(question, statistics), *table.notes)),
        _base(statistics, measure, question),
    )


def _base(statistics: ProtectedStatistics, measure: str, question: Question) -> int | None:
    """Return how many answered a question; None if suppressed."""
    first = figure_at(statistics, measure, option=question.options[0])
    return first.base if first is not None else None


def _shares(id_: str, stub: str, named: Sequence[tuple[str, Figure | None]]) -> Table:
    """Build a table of shares, confidence limits and bases."""
    rows = tuple(Row(label, interval_cells(figure)) for label, figure in named)
    headings = ("Share (%)", "Lower limit (%)", "Upper limit (%)", "Base")
    return explained(Table(id_, stub, tuple(Column(heading) for heading in headings), rows))


def likert(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot answers on a scale stacked to 100%: everyone, then each role."""
    question = next((one for one in statistics.records.questions if one.name == spec.question), None)
    measure = f"survey.{spec.question}"
    if question is None or measure not in statistics.definitions:
        return None
    options, apart, colours = scale_of(question)
    if not colours:
        return option_bars(spec, statistics, release)
    rows = [
        _row(statistics, measure, ALL, options, apart),
        *(
            _row(statistics, measure, formatting.category("role", role), options, apart, role=role)
            for role in categories(statistics, [measure], "role")
        ),
    ]
    if not any(row.shown for row in rows):
        return None
    table = table_of(TableSpec(spec.id, "Answer", question=question.name), statistics, release)
    return Plot(stacked_bars.answers(rows, options, colours, apart), table, _base(statistics, measure, question))


def _row(
    statistics: ProtectedStatistics, measure: str, name: str, options: Sequence[str], apart: str, **role: str
) -> stacked_bars.Answers:
    """Return the row of everyone or of one role, with its base in the label if not suppressed."""
    values = tuple(at(statistics, measure, option=option, **role) for option in options)
    base = next((value.base for value in values if value is not None), None)
    label = f"{name} ({formatting.number(base)})" if base is not None else name
    label += f" {tables.LOW}" if base is not None and base < tables.LOW_BASE else ""
    return stacked_bars.Answers(label, values, at(statistics, measure, option=apart, **role) if apart else None)


def scale_of(question: Question) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return a scale's options from most positive, its “no opinion” option, and a colour for each option.

    No colours if there are more steps than colours, or the positive options are not together at one end.
    """
    options, apart = question.options, ""
    if options and NO_OPINION.search(options[-1]):
        options, apart = options[:-1], options[-1]
    good = sum(option in question.positive for option in options)
    if good and set(options[-good:]) <= {*question.positive}:
        options = options[::-1]
    middle = 0 < good < len(options) and NEITHER.search(options[good]) is not None
    bad = len(options) - good - middle
    if (
        not good
        or not {*options[:good]} <= {*question.positive}
        or good > len(theme.POSITIVE)
        or bad > len(theme.NEGATIVE)
    ):
        return options, apart, ()
    return options, apart, (*theme.POSITIVE[:good], *((theme.APART,) if middle else ()), *theme.NEGATIVE[:bad])


def positive_shares(spec: ChartSpec, statistics: ProtectedStatistics, _release: Release) -> Plot | None:
    """Plot each question's positive share with its interval, largest first, and last year's if comparable."""
    before = statistics.previous if spec.compare else None
    named = []
    for measure, wording in spec.measures:
        now = few_marked(at(statistics, measure))
        if now is not None:
            named.append((measure, wording, now))
    if all(now.hidden for _, _, now in named):
        return None
    named.sort(key=lambda one: (one[2].value is None, -(one[2].value or 0)))
    rows, cells = [], []
    for measure, wording, now in named:
        then, figure = _last_year(statistics, before, measure)
        rows.append(interval_plot.IntervalRow(wording, (now, then) if before is not None else (now,)))
        cells.append(
            Row(
                wording,
                (
                    *interval_cells(statistics.get(measure)),
                    *(
                        (shown(figure, low=True) if figure else Cell(then.text, None, then.text),)
                        if before is not None
                        else ()
                    ),
                ),
            )
        )
    names = [one.period.label for one in (statistics, before) if one is not None] if before else ["Positive"]
    columns = ["Share (%)", "Lower limit (%)", "Upper limit (%)", "Base"]
    columns += [f"{before.period.label} (%)"] if before is not None else []
    table = Table(spec.id, "Question", tuple(Column(text) for text in columns), tuple(cells))
    return Plot(interval_plot.intervals(rows, names), explained(table))


def _last_year(
    statistics: ProtectedStatistics, before: ProtectedStatistics | None, measure: str
) -> tuple[Plotted, Figure | None]:
    """Return last year's share and its figure, or the marker that explains why there is none."""
    question = measure.removeprefix("survey.").removesuffix(".positive")
    figure = before.figures.get(Key(measure)) if before is not None else None
    if question in statistics.breaks or figure is None:
        return Plotted(None, tables.BREAK), None
    return few_marked(plotted(figure)) or plotted(figure), figure


def positive_panels(spec: ChartSpec, statistics: ProtectedStatistics, release: Release) -> Plot | None:
    """Plot a panel for each question, numbered: the positive share of everyone and of each role."""
    lines_ = tuple(pair for pair in spec.measures if pair[0] in statistics.definitions)
    named = []
    for measure, wording in lines_:
        everyone = few_marked(at(statistics, measure)) or Plotted(None, tables.NOT_APPLICABLE)
        rows = [interval_plot.IntervalRow(ALL, (everyone,), strong=True)]
        for word in categories(statistics, [measure], spec.by):
            value = few_marked(at(statistics, measure, **{spec.by: word}))
            rows += (
                [interval_plot.IntervalRow(formatting.category(spec.by, word), (value,))] if value is not None else []
            )
        if not all(value.hidden for row in rows[1:] for value in row.values):
            number = [f"survey.{one.name}.positive" for one in statistics.records.questions].index(measure) + 1
            named.append((f"{number}. {wording}", rows))
    if not named:
        return None
    canvas = interval_plot.interval_panels(named)
    if len(named) < len(lines_):
        canvas.footnote(NOT_DRAWN)
    table = table_of(TableSpec(spec.id, "Question", lines=lines_, lines_by=spec.by), statistics, release)
    return Plot(canvas, table)
