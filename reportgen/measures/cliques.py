"""Find sets of breakdowns connected by published two-way tables.

Input: pairs of names, each a published two-way table. Output: a junction tree: the maximal cliques, whose two-way
tables must be margins of one common table, and their overlaps. A pair outside any cycle adds no constraint: its table
is possible whatever the others contain (decomposable models: Lauritzen, Graphical Models, 1996).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clique:
    """Names that share a table; ``overlap`` are those in common with ``parent``, a later clique."""

    names: Names
    overlap: Names = ()
    parent: Names = ()


def cliques(pairs: Iterable[tuple[str, str]]) -> tuple[Clique, ...]:
    """Return the junction tree of the graph with these edges, names in order of first appearance.

    The graph is made chordal by eliminating the name that needs the fewest new edges, so that cycles of any length are
    covered, not only those in which every pair is published.
    """
    near: dict[str, set[str]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    order = {name: n for n, name in enumerate(near)}
    found: list[tuple[set[str], set[str]]] = []
    left = {name: set(others) for name, others in near.items()}
    while left:
        name = min(left, key=lambda one: (_missing(left, one), len(left[one]), order[one]))
        others = left.pop(name)
        for one in others:
            left[one] |= others - {one}
            left[one].discard(name)
        found.append(({name, *others}, others))
    return _tree(found, order)


def _missing(left: Mapping[str, set[str]], name: str) -> int:
    """Count the edges to add between a name's neighbours when it is eliminated."""
    return sum(other not in left[one] for one in left[name] for other in left[name] if one < other)


def _tree(found: list[tuple[set[str], set[str]]], order: Mapping[str, int]) -> tuple[Clique, ...]:
    """Return the maximal cliques, each with the first later one that contains its overlap."""

    def sort(names: set[str]) -> Names:
        return tuple(sorted(names, key=order.__getitem__))

    kept = [
        (names, overlap) for n, (names, overlap) in enumerate(found) if not any(names <= one for one, _ in found[:n])
    ]
    made = []
    for n, (names, overlap) in enumerate(kept):
        parent = next((one for one, _ in kept[n + 1 :] if overlap and overlap <= one), None)
        made.append(Clique(sort(names), sort(overlap), sort(parent)) if parent else Clique(sort(names)))
    return tuple(made)
