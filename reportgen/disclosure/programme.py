"""A year as a programme: quantities by number, the rows between them, and what of it is told.

Goes in: a surface. Comes out: the pieces in which a solver sees it. Hides scipy's HiGHS.

Every programme is written in differences from the exact numbers, so that "no difference" always satisfies it: rounding
errors of a solver can never make the published figures contradict each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
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


UNKNOWN, NEARLY, EXACTLY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Told:
    """What the publication tells of each quantity, by number: nothing, a rounding interval, or all.

    ``spans`` says how far it may lie from its exact value, None where it may not; ``shown`` says of each figure, by
    number, whether it is displayed. ``out`` are quantities that were published before: hiding them helps nobody.
    """

    state: bytearray
    spans: list[tuple[float, float] | None]
    shown: bytearray
    out: frozenset[int]


@dataclass(frozen=True, slots=True)
class Row:
    """An equation (``slack`` None) or a limit between quantities; known only while the figure ``told_by`` is shown."""

    places: tuple[int, ...]
    signs: tuple[float, ...]
    slack: float | None
    told_by: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Quantities that hang together, how far each may lie from its exact value, and the rows between them."""

    places: list[int]
    spans: list[tuple[float, float]]
    rows: list[Row]


class Programme:
    """A surface by number, made once for a year."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.names = list(surface.values)
        self.place = {key: n for n, key in enumerate(self.names)}
        self.values = [surface.values[key] for key in self.names]
        self.low = [surface.floors[key] - surface.values[key] for key in self.names]
        self.far = [FAR_MONEY if is_money(key) else FAR_COUNT for key in self.names]
        self.figures = list(surface.gives)
        self.figure = {key: n for n, key in enumerate(self.figures)}
        self.gives = [tuple(self.place[key] for key in surface.gives[figure]) for figure in self.figures]
        self.rests = [self._rests(figure) for figure in self.figures]
        self.rows = [self._row(terms, None, None) for terms in surface.equations]
        for limit in surface.limits:
            left = limit.most - math.fsum(surface.values[key] * sign for key, sign in limit.terms.items())
            self.rows.append(self._row(limit.terms, max(left, 0.0), limit.told_by))
        self.rows_of: list[list[int]] = [[] for _ in self.names]
        for n, row in enumerate(self.rows):
            for place in row.places:
                self.rows_of[place].append(n)

    def _rests(self, figure: Key) -> int | None:
        rests = self.surface.rests[figure]
        return None if rests is None else self.place[rests]

    def _row(self, terms: Mapping[Key, float], slack: float | None, told_by: Key | None) -> Row:
        by = None if told_by is None else self.figure[told_by]
        return Row(tuple(self.place[key] for key in terms), tuple(terms.values()), slack, by)

    def told(
        self,
        hidden: AbstractSet[Key],
        closed: AbstractSet[Key],
        interval: Callable[[Key, float], tuple[float, float] | None],
        out: frozenset[int] = frozenset(),
    ) -> Told:
        """What is told when some quantities are hidden and some figures closed; ``interval`` is what rounding leaves.

        A displayed figure tells the quantities that it gives away, and its base where that is not hidden.
        """
        secret = bytearray(len(self.names))
        for key in hidden:
            secret[self.place[key]] = 1
        shown = bytearray(1 for _ in self.figures)
        for key in closed:
            shown[self.figure[key]] = 0
        state = bytearray(len(self.names))
        for n, given in enumerate(self.gives):
            if not shown[n] or any(secret[place] for place in given):
                shown[n] = 0
                continue
            for place in given:
                state[place] = EXACTLY
            rests = self.rests[n]
            if rests is not None and not secret[rests]:
                state[rests] = EXACTLY
        for place in out:
            state[place] = EXACTLY
        return Told(state, self._spans(state, interval, out), shown, out)

    def _spans(
        self,
        state: bytearray,
        interval: Callable[[Key, float], tuple[float, float] | None],
        out: frozenset[int],
    ) -> list[tuple[float, float] | None]:
        """How far each quantity may lie from its value; a told one within the interval that rounding leaves."""
        spans: list[tuple[float, float] | None] = []
        for place, known in enumerate(state):
            if not known:
                spans.append((self.low[place], math.inf))
                continue
            value = self.values[place]
            near = None if place in out else interval(self.names[place], value)
            if near is None or near[1] <= max(near[0], value + self.low[place]):
                spans.append(None)
            else:
                state[place] = NEARLY
                spans.append((max(near[0] - value, self.low[place]), near[1] - value))
        return spans

    def pieces(self, told: Told, starts: Iterable[int] | None = None) -> list[Piece]:
        """The quantities that are not told exactly, cut where nothing joins them; with ``starts`` only their pieces."""
        seen = bytearray(len(self.names))
        return [
            self._piece(told, start, seen)
            for start in (range(len(self.names)) if starts is None else sorted(starts))
            if told.spans[start] is not None and not seen[start]
        ]

    def _piece(self, told: Told, start: int, seen: bytearray) -> Piece:
        spans, used = told.spans, dict[int, None]()
        places, waiting = [], [start]
        seen[start] = 1
        while waiting:
            here = waiting.pop()
            places.append(here)
            for n in self.rows_of[here]:
                row = self.rows[n]
                if n in used or not (row.told_by is None or told.shown[row.told_by]):
                    continue
                used[n] = None
                for place in row.places:
                    if not seen[place] and spans[place] is not None:
                        seen[place] = 1
                        waiting.append(place)
        places.sort()
        rows = [self._short(self.rows[n], spans) for n in sorted(used)]
        return Piece(places, [span for span in (spans[place] for place in places) if span is not None], rows)

    @staticmethod
    def _short(row: Row, spans: Sequence[tuple[float, float] | None]) -> Row:
        """A row without what is told exactly."""
        kept = [n for n, place in enumerate(row.places) if spans[place] is not None]
        return Row(tuple(row.places[n] for n in kept), tuple(row.signs[n] for n in kept), row.slack, None)


def solve(
    programme: Programme, piece: Piece, costs: Sequence[Floats], whole: AbstractSet[int] = frozenset()
) -> list[Floats]:
    """The cheapest differences that the rows allow, for each of the costs; ``whole`` are columns that must be whole.

    Independent programmes are solved together: a call costs more than a column.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    size, number, copies = len(piece.places), len(piece.rows), len(costs)
    signs, down, across = _entries(piece)
    steps = np.repeat(np.arange(copies), len(across))
    matrix = csr_array(
        (np.tile(signs, copies), (np.tile(down, copies) + steps * number, np.tile(across, copies) + steps * size)),
        shape=(number * copies, size * copies),
    )
    bottom, top = _sides(piece)
    least, most = _reach(programme, piece)
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


def _entries(piece: Piece) -> tuple[Floats, Any, Any]:
    """The coefficients of a piece's rows, with row and column."""
    import numpy as np

    at = {place: n for n, place in enumerate(piece.places)}
    across = np.array([at[place] for row in piece.rows for place in row.places], dtype=int)
    down = np.repeat(np.arange(len(piece.rows)), [len(row.places) for row in piece.rows])
    return np.array([sign for row in piece.rows for sign in row.signs]), down, across


def _sides(piece: Piece) -> tuple[Floats, Floats]:
    """What each row must come to: at least, at most."""
    import numpy as np

    bottom = [0.0 if row.slack is None else -np.inf for row in piece.rows]
    return np.array(bottom), np.array([0.0 if row.slack is None else row.slack for row in piece.rows])


def _reach(programme: Programme, piece: Piece) -> tuple[Floats, Floats]:
    """How far each quantity may lie below and above its exact value; no further than far."""
    import numpy as np

    far = np.array([programme.far[place] for place in piece.places])
    least = np.maximum(np.array([span[0] for span in piece.spans]), -far)
    return least, np.minimum(np.array([span[1] for span in piece.spans]), far)
