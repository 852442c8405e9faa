"""Find candidates for secondary suppression.

Input: the linear program of a year, what is known, a target quantity and the differences from its exact value to make
possible. Output: the cheapest known quantities to suppress.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.linear_program import (
    ENOUGH,
    EXACTLY,
    FAR_MONEY,
    TYPICAL_MONEY,
    UNKNOWN,
    Known,
    LinearProgram,
)
from reportgen.disclosure.attack_model.quantities import is_money
from reportgen.disclosure.attack_model.solver import Model

if TYPE_CHECKING:
    from reportgen.disclosure.attack_model.linear_program import Floats

NEIGHBOURS: Final = (400, 2000, 1_000_000)
"""Sizes of the neighbourhoods searched, nearest first."""
AGAIN: Final = 4
"""Iterations of the reweighted search for few cells."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Candidates: quantities to suppress, figures to withhold because their value limits others, and the cost."""

    quantities: tuple[int, ...]
    figures: tuple[int, ...]
    cost: float


def cheapest_candidates(
    program: LinearProgram,
    told: Known,
    target: int,
    ways: Sequence[float],
    price: Callable[[int], float],
    figure: Callable[[int], float],
) -> Candidates | None:
    """Return the cheapest known quantities to suppress, so that ``target`` may differ by one of ``ways``.

    A linear program finds the table that an attacker must consider possible: a change that satisfies every constraint,
    leaves nothing below its lower bound, changes no published zero, and touches the cheapest known quantities
    (Fischetti and Salazar's incremental problem, relaxed; repeated with lower costs for quantities already used, so
    that few cells change a lot rather than many a little). None if there is no such table.
    """
    best: Candidates | None = None
    for most in NEIGHBOURS:
        reach = _Neighbourhood(program, told, target, price, figure, most)
        for by in ways:
            made = reach.cheapest(by) if reach.allows(by) else None
            if made is not None and (best is None or made.cost < best.cost - ENOUGH):
                best = made
        if best is not None or reach.complete:
            break
    return best


