"""Which breakdowns a measure has and how they hang together, read from the published file alone.

Goes in: the published cells of a measure. Comes out: variables and margins in a ``System``. Pairs of breakdowns make a
graph; each clique of it is a multi-way table of which only margins are published, of any size. A graph that is not
chordal gets the edges that make it so, so that tables agree where they overlap.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product

from .published import Where, Year, where
from .system import System

MOST_CELLS = 6000
INCIDENTS_OWN = frozenset({"place", "vehicle_type", "outcome", "regime"})
TOTAL: Where = ()


@dataclass
class Counted:
    """What is known of one additive measure: its cells, which dimensions overlap, which pairs are published."""

    measure: str
    known: dict[Where, float | None] = field(default_factory=dict)
    overlapping: frozenset[str] = frozenset()
    edges: set[frozenset[str]] = field(default_factory=set)
    whole: bool = True
    least_hidden: float = 0.0
    hidden: set[Where] = field(default_factory=set)

    def categories(self) -> dict[str, list[str]]:
        """Each dimension's categories in the order in which they are first met."""
        found: dict[str, dict[str, None]] = {}
        for cell in self.known:
            for breakdown, category in cell:
                found.setdefault(breakdown, {}).setdefault(category)
        return {name: list(words) for name, words in found.items()}

    def graph(self) -> set[frozenset[str]]:
        """Every pair of dimensions that is published together or asked for."""
        published = {
            frozenset(two)
            for cell in self.known
            if len(cell) > 1
            for two in combinations([breakdown for breakdown, _ in cell], 2)
        }
        return published | self.edges


def overlaps(measure: str, years: Iterable[Year]) -> frozenset[str]:
    """The dimensions whose categories need not add up: by definition, or because a year shows that they do not."""
    found = set()
    for year in years:
        cells = year.of(measure)
        total = next((cell.value for cell in cells if not cell.name.where), None)
        singles: dict[str, list[float | None]] = {}
        for cell in cells:
            if len(cell.name.where) == 1:
                singles.setdefault(cell.name.where[0][0], []).append(cell.value)
        for breakdown, values in singles.items():
            shown = [value for value in values if value is not None]
            complete = len(shown) == len(values)
            if measure == "penalties.incidents" and breakdown not in INCIDENTS_OWN:
                found.add(breakdown)
            if measure == "survey.themes" and breakdown == "theme":
                found.add(breakdown)
            if total is not None and (sum(shown) > total + 0.01 or (complete and abs(sum(shown) - total) > 0.01)):
                found.add(breakdown)
    return frozenset(found)


def cliques(nodes: Iterable[str], edges: set[frozenset[str]]) -> list[frozenset[str]]:
    """The maximal cliques of the graph, made chordal by the elimination that fills least."""
    near: dict[str, set[str]] = {node: set() for node in nodes}
    for edge in edges:
        one, other = tuple(edge)
        near[one].add(other)
        near[other].add(one)
    found: list[frozenset[str]] = []
    while near:
        node = min(near, key=lambda name: (_fill(near, name), name))
        around = near.pop(node)
        bag = frozenset({node, *around})
        for one, other in combinations(around, 2):
            near[one].add(other)
            near[other].add(one)
        for other in around:
            near[other].discard(node)
        if not any(bag <= one for one in found):
            found.append(bag)
    return found


def _fill(near: Mapping[str, set[str]], node: str) -> int:
    return sum(other not in near[one] for one, other in combinations(near[node], 2))


def impossible(cell: Mapping[str, str]) -> bool:
    """Whether nothing can be in a cell: a month outside its quarter, a notice before its regime began."""
    month = cell.get("month")
    if month is None:
        return False
    begins, _, ends = cell.get("quarter", "").partition(" to ")
    if begins and not begins <= month <= ends:
        return True
    regime = cell.get("regime")
    return (regime == "2026 scheme" and month < "2026-01") or (regime == "2023 scheme" and month < "2023-02")


