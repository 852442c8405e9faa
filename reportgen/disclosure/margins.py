"""Three tables of two breakdowns each are margins of one table of three that nobody prints.

Goes in: a surface with places by sections, places by roles and sections by roles. Comes out: the same with the cells of
the unprinted table as unknown quantities: none is below 0, which limits what the printed tables may hold. The same for
objections by section and by role, whose unprinted cells are within the notices. Hides how a table that fits is found;
any will do, since only differences from it are asked for.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product
from typing import Final

from reportgen.disclosure.surface import ISSUED, Surface
from reportgen.figures import Key

OBJECTED: Final = "objections.rate#n"
NAMES: Final = ("place", "section", "role")
PAIRS: Final = (("place", "section"), ("place", "role"), ("section", "role"))


def inside(surface: Surface) -> None:
    """Write down the unprinted table, where all three printed ones are whole."""
    words = {name: _words(surface, name) for name in NAMES}
    margins = {
        pair: [
            _printed(surface, dict(zip(pair, some, strict=True))) for some in product(*(words[name] for name in pair))
        ]
        for pair in PAIRS
    }
    if not all(keys and all(key in surface.values for key in keys) for keys in margins.values()):
        return
    cells = [dict(zip(NAMES, some, strict=True)) for some in product(*(words[name] for name in NAMES))]
    sums: dict[Key, list[int]] = {}
    for pair in PAIRS:
        for n, cell in enumerate(cells):
            sums.setdefault(_printed(surface, {name: cell[name] for name in pair}), []).append(n)
    numbers = _table([math.inf] * len(cells), [(parts, surface.values[key]) for key, parts in sums.items()])
    if numbers is None:
        return
    made = [
        surface.add(Key(f"{ISSUED}#at {cell['place']}", "section", cell["section"], "role", cell["role"]), number)
        for cell, number in zip(cells, numbers, strict=True)
    ]
    for key, parts in sums.items():
        surface.equal({key: 1.0} | {made[n]: -1.0 for n in parts})


def objected(surface: Surface) -> None:
    """Objections by section and by role are margins of a table whose cells are at most the printed notices."""
    sides = [key for key in surface.values if key.measure == OBJECTED and key.breakdown_1 in ("section", "role")]
    words = {name: [key.category_1 for key in sides if key.breakdown_1 == name] for name in ("section", "role")}
    cells = [dict(zip(words, some, strict=True)) for some in product(*words.values())]
    notices = [_printed(surface, cell) for cell in cells]
    if not cells or not all(key in surface.values for key in notices):
        return
    sums = {key: [n for n, cell in enumerate(cells) if cell[key.breakdown_1] == key.category_1] for key in sides}
    numbers = _table(
        [surface.values[key] for key in notices], [(parts, surface.values[key]) for key, parts in sums.items()]
    )
    if numbers is None:
        return
    made = [
        surface.add(replace(key, measure=f"{OBJECTED}#cell"), number)
        for key, number in zip(notices, numbers, strict=True)
    ]
    for one, key in zip(made, notices, strict=True):
        surface.at_most(one, key)
    for key, parts in sums.items():
        surface.equal({key: 1.0} | {made[n]: -1.0 for n in parts})


def _words(surface: Surface, name: str) -> list[str]:
    """The categories of a breakdown in the tables of two."""
    found = {
        category: None
        for key in surface.values
        if key.measure == ISSUED and key.breakdown_2
        for breakdown, category in ((key.breakdown_1, key.category_1), (key.breakdown_2, key.category_2))
        if breakdown == name
    }
    return list(found)


def _printed(surface: Surface, cell: dict[str, str]) -> Key:
    """The key of a printed cell, its breakdowns in the order in which they stand."""
    (first, one), (second, other) = cell.items()
    key = Key(ISSUED, first, one, second, other)
    return key if key in surface.values else Key(ISSUED, second, other, first, one)


def _table(most: list[float], sums: list[tuple[list[int], float]]) -> list[float] | None:
    """Whole numbers with these sums; None where there are none, so that the tables are not of the same notices."""
    size = len(most)
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    across = [n for parts, _ in sums for n in parts]
    down = [row for row, (parts, _) in enumerate(sums) for _ in parts]
    matrix = csr_array((np.ones(len(across)), (down, across)), shape=(len(sums), size))
    totals = np.array([total for _, total in sums])
    found = milp(
        np.zeros(size),
        integrality=np.ones(size, dtype=int),
        bounds=Bounds(0, np.array(most)),
        constraints=LinearConstraint(matrix, totals, totals),
    )
    return None if found.x is None else [float(round(number)) for number in found.x]
