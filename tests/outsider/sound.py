"""Whether the attack is fair: every relation that it takes for certain holds for the truth.

Goes in: an attack and the truth of its years. Comes out: the relations and bounds that the truth breaks. An attack
that is not sound says nothing, so the harness asks this first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .system import System
from .truth import Truth

SLACK = 1e-4


def broken(system: System, truths: Sequence[Truth]) -> Iterator[str]:
    """Each relation or bound that the truth breaks, among those whose variables are all known here."""
    values: dict[int, float] = {}
    for place, name in enumerate(system.names):
        for truth in truths:
            value = truth.value(name)
            if value is not None:
                values[place] = value
                if not system.low[place] - SLACK <= value <= system.high[place] + SLACK:
                    yield f"{name}: {value} outside {system.low[place]} to {system.high[place]}"
    for relation in system.relations:
        if all(place in values for _, place in relation.terms):
            total = sum(factor * values[place] for factor, place in relation.terms)
            if not relation.low - SLACK <= total <= relation.high + SLACK:
                words = ", ".join(
                    f"{factor:g}×{system.names[place]}={values[place]:g}" for factor, place in relation.terms
                )
                yield f"{relation.why}: {total:g} outside {relation.low:g} to {relation.high:g}: {words}"
