"""Tables of figures: breakdowns, cross-tabulations, lists of measures, survey questions.

Input: a specification and protected statistics. Output: a ``Table``, or None if its figures are missing. Hides layout
and markers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from reportgen.model import formatting
from reportgen.model.figure import Key, Unit
from reportgen.model.protected import HIDDEN, Figure, ProtectedStatistics
from reportgen.model.table import (
    BREAK,
    NOT_APPLICABLE,
    TOTAL,
    Cell,
    Column,
    Measured,
    Row,
    Table,
    TableSpec,
)
from reportgen.scheme import law
from reportgen.scheme import measure_ids as ids
from reportgen.tables.cells import difference, heading, shown, whole
from reportgen.tables.series_tables import context, published
from reportgen.tables.table_notes import rules_change

TIME: Final = ("month", "quarter")
NOT_RECORDED: Final = "not recorded"


def table(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Build the table with the builder for the specification's kind."""
    kinds = (
        (spec.question, _survey),
        (spec.series, published),
        (spec.context, context),
        (spec.lines_by, _lines_by),
        (spec.changes, _changes),
        (spec.lines, _lines),
        (spec.across, _cross),
    )
    return next((make for named, make in kinds if named), _breakdown)(spec, statistics)


def _at(statistics: ProtectedStatistics | None, measure: str, *pairs: str) -> Figure | None:
    return None if statistics is None else statistics.figures.get(Key(measure, *pairs))


def _compared(statistics: ProtectedStatistics, columns: Sequence[Measured]) -> Iterator[Column]:
    """Yield the boxhead: a measure alone, or last year, this year and the change.

    Next to compared measures, the others name their year.
    """
    before = statistics.previous
    beside = before is not None and any(one.compare and one.measure in before.definitions for one in columns)
    for column in columns:
        unit = statistics.definitions[column.measure].unit
        if column.compare and before is not None and column.measure in before.definitions:
            name = f"{column.heading}, " if column.heading else ""
            yield Column(formatting.capital(heading(f"{name}{before.period.label}", unit)))
            yield Column(formatting.capital(heading(f"{name}{statistics.period.label}", unit)))
            points: Unit = "percentage points" if unit == "proportion" else unit
            yield Column(formatting.capital(heading(f"{name}change", points)))
        else:
            year = f", {statistics.period.label}" if beside else ""
            yield Column(heading(f"{column.heading}{year}", unit))


def _cells(statistics: ProtectedStatistics, columns: Sequence[Measured], *pairs: str) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column in columns:
        now, here = _or_zero(statistics, column.measure, *pairs)
        before = statistics.previous
        if column.compare and before is not None and column.measure in before.definitions:
            then, there = _or_zero(before, column.measure, *pairs)
            cells += [there, here, difference(now, then)]
        else:
            cells.append(here)
    return tuple(cells)


def _or_zero(statistics: ProtectedStatistics, measure: str, *pairs: str) -> tuple[Figure | None, Cell]:
    """Return a figure and its cell; 0 if no record has the category, but records could have it.

    Statistics contain no figure for such a category. Its absence already discloses that there are no records, so the 0
    discloses nothing new.
    """
    figure = _at(statistics, measure, *pairs)
    if figure is not None or not _counts_as_zero(statistics, measure, *pairs):
        return figure, shown(figure)
    none = Figure(Key(measure, *pairs), statistics.definitions[measure].unit, 0.0)
    return none, replace(shown(none), key=None)


def _counts_as_zero(statistics: ProtectedStatistics, measure: str, name: str = "", word: str = "") -> bool:
    """Return whether a category without records counts as 0: not recorded, or a regime in force by the year's end."""
    definition = statistics.definitions.get(measure)
    if definition is None or definition.kind != "count" or name not in definition.additive:
        return False
    if not statistics.of(measure, name):
        return False
    starts = {regime: start for start, regime in law.regime_starts()} if name == "regime" else {}
    return word == NOT_RECORDED or (word in starts and starts[word] <= statistics.period.last)


