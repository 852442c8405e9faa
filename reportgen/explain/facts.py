"""Gather the facts about one figure.

Input: a key and the composed report. Output: ``Facts``, plain values. Sees protected statistics only; counts that would
disclose a suppressed figure are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.explain.figure_ids import in_words, word
from reportgen.explain.input_rows import selection
from reportgen.model import formatting
from reportgen.model.figure import Key
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.model.figure import Definition, Unit
    from reportgen.model.protected import Figure, ProtectedStatistics
    from reportgen.model.release import Disclosure
    from reportgen.model.stages import Composed, Numbers
    from reportgen.model.table import Table

PARTS: Final = {
    ids.VALUE_COLLECTED_SHARE: (ids.VALUE_PAID, ids.VALUE_CURRENT),
    ids.VALUE_INITIAL_MEAN: (ids.VALUE_INITIAL, ids.PENALTIES_ISSUED),
    ids.VALUE_CURRENT_MEAN: (ids.VALUE_CURRENT, ids.PENALTIES_ISSUED),
}
"""Figures whose numerator and denominator are other measures."""

UNITS: Final = {"proportion": "per cent (in the data a share from 0 to 1)", "pounds": "pounds sterling"}
NOT_ROWS: Final = (ids.PENALTIES_INCIDENTS, "money.")
"""Measures whose base is not their number of rows."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of one year as printed; ``display`` is the marker if it is suppressed."""

    period: str
    display: str
    value: float | None
    marker: str
    interval: str
    base: int | None


@dataclass(frozen=True, slots=True)
class File:
    """An input file; ``rows`` is None if their number would disclose a suppressed figure."""

    file: str
    rows: int | None


@dataclass(frozen=True, slots=True)
class Quotation:
    """A place that quotes the figure: the template line, the text it prints, the period."""

    where: str
    display: str
    period: str
    part: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a figure comes from and where it is used.

    ``numerator`` and ``denominator`` are the definition's words and the displayed number; "" if that is suppressed or
    there is none. ``rows`` is the number of rows kept by the steps, under the same rule. ``tables`` and ``charts`` map
    ids to the template line that places them, "" if none.
    """

    id: str
    label: str
    definition: str
    unit: str
    numerator: tuple[str, str]
    denominator: tuple[str, str]
    breakdown: tuple[tuple[str, str], ...]
    dated_by: str
    missing: str
    period: str
    this: Shown | None
    last: Shown | None
    comparison: str
    protection: str
    files: tuple[File, ...]
    steps: tuple[str, ...]
    rows: int | None
    quoted: tuple[Quotation, ...]
    tables: Mapping[str, str]
    charts: Mapping[str, str]
    word: str
    parts: tuple[str, ...]


def facts(key: Key, composed: Composed) -> Facts:
    """Gather the facts about a figure of this year, or of last year only."""
    numbers = composed.numbers
    statistics = numbers.statistics
    now = statistics.figures.get(key)
    own = statistics if now is not None or statistics.previous is None else statistics.previous
    definition = own.definitions[key.measure]
    before = statistics.previous
    then = before.figures.get(_year_before(key)) if before and now else before.figures.get(key) if before else None
    settings = numbers.release if own is statistics or numbers.previous is None else numbers.previous
    found = selection(key, own, settings)
    one = now or then
    if one is None:
        raise AssertionError(f"{key} is of neither year")
    tables = dict.fromkeys(one_id for one_id, table in numbers.tables.items() if _holds(table, key))
    charts = dict.fromkeys(one_id for one_id, chart in numbers.charts.items() if _holds(chart.table, key))
    placed = composed.narrative.placed
    return Facts(
        id=str(key),
        label=label(key, definition),
        definition=definition.definition,
        unit=UNITS.get(definition.unit, definition.unit),
        numerator=(definition.numerator, _numerator(one, own)),
        denominator=(definition.denominator, _denominator(one, own)),
        breakdown=key.pairs(),
        dated_by=definition.dated_by,
        missing=definition.missing,
        period=formatting.span(own.period.first, own.period.last),
        this=_shown(now, statistics),
        last=_shown(then, before),
        comparison=_comparison(key, now, then, statistics),
        protection=_protection(one, definition, own),
        files=tuple(_files(found.tables, own, numbers)),
        steps=found.steps,
        rows=_rows(one, own),
        quoted=tuple(_quoted(key, composed)),
        tables={id_: placed.get(f"table-{id_}", "") for id_ in tables},
        charts={id_: placed.get(f"chart-{id_}", "") for id_ in charts},
        word=word(key),
        parts=() if key.pairs() else tuple(" × ".join(names) for names in definition.breakdowns),
    )


def label(key: Key, definition: Definition) -> str:
    """Describe a figure in words: its measure and categories."""
    parts = in_words(key)
    if not parts:
        return definition.label
    return f"{definition.label}{' ' if definition.label.endswith('?') else ': '}{parts}"


def display(figure: Figure) -> str:
    """Format a figure with its unit, or its marker."""
    value, unit = figure.value, figure.unit
    if value is None:
        return figure.marker
    if unit == "proportion":
        return formatting.percent(value)
    if unit == "pounds":
        return formatting.pounds(value)
    if unit == "days":
        return formatting.days(value)
    if unit == "percentage points":
        return formatting.points(value)
    single = {"people": "person", "responses": "response", "cases": "case"}.get(unit, unit.removesuffix("s"))
    return f"{formatting.number(value)} {single if formatting.rounded(value) == 1 else unit}"


def _shown(figure: Figure | None, statistics: ProtectedStatistics | None) -> Shown | None:
    if figure is None or statistics is None:
        return None
    interval = ""
    if figure.lower is not None and figure.upper is not None:
        scale = 100 if figure.unit == "proportion" else 1
        ends = [formatting.number(end * scale, 1) for end in (figure.lower, figure.upper)]
        interval = f"{ends[0]} to {ends[1]} {'%' if scale > 1 else 'percentage points'}".replace(" %", "%")
    return Shown(statistics.period.label, display(figure), figure.value, figure.marker, interval, figure.base)


def _year_before(key: Key) -> Key:
    """Return last year's key of the same cell; months and quarters are twelve months earlier."""
    parts = [key.measure]
    for name, category in key.pairs():
        if name in ("month", "quarter"):
            months = [f"{int(month[:4]) - 1}{month[4:]}" for month in category.split(" to ")]
            parts += [name, " to ".join(months)]
        else:
            parts += [name, category]
    return Key(*parts)


