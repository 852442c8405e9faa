"""Generate table notes: meaning of markers, rounding, changes of rules.

Input: a finished table, its specification, protected statistics. Output: sentences. A note appears only if it applies:
one on rounding only if displayed parts do not add up to the displayed total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from reportgen.model import formatting
from reportgen.model.figure import Key
from reportgen.model.table import BREAK, SHORTHAND, Cell, Table, TableSpec
from reportgen.scheme import law
from reportgen.scheme import measure_ids as ids
from reportgen.scheme.data_dictionary import FLOW_SIGNS

if TYPE_CHECKING:
    from reportgen.model.figure import Unit
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.records import Question

ROUNDED: Final = "Figures are rounded, so those shown may not add up to the totals shown."
SHARES_ROUNDED: Final = "Shares are rounded, so they may not add up to 100%."
TOGETHER_ROUNDED: Final = "Shares are rounded, so they may not add up to a share given for several answers together."
BOTH_ROUNDED: Final = (
    "Shares are rounded, so they may not add up to 100% or to a share given for several answers together."
)
SEVERAL: Final = "People could choose several answers, so the shares can add up to more than 100%."
SEVERAL_THEMES: Final = "One comment can be about several themes, so the numbers add up to more than the responses."
OF_NOTHING: Final = "Where there are no records, counts and sums are 0, and there is no average or share."
UNJOINED: Final = (
    "What was owed at the start of the year differs from what was owed at the end of the year before. Since that "
    "year’s figures were read, earlier notices have been corrected, added or left out."
)
UNDER_RULES: Final = ("penalties.", "value.")
"""Measures of notices, which come under the rules in force on the day of their incident."""
FLOW: Final = {ids.MONEY_OPENING: 1, **{f"money.{name}": sign for name, sign in FLOW_SIGNS.items()}}


def of(spec: TableSpec, table: Table, statistics: ProtectedStatistics) -> Iterator[str]:
    """Yield every note of a table, those on markers last."""
    if spec.question:
        asked = next(one for one in statistics.records.questions if one.name == spec.question)
        yield from of_question(asked, statistics, statistics.categories.get("role", ()))
    elif not _adds_up(table, statistics, by_column=_compares(spec)):
        yield ROUNDED
    if spec.text == "definitions":
        yield OF_NOTHING
    if "theme" in spec.rows:
        yield from _of_themes(spec, statistics)
    yield from _of_rules(spec, statistics)
    yield from _of_balances(spec, statistics)
    if spec.changes:
        yield from _of_changes(spec, statistics)
    yield from shorthand(table)


def shorthand(table: Table) -> Iterator[str]:
    """Yield the meaning of each marker used in a table."""
    texts = [row.label for row in table.rows] + [cell.text for row in table.rows for cell in row.cells]
    yield from (words for mark, words in SHORTHAND.items() if any(mark in text for text in texts))


def displayed(value: float, unit: Unit) -> Decimal:
    """Round a number as printed: whole numbers, shares as per cent."""
    return formatting.rounded(value * 100 if unit == "proportion" else value)


def rules_change(statistics: ProtectedStatistics) -> date | None:
    """Return the first day of new penalty rules within the period; None if one regime covers all notices."""
    period, latest = statistics.period, newest_rules(statistics)
    starts = [start for start, _ in law.regime_starts() if period.first < start <= period.last]
    return starts[0] if starts and latest else None


def newest_rules(statistics: ProtectedStatistics) -> date | None:
    """Return the first day of the newest regime of the year's notices; None if all are under one regime.

    This depends on the notices, not the period: some of this year's notices are for incidents last year. A regime
    without notices has no figure, so a suppressed figure means there are some.
    """
    found = {figure.key.category_1 for figure in statistics.of(ids.PENALTIES_ISSUED, "regime") if figure.value != 0}
    starts = [start for start, regime in law.regime_starts() if regime in found]
    return starts[-1] if len(starts) > 1 else None


def _compares(spec: TableSpec) -> bool:
    return spec.compare or any(column.compare for column in spec.columns)


def _adds_up(table: Table, statistics: ProtectedStatistics, *, by_column: bool) -> bool:
    """Return whether displayed parts add up to every displayed total; compared years are summed separately."""
    rows = [row.cells for row in table.rows]
    groups: Sequence[Sequence[Cell]] = (
        [[row[n] for row in rows] for n in range(len(table.columns))]
        if by_column
        else [[cell for row in rows for cell in row]]
    )
    return all(_group_adds_up({cell.key: cell for cell in group if cell.key}, statistics) for group in groups)


def _group_adds_up(cells: Mapping[Key, Cell], statistics: ProtectedStatistics) -> bool:
    """Check every total against its parts, and the closing balance against the flow of money."""
    parts: dict[tuple[Key, str], list[Cell]] = {}
    for key, cell in cells.items():
        if key.measure not in statistics.definitions:
            continue
        additive = statistics.definitions[key.measure].additive
        if key.breakdown_2:
            if key.breakdown_2 in additive:
                whole = Key(key.measure, key.breakdown_1, key.category_1)
                parts.setdefault((whole, key.breakdown_2), []).append(cell)
            if key.breakdown_1 in additive:
                whole = Key(key.measure, key.breakdown_2, key.category_2)
                parts.setdefault((whole, key.breakdown_1), []).append(cell)
        elif key.breakdown_1 in additive:
            parts.setdefault((Key(key.measure), key.breakdown_1), []).append(cell)
    sums = [(cells[whole], group) for (whole, _), group in parts.items() if whole in cells]
    for total, group in sums:
        unit = statistics.definitions[total.key.measure].unit if total.key else "notices"
        if total.value is None or any(cell.value is None for cell in group):
            continue
        if displayed(total.value, unit) != sum(displayed(cell.value or 0, unit) for cell in group):
            return False
    return _flow_closes({key.measure: cell for key, cell in cells.items() if not key.breakdown_1})


def _flow_closes(cells: Mapping[str, Cell]) -> bool:
    closing = cells.get(ids.MONEY_CLOSING)
    values = [cells[measure].value if measure in cells else None for measure in FLOW]
    if closing is None or closing.value is None or any(value is None for value in values):
        return True
    made = sum(
        sign * displayed(value, "pounds")
        for value, sign in zip(values, FLOW.values(), strict=True)
        if value is not None
    )
    return displayed(closing.value, "pounds") == made


def of_question(question: Question, statistics: ProtectedStatistics, roles: Sequence[str] = ()) -> Iterator[str]:
    """Yield the note on a question's displayed shares that do not add up, among everyone and in these roles."""
    if question.kind == "multiple":
        yield SEVERAL
        return
    wholes, parts = [], []
    for group in ((), *(("role", role) for role in roles)):
        wholes.append(_sum_of_shares(question, question.options, group, statistics) in (None, 0, 100))
        positive = statistics.figures.get(Key(f"survey.{question.name}.positive", *group))
        if positive is not None and positive.value is not None:
            said = displayed(positive.value, "proportion")
            parts.append(_sum_of_shares(question, question.positive, group, statistics) in (None, said))
    if not (all(wholes) and all(parts)):
        yield TOGETHER_ROUNDED if all(wholes) else SHARES_ROUNDED if all(parts) else BOTH_ROUNDED


