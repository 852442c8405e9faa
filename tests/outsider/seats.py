"""The attack from a contributor's seat: somebody who knows its own case, and everything that is published.

Goes in: an attack and the truth of its year. Comes out: findings. Everybody responsible for one incident acts as one: a
driver and an owner tell each other. A seat knows that it is in its own cells, and what it gave; whoever alone gives to a
sum knows that sum.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import numpy as np

from .attack import Attack
from .casework import THOUSAND
from .judge import POUND, Finding, P, tells
from .system import Component, ContradictionError
from .truth import Truth

MOST_QUESTIONS = 1500
OTHERS = 0.5
TWO = 2


@dataclass(frozen=True)
class Wanted:
    """A hidden cell that a seat would learn: where it stands, its true value, who gives to it."""

    place: int
    words: str
    exact: float
    money: bool
    first: str
    room: float


def seats(attack: Attack, truth: Truth, budget: int = MOST_QUESTIONS) -> list[Finding]:
    """What contributors learn that an outsider does not; at most ``budget`` questions to the solver."""
    found: dict[tuple[str, str], Finding] = {}
    limit = attack.solved.asked + budget
    for component, wanted in _wanted(attack, truth):
        for who, limits in _signatures(attack, truth, component):
            if attack.solved.asked >= limit:
                found["seats-unasked", ""] = Finding("seats-unasked", "", "the budget of questions was spent")
                return list(found.values())
            for one in wanted:
                finding = _learns(attack, component, who, limits, one)
                if finding is not None:
                    found.setdefault((finding.kind, finding.cell), finding)
    return list(found.values())


def _wanted(attack: Attack, truth: Truth) -> Iterator[tuple[Component, list[Wanted]]]:
    """The hidden counts and sums that would tell of somebody, by component: those that an outsider cannot tell."""
    by_component: dict[int, list[Wanted]] = defaultdict(list)
    components: dict[int, Component] = {}
    for target in attack.targets():
        if target.label != truth.label or target.kind not in ("count", "sum"):
            continue
        variable = target.variables[0]
        place = attack.system.index[variable]
        exact = truth.value(variable)
        if place not in attack.solved.components or not exact:
            continue
        given = truth.populations[variable[1]].contributors(variable[2])
        if given.empty:
            continue
        component = attack.solved.components[place]
        components[id(component)] = component
        money = target.kind == "sum"
        primary = tells(given, P, truth.threshold) if money else exact < truth.threshold
        if not primary:
            continue
        room = P * float(given.iloc[0]) if money else 1.0
        by_component[id(component)].append(Wanted(place, str(target), exact, money, str(given.index[0]), room))
    for key, wanted in by_component.items():
        yield components[key], wanted


Limits = dict[int, tuple[float, float]]


def _signatures(attack: Attack, truth: Truth, component: Component) -> Iterator[tuple[str, Limits]]:
    """Each different thing that a seat knows of a component: the least that its cells can be.

    Of seats in the same sums the largest stands for all; one record alone adds nothing to what is known of counts, since
    a hidden count is not 0.
    """
    knows: dict[str, Limits] = defaultdict(dict)
    for place in map(int, component.places):
        name = attack.system.names[place]
        if name[0] != truth.label or name[1] not in truth.populations:
            continue
        population = truth.populations[name[1]]
        if any(breakdown not in population.rows for breakdown, _ in name[2]):
            continue
        rows = population.within(name[2])
        own = rows.groupby("group")["weight"].sum() / population.scale
        money = not attack.system.whole[place]
        alone = money and int((own > 0).sum()) == 1
        for who, amount in own.items():
            least = 1.0 if population.distinct else float(amount)
            if least > 0:
                knows[str(who)][place] = (least, least if alone else math.inf)
    best: dict[Hashable, tuple[float, str]] = {}
    for who, limits in knows.items():
        sums = {place: limit for place, limit in limits.items() if not attack.system.whole[place]}
        key: Hashable = tuple((place, high < math.inf) for place, (_, high) in sorted(sums.items()))
        weight = sum(low for low, _ in sums.values())
        if not sums:
            key, weight = tuple(sorted(limits)), max(low for low, _ in limits.values())
            if weight < TWO:
                continue
        best[key] = max(best.get(key, (0.0, "")), (weight, who))
    for _, who in best.values():
        yield who, knows[who]


def _learns(attack: Attack, component: Component, who: str, limits: Limits, one: Wanted) -> Finding | None:
    """Whether a seat can tell a cell of others: a count exactly, a sum to p% of its largest contributor."""
    own = limits.get(one.place, (0.0, 0.0))[0]
    least = POUND if one.money else OTHERS
    if (one.first == who and one.money) or one.exact - own < least:
        return None
    found = _range(attack, component, limits, one)
    if found is None:
        return None
    low, high = found
    scale = THOUSAND if one.money else 1.0
    words = f"{one.exact * scale:,.0f} lies between {low * scale:,.0f} and {high * scale:,.0f} for {who}"
    if high - low < least:
        return Finding("seat-determined", one.words, words)
    if one.money:
        kind = "seat-sum-narrow" if low > one.exact - one.room + POUND else "seat-sum-above"
        return Finding(kind, one.words, words)
    return None


def _range(attack: Attack, component: Component, limits: Limits, one: Wanted) -> tuple[float, float] | None:
    """The range for the seat; None where a solution shows that it is wide enough."""
    solved = attack.solved
    at = int(np.searchsorted(component.places, one.place))
    enough = one.exact + one.room - POUND
    kept = [solution[at] for solution in solved.seen[id(component)] if _fits(component, solution, limits)]
    if kept and (max(kept) >= enough if one.money else max(kept) - min(kept) > OTHERS):
        return None
    costs = np.zeros(len(component.places))
    costs[at] = -1.0
    try:
        high = -solved.ask(component, costs, limits)
        if high >= enough and one.money:
            return None
        costs[at] = 1.0
        return solved.ask(component, costs, limits), high
    except ContradictionError:
        return None


def _fits(component: Component, solution: np.ndarray, limits: Limits) -> bool:
    """Whether a solution agrees with what the seat knows."""
    places = np.fromiter(limits, dtype=int)
    values = solution[np.searchsorted(component.places, places)]
    bounds = np.array(list(limits.values()))
    return bool((values >= bounds[:, 0] - 1e-6).all() and (values <= bounds[:, 1] + 1e-6).all())
