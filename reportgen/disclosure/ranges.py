"""How narrowly each hidden quantity can be placed by what is told.

Goes in: the programme of a year, what is told, how much room each quantity needs. Comes out: the room that each has.
Hides how few questions the solver is asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.programme import TYPICAL_MONEY, Piece, Programme, Told, solve
from reportgen.disclosure.surface import is_money

if TYPE_CHECKING:
    from reportgen.disclosure.programme import Floats

BLOCK: Final = 4000
"""Columns of one solver call."""
FEW: Final = 3
"""So many quantities are asked for alone rather than among all."""
WHOLE: Final = 400
"""The largest piece that is asked for tables in whole numbers."""
SLACK: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Span:
    """How far a quantity may lie below and above its exact value; ``exactly`` says that it can be no further."""

    below: float
    above: float
    exactly: bool

    @property
    def width(self) -> float:
        """How far apart the two ends are."""
        return self.below + self.above


def spans(
    programme: Programme, told: Told, needs: Mapping[int, float], starts: Iterable[int] | None = None
) -> dict[int, Span]:
    """The room of each quantity in need of it that is not told: at least what it needs, or exactly what it has.

    With ``starts`` only of those in the pieces of these quantities.
    """
    found: dict[int, Span] = {}
    for piece in programme.pieces(told, starts):
        wanted = {n: needs[place] for n, place in enumerate(piece.places) if needs.get(place, 0.0) > 0}
        if wanted:
            found.update(_Shuttle(programme, piece, wanted).run())
    return found


def narrowest(programme: Programme, told: Told, found: Mapping[int, Span]) -> tuple[float, int] | None:
    """The least room of a count, of those that anything limits, and the count; None where nothing limits any."""
    best: tuple[float, int] | None = None
    counts = [place for place in found if not is_money(programme.names[place])]
    for place in sorted(counts, key=lambda place: (found[place].width, programme.names[place])):
        unlimited = programme.far[place] / 100
        if found[place].width >= (best[0] if best else unlimited):
            break
        span = found[place]
        if not span.exactly:
            span = spans(programme, told, {place: math.inf}, [place])[place]
        if span.width < unlimited and (best is None or span.width < best[0]):
            best = (span.width, place)
    return best


class _Shuttle:
    """One piece: every table that a programme finds is remembered for all quantities, so that few are asked for alone.

    A count has the room that tables in whole numbers give it; what they do not give by chance is asked for.
    """

    def __init__(self, programme: Programme, piece: Piece, wanted: Mapping[int, float]) -> None:
        import numpy as np

        self.programme, self.piece, self.wanted = programme, piece, wanted
        self.money = np.array([is_money(programme.names[place]) for place in piece.places])
        self.values = np.array([programme.values[place] for place in piece.places])
        size = len(piece.places)
        self.seen = (np.zeros(size), np.zeros(size))
        self.seen_whole = (np.zeros(size), np.zeros(size))

    def run(self) -> dict[int, Span]:
        """Ask for many at once, then for those that still lack room one by one, then in whole numbers."""
        names = self.piece.places
        if not self.piece.rows:
            return {names[n]: Span(-self.piece.spans[n][0], self.piece.spans[n][1], exactly=True) for n in self.wanted}
        for pattern in self._patterns():
            alone = [n for n in self.wanted if self._lacks(n, self.seen)]
            if len(alone) <= FEW:
                break
            self._ask([pattern, -pattern])
        alone = [n for n in self.wanted if self._lacks(n, self.seen)]
        self._ask([cost for n in alone for cost in self._ends(n)])
        narrow = {n for n in alone if self._lacks(n, self.seen)}
        found = {n: self._span(n, self.seen, exactly=n in narrow) for n in self.wanted}
        if len(self.piece.places) <= WHOLE:
            counts = [n for n in self.wanted if n not in narrow and not self.money[n]]
            few = [n for n in counts if self._lacks(n, self.seen_whole)]
            for n in few:
                self._ask(list(self._ends(n)), whole=True)
            found |= {n: self._span(n, self.seen_whole, exactly=n in few) for n in counts}
        return {names[n]: span for n, span in found.items()}

    def _span(self, n: int, seen: tuple[Floats, Floats], *, exactly: bool) -> Span:
        return Span(-float(seen[0][n]), float(seen[1][n]), exactly)

    def _lacks(self, n: int, seen: tuple[Floats, Floats]) -> bool:
        return bool(seen[1][n] - seen[0][n] < self.wanted[n] - SLACK)

    def _patterns(self) -> Iterator[Floats]:
        """Pull all up, all down, and half of them up and half down in so many ways that any two part once."""
        import numpy as np

        targets = np.array([*self.wanted])
        bits = max(1, int(len(targets) - 1).bit_length())
        rows = [
            np.ones(len(targets)),
            *(np.where(np.arange(len(targets)) >> bit & 1, 1.0, -1.0) for bit in range(bits)),
        ]
        for row in rows:
            cost = np.zeros(len(self.piece.places))
            cost[targets] = row / np.where(self.money[targets], TYPICAL_MONEY, 1.0)
            yield cost

    def _ends(self, n: int) -> Iterator[Floats]:
        import numpy as np

        for sign in (1.0, -1.0):
            cost = np.zeros(len(self.piece.places))
            cost[n] = sign
            yield cost

    def _ask(self, costs: Sequence[Floats], *, whole: bool = False) -> None:
        """Solve, and remember what each table shows."""
        each = 1 if whole else max(1, BLOCK // len(self.piece.places))
        counts = frozenset((~self.money).nonzero()[0].tolist()) if whole else frozenset[int]()
        for start in range(0, len(costs), each):
            for moved in solve(self.programme, self.piece, costs[start : start + each], counts):
                self._remember(moved)

    def _remember(self, moved: Floats) -> None:
        import numpy as np

        np.minimum(self.seen[0], moved, out=self.seen[0])
        np.maximum(self.seen[1], moved, out=self.seen[1])
        there = (self.values + moved)[~self.money]
        if bool((abs(there - there.round()) < SLACK).all()):
            np.minimum(self.seen_whole[0], moved, out=self.seen_whole[0])
            np.maximum(self.seen_whole[1], moved, out=self.seen_whole[1])
