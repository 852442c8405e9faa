"""The attacker's linear programme: how narrowly each hidden quantity can be placed.

Goes in: a surface and the quantities that are known. Comes out: least and greatest possible values, or the cheapest
cells to hide so that a range becomes wide enough. Hides scipy's HiGHS and how the problem is cut into pieces.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from reportgen.figures import Key

if TYPE_CHECKING:
    from reportgen.disclosure.surface import Surface

ENOUGH: Final = 1e-6
"""Below this a solver's number is 0."""
BLOCK: Final = 4000
"""Columns of one solver call: independent programmes are solved together, since a call costs more than a column."""


@dataclass(frozen=True, slots=True)
class Equation:
    """Coefficients of the unknown quantities, and what they come to."""

    terms: tuple[tuple[Key, int], ...]
    total: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Unknown quantities that hang together, with their equations and the (smaller, larger) pairs among them."""

    keys: tuple[Key, ...]
    equations: tuple[Equation, ...]
    pairs: tuple[tuple[Key, Key], ...]


def pieces(surface: Surface, known: AbstractSet[Key]) -> list[Piece]:
    """The unknown quantities, cut where no equation joins them."""
    equations = []
    for terms in surface.equations:
        unknown = tuple((key, sign) for key, sign in terms.items() if key not in known)
        if unknown:
            told = sum(surface.values[key] * sign for key, sign in terms.items() if key in known)
            equations.append(Equation(unknown, -told))
    pairs = [pair for pair in surface.bounds if pair[0] not in known and pair[1] not in known]
    leader = {key: key for key in surface.values if key not in known}

    def lead(key: Key) -> Key:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for keys in (*([key for key, _ in equation.terms] for equation in equations), *pairs):
        for other in keys[1:]:
            leader[lead(other)] = lead(keys[0])
    found: dict[Key, tuple[list[Key], list[Equation], list[tuple[Key, Key]]]] = {}
    for key in leader:
        found.setdefault(lead(key), ([], [], []))[0].append(key)
    for equation in equations:
        found[lead(equation.terms[0][0])][1].append(equation)
    for pair in pairs:
        found[lead(pair[0])][2].append(pair)
    return [Piece(tuple(keys), tuple(some), tuple(two)) for keys, some, two in found.values()]


def ranges(surface: Surface, known: AbstractSet[Key], wanted: AbstractSet[Key]) -> dict[Key, tuple[float, float]]:
    """The least and greatest possible value of each wanted unknown quantity; infinite where nothing limits it."""
    ceiling = _ceilings(surface, known)
    found: dict[Key, tuple[float, float]] = {}
    for piece in pieces(surface, known):
        targets = [key for key in piece.keys if key in wanted]
        if not targets:
            continue
        if not piece.equations and not piece.pairs:
            found.update({key: (0.0, ceiling.get(key, math.inf)) for key in targets})
            continue
        each = max(1, BLOCK // (2 * len(piece.keys)))
        for start in range(0, len(targets), each):
            found.update(_solve(piece, targets[start : start + each], ceiling))
    return found


def _ceilings(surface: Surface, known: AbstractSet[Key]) -> dict[Key, float]:
    """The greatest value that a known larger quantity leaves an unknown one."""
    found: dict[Key, float] = {}
    for small, large in surface.bounds:
        if small not in known and large in known:
            found[small] = min(found.get(small, math.inf), surface.values[large])
    return found


def _matrices(piece: Piece) -> tuple[Any, list[float], Any, dict[Key, int]]:
    """The equations and the pairs (smaller − larger ≤ 0) of a piece as sparse matrices."""
    from scipy.sparse import coo_array

    place = {key: n for n, key in enumerate(piece.keys)}
    cells = [(n, place[key], sign) for n, equation in enumerate(piece.equations) for key, sign in equation.terms]
    rows, columns, signs = zip(*cells, strict=True) if cells else ((), (), ())
    equal = coo_array((signs, (rows, columns)), shape=(len(piece.equations), len(place)), dtype=float)
    cells = [
        (n, place[key], sign) for n, pair in enumerate(piece.pairs) for key, sign in zip(pair, (1, -1), strict=True)
    ]
    rows, columns, signs = zip(*cells, strict=True) if cells else ((), (), ())
    less = coo_array((signs, (rows, columns)), shape=(len(piece.pairs), len(place)), dtype=float)
    return equal, [equation.total for equation in piece.equations], less, place


def _solve(piece: Piece, targets: list[Key], ceiling: Mapping[Key, float]) -> dict[Key, tuple[float, float]]:
    """Both ends of each target's range: one programme of many independent copies of the piece."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import block_diag

    equal, totals, less, place = _matrices(piece)
    size, copies = len(piece.keys), 2 * len(targets)
    cost = np.zeros(size * copies)
    for n, key in enumerate(targets):
        cost[2 * n * size + place[key]] = 1.0
        cost[(2 * n + 1) * size + place[key]] = -1.0
    # A range that nothing limits would make the programme unbounded: far above every total is as good as infinite.
    far = 10 * (sum(abs(total) for total in totals) + 1) * (1 + len(totals)) + 1e6
    limits = [(0.0, min(ceiling.get(key, far), far)) for key in piece.keys] * copies
    solved = linprog(
        cost,
        A_eq=block_diag([equal] * copies, format="csr") if piece.equations else None,
        b_eq=np.tile(totals, copies) if piece.equations else None,
        A_ub=block_diag([less] * copies, format="csr") if piece.pairs else None,
        b_ub=np.zeros(len(piece.pairs) * copies) if piece.pairs else None,
        bounds=limits,
        method="highs",
    )
    if solved.x is None:
        raise AssertionError(f"the published figures contradict each other: {solved.message}")
    found = {}
    for n, key in enumerate(targets):
        least = float(solved.x[2 * n * size + place[key]])
        most = float(solved.x[(2 * n + 1) * size + place[key]])
        found[key] = (least, math.inf if most > far / 2 else most)
    return found


