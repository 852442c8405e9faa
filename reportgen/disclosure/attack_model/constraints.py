"""Constraints between the quantities of a year: sums, quarters, definitions, the law, last year.

Input: a model with its quantities, and the statistics. Output: the same model with every equation and inequality that a
reader of the report can write down. Each is kept only if the exact values satisfy it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model import three_way_margins
from reportgen.disclosure.attack_model.quantities import (
    DECIDED,
    ISSUED,
    TIMED,
    AttackModel,
    named,
    unprinted,
)
from reportgen.disclosure.attack_model.survey_constraints import relate_question, relate_responses, relate_themes
from reportgen.model.figure import Definition, Key
from reportgen.scheme import law
from reportgen.scheme import measure_ids as ids
from reportgen.scheme.data_dictionary import FLOW_SIGNS

if TYPE_CHECKING:
    from reportgen.measures import Statistics

LOWERED: Final = ("cancelled", "reduced", "reduced to nil")
FLOWS: Final = {"opening": 1, **dict(sorted(FLOW_SIGNS.items(), key=lambda flow: -flow[1]))}
"""The terms of the closing balance: those that add to it first."""
ALMOST: Final = 1e-9


def relate(model: AttackModel, statistics: Statistics) -> None:
    """Add every constraint to the model; ValueError if a declared breakdown has no known constraints."""
    three_way_margins.refuse_uncovered(statistics.definitions)
    _totals(model, statistics.definitions)
    _months_and_quarters(model, statistics)
    _notices(model)
    _regimes(model)
    _values(model, statistics)
    _objections(model, statistics)
    _flow(model)
    _ledger(model, statistics)
    relate_responses(model, statistics)
    relate_themes(model)
    for question in statistics.records.questions:
        relate_question(model, f"survey.{question.name}", question.options, question.positive, question.kind)
    lacking = three_way_margins.missing(model, statistics)
    if lacking:
        raise ValueError(f"The tables behind the two-way tables of {' and '.join(lacking)} are missing.")
    three_way_margins.relate(model, statistics)


def _totals(model: AttackModel, definitions: Mapping[str, Definition]) -> None:
    """Equate each total with the sum of its parts, for every breakdown."""
    groups: dict[tuple[Key, str], list[Key]] = {}
    for key in model.values:
        if key.breakdown_1 and not key.breakdown_2:
            groups.setdefault((Key(key.measure), key.breakdown_1), []).append(key)
        elif key.breakdown_2:
            groups.setdefault((Key(key.measure, key.breakdown_1, key.category_1), key.breakdown_2), []).append(key)
            groups.setdefault((Key(key.measure, key.breakdown_2, key.category_2), key.breakdown_1), []).append(key)
    for (whole, name), parts in groups.items():
        if whole in model.values and _is_additive(whole.measure, name, definitions):
            model.equal({whole: 1.0} | dict.fromkeys(parts, -1.0))


def _is_additive(quantity: str, name: str, definitions: Mapping[str, Definition]) -> bool:
    """Return whether a quantity's parts by this breakdown add up to the total."""
    measure, _, suffix = quantity.partition("#")
    if measure.startswith("survey.") and (suffix or measure not in definitions):
        return name == "role"
    own = definitions[measure].additive if measure in definitions else frozenset[str]()
    if suffix or measure in (TIMED, DECIDED):  # a breakdown that partitions notices partitions their outcomes too
        return name in own or (ISSUED in definitions and name in definitions[ISSUED].additive)
    return name in own