def why_not(key: Key, statistics: ProtectedStatistics) -> str:
    """Return why a survey question is not compared with last year; "" if it is."""
    return statistics.breaks.get(key.measure.split(".")[1], "") if key.measure.startswith("survey.") else ""


def _comparison(key: Key, now: Figure | None, then: Figure | None, statistics: ProtectedStatistics) -> str:
    """Return the difference of the displayed figures, or why there is none."""
    reason = why_not(key, statistics)
    if reason:
        return f"[b] Not compared with last year: {reason}."
    if now is None or then is None or key.measure.endswith(".change"):
        return ""
    if now.value is None or then.value is None:
        return "Not compared: one of the two figures is hidden."
    if ("registered_in", "Other") in key.pairs():
        return "Not compared: the ten largest countries may be others than last year."
    return _step(now.value, then.value, now.unit)


def _step(now: float, then: float, unit: Unit) -> str:
    """Return one displayed value minus the other, with its sign; shares in percentage points."""
    scale = 100 if unit == "proportion" else 1
    step = float(formatting.rounded(now * scale) - formatting.rounded(then * scale))
    words = {"proportion": formatting.points, "pounds": formatting.pounds, "days": formatting.days}.get(
        unit, formatting.number
    )
    return ("+" if step > 0 else "") + words(step)


def _numerator(figure: Figure, statistics: ProtectedStatistics) -> str:
    """Return the displayed numerator; "" if suppressed."""
    if figure.value is None:
        return ""
    if figure.key.measure in PARTS:
        return _other(figure.key, PARTS[figure.key.measure][0], statistics)
    if figure.numerator is None or figure.base is None:
        return ""
    return formatting.number(figure.numerator)


def _denominator(figure: Figure, statistics: ProtectedStatistics) -> str:
    """Return the displayed denominator; "" if suppressed or not applicable."""
    if figure.value is None or not statistics.definitions[figure.key.measure].denominator:
        return ""
    if figure.key.measure in PARTS:
        return _other(figure.key, PARTS[figure.key.measure][1], statistics)
    return "" if figure.base is None else formatting.number(figure.base)


def _rows(figure: Figure, statistics: ProtectedStatistics) -> int | None:
    """Return the number of rows behind a displayed figure; None if suppressed or unknown."""
    if figure.value is None or figure.key.measure.startswith(NOT_ROWS) or figure.key.measure.endswith(".change"):
        return None
    if statistics.settings.round_to > 1 and statistics.definitions[figure.key.measure].personal:
        return None
    return figure.numerator if figure.key.measure == ids.SURVEY_RESPONSE_RATE else figure.base


def _other(key: Key, measure: str, statistics: ProtectedStatistics) -> str:
    """Return the same cell of another measure, if displayed."""
    figure = statistics.figures.get(Key(measure, *(part for pair in key.pairs() for part in pair)))
    return "" if figure is None or figure.value is None else display(figure)


def _protection(figure: Figure, definition: Definition, statistics: ProtectedStatistics) -> str:
    """Describe what disclosure control did."""
    settings = statistics.settings
    if not definition.personal:
        return "None needed: it is not about people or firms."
    if figure.hidden:
        few = _few(definition, settings)
        return f"Hidden {figure.marker}: it rests on {few}, or a figure that does could be worked out from it."
    if settings.round_to > 1 and definition.unit != "pounds":
        return f"Shown, made from counts rounded to the nearest {settings.round_to}."
    return "Shown as it is: it rests on enough records, and no hidden figure can be worked out from it."


def _few(definition: Definition, settings: Disclosure) -> str:
    """Describe the primary suppression rules that may apply to a figure of this kind."""
    if definition.kind in ("survey share", "change"):
        return f"fewer than {settings.survey_minimum_base} answers"
    few = f"fewer than {settings.threshold} records"
    if definition.kind == "share":
        return f"{few}, or has so few on one side"
    return f"{few}, or one of them makes up nearly all of it" if definition.unit == "pounds" else few


def _files(tables: tuple[str, ...], statistics: ProtectedStatistics, numbers: Numbers) -> Iterator[File]:
    """Return the input files of the figure's year, with numbers of rows where they may be published."""
    for table in tables:
        source = numbers.sources.get(f"{statistics.period.year}/{table}")
        if source is None:
            continue
        yield File(source.file, source.rows if statistics.tells_rows(table) else None)


def _holds(table: Table, key: Key) -> bool:
    return any(cell.key == key for row in table.rows for cell in row.cells)


def _quoted(key: Key, composed: Composed) -> Iterator[Quotation]:
    period = composed.numbers.statistics.period.label
    for one in composed.narrative.quoted:
        if one.key == key:
            for where in one.where:
                yield Quotation(where, one.display, one.year or period, one.part)