def opening(
    surface: Surface,
    known: AbstractSet[Key],
    target: Key,
    by: float,
    cost: Callable[[Key], float],
) -> list[Key] | None:
    """The known quantities that must be hidden too, so that ``target`` may be ``by`` away from its exact value.

    The other table that the attacker must hold possible is found by a linear programme: the exact one plus a change
    that satisfies every equation, leaves nothing below 0, moves no quantity that is 0, and touches the cheapest known
    quantities (Fischetti and Salazar's incremental problem, relaxed). None where there is no such table.
    """
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, hstack

    keys, equations = _reach(surface, target)
    moving = [key for key in keys if key not in known or surface.values[key] > 0]
    place = {key: n for n, key in enumerate(moving)}
    cells = [(n, place[key], sign) for n, terms in enumerate(equations) for key, sign in terms.items() if key in place]
    rows, columns, signs = zip(*cells, strict=True) if cells else ((), (), ())
    equal = coo_array((signs, (rows, columns)), shape=(len(equations), len(moving)), dtype=float)
    prices = np.array([0.0 if key not in known else cost(key) for key in moving])
    ceiling = _ceilings(surface, known)
    up = [(0.0, ceiling[key] - surface.values[key] if key in ceiling else None) for key in moving]
    down = [(0.0, surface.values[key]) for key in moving]
    here = place[target]
    (up if by > 0 else down)[here] = (abs(by), abs(by))
    (down if by > 0 else up)[here] = (0.0, 0.0)
    if (by < 0 and surface.values[target] < -by) or (
        by > 0 and ceiling.get(target, math.inf) < surface.values[target] + by
    ):
        return None
    solved = linprog(
        np.concatenate([prices, prices]),
        A_eq=hstack([equal, -equal], format="csr") if equations else None,
        b_eq=np.zeros(len(equations)) if equations else None,
        bounds=[*up, *down],
        method="highs",
    )
    if solved.x is None:
        return None
    moved = solved.x[: len(moving)] - solved.x[len(moving) :]
    return [key for key, by_how_much in zip(moving, moved, strict=True) if key in known and abs(by_how_much) > ENOUGH]


def _reach(surface: Surface, target: Key) -> tuple[list[Key], list[dict[Key, int]]]:
    """Every quantity and equation that hangs together with one, through known quantities too."""
    by_key: dict[Key, list[int]] = {}
    for n, terms in enumerate(surface.equations):
        for key in terms:
            by_key.setdefault(key, []).append(n)
    seen: dict[Key, None] = {target: None}
    used: dict[int, None] = {}
    waiting = [target]
    while waiting:
        for n in by_key.get(waiting.pop(), ()):
            if n in used:
                continue
            used[n] = None
            fresh = [key for key in surface.equations[n] if key not in seen]
            seen.update(dict.fromkeys(fresh))
            waiting.extend(fresh)
    return list(seen), [surface.equations[n] for n in used]


def widths(found: Mapping[Key, tuple[float, float]], wanted: Iterable[Key]) -> dict[Key, float]:
    """How wide each range is."""
    return {key: found[key][1] - found[key][0] for key in wanted if key in found}