def _months_and_quarters(model: AttackModel, statistics: Statistics) -> None:
    """Equate each quarter with its months; split a month in which a quarter begins.

    The two parts of a split month are quantities of their own, because months and quarters together disclose them. The
    same is done within each category of a second breakdown.
    """
    quarters = [label for _, _, label in statistics.period.quarters()]
    for measure, beside in dict.fromkeys(
        _without(key, "quarter") for key in model.values if _has_breakdown(key, "quarter")
    ):
        parts: dict[str, list[Key]] = {label: [] for label in quarters}
        for month in statistics.period.months():
            key = _cell(model, measure, ("month", month), beside)
            within = [label for label in quarters if label[:7] <= month <= label[11:]]
            if key not in model.values or not within:
                continue
            if len(within) == 1:
                parts[within[0]].append(key)
            else:
                _split(model, key, _cell(model, measure, ("quarter", within[0]), beside), within, parts)
        for label in quarters:
            quarter = _cell(model, measure, ("quarter", label), beside)
            model.equal({quarter: 1.0} | dict.fromkeys(parts[label], -1.0))


def _has_breakdown(key: Key, name: str) -> bool:
    """Return whether a quantity is broken down by ``name``."""
    return name in (key.breakdown_1, key.breakdown_2)


def _without(key: Key, name: str) -> tuple[str, tuple[str, str]]:
    """Return a quantity's measure, and its breakdown and category other than ``name``."""
    if key.breakdown_1 == name:
        return key.measure, (key.breakdown_2, key.category_2)
    return key.measure, (key.breakdown_1, key.category_1)


def _cell(model: AttackModel, measure: str, one: tuple[str, str], other: tuple[str, str]) -> Key:
    """Return the key of a cell with one or two breakdowns, in the order in which they are declared."""
    first = Key(measure, *one, *other) if other[0] else Key(measure, *one)
    return first if first in model.values or not other[0] else Key(measure, *other, *one)


def _split(model: AttackModel, month: Key, quarter: Key, within: list[str], parts: dict[str, list[Key]]) -> None:
    """Split a month into the days before and after a quarter begins.

    The first part is the earlier quarter minus its whole months.
    """
    values = model.values
    before = values.get(quarter, 0.0) - sum(values[key] for key in parts[within[0]])
    for label, number in zip(within, (before, values[month] - before), strict=False):
        name = f"{month.measure}#days{label}"
        part = model.add(replace(month, measure=name), number, 1.0)
        parts[label].append(part)
    halves = [parts[label][-1] for label in within[:2]]
    model.equal({month: 1.0} | dict.fromkeys(halves, -1.0))


def _notices(model: AttackModel) -> None:
    """Bound incidents by notices: at least one notice each; an incident with both sections counts in each."""
    incidents = ids.PENALTIES_INCIDENTS
    for key in model.of(incidents):
        model.at_most(key, named(key, ISSUED))
    sections = [key for key in model.of(incidents) if key.breakdown_1 == "section" and not key.breakdown_2]
    model.at_most(Key(incidents), *sections)
    for key in sections:
        model.at_most(key, Key(incidents))


def _regimes(model: AttackModel) -> None:
    """Limit notices under a regime to months from its start, and section 31A to regimes that include it.

    The same is done within each category of a second breakdown.
    """
    issued = model.of(ISSUED)
    for _, beside in dict.fromkeys(
        _without(key, name) for name in ("month", "regime") for key in issued if _has_breakdown(key, name)
    ):
        months = [key for key in issued if _has_breakdown(key, "month") and _without(key, "month")[1] == beside]
        by_name = {
            _category(key, "regime"): key
            for key in issued
            if _has_breakdown(key, "regime") and _without(key, "regime")[1] == beside
        }
        starts = [(start, regime) for start, regime in law.regime_starts() if regime in by_name]
        for n, (start, _) in enumerate(starts):
            _after(model, [by_name[regime] for _, regime in starts[n:]], start, months)
        new = _cell(model, ISSUED, ("section", "31A"), beside)
        since = [by_name[regime] for start, regime in starts if start >= law.SECTION_31A_STARTS]
        if since:
            model.at_most(new, *since)
        _after(model, [new], law.SECTION_31A_STARTS, months)


def _category(key: Key, name: str) -> str:
    return key.category_1 if key.breakdown_1 == name else key.category_2


