"""A year as a program: quantities by number, the rows between them, and what of it is told.

Goes in: a model. Comes out: the pieces in which a solver sees it.

Every program is written in differences from the exact numbers, so that "no difference" always satisfies it: rounding
errors of a solver can never make the published figures contradict each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from reportgen.disclosure.attack_model.quantities import AttackModel, is_money
from reportgen.model.figure import Key

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Places = np.ndarray[Any, np.dtype[np.int64]]
    Booleans = np.ndarray[Any, np.dtype[np.bool_]]

ENOUGH: Final = 1e-6
"""Below this a solver's number is 0."""
FAR_COUNT: Final = 1e5
FAR_MONEY: Final = 1e9
"""Nothing limits a quantity that can be so far from its exact value."""
TYPICAL_MONEY: Final = 3000.0
"""Pounds that weigh as much as one record: about a penalty."""

UNKNOWN, NEARLY, EXACTLY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Known:
    """What the publication tells of each quantity, by number: nothing, a rounding interval, or all.

    ``spans`` says how far it may lie from its exact value, None where it may not; ``shown`` says of each figure, by
    number, whether it is displayed. ``out`` are quantities that were published before: hiding them helps nobody.
    """

    state: bytearray
    spans: list[tuple[float, float] | None]
    shown: bytearray
    out: frozenset[int]
    floors: Mapping[int, float] = field(default_factory=dict)

    def low(self, place: int, otherwise: float) -> float:
        """How far below its exact value a quantity may lie: what is known of it, or what holds otherwise."""
        return max(self.floors.get(place, otherwise), otherwise)


@dataclass(frozen=True, slots=True)
class Constraint:
    """An equation (``slack`` None) or a limit between quantities; known only while the figure ``told_by`` is shown."""

    places: tuple[int, ...]
    signs: tuple[float, ...]
    slack: float | None
    told_by: int | None


@dataclass(frozen=True, slots=True)
class Component:
    """Quantities that hang together, how far each may lie from its exact value, and the rows between them.

    ``entries`` are the coefficients with row and column; ``bottom`` and ``top`` what each row may come to.
    """

    places: Places
    least: Floats
    most: Floats
    entries: tuple[Floats, Places, Places]
    bottom: Floats
    top: Floats


class LinearProgram:
    """A model by number, made once for a year."""

    def __init__(self, model: AttackModel) -> None:
        self.model = model
        self.names = list(model.values)
        self.place = {key: n for n, key in enumerate(self.names)}
        self.values = [model.values[key] for key in self.names]
        self.low = [model.floors[key] - model.values[key] for key in self.names]
        self.far = [FAR_MONEY if is_money(key) else FAR_COUNT for key in self.names]
        self.figures = list(model.gives)
        self.figure = {key: n for n, key in enumerate(self.figures)}
        self.gives = [tuple(self.place[key] for key in model.gives[figure]) for figure in self.figures]
        self.rests = [self._rests(figure) for figure in self.figures]
        self.rows = [self._row(terms, None, None) for terms in model.equations]
        for limit in model.limits:
            left = limit.most - math.fsum(model.values[key] * sign for key, sign in limit.terms.items())
            self.rows.append(self._row(limit.terms, max(left, 0.0), limit.told_by))
        self.rows_of: list[list[int]] = [[] for _ in self.names]
        self.conditional: dict[int, list[int]] = {}
        self.told_with: list[list[int]] = [[] for _ in self.figures]
        for n, row in enumerate(self.rows):
            if row.told_by is not None:
                self.told_with[row.told_by].append(n)
            for place in row.places:
                self.rows_of[place].append(n)
                if row.told_by is not None:
                    self.conditional.setdefault(place, []).append(n)
        for around in self.rows_of:
            around.sort(key=lambda n: (len(self.rows[n].places), n))

    def _rests(self, figure: Key) -> int | None:
        rests = self.model.rests[figure]
        return None if rests is None else self.place[rests]

    def _row(self, terms: Mapping[Key, float], slack: float | None, told_by: Key | None) -> Constraint:
        by = None if told_by is None else self.figure[told_by]
        return Constraint(tuple(self.place[key] for key in terms), tuple(terms.values()), slack, by)

    def told(
        self,
        hidden: AbstractSet[Key],
        closed: AbstractSet[Key],
        interval: Callable[[Key, float], tuple[float, float] | None],
        out: frozenset[int] = frozenset(),
    ) -> Known:
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
        return Known(state, self._spans(state, interval, out), shown, out)

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

    @cached_property
    def incidence(self) -> Incidence:
        """Which quantities are in which rows, as arrays."""
        return Incidence(self.rows, len(self.names))


