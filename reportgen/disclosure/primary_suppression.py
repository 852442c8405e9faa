"""Primary suppression: figures based on too few records, and what the remaining ones disclose.

Input: exact statistics and their attack model. Output: suppressed quantities and withheld figures with the interval
that each requires, and what the others disclose. Hides the primary rules and rounding intervals.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.linear_program import Known, LinearProgram
from reportgen.disclosure.attack_model.quantities import (
    BALANCES,
    SHARES,
    AttackModel,
    is_money,
    named,
    question_of,
    unprinted,
)
from reportgen.disclosure.attack_model.required_interval import NOTHING, Required, around, at_least
from reportgen.model.figure import Key
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics
    from reportgen.model.release import Disclosure

MONEY_WIDTH: Final = 0.2
"""Least width of a suppressed sum's feasibility interval, as a share of the sum."""
LEAST_MONEY: Final = 500.0
"""Least width in pounds; the only width required of a sum that is suppressed as secondary."""
PENCE: Final = 100
PRIMARY, SECONDARY = "primary", "secondary"


@dataclass
class Hidden:
    """Suppressed quantities, withheld figures, and the interval that each quantity requires.

    ``why`` (quantities) and ``closed`` (figures) say primary or secondary. ``needs`` is in the quantity's unit.
    ``stopped`` means the search ended before every unnecessary suppression was undone.
    """

    why: dict[Key, str] = field(default_factory=dict)
    closed: dict[Key, str] = field(default_factory=dict)
    needs: dict[Key, Required] = field(default_factory=dict)
    stopped: bool = False

    def hide(self, key: Key, need: Required, why: str = PRIMARY) -> None:
        """Suppress a quantity; keep the first reason and the strictest requirement."""
        self.why.setdefault(key, why)
        self.needs[key] = need.joined(self.needs.get(key, NOTHING))

    def show(self, key: Key) -> None:
        """Undo the suppression of a quantity."""
        del self.why[key]
        del self.needs[key]


def few(number: int | None, least: int) -> bool:
    """Return whether a count must be suppressed: from 1 to one below the minimum. Zero is displayed."""
    return number is not None and 0 < number < least


def least_count(settings: Disclosure) -> int:
    """Return the smallest count displayed: the threshold, or more if rounding would turn it into 0."""
    return max(settings.threshold, math.ceil(settings.round_to / 2))


def primary(statistics: Statistics, model: AttackModel) -> Hidden:
    """Apply the primary rules to every figure."""
    hidden = Hidden()
    for key in model.gives:
        _apply_rules(statistics, model, statistics.cells[key], hidden)
    least = least_count(statistics.settings)
    for key, value in model.values.items():
        if "#days" in key.measure and few(round(value), least):
            hidden.hide(key, at_least(least))
    for key, statistic in statistics.unprinted.items():
        if unprinted(key) in model.values and _is_sensitive(statistic, statistics.settings):
            hidden.hide(unprinted(key), primary_sum(statistic, statistics.settings))
    _exempt_zeros(statistics, model, hidden)
    return hidden


def _exempt_zeros(statistics: Statistics, model: AttackModel, hidden: Hidden) -> None:
    """Exempt quantities that displayed zeros force to 0: print a sum, require no interval for others."""
    for key in nothing(model, hidden):
        if key in model.gives and statistics.definitions[key.measure].kind == "sum":
            model.gives[key] = (key,)
            for store in (hidden.why, hidden.needs, hidden.closed):
                store.pop(key, None)
        elif key in hidden.needs:
            hidden.needs[key] = NOTHING


def nothing(model: AttackModel, hidden: Hidden) -> set[Key]:
    """Return the quantities that displayed zeros force to 0, directly or through each other."""
    zero = {
        key
        for key, given in model.gives.items()
        if given[:1] == (key,)
        and model.values[key] == 0
        and key not in hidden.closed
        and hidden.why.keys().isdisjoint(given)
    }
    sides: list[tuple[Mapping[Key, float], float]] = []
    sides += [(terms, side) for terms in model.equations for side in (1.0, -1.0)]
    sides += [(limit.terms, 1.0) for limit in model.limits if limit.most == 0 and limit.told_by is None]
    sides = [(terms, side) for terms, side in sides if not any(key.measure in BALANCES for key in terms)]
    made: set[Key] = set()
    while True:
        fresh: set[Key] = set()
        for terms, side in sides:
            if all(key in zero for key, sign in terms.items() if sign * side < 0):
                fresh.update(key for key, sign in terms.items() if sign * side > 0 and model.values[key] == 0)
        if fresh <= made:
            return made
        made |= fresh
        zero |= fresh


def _apply_rules(statistics: Statistics, model: AttackModel, statistic: Statistic, hidden: Hidden) -> None:
    """Apply the primary rules to one figure: base, count, numerator, remainder or number of contributors."""
    key, least = statistic.key, least_count(statistics.settings)
    kind, rests = statistics.definitions[key.measure].kind, model.rests[key]
    if kind == "survey share":
        if few(statistic.base, statistics.settings.survey_minimum_base):
            _answers(model, statistic, hidden, least)
    elif kind == "count":
        if few(statistic.numerator, least):
            hidden.hide(key, at_least(least))
    else:
        _apply_record_rules(statistics, statistic, rests, hidden)