def _after(model: AttackModel, some: list[Key], start: date, months: list[Key]) -> None:
    since = [month for month in months if _category(month, "month") >= f"{start:%Y-%m}"]
    if since and len(since) < len(months):
        model.limit(dict.fromkeys(some, 1.0) | dict.fromkeys(since, -1.0))


def _values(model: AttackModel, statistics: Statistics) -> None:
    """Add the constraints on money: balances, refunds, medians, the maximum under section 31A.

    At least half of the notices are at the median or above.
    """
    for key in model.of(ids.VALUE_OUTSTANDING):
        back, now = named(key, ids.VALUE_REFUND_DUE), named(key, ids.VALUE_CURRENT)
        paid, gone = named(key, ids.VALUE_PAID), named(key, ids.VALUE_WRITTEN_OFF)
        model.equal({key: 1.0, back: -1.0, now: -1.0, paid: 1.0, gone: 1.0})
        model.limit({key: -1.0, back: 1.0, now: 1.0, paid: -1.0, gone: -1.0})
        model.limit({back: -1.0, paid: 1.0, now: -1.0})
        model.at_most(key, now)
        model.at_most(back, paid)
    _unprinted(model, statistics)
    for measure in (ids.VALUE_INITIAL, ids.VALUE_CURRENT):
        for key in model.of(measure):
            median = statistics.cells.get(named(key, f"{measure}_median"))
            if median is not None:
                model.limit({named(key, ISSUED): median.value / 2, key: -1.0}, told_by=median.key)
    most = max((level.maximum for level in law.levels() if level.section == "31A"), default=0)
    for key in model.of(ids.VALUE_INITIAL):
        if _has_breakdown(key, "section") and _category(key, "section") == "31A":
            model.limit({key: 1.0, named(key, ISSUED): -float(most)})


def _unprinted(model: AttackModel, statistics: Statistics) -> None:
    """Add unprinted balances and refunds: not negative, and bounded by printed quantities."""
    for key, statistic in statistics.unprinted.items():
        model.add(unprinted(key), statistic.value)
    for key in statistics.unprinted:
        if key.measure == ids.VALUE_OUTSTANDING:
            owed, back = unprinted(key), unprinted(named(key, ids.VALUE_REFUND_DUE))
            now, paid = named(key, ids.VALUE_CURRENT), named(key, ids.VALUE_PAID)
            model.equal({owed: 1.0, back: -1.0, now: -1.0, paid: 1.0, named(key, ids.VALUE_WRITTEN_OFF): 1.0})
            model.at_most(owed, now)
            model.at_most(back, paid)
    groups: dict[tuple[str, str], list[Key]] = {}
    for key in statistics.unprinted:
        if not key.breakdown_2:
            groups.setdefault((key.measure, key.breakdown_1), []).append(unprinted(key))
    for (measure, _), parts in groups.items():
        model.equal({Key(measure): 1.0} | dict.fromkeys(parts, -1.0))


def _objections(model: AttackModel, statistics: Statistics) -> None:
    """Add the constraints on objections: numerators, outcomes that lowered a penalty, percentiles of days."""
    least = statistics.settings.threshold
    for key in model.of(f"{ids.OBJECTIONS_RATE}#n"):
        _within(model, key, named(key, ISSUED), least)
    model.at_most(Key(ISSUED, "status", "nil"), Key(f"{ids.OBJECTIONS_RATE}#n"))
    for key in model.of(f"{ids.OBJECTIONS_CHANGED_SHARE}#n"):
        _within(model, key, named(key, DECIDED), least)
        model.equal({key: 1.0} | dict.fromkeys((_outcome(key, outcome) for outcome in LOWERED), -1.0))
    for key in model.of(TIMED):
        model.equal({key: 1.0, named(key, DECIDED): -1.0})
        model.at_most(key, named(key, DECIDED))
    for key in model.of(f"{ids.OBJECTIONS_DAYS_WITHIN_TARGET}#n"):
        _within(model, key, named(key, TIMED), least)
        for name, p in (("median", 0.5), ("p90", 0.9)):
            _percentile(model, statistics, key, named(key, f"objections.days.{name}"), p)