class Incidence:
    """Rows by quantity and quantities by row, each as offsets and numbers; short rows come first.

    ``slack`` is not a number for an equation; ``told_by`` is -1 for a row that is always known.
    """

    def __init__(self, rows: Sequence[Constraint], size: int) -> None:
        import numpy as np

        lengths = np.array([len(row.places) for row in rows], dtype=np.int64)
        self.places = np.array([place for row in rows for place in row.places], dtype=np.int64)
        self.signs = np.array([sign for row in rows for sign in row.signs], dtype=np.float64)
        self.ends = np.concatenate(([0], np.cumsum(lengths)))
        owner = np.repeat(np.arange(len(rows)), lengths)
        order = np.lexsort((owner, lengths[owner], self.places))
        self.rows = owner[order]
        self.rows_ends = np.concatenate(([0], np.cumsum(np.bincount(self.places, minlength=size))))
        self.lengths = lengths
        self.slack = np.array([np.nan if row.slack is None else row.slack for row in rows], dtype=np.float64)
        self.told_by = np.array([-1 if row.told_by is None else row.told_by for row in rows], dtype=np.int64)


class View:
    """A year as a reader sees it: what is free to differ, how far, and the rows that are known."""

    def __init__(self, program: LinearProgram, told: Known) -> None:
        import numpy as np

        self.incidence = program.incidence
        far = np.array(program.far)
        self.free = np.array([span is not None for span in told.spans])
        self.least = np.maximum(np.array([0.0 if span is None else span[0] for span in told.spans]), -far)
        self.most = np.minimum(np.array([0.0 if span is None else span[1] for span in told.spans]), far)
        shown = np.frombuffer(bytes(told.shown) + b"\x01", dtype=np.uint8).astype(bool)  # the last for told_by -1
        self.known = shown[self.incidence.told_by]

    def near(self, start: int, most: int | None = None) -> tuple[Component, bool]:
        """A quantity and those nearest to it that are free, up to so many, and whether these are all.

        The rows are those that touch any of them; what lies further away stays as it is.
        """
        import numpy as np

        seen, used = np.zeros(len(self.free), dtype=bool), np.zeros(len(self.known), dtype=bool)
        seen[start] = True
        found, edge, complete = [np.array([start])], np.array([start]), True
        number = 1
        while len(edge):
            rows = self._rows(edge, used)
            used[rows] = True
            touched = _gather(self.incidence.ends, self.incidence.places, rows)
            touched = touched[self.free[touched] & ~seen[touched]]
            edge = touched[np.sort(np.unique(touched, return_index=True)[1])]
            if most is not None and number + len(edge) > most:
                edge, complete = edge[: most - number], False
            seen[edge] = True
            found.append(edge)
            number += len(edge)
            if not complete:
                break
        return self._piece(np.sort(np.concatenate(found))), complete

    def _rows(self, places: Places, used: Booleans | None = None) -> Places:
        """The known rows on these quantities, the shortest first."""
        import numpy as np

        rows = np.unique(_gather(self.incidence.rows_ends, self.incidence.rows, places))
        rows = rows[self.known[rows]] if used is None else rows[self.known[rows] & ~used[rows]]
        shortest: Places = rows[np.argsort(self.incidence.lengths[rows], kind="stable")]
        return shortest

    def _piece(self, places: Places) -> Component:
        import numpy as np

        rows = np.sort(self._rows(places))
        spot = np.full(len(self.free), -1, dtype=np.int64)
        spot[places] = np.arange(len(places))
        across = spot[_gather(self.incidence.ends, self.incidence.places, rows)]
        signs = _gather(self.incidence.ends, self.incidence.signs, rows)
        down = np.repeat(np.arange(len(rows)), self.incidence.lengths[rows])
        within = across >= 0
        slack = self.incidence.slack[rows]
        equal = np.isnan(slack)
        return Component(
            places,
            self.least[places],
            self.most[places],
            (signs[within], down[within], across[within]),
            np.where(equal, 0.0, -np.inf),
            np.where(equal, 0.0, slack),
        )


def _gather(ends: Places, numbers: Any, which: Places) -> Any:
    """The numbers of each of these, one after another."""
    import numpy as np

    starts = ends[which]
    lengths = ends[which + 1] - starts
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return numbers[offsets + np.arange(int(lengths.sum()))]