def _sum_of_shares(
    question: Question, options: Sequence[str], group: tuple[str, ...], statistics: ProtectedStatistics
) -> Decimal | None:
    """Add up the displayed shares of some answers; None if one is suppressed or missing."""
    keys = [Key(f"survey.{question.name}", *(*group, "option", option)) for option in options]
    shares = [figure.value for key in keys if (figure := statistics.figures.get(key)) is not None]
    shown = [displayed(share, "proportion") for share in shares if share is not None]
    return sum(shown, Decimal()) if len(shown) == len(keys) else None


def _of_themes(spec: TableSpec, statistics: ProtectedStatistics) -> Iterator[str]:
    """Yield the note on several themes per response, if the displayed numbers imply it."""
    if all(column.measure != ids.SURVEY_THEMES for column in spec.columns):
        return
    for year in (statistics, statistics.previous if _compares(spec) else None):
        whole = year.figures.get(Key(ids.SURVEY_THEMES)) if year is not None else None
        if year is None or whole is None or whole.value is None:
            continue
        counts = [figure.value for figure in year.of(ids.SURVEY_THEMES, "theme")]
        rounding = (year.settings.round_to - 1) * (len(counts) + 1)
        if sum(count for count in counts if count is not None) > whole.value + rounding:
            yield SEVERAL_THEMES
            return


def _of_rules(spec: TableSpec, statistics: ProtectedStatistics) -> Iterator[str]:
    """Yield the note that the year's notices are under old and new rules, for tables over time and of values."""
    measures = [column.measure for column in spec.columns]
    if not any(measure.startswith(UNDER_RULES) for measure in measures):
        return
    if {"quarter", "month"} & {*spec.rows}:
        if start := rules_change(statistics):
            yield f"{BREAK} New penalty rules apply to incidents from {formatting.day(start)}."
    elif any(measure.startswith("value.") for measure in measures) and (newest := newest_rules(statistics)):
        yield f"Includes notices under the old rules and the new rules of {formatting.day(newest)}."


def _of_balances(spec: TableSpec, statistics: ProtectedStatistics) -> Iterator[str]:
    """Yield a note if the opening balance differs from last year's closing balance."""
    before = statistics.previous if spec.compare else None
    if before is None or ids.MONEY_OPENING not in dict(spec.lines):
        return
    ends = statistics.figures.get(Key(ids.MONEY_OPENING)), before.figures.get(Key(ids.MONEY_CLOSING))
    start, end = (None if figure is None else figure.value for figure in ends)
    if start is not None and end is not None and displayed(start, "pounds") != displayed(end, "pounds"):
        yield UNJOINED


def _of_changes(spec: TableSpec, statistics: ProtectedStatistics) -> Iterator[str]:
    shares = "the exact shares" if statistics.settings.round_to == 1 else "the shares of the rounded counts"
    yield f"The change is that of the shares as shown. Its interval is Newcombe's, from {shares}."
    yield "A change is more than chance where its 95% confidence interval excludes 0."
    for measure, wording in spec.lines:
        name = measure.removeprefix("survey.").removesuffix(".positive")
        if name in statistics.breaks:
            yield f"{BREAK} “{wording}”: {statistics.breaks[name]}."
