"""What rests on too few, and what the figures that remain tell.

Goes in: exact statistics and their model. Comes out: the hidden quantities and figures with how open each must stay,
and what is told by the rest. Hides the rules of primary suppression and the intervals of rounding.
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

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics
    from reportgen.model.release import Disclosure

MONEY_WIDTH: Final = 0.2
"""A hidden sum of money must stay open over at least this share of itself."""
LEAST_MONEY: Final = 500.0
"""And over at least this many pounds; so must one that is hidden for another's sake, which is not sensitive itself."""
PENCE: Final = 100
PRIMARY, SECONDARY = "primary", "secondary"


@dataclass
class Hidden:
    """Quantities that must stay unknown, figures closed for their own sake, and how open each quantity must be.

    ``why`` and ``closed`` say primary or secondary; ``needs`` is the room that a quantity must have, in its unit.
    ``stopped`` says that the search was ended before all that is hidden for nothing was shown again.
    """

    why: dict[Key, str] = field(default_factory=dict)
    closed: dict[Key, str] = field(default_factory=dict)
    needs: dict[Key, Required] = field(default_factory=dict)
    stopped: bool = False

    def hide(self, key: Key, need: Required, why: str = PRIMARY) -> None:
        """Keep a quantity unknown; the first reason stands, the greatest need counts."""
        self.why.setdefault(key, why)
        self.needs[key] = need.joined(self.needs.get(key, NOTHING))

    def show(self, key: Key) -> None:
        """Take a quantity that was hidden for another's sake back."""
        del self.why[key]
        del self.needs[key]


def few(number: int | None, least: int) -> bool:
    """Whether a count may not be told: from 1 to one under the least. Zero may."""
    return number is not None and 0 < number < least


def least_count(settings: Disclosure) -> int:
    """The least count that is told: the threshold, or more where rounding would make a 0 of it."""
    return max(settings.threshold, math.ceil(settings.round_to / 2))


def primary(statistics: Statistics, model: AttackModel) -> Hidden:
    """Every figure that rests on too few, by the rules of disclosure control."""
    hidden = Hidden()
    for key in model.gives:
        _judge(statistics, model, statistics.cells[key], hidden)
    least = least_count(statistics.settings)
    for key, value in model.values.items():
        if "#days" in key.measure and few(round(value), least):
            hidden.hide(key, at_least(least))
    for key, statistic in statistics.unprinted.items():
        if unprinted(key) in model.values and _from_few(statistic, statistics.settings):
            hidden.hide(unprinted(key), primary_sum(statistic, statistics.settings))
    _release_nothing(statistics, model, hidden)
    return hidden


def _release_nothing(statistics: Statistics, model: AttackModel, hidden: Hidden) -> None:
    """What a printed 0 makes 0 as well is no secret: a sum is printed, whatever it rests on; else it needs no room."""
    for key in nothing(model, hidden):
        if key in model.gives and statistics.definitions[key.measure].kind == "sum":
            model.gives[key] = (key,)
            for store in (hidden.why, hidden.needs, hidden.closed):
                store.pop(key, None)
        elif key in hidden.needs:
            hidden.needs[key] = NOTHING


def nothing(model: AttackModel, hidden: Hidden) -> set[Key]:
    """The quantities that others, which are printed as 0 or made 0 in this way, make 0."""
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


def _judge(statistics: Statistics, model: AttackModel, statistic: Statistic, hidden: Hidden) -> None:
    """One figure, by its base, its count, its numerator, its remainder or the number of notices that pay it."""
    key, least = statistic.key, least_count(statistics.settings)
    kind, rests = statistics.definitions[key.measure].kind, model.rests[key]
    if kind == "survey share":
        if few(statistic.base, statistics.settings.survey_minimum_base):
            _answers(model, statistic, hidden, least)
    elif kind == "count":
        if few(statistic.numerator, least):
            hidden.hide(key, at_least(least))
    else:
        _rested(statistics, statistic, rests, hidden)


def _rested(statistics: Statistics, statistic: Statistic, rests: Key | None, hidden: Hidden) -> None:
    """A figure that rests on records: sums, means, medians, percentiles, shares."""
    key, settings = statistic.key, statistics.settings
    least = least_count(settings)
    if rests is not None and few(statistic.base, least):
        hidden.closed[key] = PRIMARY
        hidden.hide(rests, at_least(least))
    if key.measure == "incidents.entrants":  # people may be recognised too, however many incidents they were found in
        if key in hidden.closed or few(statistic.numerator, least):
            hidden.hide(key, at_least(least))
    elif key.measure in SHARES:
        part, whole = statistic.numerator or 0, statistic.denominator or 0
        if few(part, least) or few(whole - part, least):
            room = least if rests else min(least, _unsaid(statistics, key, whole))
            hidden.hide(named(key, f"{key.measure}#n"), at_least(room))
    elif statistic.contributors is not None and (key in hidden.closed or _from_few(statistic, settings)):
        hidden.hide(key, primary_sum(statistic, settings))


