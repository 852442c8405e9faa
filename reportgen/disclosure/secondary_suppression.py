"""Secondary suppression: suppress the least else needed so that no suppressed figure can be inferred.

Input: the linear program of a year, the views of its contributors and the primary suppressions. Output: the same with
secondary suppressions. Hides the cost of a cell, the search, and the removal of unnecessary suppressions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.contributors import ContributorView
from reportgen.disclosure.attack_model.feasibility_intervals import Room, proved, rooms
from reportgen.disclosure.attack_model.linear_program import TYPICAL_MONEY, Known, LinearProgram
from reportgen.disclosure.attack_model.quantities import is_money
from reportgen.disclosure.attack_model.required_interval import NOTHING, Required, at_least
from reportgen.disclosure.primary_suppression import (
    PRIMARY,
    SECONDARY,
    Hidden,
    answer_need,
    group_of,
    known,
    least_count,
    secondary_sum,
)
from reportgen.disclosure.suppression_candidates import Candidates, cheapest_candidates
from reportgen.model.figure import Key

if TYPE_CHECKING:
    from reportgen.measures import Statistics

ROUNDS: Final = 200
"""Most rounds; each suppresses at least one more quantity, and no year needs as many."""
PUSHES: Final = 4
"""Most times the required width is multiplied, if the candidates found leave too few integer tables."""
WORTH: Final = (40.0, 6.0, 1.0)
"""Cost of a total, a one-way cell and a two-way cell."""
NEARBY: Final = 400
"""Quantities among which a suppression must be proved unnecessary; with more connected, more stays suppressed."""

MOST_ASKED: Final = 150_000
"""Solver problems after which no further suppression is removed, so that every year finishes."""
AT_ONCE: Final = 12
"""Quantities per batch when the removal of a suppression is tested."""

Say = Callable[[str], None]
Short = tuple[float, ContributorView | None, int]
"""Shortfall of the interval, the contributor's view (None for any reader), and the quantity."""


def sensitive(program: LinearProgram, hidden: Hidden) -> frozenset[int]:
    """Return the sums of money under primary suppression."""
    return frozenset(program.place[key] for key, why in hidden.why.items() if why == PRIMARY and is_money(key))


@dataclass
class Proofs:
    """Feasible tables that prove each suppressed quantity's interval, for any reader and for contributors.

    A proof stays valid until a quantity that it changes is disclosed; only then is it calculated again.
    """

    program: LinearProgram
    seats: Sequence[ContributorView]
    sensitive: AbstractSet[int] = frozenset()
    """Sums under primary suppression: only these must be protected from contributors too."""
    rooms: dict[int, Room] = field(default_factory=dict)
    apart: dict[tuple[int, int], Room] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    """Quantities with new proofs that have not been checked against the contributors' views."""
    asked: int = 0
    """Number of interval problems solved."""

    def copy(self) -> Proofs:
        """Return a copy for a trial."""
        return Proofs(
            self.program, self.seats, self.sensitive, dict(self.rooms), dict(self.apart), set(self.fresh), self.asked
        )

    def short(
        self,
        told: Known,
        required: Mapping[int, Required],
        shown: AbstractSet[int] = frozenset(),
        widest: int | None = None,
        first: int | None = None,
    ) -> list[Short]:
        """Return every quantity whose interval is too narrow, with its shortfall; skip proofs that still hold.

        ``shown`` are the quantities disclosed since the proofs were made: no other proof can have become invalid.
        ``first`` is tested before the others, and returned alone if it fails. With ``widest``, return after the first
        batch that fails.
        """
        stale = [place for place in required if not self._holds(told, place, required[place], shown)]
        if first in stale:
            lacking = self._readers(told, {first: required[first]}, widest) if first is not None else []
            if lacking:
                return lacking
            stale.remove(first)
        step = len(stale) or 1 if widest is None else AT_ONCE
        for n in range(0, len(stale), step):
            lacking = self._readers(told, {place: required[place] for place in stale[n : n + step]}, widest)
            if lacking:
                return lacking
        return self._contributors(told, required, shown, widest)

    def _holds(self, told: Known, place: int, required: Required, shown: AbstractSet[int]) -> bool:
        room = self.rooms.get(place)
        if room is None or not required.enough(room.below, room.above):
            return False
        return not room.moves(shown) or proved(self.program, told, room)

    def _readers(self, told: Known, required: Mapping[int, Required], widest: int | None) -> list[Short]:
        found = rooms(self.program, told, required, widest=widest)
        self.rooms.update(found)
        self.asked += len(found)
        self.fresh.update(found)
        return [
            (required[place].lacking(room.below, room.above), None, place)
            for place, room in found.items()
            if not required[place].enough(room.below, room.above)
        ]

    def _contributors(
        self, told: Known, required: Mapping[int, Required], shown: AbstractSet[int], widest: int | None
    ) -> list[Short]:
        """Return the same for each contributor; the readers' proof is reused if it is valid there."""
        lacking: list[Short] = []
        mine = self.sensitive & required.keys()
        for number, seat in enumerate(self.seats):
            asked = {
                place: need
                for place, need in seat.required.items()
                if need and place in mine and not self._has_proof(told, number, place, need, shown)
            }
            if not asked:
                continue
            for place, room in rooms(self.program, seat.told(told), asked, widest=widest).items():
                self.apart[number, place] = room
                if not asked[place].enough(room.below, room.above):
                    lacking.append((asked[place].lacking(room.below, room.above), seat, place))
        self.fresh.clear()
        return lacking

    def _has_proof(self, told: Known, number: int, place: int, need: Required, shown: AbstractSet[int]) -> bool:
        """Return whether a valid proof exists for this contributor."""
        own = self.apart.get((number, place))
        if own is not None:
            if not own.moves(shown) or proved(self.program, told, own):
                return need.enough(own.below, own.above)
            del self.apart[number, place]
        elif place not in self.fresh:
            return True
        room = self.rooms[place]
        return need.enough(room.below, room.above) and all(self.seats[number].allows(one) for one in room.proofs)


