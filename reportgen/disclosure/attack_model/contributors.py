"""What a contributor to the sums knows: its own amounts.

Input: the linear program, and the statistics with the two largest contributors of each sum. Output: a view for each
contributor that is the largest or second largest of any sum. It knows a sum that it alone contributes to, and no sum
can be below its own contribution. All those responsible for one incident, or for one firm's incidents, share a view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportgen.disclosure.attack_model.linear_program import ENOUGH, EXACTLY, Known, LinearProgram
from reportgen.disclosure.attack_model.quantities import BALANCES, unprinted
from reportgen.disclosure.attack_model.required_interval import NOTHING, Required
from reportgen.disclosure.primary_suppression import sides

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics


@dataclass(frozen=True, slots=True)
class ContributorView:
    """The knowledge of one contributor, with quantities by number.

    ``alone`` are the sums it alone contributes to. ``floors`` is the lower bound of each sum, relative to its exact
    value. ``required`` is the feasibility interval that each sum needs against this contributor.
    """

    alone: frozenset[int]
    floors: Mapping[int, float]
    required: Mapping[int, Required]

    def allows(self, moves: Mapping[int, float]) -> bool:
        """Return whether a contributor who knows these amounts can consider the changed table possible."""
        return all(
            place not in self.alone and by >= self.floors.get(place, -float("inf")) - ENOUGH
            for place, by in moves.items()
        )

    def told(self, told: Known) -> Known:
        """Combine the published information with the contributor's own amounts."""
        spans, state = list(told.spans), bytearray(told.state)
        for place in self.alone:
            spans[place], state[place] = None, EXACTLY
        for place, low in self.floors.items():
            span = spans[place]
            if span is not None:
                spans[place] = (max(span[0], low), span[1])
        return replace(told, state=state, spans=spans, out=told.out | self.alone, floors=self.floors)


def contributor_views(program: LinearProgram, statistics: Statistics) -> tuple[ContributorView, ...]:
    """Return the views, in the order of the sums in which their contributors first appear."""
    behind = {unprinted(key): statistic for key, statistic in statistics.unprinted.items()}
    sums = [
        (program.place[key], statistic)
        for key, statistic in (*statistics.cells.items(), *behind.items())
        if statistic.top and key in program.place
    ]
    owners = dict.fromkeys(one.who for _, statistic in sums for one in statistic.top)
    return tuple(_view_of(owner, sums, statistics.settings.p_percent) for owner in owners)


def _view_of(owner: int, sums: list[tuple[int, Statistic]], p_percent: float) -> ContributorView:
    alone, floors, required = set[int](), dict[int, float](), dict[int, Required]()
    for place, statistic in sums:
        own = next((one.pence for one in statistic.top if one.who == owner), 0)
        others = [one for one in statistic.top if one.who != owner]
        if own and statistic.contributors == 1 and own == statistic.numerator:
            alone.add(place)
            continue
        if own and statistic.key.measure not in BALANCES:
            floors[place] = own / 100 - statistic.value
        required[place] = sides(others[0].pence, p_percent) if others else NOTHING
    return ContributorView(frozenset(alone), floors, required)
