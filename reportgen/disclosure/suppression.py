"""What is hidden: first what rests on too few, then the least else so that none of it can be worked out.

Goes in: exact statistics and their surface. Comes out: the hidden quantities and figures, each primary or secondary.
Hides the rules of contract section 5 and the search.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.ranges import opening, ranges, widths
from reportgen.disclosure.surface import SHARES, Surface, named, question_of
from reportgen.figures import Key

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics

MONEY_WIDTH: Final = 0.2
"""A hidden sum of money must stay open over at least this share of itself."""
SECONDARY_WIDTH: Final = 0.05
"""One hidden for another's sake is not sensitive itself; it must not be as good as known."""
LEAST_MONEY: Final = 500.0
"""And over at least this many pounds."""
ROUNDS: Final = 200
"""Each round hides at least one quantity more; no year has as many rounds to go."""
SLACK: Final = 1e-4


@dataclass
class Hidden:
    """Quantities that must stay unknown, figures closed for their own sake, and how open each quantity must be.

    ``why`` says primary or secondary for each quantity; ``needs`` is the least width of its range, in its own unit.
    """

    why: dict[Key, str] = field(default_factory=dict)
    closed: dict[Key, None] = field(default_factory=dict)
    needs: dict[Key, float] = field(default_factory=dict)

    def hide(self, key: Key, need: float, why: str = "primary") -> None:
        """Keep a quantity unknown; the first reason stands, the greatest need counts."""
        self.why.setdefault(key, why)
        self.needs[key] = max(need, self.needs.get(key, 0.0))


def few(number: int | None, least: int) -> bool:
    """Whether a count may not be told: from 1 to one under the least. Zero may."""
    return number is not None and 0 < number < least


def primary(statistics: Statistics, surface: Surface) -> Hidden:
    """Every figure that rests on too few, by the rules of contract section 5."""
    hidden = Hidden()
    for key in surface.gives:
        _judge(statistics, surface, statistics.cells[key], hidden)
    return hidden


def _judge(statistics: Statistics, surface: Surface, statistic: Statistic, hidden: Hidden) -> None:
    """One figure: is its base, its count, its numerator, its remainder or its number of payers too small?"""
    settings, key = statistics.settings, statistic.key
    kind = statistics.definitions[key.measure].kind
    rests = surface.rests[key]
    if kind == "survey share":
        if few(statistic.base, settings.survey_minimum_base):
            _answers(surface, statistic, hidden, settings.threshold)
        return
    if kind == "change":
        return
    if few(statistic.base, settings.threshold) and kind != "count" and rests is not None:
        hidden.closed[key] = None
        hidden.hide(rests, settings.threshold)
    if (kind == "count" and few(statistic.numerator, settings.threshold)) or (
        key.measure == "incidents.entrants" and key in hidden.closed
    ):
        hidden.hide(key, settings.threshold)
    elif key.measure in SHARES:
        part, whole = statistic.numerator or 0, statistic.denominator or 0
        if few(part, settings.threshold) or few(whole - part, settings.threshold):
            hidden.hide(named(key, f"{key.measure}#n"), settings.threshold)
    elif statistic.contributors is not None and (
        key in hidden.closed
        or few(statistic.contributors, settings.threshold)
        or (statistic.largest or 0) > settings.dominance * (statistic.numerator or 0) > 0
    ):
        hidden.hide(key, money_need(statistic.value))


def money_need(value: float) -> float:
    """How open a hidden sum must stay, in pounds."""
    return max(MONEY_WIDTH * value, LEAST_MONEY)


def _answers(surface: Surface, statistic: Statistic, hidden: Hidden, threshold: int) -> None:
    """All answers of a group that is too small: how many gave each must stay open as far as the group allows."""
    rests = surface.rests[statistic.key]
    if rests is None:
        raise AssertionError(f"{statistic.key} has no base")
    base = int(surface.values[rests])
    hidden.hide(rests, threshold if few(base, threshold) else 0.0)
    numerator = named(statistic.key, f"{statistic.key.measure}#n")
    hidden.hide(numerator, answer_need(surface, numerator, base, threshold))


def answer_need(surface: Surface, numerator: Key, base: int, threshold: int) -> float:
    """How open the number giving an answer must stay; an answer that nobody of any group gave is no secret."""
    whole = named(numerator, numerator.measure)
    if numerator.breakdown_1 == "role":
        whole = Key(numerator.measure, numerator.breakdown_2, numerator.category_2)
    if surface.values.get(whole, 1.0) == 0:
        return 0.0
    return float(min(threshold, base))


