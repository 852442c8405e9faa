"""The linear program of a year: quantities by number, constraints between them, and what is published.

Input: an attack model. Output: the components that a solver receives.

Variables are differences from the exact values, so that zero is always feasible: a solver's rounding errors can never
make the published figures contradict each other.
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
"""A solver's number below this is 0."""
FAR_COUNT: Final = 1e5
FAR_MONEY: Final = 1e9
"""Bounds on a quantity's distance from its exact value, large enough not to constrain it."""
TYPICAL_MONEY: Final = 3000.0
"""Pounds that weigh as much as one record when costs are compared: about one penalty."""

UNKNOWN, NEARLY, EXACTLY = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about each quantity, by number: nothing, a rounding interval, or its value.

    ``spans`` is the interval around the exact value, None if the value is known. ``shown`` says for each figure, by
    number, whether it is displayed. ``out`` are quantities already published, which suppression cannot protect.
    ``floors`` are higher lower bounds that a contributor knows.
    """

    state: bytearray
    spans: list[tuple[float, float] | None]
    shown: bytearray
    out: frozenset[int]
    floors: Mapping[int, float] = field(default_factory=dict)

    def low(self, place: int, otherwise: float) -> float:
        """Return the lower bound of a quantity's difference, the higher of a known bound and ``otherwise``."""
        return max(self.floors.get(place, otherwise), otherwise)


@dataclass(frozen=True, slots=True)
class Constraint:
    """An equation (``slack`` None) or inequality; known only while the figure ``told_by``, if any, is displayed."""

    places: tuple[int, ...]
    signs: tuple[float, ...]
    slack: float | None
    told_by: int | None


@dataclass(frozen=True, slots=True)
class Component:
    """Connected quantities with their bounds, and the constraints between them.

    Bounds are differences from the exact values. ``entries`` are coefficients, row numbers and column numbers;
    ``bottom`` and ``top`` are row bounds.
    """

    places: Places
    least: Floats
    most: Floats
    entries: tuple[Floats, Places, Places]
    bottom: Floats
    top: Floats


class LinearProgram:
    """An attack model in arrays, built once for a year."""

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
        """Return what is known when some quantities are suppressed and some figures withheld.

        ``hidden`` are suppressed quantities, ``closed`` withheld figures, ``interval`` the rounding interval of a
        value. A displayed figure discloses the quantities in ``gives``, and its base unless that is suppressed.
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
        """Return the bounds of each quantity's difference; for a known one, those of its rounding interval."""
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
        """The incidence of quantities in constraints, as arrays."""
        return Incidence(self.rows, len(self.names))


class Incidence:
    """Sparse incidence both ways, constraints by quantity and quantities by constraint; shortest constraints first.

    ``slack`` is NaN for an equation; ``told_by`` is -1 for a constraint that is always known.
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
    """The program as one reader sees it: which quantities may differ, by how much, and the known constraints."""

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
        """Return a quantity's nearest free neighbours, up to ``most``, and whether they are the whole component.

        Every known constraint on any of them is included; quantities outside stay at their exact values.
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
        """Return the known constraints on these quantities, shortest first."""
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
    """Concatenate the slices of ``numbers`` that belong to these rows."""
    import numpy as np

    starts = ends[which]
    lengths = ends[which + 1] - starts
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    return numbers[offsets + np.arange(int(lengths.sum()))]