class Search:
    """The suppression search over one year; quantities by number."""

    def __init__(
        self,
        program: LinearProgram,
        hidden: Hidden,
        statistics: Statistics,
        out: frozenset[int] = frozenset(),
        seats: Sequence[ContributorView] = (),
    ) -> None:
        self.program, self.hidden, self.out = program, hidden, out
        self.statistics, self.settings = statistics, statistics.settings
        self.proofs = Proofs(program, seats, sensitive(program, hidden))
        self.falls: list[list[int]] = [[] for _ in program.names]
        for figure, given in enumerate(program.gives):
            for place in given:
                self.falls[place].append(figure)
        self.groups: dict[tuple[str, str], list[Key]] = {}
        for key in program.names:
            group = group_of(key)
            if group is not None:
                self.groups.setdefault(group, []).append(key)
        self.worths = [self._worth(figure) for figure in range(len(program.figures))]
        self.because: dict[Key, int] = {}
        self.told = self._known()

    def run(self, say: Say | None = None) -> None:
        """Suppress the cheapest quantities until every interval is wide enough; then remove unnecessary ones."""
        stuck: set[int] = set()
        for _ in range(ROUNDS):
            short = self._short(stuck)
            if not short:
                break
            if say is not None and len(self.program.names) > MANY:
                say(f"{len(self.hidden.why):,} numbers hidden; {len(short):,} others are still too easy to work out")
            for _, seat, target in short:
                self._suppress_for(seat, target, stuck)
        self._remove_unnecessary()

    def _known(self) -> Known:
        return known(self.program, self.hidden, self.settings, self.out)

    def _required(self, stuck: AbstractSet[int] = frozenset()) -> dict[int, Required]:
        """Return the required intervals, by number."""
        place = self.program.place
        return {place[key]: need for key, need in self.hidden.needs.items() if need and place[key] not in stuck}

    def _short(self, stuck: set[int]) -> list[Short]:
        """Return the suppressed quantities with too narrow an interval, worst first."""
        self.told = self._known()
        names = self.program.names
        return sorted(self.proofs.short(self.told, self._required(stuck)), key=lambda one: (-one[0], names[one[2]]))

    def _suppress_for(self, seat: ContributorView | None, target: int, stuck: set[int]) -> None:
        """Suppress the candidates that give one quantity its required interval."""
        self.told = self._known()
        told = self.told if seat is None else seat.told(self.told)
        need = self.hidden.needs[self.program.names[target]] if seat is None else seat.required[target]
        room = rooms(self.program, told, {target: need})[target]
        if need.enough(room.below, room.above):
            return
        made = None
        for times in range(1, PUSHES + 1):
            made = cheapest_candidates(
                self.program, told, target, _differences(need, room, times), self.price, self.worths.__getitem__
            )
            if made is None or made.quantities or made.figures:
                break
        if made is None or not (made.quantities or made.figures):
            made = Candidates(tuple(self._all_connected(target)), (), 0.0)
        if not (made.quantities or made.figures):
            stuck.add(target)
        for figure in made.figures:
            self._withhold(figure, target)
        for place in made.quantities:
            self._hide(self.program.names[place], target)

    def _all_connected(self, target: int) -> list[int]:
        """Return every connected quantity that is known, except zeros and those already published: the last resort."""
        program, seen, waiting = self.program, {target}, [target]
        while waiting:
            for n in program.rows_of[waiting.pop()]:
                fresh = {place for place in program.rows[n].places if place not in seen and place not in self.out}
                fresh = {place for place in fresh if program.values[place] > 0 or not self.told.state[place]}
                seen |= fresh
                waiting.extend(sorted(fresh))
        return [place for place in sorted(seen) if self.told.state[place]]

    def _worth(self, figure: int) -> float:
        """Return the cost of withholding a figure: higher for totals and for large numbers."""
        key = self.program.figures[figure]
        size = max((self._size(place) for place in self.program.gives[figure]), default=0.0)
        depth = 2 if key.breakdown_2 else 1 if key.breakdown_1 else 0
        return WORTH[depth] * float((1 + size) ** 0.25)

    def _size(self, place: int) -> float:
        """Return the number of records in a quantity, or the equivalent of an amount of money."""
        return abs(self.program.values[place]) / (TYPICAL_MONEY if is_money(self.program.names[place]) else 1.0)

    def price(self, place: int) -> float:
        """Return the cost of suppressing a quantity: all displayed figures withheld with it."""
        group = group_of(self.program.names[place])
        places = [place] if group is None else [self.program.place[key] for key in self.groups[group]]
        lost = {figure for one in places for figure in self.falls[one] if self.told.shown[figure]}
        return sum(self.worths[figure] for figure in sorted(lost)) or 0.25

    def _hide(self, key: Key, because: int) -> None:
        """Suppress a quantity as secondary; a group's answers to a question are suppressed together."""
        self.because.setdefault(key, because)
        model, least = self.program.model, least_count(self.settings)
        group = group_of(key)
        if group is not None:
            question, role = group
            base = int(model.values[Key(f"{question}#base", *(("role", role) if role else ()))])
            for other in self.groups[group]:
                answer = other.measure.endswith("#n")
                need = at_least(answer_need(model, other, base, least)) if answer else NOTHING
                self.hidden.hide(other, need, SECONDARY)
        elif key.measure.endswith("#base"):
            self.hidden.hide(key, NOTHING, SECONDARY)
        elif is_money(key):
            self.hidden.hide(key, secondary_sum(self.statistics.cells.get(key), self.settings), SECONDARY)
        else:
            self.hidden.hide(key, at_least(least), SECONDARY)

    def _withhold(self, figure: int, because: int) -> None:
        """Withhold a figure whose value limits others; if it is a quantity itself, suppress that too."""
        key = self.program.figures[figure]
        if key in self.program.model.gives[key]:
            self._hide(key, because)
        else:
            self.hidden.closed.setdefault(key, SECONDARY)

    def _remove_unnecessary(self) -> None:
        """Remove unnecessary secondary suppressions, the most valuable first."""
        self.told = self._known()
        mine = [key for key, why in self.hidden.why.items() if why == SECONDARY]
        tried: set[tuple[str, str] | Key] = set()
        for key in sorted(mine, key=lambda key: (-self._gain(key), key)):
            together = group_of(key) or key
            if self.proofs.asked > MOST_ASKED:
                self.hidden.stopped = True
                return
            if key in self.hidden.why and together not in tried:
                tried.add(together)
                self._try_showing(key)
        for figure in [figure for figure, why in self.hidden.closed.items() if why == SECONDARY]:
            del self.hidden.closed[figure]
            proofs, after = self.proofs.copy(), self._known()
            if proofs.short(after, self._required(), self._shown(after), NEARBY):
                self.hidden.closed[figure] = SECONDARY
            else:
                self.told, self.proofs = after, proofs

    def _gain(self, key: Key) -> float:
        """Return the value of the figures displayed again with a quantity."""
        return sum(self.worths[figure] for figure in self.falls[self.program.place[key]])

    def _try_showing(self, key: Key) -> None:
        """Remove a suppression and those that depend on it; restore them if a primary one becomes too narrow."""
        kept: list[tuple[Key, Required]] = []
        proofs, names = self.proofs.copy(), self.program.names
        waiting = {key}
        while waiting:
            for one in sorted(waiting):
                for other in self._together(one):
                    kept.append((other, self.hidden.needs[other]))
                    self.hidden.show(other)
            after = self._known()
            waiting = self._sole_unknowns(after) or {
                names[place]
                for _, _, place in proofs.short(
                    after, self._required(), self._shown(after), NEARBY, self._protected_by(key)
                )
            }
            if any(self.hidden.why[one] == PRIMARY for one in waiting):
                for one, need in kept:
                    self.hidden.hide(one, need, SECONDARY)
                self.proofs.asked = proofs.asked
                return
        self.told, self.proofs = after, proofs

    def _shown(self, after: Known) -> set[int]:
        """Return the quantities newly disclosed, directly or by the constraint of a figure shown again."""
        shown = {place for place, known in enumerate(after.state) if known != self.told.state[place]}
        for figure, there in enumerate(after.shown):
            if there and not self.told.shown[figure]:
                shown.update(place for n in self.program.told_with[figure] for place in self.program.rows[n].places)
        return shown

    def _protected_by(self, key: Key) -> int | None:
        """Return the quantity that another was suppressed to protect, if still suppressed."""
        place = self.because.get(key)
        name = None if place is None else self.program.names[place]
        return place if name is not None and self.hidden.needs.get(name) else None

    def _together(self, key: Key) -> list[Key]:
        """Return the quantities displayed together with this one: a group's answers."""
        group = group_of(key)
        if group is None:
            return [key] if key in self.hidden.why else []
        return [other for other in self.groups[group] if self.hidden.why.get(other) == SECONDARY]

    def _sole_unknowns(self, after: Known) -> set[Key]:
        """Return suppressed quantities that are the only unknown of an equation; found without the solver."""
        needs, found = self._required(), set()
        fresh = [place for place, known in enumerate(after.state) if known and not self.told.state[place]]
        for n in {n for place in fresh for n in self.program.rows_of[place]}:
            row = self.program.rows[n]
            unknown = [place for place in row.places if after.spans[place] is not None]
            if row.slack is None and len(unknown) == 1 and unknown[0] in needs and not after.state[unknown[0]]:
                found.add(self.program.names[unknown[0]])
        return found


MANY: Final = 5000
"""Number of quantities from which a year takes long enough to report progress."""


def _differences(need: Required, room: Room, times: int) -> tuple[float, ...]:
    """Return the target differences: on the side with the largest shortfall, or either side for the width."""
    if need.above - room.above > need.lacking(room.below, room.above) - 1e-9:
        return (need.above * times,)
    if need.below - room.below > need.lacking(room.below, room.above) - 1e-9:
        return (-need.below * times,)
    lacking = need.width - room.below - room.above
    return room.above + lacking * times, -room.below - lacking * times


def secondary(
    program: LinearProgram,
    hidden: Hidden,
    statistics: Statistics,
    out: frozenset[int] = frozenset(),
    seats: Sequence[ContributorView] = (),
    say: Say | None = None,
) -> None:
    """Suppress the cheapest quantities until no interval is too narrow for any reader or contributor."""
    Search(program, hidden, statistics, out, seats).run(say)