def _unsaid(statistics: Statistics, key: Key, whole: int) -> int:
    """How far the number who answered may lie apart at all: the invitations are known, none and all would be shown."""
    sent = [statistics.invitations.get(key.category_1, whole)] if key.breakdown_1 else statistics.invitations.values()
    return sum(max(0, one - 2) for one in sent or (whole,))


def _from_few(statistic: Statistic, settings: Disclosure) -> bool:
    """A sum of money that few make, or one almost alone, or of which the second largest could tell the largest.

    The last is the p%-rule: what is left after the two largest is less than p% of the largest, so the second could
    estimate the largest to within p% (Hundepool and others, Statistical Disclosure Control, 2012, section 4.2.2).
    """
    if few(statistic.contributors, settings.threshold):
        return True
    first, second = ([one.pence for one in statistic.top] + [0, 0])[:2]
    whole = abs(statistic.numerator or 0)
    return first > settings.dominance * whole or whole - first - second < settings.p_percent / 100 * first


def sides(pence: int, p_percent: float) -> Required:
    """The room on both sides that keeps an amount from being estimated to within p%."""
    return around(p_percent / 100 * pence / PENCE)


def primary_sum(statistic: Statistic, settings: Disclosure) -> Required:
    """How open a sum must stay that is hidden for its own sake."""
    return secondary_sum(statistic, settings).joined(at_least(money_need(statistic.value)))


def secondary_sum(statistic: Statistic | None, settings: Disclosure) -> Required:
    """How open a sum must stay that is hidden for another's sake; it may be behind a mean, and no figure itself."""
    first = statistic.top[0].pence if statistic is not None and statistic.top else 0
    return sides(first, settings.p_percent).joined(at_least(LEAST_MONEY))


def money_need(value: float) -> float:
    """How wide the range of a hidden sum must stay, in pounds."""
    return max(MONEY_WIDTH * abs(value), LEAST_MONEY)


def _answers(model: AttackModel, statistic: Statistic, hidden: Hidden, least: int) -> None:
    """All answers of a group that is too small: how many gave each must stay open as far as the group allows."""
    rests = model.rests[statistic.key]
    if rests is None:
        raise AssertionError(f"{statistic.key} has no base")
    base = int(model.values[rests])
    hidden.hide(rests, at_least(least) if few(base, least) else NOTHING)
    numerator = named(statistic.key, f"{statistic.key.measure}#n")
    hidden.hide(numerator, at_least(answer_need(model, numerator, base, least)))


def answer_need(model: AttackModel, numerator: Key, base: int, least: int) -> float:
    """How open the number giving an answer must stay; an answer that nobody of any group gave is no secret."""
    whole = named(numerator, numerator.measure)
    if numerator.breakdown_1 == "role":
        whole = Key(numerator.measure, numerator.breakdown_2, numerator.category_2)
    if model.values.get(whole, 1.0) == 0:
        return 0.0
    return float(min(least, base))


def displayed(model: AttackModel, hidden: Hidden) -> set[Key]:
    """The figures that may be printed."""
    return {
        key
        for key, given in model.gives.items()
        if key not in hidden.closed and not any(quantity in hidden.why for quantity in given)
    }


def known(program: LinearProgram, hidden: Hidden, settings: Disclosure, out: frozenset[int] = frozenset()) -> Known:
    """What the printed figures tell; ``out`` was published before."""

    def left(key: Key, value: float) -> tuple[float, float] | None:
        if settings.round_to == 1 or is_money(key) or _true_zero(key, value):
            return None
        return interval(value, settings.round_to)

    return program.told(hidden.why.keys(), hidden.closed.keys(), left, out)


def interval(value: float, to: int) -> tuple[float, float]:
    """The whole numbers that are rounded as this one is: halves go up."""
    middle = math.floor(value / to + 0.5) * to
    return float(max(0, math.ceil(middle - to / 2))), float(math.ceil(middle + to / 2) - 1)


def _true_zero(key: Key, value: float) -> bool:
    """A 0 among counts that are hidden when small is a 0; people and answers may be few and rounded down."""
    answers = key.measure.startswith("survey.") and key.measure.endswith("#n") and key.measure[:-2] not in SHARES
    return value == 0 and not answers and key.measure != "incidents.entrants"


def group_of(key: Key) -> tuple[str, str] | None:
    """The question and the role of a quantity behind survey answers, which are hidden together; None for any other."""
    measure, _, suffix = key.measure.partition("#")
    if not measure.startswith("survey.") or not suffix or measure == "survey.response_rate":
        return None
    return question_of(measure), key.category_1 if key.breakdown_1 == "role" else ""