def enter(system: System, label: str, counted: Counted) -> None:
    """Variables for every cell of a measure, and every margin of every multi-way table that is published in parts."""
    for cell, value in counted.known.items():
        least = counted.least_hidden if cell in counted.hidden else 0.0
        bounds = (least, math.inf) if value is None else (value, value)
        system.variable((label, counted.measure, cell), *bounds, whole=counted.whole)
    system.variable((label, counted.measure, TOTAL), whole=counted.whole)
    by_name = counted.categories()
    over = [name for name in by_name if name in counted.overlapping]
    _slice(system, label, counted, TOTAL)
    for name in over:
        for category in by_name[name]:
            _slice(system, label, counted, ((name, category),))
        _union(system, label, counted.measure, name, by_name[name])


def _slice(system: System, label: str, counted: Counted, fixed: Where) -> None:
    """The cells with some categories of overlapping dimensions fixed: their other dimensions add up."""
    by_name = counted.categories()
    skipped = counted.overlapping | {name for name, _ in fixed}
    names = [name for name in by_name if name not in skipped]
    if fixed:
        names = [n for n in names if any({n, fixed[0][0]} <= {b for b, _ in cell} for cell in counted.known)]
    edges = {edge for edge in counted.graph() if edge <= set(names)}
    bags = cliques(names, edges)
    parts = _parts(bags, counted)
    for bag in bags:
        _table(system, label, counted, fixed, sorted(bag), parts)


def _parts(bags: list[frozenset[str]], counted: Counted) -> set[frozenset[str]]:
    """The sets of dimensions whose cells must agree between tables: the published ones, and where tables overlap."""
    published = {frozenset(breakdown for breakdown, _ in cell) for cell in counted.known}
    return published | {one & other for one, other in combinations(bags, 2)}


def _table(
    system: System,
    label: str,
    counted: Counted,
    fixed: Where,
    names: list[str],
    parts: set[frozenset[str]],
) -> None:
    """One table of several dimensions, cell by cell, with each margin that is published or shared."""
    by_name = counted.categories()
    if math.prod(len(by_name[name]) for name in names) > MOST_CELLS:
        raise ValueError(f"{counted.measure}: a table of {names} is too large to attack")
    sums: dict[Where, list[Where]] = {}
    inner = [set(part) for part in parts if part < set(names) or not part] + [set()]
    for categories in product(*(by_name[name] for name in names)):
        pairs = dict(zip(names, categories, strict=True))
        if impossible(pairs):
            continue
        cell = where(*fixed, *pairs.items())
        system.variable((label, counted.measure, cell), whole=counted.whole)
        for part in {frozenset(one) for one in inner}:
            margin = where(*fixed, *((name, pairs[name]) for name in part))
            sums.setdefault(margin, []).append(cell)
    for margin, cells in sums.items():
        system.variable((label, counted.measure, margin), whole=counted.whole)
        terms = [(1.0, (label, counted.measure, cell)) for cell in cells]
        system.equal([*terms, (-1.0, (label, counted.measure, margin))], 0.0, f"{counted.measure} by {names}")


def _union(system: System, label: str, measure: str, name: str, categories: list[str]) -> None:
    """Overlapping categories: none is more than the whole, and together they are no less."""
    whole = [one for one in system.names if isinstance(one, tuple) and one[:2] == (label, measure)]
    for variable in whole:
        cell: Where = variable[2]
        if any(breakdown == name for breakdown, _ in cell):
            continue
        parts = [(label, measure, where(*cell, (name, category))) for category in categories]
        there = [part for part in parts if part in system]
        for part in there:
            system.at_most([(1.0, part), (-1.0, variable)], 0.0, f"{measure}: a part of the whole")
        if there and len(there) == len(parts):
            terms = [(1.0, part) for part in there]
            system.at_least([*terms, (-1.0, variable)], 0.0, f"{measure}: the parts cover the whole")
