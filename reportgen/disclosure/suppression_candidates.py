"""What else must be hidden so that a hidden quantity has room.

Goes in: the program of a year, what is told, a quantity and how far it must be able to lie from its exact value.
Comes out: the cheapest told quantities to hide.
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
"""Quantities among which the cheapest are sought, first near the target."""
AGAIN: Final = 4
"""How often the search for few cells is repeated with the prices of the cells that it did not use raised."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What must be hidden as well: quantities, figures whose value limits others, and what that costs."""

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
    """The cheapest told quantities that must be hidden too, so that ``target`` may be one of ``ways`` off its value.

    The other table that the attacker must hold possible is found by a linear program: a change that satisfies every
    row, leaves nothing below its floor, moves no told quantity that is 0, and touches the cheapest told quantities
    (Fischetti and Salazar's incremental problem, relaxed; asked again with the prices of what it used a little lowered,
    so that few cells move far rather than many a little). None where there is no such table.
    """
    best: Candidates | None = None
    for most in NEIGHBOURS:
        reach = _Reach(program, told, target, price, figure, most)
        for by in ways:
            made = reach.cheapest(by) if reach.allows(by) else None
            if made is not None and (best is None or made.cost < best.cost - ENOUGH):
                best = made
        if best is not None or reach.complete:
            break
    return best


class _Reach:
    """Everything that may move with a target, as columns: free, up and down, and a gap for each limit by a figure."""

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
        """Told, and hiding it cannot help: it is 0, or was published before."""
        return place in self.told.out or (self.told.state[place] == EXACTLY and self.program.values[place] <= 0)

    def _gather(self, most: int) -> tuple[list[int], list[int], bool]:
        """The nearest quantities that hang together with the target, through told ones too, with all rows on them.

        What lies further away stays as it is. The last says whether nothing lies further away.
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
        """How a quantity may move: sign, least, most, price. What is not told moves freely."""
        low, far = self.told.low(place, self.program.low[place]), self.program.far[place]
        span = self.told.spans[place]
        if span is not None:
            yield 1.0, max(span[0], -far), min(span[1], far), 0.0
        if self.told.state[place] != UNKNOWN:
            cost = price(place)
            yield 1.0, 0.0, far, cost
            yield -1.0, 0.0, min(-low, far), cost

    def allows(self, by: float) -> bool:
        """Whether the target itself may move so far."""
        return by >= self.told.low(self.target, self.program.low[self.target]) - ENOUGH

    def cheapest(self, by: float) -> Candidates | None:
        """The cheapest opening that repeated search finds."""
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
        """The cheapest change, in columns, in which the target moves so far; None where there is none."""
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
        """The rows as the solver has them, and one more: a last column is how far the target moves in all."""
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
        """What a change touches, with its price as a whole."""
        quantities: dict[int, float] = {}
        figures: dict[int, float] = {}
        for (number, sign), by, price in zip(self.columns, moved, self.prices, strict=True):
            if abs(by) > ENOUGH and price > 0:
                (quantities if sign else figures)[number] = float(price)
        return Candidates(tuple(quantities), tuple(figures), sum(quantities.values()) + sum(figures.values()))
