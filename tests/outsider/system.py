"""A system of linear relations between what is shown and what is hidden, and the range of any unknown in it.

Goes in: variables with bounds, relations. Comes out: intervals, by HiGHS. Splits the system into components that share
no unknown, and keeps every solution seen as a witness, so that few questions need the solver.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

TOLERANCE = 1e-6
SECONDS = 3.0
Terms = Iterable[tuple[float, Hashable]]


class ContradictionError(Exception):
    """The relations cannot all hold: one of them is wrong."""


@dataclass(frozen=True)
class Relation:
    """``low`` ≤ Σ coefficient × variable ≤ ``high``, and why."""

    terms: tuple[tuple[float, int], ...]
    low: float
    high: float
    why: str


@dataclass
class System:
    """Variables by name with bounds; whole numbers where ``whole`` says so."""

    index: dict[Hashable, int] = field(default_factory=dict)
    names: list[Hashable] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def variable(self, name: Hashable, low: float = 0.0, high: float = math.inf, *, whole: bool = True) -> int:
        """The place of a variable, made where it is new; bounds only ever narrow."""
        place = self.index.get(name)
        if place is None:
            place = self.index[name] = len(self.names)
            self.names.append(name)
            self.low.append(low)
            self.high.append(high)
            self.whole.append(whole)
        else:
            self.low[place] = max(self.low[place], low)
            self.high[place] = min(self.high[place], high)
        return place

    def __contains__(self, name: Hashable) -> bool:
        return name in self.index

    def relate(self, terms: Terms, low: float, high: float, why: str) -> None:
        """Add a relation over variables that exist."""
        placed = tuple((factor, self.index[name]) for factor, name in terms)
        self.relations.append(Relation(placed, low, high, why))

    def equal(self, terms: Terms, value: float = 0.0, why: str = "") -> None:
        """Σ = value."""
        self.relate(terms, value, value, why)

    def at_most(self, terms: Terms, value: float = 0.0, why: str = "") -> None:
        """Σ ≤ value."""
        self.relate(terms, -math.inf, value, why)

    def at_least(self, terms: Terms, value: float = 0.0, why: str = "") -> None:
        """Σ ≥ value."""
        self.relate(terms, value, math.inf, why)

    def solved(self) -> Solved:
        """The system split into components, its simple consequences drawn."""
        low, high = np.array(self.low), np.array(self.high)
        _propagate(self, low, high)
        return Solved(self, low, high, _split(self, low, high))


def _propagate(system: System, low: np.ndarray, high: np.ndarray, rounds: int = 12) -> None:
    """Narrow bounds by one relation at a time until nothing changes."""
    waiting = list(range(len(system.relations)))
    touching: dict[int, list[int]] = defaultdict(list)
    for number, relation in enumerate(system.relations):
        for _, place in relation.terms:
            touching[place].append(number)
    for _ in range(rounds):
        changed: set[int] = set()
        for number in waiting:
            changed |= _narrow(system, system.relations[number], low, high)
        waiting = sorted({number for place in changed for number in touching[place]})
        if not waiting:
            return


def _narrow(system: System, relation: Relation, low: np.ndarray, high: np.ndarray) -> set[int]:
    """Narrow the bounds of each variable of a relation by the bounds of the others."""
    lows = [factor * (low[place] if factor > 0 else high[place]) for factor, place in relation.terms]
    highs = [factor * (high[place] if factor > 0 else low[place]) for factor, place in relation.terms]
    least, most = sum(lows), sum(highs)
    slack = TOLERANCE * (1 + abs(least if math.isfinite(least) else 0))
    if least > relation.high + slack or most < relation.low - slack:
        raise ContradictionError(f"{relation.why}: {[(f, system.names[p]) for f, p in relation.terms]}")
    changed = set()
    for (factor, place), own_low, own_high in zip(relation.terms, lows, highs, strict=True):
        up = relation.high - (least - own_low if math.isfinite(least) else _others(lows, own_low))
        down = relation.low - (most - own_high if math.isfinite(most) else _others(highs, own_high))
        new_low, new_high = (down / factor, up / factor) if factor > 0 else (up / factor, down / factor)
        if system.whole[place]:
            new_low = math.ceil(new_low - TOLERANCE) if math.isfinite(new_low) else new_low
            new_high = math.floor(new_high + TOLERANCE) if math.isfinite(new_high) else new_high
        step = 0.5 if system.whole[place] else TOLERANCE * (1 + abs(high[place] if math.isfinite(high[place]) else 0))
        if new_low > low[place] + step:
            low[place] = min(new_low, high[place])
            changed.add(place)
        if new_high < high[place] - step:
            high[place] = max(new_high, low[place])
            changed.add(place)
    return changed


def _others(bounds: list[float], own: float) -> float:
    """The sum of the others; infinite where one of them is."""
    rest = list(bounds)
    rest.remove(own)
    return sum(rest)


@dataclass
class Component:
    """Unknowns that hang together, and the matrix of their relations with what is known moved to the other side."""

    places: np.ndarray
    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray


def _split(system: System, low: np.ndarray, high: np.ndarray) -> dict[int, Component]:
    """The component of each unknown; what is known belongs to none."""
    free = high - low > TOLERANCE
    rows, columns, factors, lows, highs = [], [], [], [], []
    for relation in system.relations:
        known = sum(factor * low[place] for factor, place in relation.terms if not free[place])
        terms = [(factor, place) for factor, place in relation.terms if free[place]]
        if not terms:
            continue
        for factor, place in terms:
            rows.append(len(lows))
            columns.append(place)
            factors.append(factor)
        lows.append(relation.low - known)
        highs.append(relation.high - known)
    size = len(system.names)
    whole = sparse.csr_matrix((factors, (rows, columns)), shape=(len(lows), size))
    links = (whole.T @ whole) if lows else sparse.csr_matrix((size, size))
    _, labels = connected_components(abs(links), directed=False)
    made: dict[int, Component] = {}
    row_label = np.array([labels[whole.indices[whole.indptr[n]]] for n in range(len(lows))], dtype=int)
    members: dict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(free):
        members[labels[place]].append(int(place))
    for label, places in members.items():
        chosen = np.flatnonzero(row_label == label)
        component = Component(
            np.array(places), whole[chosen][:, places], np.array(lows)[chosen], np.array(highs)[chosen]
        )
        made.update(dict.fromkeys(places, component))
    return made


@dataclass
class Solved:
    """Answers about a system: bounds that follow at once, and ranges by the solver. Counts how often it was asked."""

    system: System
    low: np.ndarray
    high: np.ndarray
    components: dict[int, Component]
    asked: int = 0
    proven: dict[tuple[int, int], float] = field(default_factory=dict)
    seen: dict[int, list[np.ndarray]] = field(default_factory=lambda: defaultdict(list))

    def known(self, name: Hashable) -> bool:
        """Whether only one value is left without any search."""
        return self.system.index[name] not in self.components

    def bounds(self, name: Hashable) -> tuple[float, float]:
        """The least and the greatest value."""
        place = self.system.index[name]
        if place not in self.components:
            return float(self.low[place]), float(self.high[place])
        return self._extreme(place, 1), self._extreme(place, -1)

    def reaches(self, name: Hashable, low: float, high: float) -> tuple[float, float]:
        """The range seen or proven, solving no more than is needed to reach ``low`` and ``high``."""
        place = self.system.index[name]
        if place not in self.components:
            return float(self.low[place]), float(self.high[place])
        least, most = self.witnessed(place)
        if least > low + TOLERANCE:
            least = self._extreme(place, 1)
        if most < high - TOLERANCE:
            most = self._extreme(place, -1)
        return least, most

    def witnessed(self, place: int) -> tuple[float, float]:
        """The least and the greatest value among the solutions seen."""
        component = self.components[place]
        at = int(np.searchsorted(component.places, place))
        values = [solution[at] for solution in self.seen[id(component)]]
        return (min(values), max(values)) if values else (math.inf, -math.inf)

    def _extreme(self, place: int, sign: int) -> float:
        if (place, sign) not in self.proven:
            component = self.components[place]
            at = int(np.searchsorted(component.places, place))
            costs = np.zeros(len(component.places))
            costs[at] = sign
            value = self.ask(component, costs)
            self.proven[place, sign] = sign * value if math.isfinite(value) else -sign * math.inf
        return self.proven[place, sign]

    def ask(
        self, component: Component, costs: np.ndarray, limits: Mapping[int, tuple[float, float]] | None = None
    ) -> float:
        """Minimise over a component, further ``limits`` by place; -inf where there is no bound."""
        places = component.places
        low, high = self.low[places].copy(), self.high[places].copy()
        for place, (least, most) in (limits or {}).items():
            at = int(np.searchsorted(places, place))
            if at < len(places) and places[at] == place:
                low[at], high[at] = max(low[at], least), min(high[at], most)
        if (low > high + TOLERANCE).any():
            raise ContradictionError("a limit outside its bounds")
        self.asked += 1
        whole = np.array([self.system.whole[place] for place in places], dtype=int)
        rules = LinearConstraint(component.matrix, component.low, component.high) if len(component.low) else ()
        answer = milp(
            costs,
            constraints=rules,
            bounds=Bounds(low, np.maximum(low, high)),
            integrality=whole,
            options={"time_limit": SECONDS, "mip_rel_gap": 0},
        )
        if answer.status == 2:
            raise ContradictionError("no solution")
        if answer.x is None:
            return -math.inf
        self.seen[id(component)].append(np.where(whole, np.round(answer.x), answer.x))
        if answer.status != 0 and answer.mip_dual_bound is not None:
            return float(answer.mip_dual_bound)
        return float(answer.fun)