def _within(model: AttackModel, part: Key, whole: Key, least: int) -> None:
    """Bound a numerator by its base; strictly if the base is displayed, because a share of 100% would be displayed."""
    below = model.values[whole] >= least and model.values[part] < model.values[whole]
    model.limit({part: 1.0, whole: -1.0}, -1.0 if below else 0.0)


def _percentile(model: AttackModel, statistics: Statistics, within: Key, figure: Key, p: float) -> None:
    """Add what a displayed percentile implies for the number decided within the target.

    By Hyndman and Fan type 7, percentile p lies between the values of rank ⌊(n−1)p⌋+1 and the next.
    """
    timed, target = named(within, TIMED), statistics.objection_days
    base, days = model.values[timed], statistics.cells.get(figure)
    if days is None or target is None or base <= 0:
        return
    place = (base - 1) * p
    rank = int(place + ALMOST) + 1
    if days.value <= target:
        model.limit({within: -1.0, timed: rank / base}, told_by=figure)
    else:
        exactly = place < rank - 1 + ALMOST
        model.limit({within: 1.0, timed: -(rank - exactly) / base}, told_by=figure)


def _outcome(key: Key, outcome: str) -> Key:
    if key.breakdown_1:
        return Key(DECIDED, key.breakdown_1, key.category_1, "objection_outcome", outcome)
    return Key(DECIDED, "objection_outcome", outcome)


def _flow(model: AttackModel) -> None:
    """Equate the closing balance with the opening balance plus flows; value issued with the year's notices."""
    terms = {Key(f"money.{name}"): float(sign) for name, sign in FLOWS.items()}
    model.equal({Key(ids.MONEY_CLOSING): -1.0} | terms)
    model.equal({Key(ids.MONEY_ISSUED): 1.0, Key(ids.VALUE_INITIAL): -1.0})
    model.equal({Key(f"{ids.MONEY_ISSUED}#base"): 1.0, Key(ISSUED): -1.0})
    for suffix in ("", "#base"):
        model.at_most(Key(f"{ids.MONEY_PAID_FOR_OTHERS}{suffix}"), Key(f"{ids.MONEY_PAID}{suffix}"))


def _ledger(model: AttackModel, statistics: Statistics) -> None:
    """Relate the notices behind ledger events to decisions on objections and appeals.

    Holds if the ledger records events by the day of the decision. A notice reduced after an objection and again after
    an appeal counts once. A displayed sum implies that its number of notices reaches the threshold, even if that number
    is suppressed.
    """
    appeals = ids.APPEALS_DECIDED
    decided = {outcome: _outcome(Key(DECIDED), outcome) for outcome in (*LOWERED, "increased")}
    court = {outcome: Key(appeals, "appeal_outcome", outcome) for outcome in ("cancelled", "reduced")}
    model.equal({Key(f"{ids.MONEY_CANCELLED}#base"): 1.0, decided["cancelled"]: -1.0, court["cancelled"]: -1.0})
    model.equal({Key(f"{ids.MONEY_INCREASED}#base"): 1.0, decided["increased"]: -1.0})
    reduced, objections = Key(f"{ids.MONEY_REDUCED}#base"), (decided["reduced"], decided["reduced to nil"])
    model.at_most(reduced, *objections, court["reduced"])
    model.limit(dict.fromkeys(objections, 1.0) | {reduced: -1.0})
    model.at_most(court["reduced"], reduced)
    for key in [key for key in model.values if key.measure.startswith("money.") and key.measure.endswith("#base")]:
        sum_ = named(key, key.measure.removesuffix("#base"))
        if model.values[key] >= statistics.settings.threshold:
            model.limit({key: -1.0}, -float(statistics.settings.threshold), told_by=sum_)