def _apply_record_rules(statistics: Statistics, statistic: Statistic, rests: Key | None, hidden: Hidden) -> None:
    """Apply the primary rules to a figure based on records: sums, means, medians, percentiles, shares."""
    key, settings = statistic.key, statistics.settings
    least = least_count(settings)
    if rests is not None and few(statistic.base, least):
        hidden.closed[key] = PRIMARY
        hidden.hide(rests, at_least(least))
    if key.measure == ids.INCIDENTS_ENTRANTS:  # people can be identified even if they were found in many incidents
        if key in hidden.closed or few(statistic.numerator, least):
            hidden.hide(key, at_least(least))
    elif key.measure in SHARES:
        part, whole = statistic.numerator or 0, statistic.denominator or 0
        if few(part, least) or few(whole - part, least):
            room = least if rests else min(least, _widest_answered(statistics, key, whole))
            hidden.hide(named(key, f"{key.measure}#n"), at_least(room))
    elif statistic.contributors is not None and (key in hidden.closed or _is_sensitive(statistic, settings)):
        hidden.hide(key, primary_sum(statistic, settings))


def _widest_answered(statistics: Statistics, key: Key, whole: int) -> int:
    """Return the widest possible interval of invited responses: from 1 to one below the invitations.

    Invitations are known, and 0% and 100% would be displayed.
    """
    sent = [statistics.invitations.get(key.category_1, whole)] if key.breakdown_1 else statistics.invitations.values()
    return sum(max(0, one - 2) for one in sent or (whole,))


def _is_sensitive(statistic: Statistic, settings: Disclosure) -> bool:
    """Return whether a sum of money is sensitive: few contributors, dominance, or the p% rule.

    p% rule: if the total without the two largest contributions is below p% of the largest, the second largest
    contributor can estimate the largest to within p% (Hundepool and others, Statistical Disclosure Control, 2012,
    section 4.2.2).
    """
    if few(statistic.contributors, settings.threshold):
        return True
    first, second = ([one.pence for one in statistic.top] + [0, 0])[:2]
    whole = abs(statistic.numerator or 0)
    return first > settings.dominance * whole or whole - first - second < settings.p_percent / 100 * first


def sides(pence: int, p_percent: float) -> Required:
    """Require both sides to be wide enough that an amount cannot be estimated to within p%."""
    return around(p_percent / 100 * pence / PENCE)


def primary_sum(statistic: Statistic, settings: Disclosure) -> Required:
    """Return the interval that a sum requires under primary suppression."""
    return secondary_sum(statistic, settings).joined(at_least(money_need(statistic.value)))


def secondary_sum(statistic: Statistic | None, settings: Disclosure) -> Required:
    """Return the interval that a sum requires under secondary suppression.

    ``statistic`` is None for a sum behind a mean that is not a figure itself.
    """
    first = statistic.top[0].pence if statistic is not None and statistic.top else 0
    return sides(first, settings.p_percent).joined(at_least(LEAST_MONEY))


def money_need(value: float) -> float:
    """Return the least width of a suppressed sum's feasibility interval, in pounds."""
    return max(MONEY_WIDTH * abs(value), LEAST_MONEY)


def _answers(model: AttackModel, statistic: Statistic, hidden: Hidden, least: int) -> None:
    """Suppress all answers of a group with too small a base; widths are limited by the base."""
    rests = model.rests[statistic.key]
    if rests is None:
        raise AssertionError(f"{statistic.key} has no base")
    base = int(model.values[rests])
    hidden.hide(rests, at_least(least) if few(base, least) else NOTHING)
    numerator = named(statistic.key, f"{statistic.key.measure}#n")
    hidden.hide(numerator, at_least(answer_need(model, numerator, base, least)))


def answer_need(model: AttackModel, numerator: Key, base: int, least: int) -> float:
    """Return the required width for the number giving an answer; 0 if nobody in any group gave it."""
    whole = named(numerator, numerator.measure)
    if numerator.breakdown_1 == "role":
        whole = Key(numerator.measure, numerator.breakdown_2, numerator.category_2)
    if model.values.get(whole, 1.0) == 0:
        return 0.0
    return float(min(least, base))


def displayed(model: AttackModel, hidden: Hidden) -> set[Key]:
    """Return the figures that may be displayed."""
    return {
        key
        for key, given in model.gives.items()
        if key not in hidden.closed and not any(quantity in hidden.why for quantity in given)
    }


def known(program: LinearProgram, hidden: Hidden, settings: Disclosure, out: frozenset[int] = frozenset()) -> Known:
    """Return what the displayed figures disclose; ``out`` was published before."""

    def left(key: Key, value: float) -> tuple[float, float] | None:
        if settings.round_to == 1 or is_money(key) or _true_zero(key, value):
            return None
        return interval(value, settings.round_to)

    return program.told(hidden.why.keys(), hidden.closed.keys(), left, out)


def interval(value: float, to: int) -> tuple[float, float]:
    """Return the whole numbers that round to the same multiple, halves up."""
    middle = math.floor(value / to + 0.5) * to
    return float(max(0, math.ceil(middle - to / 2))), float(math.ceil(middle + to / 2) - 1)


def _true_zero(key: Key, value: float) -> bool:
    """Return whether a displayed 0 must be an exact 0; people and answers may be few and rounded down."""
    answers = key.measure.startswith("survey.") and key.measure.endswith("#n") and key.measure[:-2] not in SHARES
    return value == 0 and not answers and key.measure != ids.INCIDENTS_ENTRANTS


def group_of(key: Key) -> tuple[str, str] | None:
    """Return question and role of a quantity behind survey answers, which are suppressed together; otherwise None."""
    measure, _, suffix = key.measure.partition("#")
    if not measure.startswith("survey.") or not suffix or measure == ids.SURVEY_RESPONSE_RATE:
        return None
    return question_of(measure), key.category_1 if key.breakdown_1 == "role" else ""