def displayed(surface: Surface, hidden: Hidden) -> Iterator[Key]:
    """The figures that may be printed."""
    for key, given in surface.gives.items():
        if key not in hidden.closed and not any(quantity in hidden.why for quantity in given):
            yield key


def known(surface: Surface, hidden: Hidden) -> set[Key]:
    """The quantities that the printed figures give away, each with the base printed beside it."""
    found: set[Key] = set()
    for key in displayed(surface, hidden):
        found.update(surface.gives[key])
        rests = surface.rests[key]
        if rests is not None and rests not in hidden.why:
            found.add(rests)
    return found


def secondary(statistics: Statistics, surface: Surface, hidden: Hidden) -> None:
    """Hide the cheapest further quantities until every hidden one is open enough."""
    threshold = statistics.settings.threshold
    uses = _uses(surface)
    stuck: set[Key] = set()
    for _ in range(ROUNDS):
        told = known(surface, hidden)
        narrow = _narrow(surface, hidden, told, stuck)
        if not narrow:
            return
        for target, lacking in narrow:
            told = known(surface, hidden)
            span = ranges(surface, told, {target}).get(target, (0.0, math.inf))
            lacking = hidden.needs[target] - (span[1] - span[0])
            if lacking <= SLACK:
                continue
            exact = surface.values[target]
            more = opening(surface, told, target, span[1] - exact + lacking, lambda key: _cost(surface, key, uses))
            if more is None:
                more = opening(surface, told, target, span[0] - exact - lacking, lambda key: _cost(surface, key, uses))
            if not more:
                stuck.add(target)
                continue
            for key in more:
                _hide(surface, hidden, key, threshold)


def _narrow(surface: Surface, hidden: Hidden, told: set[Key], stuck: set[Key]) -> list[tuple[Key, float]]:
    """The hidden quantities whose range is narrower than it must be, narrowest first."""
    wanted = {key for key, need in hidden.needs.items() if need > 0 and key not in stuck}
    found = widths(ranges(surface, told, wanted), hidden.needs)
    short = [(key, hidden.needs[key] - width) for key, width in found.items() if key in wanted]
    return sorted(((key, lacking) for key, lacking in short if lacking > SLACK), key=lambda pair: (-pair[1], pair[0]))


def _hide(surface: Surface, hidden: Hidden, key: Key, threshold: int) -> None:
    """Hide a quantity for another's sake; a group's answers to a question go together."""
    measure, _, suffix = key.measure.partition("#")
    if measure.startswith("survey.") and suffix and measure != "survey.response_rate":
        question = question_of(measure)
        role = key.category_1 if key.breakdown_1 == "role" else ""
        for other in surface.values:
            name, _, other_suffix = other.measure.partition("#")
            if other_suffix and question_of(name) == question and _role(other) == role:
                base = int(surface.values[Key(f"{question}#base", *(("role", role) if role else ()))])
                need = answer_need(surface, other, base, threshold) if other_suffix == "n" else 0.0
                hidden.hide(other, need, "secondary")
        return
    if suffix == "base":
        hidden.hide(key, 0.0, "secondary")
    elif measure.startswith(("value.", "money.")):
        hidden.hide(key, max(SECONDARY_WIDTH * surface.values[key], LEAST_MONEY), "secondary")
    else:
        hidden.hide(key, threshold, "secondary")


def _role(key: Key) -> str:
    return key.category_1 if key.breakdown_1 == "role" else ""


def _uses(surface: Surface) -> dict[Key, int]:
    """How many figures fall with each quantity."""
    found: dict[Key, int] = {}
    for given in surface.gives.values():
        for key in given:
            found[key] = found.get(key, 0) + 1
    return found


def _cost(surface: Surface, key: Key, uses: dict[Key, int]) -> float:
    """What a reader loses when a quantity is hidden: its figures, more for a total than for a cell, more for a large one."""
    depth = 1.0 if key.breakdown_2 else 6.0 if key.breakdown_1 else 300.0
    return depth * max(uses.get(key, 0), 0.25) * (1 + max(surface.values[key], 0.0)) ** 0.25  # type: ignore[no-any-return]  # a float to a float