def _known_columns(spec: TableSpec, statistics: ProtectedStatistics) -> tuple[Measured, ...]:
    return tuple(column for column in spec.columns if column.measure in statistics.definitions)


def _categories(statistics: ProtectedStatistics, columns: Sequence[Measured], name: str) -> list[str]:
    """Return the categories of a breakdown that any column has this year, or last year if compared; in order."""
    there = _categories_of(statistics, [column.measure for column in columns], name)
    order = [*statistics.categories.get(name, ())]
    before = statistics.previous
    if before is not None and name not in TIME:
        there |= _categories_of(before, [column.measure for column in columns if column.compare], name)
        order += [word for word in before.categories.get(name, ()) if word not in order]
    if name == "regime":
        order = [*law.REGIMES]
    return [word for word in sorted(order, key=lambda word: word == NOT_RECORDED) if word in there]


def _categories_of(statistics: ProtectedStatistics, measures: Sequence[str], name: str) -> set[str]:
    return {key.category_1 for key in statistics.figures if key.measure in measures and _one_way(key, name)}


def _one_way(key: Key, name: str) -> bool:
    return key.breakdown_1 == name and not key.breakdown_2


def _breakdown(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    columns = _known_columns(spec, statistics)
    if not columns:
        return None
    rows: list[Row] = []
    several = sum(map(bool, spec.rows)) > 1
    for name in spec.rows:
        if not name:
            rows.append(Row(TOTAL, _cells(statistics, columns), "total"))
            continue
        words = _categories(statistics, columns, name)
        if several and words:  # each block adds up to the total on its own
            heads = len(tuple(_compared(statistics, columns)))
            rows.append(Row(f"By {name}", (Cell(""),) * heads, "section"))
        broken = _rules_start(spec, statistics, name)
        rows += [
            Row(
                f"{_label(spec, name, word)}{f' {BREAK}' if word == broken else ''}",
                _cells(statistics, columns, name, word),
            )
            for word in words
        ]
    body = [row for row in rows if row.kind == "body"]
    if not body or not _has_figures(rows) or (spec.rows[0] == "regime" and len(body) == 1):
        return None  # if one regime applies to all notices, its row equals the total
    return Table(spec.id, spec.stub, tuple(_compared(statistics, columns)), tuple(rows))


def _rules_start(spec: TableSpec, statistics: ProtectedStatistics, name: str) -> str:
    """Return the month or quarter in which new penalty rules begin; "" if none do."""
    start = rules_change(statistics)
    if start is None or not any(column.measure.startswith("penalties.") for column in spec.columns):
        return ""
    if name == "month":
        return f"{start:%Y-%m}"
    return next((label for first, last, label in statistics.period.quarters() if first <= start <= last), "")


def _has_figures(rows: Sequence[Row]) -> bool:
    """Return whether any cell has a figure; a table of [z] only is left out."""
    return any(cell.key is not None for row in rows for cell in row.cells)


def _label(spec: TableSpec, name: str, word: str) -> str:
    return dict(spec.labels).get(word) or formatting.category(name, word)


def _cross(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Cross-tabulate one measure, with row and column totals where the measure has them."""
    measure, name = spec.columns[0].measure, spec.rows[0]
    if measure not in statistics.definitions:
        return None
    pairs = [key for key in statistics.figures if key.measure == measure and key.breakdown_2]
    pairs = [key for key in pairs if {key.breakdown_1, key.breakdown_2} == {name, spec.across}]
    if not pairs:
        return None
    flipped = pairs[0].breakdown_1 != name
    down = _ordered(statistics, name, {key.category_2 if flipped else key.category_1 for key in pairs})
    over = _ordered(statistics, spec.across, {key.category_1 if flipped else key.category_2 for key in pairs})

    def cell(row: str, column: str) -> Cell:
        ends = (spec.across, column, name, row) if flipped else (name, row, spec.across, column)
        return shown(_at(statistics, measure, *ends))

    row_totals = any(_at(statistics, measure, name, word) for word in down)
    column_totals = any(_at(statistics, measure, spec.across, word) for word in over)
    rows = []
    for word in down:
        cells = [cell(word, column) for column in over]
        if row_totals:
            cells.append(shown(_at(statistics, measure, name, word)))
        rows.append(Row(_label(spec, name, word), tuple(cells)))
    if column_totals:
        cells = [shown(_at(statistics, measure, spec.across, word)) for word in over]
        if row_totals:
            cells.append(shown(_at(statistics, measure)))
        rows.append(Row(TOTAL, tuple(cells), "total"))
    headings = [formatting.category(spec.across, word) for word in over] + [TOTAL] * row_totals
    unit = statistics.definitions[measure].unit
    return Table(spec.id, spec.stub, tuple(Column(heading(text, unit)) for text in headings), tuple(rows))


def _ordered(statistics: ProtectedStatistics, name: str, words: set[str]) -> list[str]:
    return [word for word in statistics.categories.get(name, ()) if word in words]


def _lines(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Build rows of measures: this year and, if compared, last year and the change."""
    before = statistics.previous if spec.compare else None
    rows = []
    for measure, label in spec.lines:
        now, then = _at(statistics, measure), _at(before, measure)
        if now is None:
            continue
        cells = [_whole(now)]
        if before is not None:
            cells = [_whole(then), _whole(now), _change(now, then)]
        rows.append(Row(label, tuple(cells), "total" if measure == ids.MONEY_CLOSING else "body"))
    units = {statistics.definitions[measure].unit for measure, _ in spec.lines if measure in statistics.definitions}
    if not rows:
        return None
    if len(units) == 1:
        return _in_one_unit(spec, statistics, rows, units.pop(), compare=before is not None)
    headings = [statistics.period.label]
    if before is not None:
        headings = [before.period.label, statistics.period.label, "Change"]
    return Table(spec.id, spec.stub, tuple(Column(text) for text in headings), tuple(rows))


def _in_one_unit(
    spec: TableSpec, statistics: ProtectedStatistics, rows: Sequence[Row], unit: Unit, *, compare: bool
) -> Table:
    """Move the unit to the boxhead if all rows have the same one."""
    before = statistics.previous if compare else None
    columns = (Measured(spec.lines[0][0], "", compare=True),)
    made = []
    for row in rows:
        key = row.cells[-1 if before is None else 1].key
        if key is None:
            raise AssertionError("a line without a figure")
        made.append(replace(row, cells=_cells(replace(statistics, previous=before), columns_of(key.measure))))
    boxhead = tuple(_compared(replace(statistics, previous=before), columns))
    if before is None:
        boxhead = (Column(heading(statistics.period.label, unit)),)
    return Table(spec.id, spec.stub, boxhead, tuple(made))


def columns_of(measure: str) -> tuple[Measured, ...]:
    """Return a column for a measure, with last year and the change."""
    return (Measured(measure, "", compare=True),)


def _whole(figure: Figure | None) -> Cell:
    cell = shown(figure)
    if figure is None or figure.value is None:
        return cell
    return replace(cell, text=whole(figure.value, figure.unit))


def _change(now: Figure, then: Figure | None) -> Cell:
    """Format a change with its unit, for rows with different units."""
    cell = difference(now, then)
    if cell.value is None:
        return cell
    sign = "+" if cell.value > 0 else ""
    if now.unit == "proportion":
        return replace(cell, text=f"{sign}{formatting.points(cell.value)}")
    return replace(cell, text=sign + whole(cell.value, now.unit))


def _lines_by(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Build rows of measures and columns of a breakdown's categories, total first."""
    lines = [(measure, label) for measure, label in spec.lines if measure in statistics.definitions]
    there = {
        key.category_1
        for key in statistics.figures
        for measure, _ in lines
        if key.measure == measure and _one_way(key, spec.lines_by)
    }
    words = _ordered(statistics, spec.lines_by, there)
    if not lines or not words:
        return None
    rows = []
    for measure, label in lines:
        figures = [_at(statistics, measure), *(_at(statistics, measure, spec.lines_by, word) for word in words)]
        survey = measure.startswith("survey.")
        rows.append(Row(label, tuple(shown(figure, low=survey) for figure in figures)))
        if survey:
            rows.append(Row(f"Base: {label}", tuple(_base(figure) for figure in figures)))
    unit = statistics.definitions[lines[0][0]].unit
    headings = ["All", *(formatting.category(spec.lines_by, word) for word in words)]
    return Table(spec.id, spec.stub, tuple(Column(heading(text, unit)) for text in headings), tuple(rows))


def _changes(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Compare survey shares with last year: change, confidence interval, and whether it exceeds chance."""
    before = statistics.previous
    if before is None:
        return None
    rows = []
    for measure, label in spec.lines:
        now = _at(statistics, measure)
        if now is None:
            continue
        change = _at(statistics, f"{measure}.change")
        name = measure.removeprefix("survey.").removesuffix(".positive")
        if change is None and name in statistics.breaks:
            broken = Cell(BREAK, None, BREAK)
            rows.append(Row(label, (broken, broken, shown(now, low=True), _base(now), broken, broken, broken)))
            continue
        then = _at(before, measure)
        shares = [cell for figure in (then, now) for cell in (shown(figure, low=True), _base(figure))]
        rows.append(Row(label, (*shares, difference(now, then), *_interval_cells(change))))
    labels = (before.period.label, statistics.period.label)
    columns = (
        *(Column(text) for label in labels for text in (heading(label, "proportion"), f"Base, {label}")),
        Column(heading("Change", "percentage points")),
        Column("95% interval of the change", numeric=False),
        Column("More than chance", numeric=False),
    )
    return Table(spec.id, spec.stub, columns, tuple(rows))


def _interval_cells(change: Figure | None) -> tuple[Cell, Cell]:
    """Return the interval of a change, and whether it excludes 0."""
    if change is None:
        return (Cell(NOT_APPLICABLE, None, NOT_APPLICABLE),) * 2
    if change.lower is None or change.upper is None:
        return (Cell(HIDDEN, None, HIDDEN),) * 2
    ends = f"{formatting.number(change.lower, 1)} to {formatting.number(change.upper, 1)}"
    return Cell(ends), Cell("Yes" if change.lower > 0 or change.upper < 0 else "No")


def _survey(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Build a survey question's table: the share choosing each option, overall and by role, and the base."""
    measure = f"survey.{spec.question}"
    question = next((asked for asked in statistics.records.questions if asked.name == spec.question), None)
    if question is None or measure not in statistics.definitions:
        return None
    there = {key.category_1 for key in statistics.figures if key.measure == measure and key.breakdown_2}
    roles = _ordered(statistics, "role", there)
    rows = [
        Row(
            option,
            (
                shown(_at(statistics, measure, "option", option), low=True),
                *(shown(_at(statistics, measure, "role", role, "option", option), low=True) for role in roles),
            ),
        )
        for option in question.options
    ]
    first = question.options[0]
    bases = [_at(statistics, measure, "option", first)]
    bases += [_at(statistics, measure, "role", role, "option", first) for role in roles]
    if bases[0] is None:
        return None
    rows.append(Row("Base: people who answered", tuple(_base(figure) for figure in bases), "total"))
    headings = ["All", *(formatting.category("role", role) for role in roles)]
    return Table(spec.id, spec.stub, tuple(Column(heading(text, "proportion")) for text in headings), tuple(rows))


def _base(figure: Figure | None) -> Cell:
    if figure is None:
        return Cell(NOT_APPLICABLE, None, NOT_APPLICABLE)
    if figure.base is None:
        return Cell(HIDDEN, None, HIDDEN)
    return Cell(formatting.number(figure.base), float(figure.base))
