"""Tables of published series, and of the year's related statistics.

Input: a specification and the rows of the inputs. Output: tables; figures from different sources are never summed.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.model import formatting
from reportgen.model.protected import ProtectedStatistics
from reportgen.model.records import Published
from reportgen.model.table import (
    GIVEN,
    Cell,
    Column,
    Row,
    Table,
    TableSpec,
)


def published(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Build a table of one or several published series, as published; series are never added up.

    Rows of a series are in chronological order. Scope is shown if it differs between rows, because a period would
    otherwise seem to have two values. Precision is shown if any figure is not exact.
    """
    published = sorted(statistics.records.published, key=_chronological)
    rows = [row for name in spec.series for row in published if row.series == name]
    if not rows:
        return None
    if len(spec.series) == 1:
        decimals = max(_decimals(row.value) for row in rows)
        columns = [Column(formatting.unit_heading(rows[0].unit), decimals=decimals)]
        cells = [[Cell(formatting.number(row.value, decimals), row.value)] for row in rows]
        labels = [formatting.published_period(row.period) for row in rows]
    else:
        columns = [Column("Period", numeric=False), Column("Value", numeric=False)]
        cells = [[Cell(formatting.published_period(row.period)), Cell(_with_unit(row.value, row.unit))] for row in rows]
        labels = [formatting.capital((row.measure or row.series).replace("_", " ")) for row in rows]
    told = {
        GIVEN: [formatting.given(row.qualifier) for row in rows],
        "What it covers": [formatting.capital(formatting.scope(row.scope)) or "Not stated" for row in rows],
    }
    told = {heading: words for heading, words in told.items() if _is_informative(heading, words)}
    told["Source"] = [row.source for row in rows]
    columns += [Column(heading, numeric=False) for heading in told]
    more = zip(*told.values(), strict=True)
    made = [Row(label, (*some, *map(Cell, words))) for label, some, words in zip(labels, cells, more, strict=True)]
    return Table(spec.id, spec.stub, tuple(columns), tuple(made))


def _is_informative(heading: str, words: Sequence[str]) -> bool:
    return set(words) != {formatting.given("")} if heading == GIVEN else len(set(words)) > 1


def _chronological(row: Published) -> tuple[bool, int, int]:
    """Return a sort key: last day of the period, a single year before a sum over several, unparsed periods last."""
    span = formatting.published_span(row.period)
    return (False, span[1].toordinal(), -span[0].toordinal()) if span else (True, 0, 0)


def _with_unit(value: float, unit: str) -> str:
    number = formatting.number(value, _decimals(value))
    if unit == "GBP":
        return formatting.pounds(value, _decimals(value))
    return f"{number}%" if unit == "percent" else f"{number} {formatting.unit(unit, value)}"


def _decimals(value: float) -> int:
    text = repr(value)
    return 0 if text.endswith(".0") or "." not in text else min(2, len(text.partition(".")[2]))


def context(spec: TableSpec, statistics: ProtectedStatistics) -> Table | None:
    """Build a table of related statistics: a row for each quarter of each series, never added up."""
    series = list(dict.fromkeys(row.series for row in statistics.records.context))
    rows = []
    for name in series:
        for row in statistics.records.context:
            if row.series == name:
                quarter = (
                    formatting.period(row.period) if row.period[:4].isdigit() and "-" in row.period else row.period
                )
                value = Cell(formatting.number(row.value, _decimals(row.value)), row.value)
                rows.append(Row(name, (Cell(quarter), value, Cell(row.unit), Cell(row.source))))
    columns = (
        Column("Quarter", numeric=False),
        Column("Value"),
        Column("Unit", numeric=False),
        Column("Source", numeric=False),
    )
    return Table(spec.id, spec.stub, columns, tuple(rows)) if rows else None
