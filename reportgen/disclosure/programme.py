"""A year as a programme: quantities by number, the rows between them, and what of it is told.

Goes in: a surface. Comes out: the pieces in which a solver sees it. Hides scipy's HiGHS.

Every programme is written in differences from the exact numbers, so that "no difference" always satisfies it: rounding
errors of a solver can never make the published figures contradict each other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from reportgen.disclosure.surface import Surface, is_money
from reportgen.figures import Key

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

ENOUGH: Final = 1e-6
"""Below this a solver's number is 0."""
FAR_COUNT: Final = 1e5
FAR_MONEY: Final = 1e9
"""Nothing limits a quantity that can be so far from its exact value."""
TYPICAL_MONEY: Final = 3000.0
"""Pounds that weigh as much as one record: about a penalty."""
BRANCHES: Final = 400
"""The most branches that the solver may try for whole numbers."""


@dataclass(frozen=True)
class Told:
    """What the publication tells: quantities exactly or within a rounding interval, and the figures displayed.

    ``out`` are quantities that were published before: hiding them again helps nobody.
    """

    exactly: AbstractSet[Key]
    figures: AbstractSet[Key]
    nearly: Mapping[Key, tuple[float, float]] = field(default_factory=dict)
    out: AbstractSet[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """An equation (``slack`` None) or a limit between quantities by number; known only while ``told_by`` is shown."""

    places: tuple[int, ...]
    signs: tuple[float, ...]
    slack: float | None
    told_by: Key | None


class Programme:
    """A surface by number, made once for a year."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.names = list(surface.values)
        self.place = {key: n for n, key in enumerate(self.names)}
        self.values = [surface.values[key] for key in self.names]
        self.low = [surface.floors[key] - surface.values[key] for key in self.names]
        self.far = [FAR_MONEY if is_money(key) else FAR_COUNT for key in self.names]
        self.rows = [self._row(terms, None, None) for terms in surface.equations]
        for limit in surface.limits:
            left = limit.most - math.fsum(surface.values[key] * sign for key, sign in limit.terms.items())
            self.rows.append(self._row(limit.terms, max(left, 0.0), limit.told_by))
        self.rows_of: list[list[int]] = [[] for _ in self.names]
        for n, row in enumerate(self.rows):
            for place in row.places:
                self.rows_of[place].append(n)

    def _row(self, terms: Mapping[Key, float], slack: float | None, told_by: Key | None) -> Row:
        return Row(tuple(self.place[key] for key in terms), tuple(terms.values()), slack, told_by)

    def span(self, place: int, told: Told) -> tuple[float, float] | None:
        """How far a quantity may lie from its exact value as far as is told; None where it may not."""
        key = self.names[place]
        if key in told.exactly:
            return None
        near = told.nearly.get(key)
        if near is None:
            return self.low[place], math.inf
        least, most = max(near[0] - self.values[place], self.low[place]), near[1] - self.values[place]
        return (least, most) if most > least else None

    def pieces(self, told: Told) -> list[Piece]:
        """The quantities that are not told exactly, cut where nothing joins them."""
        spans = [self.span(place, told) for place in range(len(self.names))]
        leader = list(range(len(self.names)))

        def lead(place: int) -> int:
            while leader[place] != place:
                leader[place] = leader[leader[place]]
                place = leader[place]
            return place

        active = []
        for row in self.rows:
            if row.told_by is not None and row.told_by not in told.figures:
                continue
            kept = [n for n, place in enumerate(row.places) if spans[place] is not None]
            if kept:
                short = Row(tuple(row.places[n] for n in kept), tuple(row.signs[n] for n in kept), row.slack, None)
                active.append(short)
                first = lead(short.places[0])
                for place in short.places[1:]:
                    leader[lead(place)] = first
        found: dict[int, Piece] = {}
        for place, span in enumerate(spans):
            if span is not None:
                piece = found.setdefault(lead(place), Piece([], [], []))
                piece.places.append(place)
                piece.spans.append(span)
        for row in active:
            found[lead(row.places[0])].rows.append(row)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Piece:
    """Quantities that hang together, how far each may lie from its exact value, and the rows between them."""

    places: list[int]
    spans: list[tuple[float, float]]
    rows: list[Row]


def solve(
    programme: Programme, piece: Piece, costs: Sequence[Floats], whole: AbstractSet[int] = frozenset()
) -> list[Floats]:
    """The cheapest differences that the rows allow, for each of the costs; ``whole`` are columns that must be whole.

    Independent programmes are solved together: a call costs more than a column.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    at = {place: n for n, place in enumerate(piece.places)}
    size, number, copies = len(piece.places), len(piece.rows), len(costs)
    across = np.array([at[place] for row in piece.rows for place in row.places], dtype=int)
    down = np.repeat(np.arange(number), [len(row.places) for row in piece.rows])
    signs = np.array([sign for row in piece.rows for sign in row.signs])
    steps = np.repeat(np.arange(copies), len(across))
    matrix = csr_array(
        (np.tile(signs, copies), (np.tile(down, copies) + steps * number, np.tile(across, copies) + steps * size)),
        shape=(number * copies, size * copies),
    )
    top = np.array([0.0 if row.slack is None else row.slack for row in piece.rows])
    bottom = np.array([0.0 if row.slack is None else -np.inf for row in piece.rows])
    far = np.array([programme.far[place] for place in piece.places])
    least = np.maximum(np.array([span[0] for span in piece.spans]), -far)
    most = np.minimum(np.array([span[1] for span in piece.spans]), far)
    solved = milp(
        np.concatenate(costs),
        integrality=np.tile(np.array([int(n in whole) for n in range(size)]), copies) if whole else None,
        bounds=Bounds(np.tile(least, copies), np.tile(most, copies)),
        constraints=LinearConstraint(matrix, np.tile(bottom, copies), np.tile(top, copies)),
        options={"mip_rel_gap": 0.0, "node_limit": BRANCHES} if whole else None,
    )
    # No difference at all is always possible: a solver that gives up proves nothing, and so nothing is open.
    x = np.zeros(size * copies) if solved.x is None else np.asarray(solved.x, dtype=float)
    return list(x.reshape(copies, size))