class _Neighbourhood:
    """The linear program around a target; columns: free changes, increases, decreases, gaps of figures' limits."""

    def __init__(
        self,
        program: LinearProgram,
        told: Known,
        target: int,
        price: Callable[[int], float],
        figure: Callable[[int], float],
        most: int,
    ) -> None:
        import numpy as np

        self.program, self.told, self.target = program, told, target
        places, rows, self.complete = self._gather(most)
        self.columns: list[tuple[int, float]] = []
        self.of: dict[int, list[int]] = {}
        bounds: list[tuple[float, float]] = []
        prices: list[float] = []
        scales: list[float] = []
        for place in places:
            self.of[place] = []
            for sign, least, greatest, cost in self._ways(place, price):
                self.of[place].append(len(self.columns))
                self.columns.append((place, sign))
                bounds.append((least, greatest))
                prices.append(cost)
                scales.append(TYPICAL_MONEY if is_money(program.names[place]) else 1.0)
        self.rows = [program.rows[n] for n in rows]
        self.gaps: dict[int, int] = {}
        for n, row in enumerate(self.rows):
            if row.told_by is not None:
                self.gaps[n] = len(self.columns)
                self.columns.append((row.told_by, 0.0))
                bounds.append((0.0, FAR_MONEY))
                prices.append(figure(row.told_by))
                scales.append(max(1.0, *map(abs, row.signs)))
        self.bounds = np.array(bounds, dtype=float)
        self.prices, self.scales = np.array(prices, dtype=float), np.array(scales, dtype=float)

    def _fixed(self, place: int) -> bool:
        """Return whether suppressing a quantity cannot help: it is a published 0, or was published before."""
        return place in self.told.out or (self.told.state[place] == EXACTLY and self.program.values[place] <= 0)

    def _gather(self, most: int) -> tuple[list[int], list[int], bool]:
        """Return the nearest connected quantities, through known ones too, all their constraints, and completeness.

        Quantities outside stay at their exact values; the last value is True if there are none.
        """
        program, told = self.program, self.told
        places, seen, used = [self.target], {self.target}, set[int]()
        for here in places:
            if len(places) > most:
                break
            for n in program.rows_of[here]:
                row = program.rows[n]
                if n in used or not (row.told_by is None or told.shown[row.told_by]):
                    continue
                used.add(n)
                fresh = [place for place in row.places if place not in seen and not self._fixed(place)]
                seen.update(fresh)
                places.extend(fresh)
        complete = len(places) <= most
        places = places[:most]
        rows = dict.fromkeys(
            n
            for place in places
            for n in program.rows_of[place]
            if program.rows[n].told_by is None or told.shown[program.rows[n].told_by or 0]
        )
        return places, list(rows), complete

    def _ways(self, place: int, price: Callable[[int], float]) -> Iterator[tuple[float, float, float, float]]:
        """Yield a quantity's possible changes: sign, lower bound, upper bound, cost. Unknown quantities are free."""
        low, far = self.told.low(place, self.program.low[place]), self.program.far[place]
        span = self.told.spans[place]
        if span is not None:
            yield 1.0, max(span[0], -far), min(span[1], far), 0.0
        if self.told.state[place] != UNKNOWN:
            cost = price(place)
            yield 1.0, 0.0, far, cost
            yield -1.0, 0.0, min(-low, far), cost

    def allows(self, by: float) -> bool:
        """Return whether the target's own lower bound allows this difference."""
        return by >= self.told.low(self.target, self.program.low[self.target]) - ENOUGH

    def cheapest(self, by: float) -> Candidates | None:
        """Return the cheapest candidates of the reweighted search."""
        best: Candidates | None = None
        weights = self.prices
        for _ in range(AGAIN):
            moved = self.solve(by, weights)
            if moved is None:
                return best
            made = self.opening(moved)
            if best is not None and made.cost > best.cost - ENOUGH:
                return best
            best = made
            weights = self.prices / (abs(moved) / self.scales + 0.1)
        return best

    def solve(self, by: float, weights: Floats) -> Floats | None:
        """Return the cheapest change that moves the target this far, by column; None if infeasible."""
        import numpy as np

        scaled = weights / self.scales
        costs = scaled / max(float(scaled.max(initial=0.0)), ENOUGH)
        least, most = self.bounds[:, 0].copy(), self.bounds[:, 1].copy()
        goal = len(self.columns)
        every = np.arange(goal + 1)
        return self._cut(
            self.model.cheapest(every, np.append(costs, 0.0), np.append(least, by), np.append(most, by)), goal
        )

    @staticmethod
    def _cut(moved: Floats | None, size: int) -> Floats | None:
        return None if moved is None else moved[:size]

    @cached_property
    def model(self) -> Model:
        """The constraints in solver form, with an extra row and column for the target's total change."""
        import numpy as np

        down, across, signs = [], [], []
        for n, row in enumerate(self.rows):
            for place, sign in zip(row.places, row.signs, strict=True):
                for column in self.of.get(place, ()):
                    down.append(n)
                    across.append(column)
                    signs.append(sign * self.columns[column][1])
            if n in self.gaps:
                down.append(n)
                across.append(self.gaps[n])
                signs.append(-1.0)
        for column in self.of[self.target]:
            down.append(len(self.rows))
            across.append(column)
            signs.append(self.columns[column][1])
        down.append(len(self.rows))
        across.append(len(self.columns))
        signs.append(-1.0)
        top = [0.0 if row.slack is None else row.slack for row in self.rows] + [0.0]
        bottom = [0.0 if row.slack is None else -np.inf for row in self.rows] + [0.0]
        entries = (np.array(signs, dtype=float), np.array(down, dtype=np.int64), np.array(across, dtype=np.int64))
        far = np.append(self.bounds, [[-FAR_MONEY, FAR_MONEY]], axis=0)
        return Model(far[:, 0].copy(), far[:, 1].copy(), entries, np.array(bottom), np.array(top))

    def opening(self, moved: Floats) -> Candidates:
        """Return what a change touches, with its total cost."""
        quantities: dict[int, float] = {}
        figures: dict[int, float] = {}
        for (number, sign), by, price in zip(self.columns, moved, self.prices, strict=True):
            if abs(by) > ENOUGH and price > 0:
                (quantities if sign else figures)[number] = float(price)
        return Candidates(tuple(quantities), tuple(figures), sum(quantities.values()) + sum(figures.values()))
