"""Secondary suppression: the least else that must be hidden so that nothing hidden can be worked out.

Goes in: the program of a year, the seats of its contributors and what is hidden already. Comes out: the same with
more hidden. Hides what a cell is worth to a reader, the search, and the taking back of what was hidden for nothing.
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
"""Each round hides at least one quantity more; no year has as many rounds to go."""
PUSHES: Final = 4
"""How often more room is asked for, where the room that there is holds too few tables in whole numbers."""
WORTH: Final = (40.0, 6.0, 1.0)
"""What a figure of the whole, of one breakdown and of two breakdowns is worth."""
NEARBY: Final = 400
"""Quantities within which the proof must lie that one may be shown again; where more hang together, more is hidden."""

MOST_ASKED: Final = 150_000
"""After so many questions to the solver nothing more is shown again, so that every year comes to an end."""
AT_ONCE: Final = 12
"""Quantities that are asked for together while it is tried whether another may be shown again."""

Say = Callable[[str], None]
Short = tuple[float, ContributorView | None, int]
"""What is lacking, from which seat (None: any reader), of which quantity."""


def sensitive(program: LinearProgram, hidden: Hidden) -> frozenset[int]:
    """The sums of money that are hidden for their own sake."""
    return frozenset(program.place[key] for key, why in hidden.why.items() if why == PRIMARY and is_money(key))


@dataclass
class Proofs:
    """For each hidden quantity the tables that prove it open enough: for any reader, and for seats that need others.

    A proof holds until something that it moves is shown; so only those are asked for again.
    """

    program: LinearProgram
    seats: Sequence[ContributorView]
    sensitive: AbstractSet[int] = frozenset()
    """Sums that are hidden for their own sake: only these must be open from each seat too."""
    rooms: dict[int, Room] = field(default_factory=dict)
    apart: dict[tuple[int, int], Room] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    """Quantities with a new proof that no seat has looked at yet."""
    asked: int = 0
    """How often the solver was asked for the room of a quantity."""

    def copy(self) -> Proofs:
        """The same, to try something with."""
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
        """Every quantity that lacks room, from where; what was proved and still holds is not asked for again.

        ``shown`` are the quantities of which more is told than when the proofs were made: others cannot have failed.
        ``first`` is asked for alone, and is all that is said where it lacks room. With ``widest`` only the first that
        lack room are said.
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
        return self._seated(told, required, shown, widest)

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

    def _seated(
        self, told: Known, required: Mapping[int, Required], shown: AbstractSet[int], widest: int | None
    ) -> list[Short]:
        """The same from each seat: the readers' proof where it may be the seat's, else one of its own."""
        lacking: list[Short] = []
        mine = self.sensitive & required.keys()
        for number, seat in enumerate(self.seats):
            asked = {
                place: need
                for place, need in seat.required.items()
                if need and place in mine and not self._suits(told, number, place, need, shown)
            }
            if not asked:
                continue
            for place, room in rooms(self.program, seat.told(told), asked, widest=widest).items():
                self.apart[number, place] = room
                if not asked[place].enough(room.below, room.above):
                    lacking.append((asked[place].lacking(room.below, room.above), seat, place))
        self.fresh.clear()
        return lacking

    def _suits(self, told: Known, number: int, place: int, need: Required, shown: AbstractSet[int]) -> bool:
        """Whether there is a proof for this seat already."""
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
    """The search over one year; quantities by number, as the program has them."""

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
        self.told = self._told()

    def run(self, say: Say | None = None) -> None:
        """Hide the cheapest further quantities until every hidden one is open enough; take back what is not needed."""
        stuck: set[int] = set()
        for _ in range(ROUNDS):
            short = self._short(stuck)
            if not short:
                break
            if say is not None and len(self.program.names) > MANY:
                say(f"{len(self.hidden.why):,} numbers hidden; {len(short):,} others are still too easy to work out")
            for _, seat, target in short:
                self._open(seat, target, stuck)
        self._relax()

    def _told(self) -> Known:
        return known(self.program, self.hidden, self.settings, self.out)

    def _required(self, stuck: AbstractSet[int] = frozenset()) -> dict[int, Required]:
        """What must stay open, by number."""
        place = self.program.place
        return {place[key]: need for key, need in self.hidden.needs.items() if need and place[key] not in stuck}

    def _short(self, stuck: set[int]) -> list[Short]:
        """The hidden quantities whose range is narrower than it must be, narrowest first."""
        self.told = self._told()
        names = self.program.names
        return sorted(self.proofs.short(self.told, self._required(stuck)), key=lambda one: (-one[0], names[one[2]]))

    def _open(self, seat: ContributorView | None, target: int, stuck: set[int]) -> None:
        """Hide what gives one quantity the room that it needs."""
        self.told = self._told()
        told = self.told if seat is None else seat.told(self.told)
        need = self.hidden.needs[self.program.names[target]] if seat is None else seat.required[target]
        room = rooms(self.program, told, {target: need})[target]
        if need.enough(room.below, room.above):
            return
        made = None
        for times in range(1, PUSHES + 1):
            made = cheapest_candidates(
                self.program, told, target, _ways(need, room, times), self.price, self.worths.__getitem__
            )
            if made is None or made.quantities or made.figures:
                break
        if made is None or not (made.quantities or made.figures):
            made = Candidates(tuple(self._everything(target)), (), 0.0)
        if not (made.quantities or made.figures):
            stuck.add(target)
        for figure in made.figures:
            self._close(figure, target)
        for place in made.quantities:
            self._hide(self.program.names[place], target)

    def _everything(self, target: int) -> list[int]:
        """The last resort: all that hangs together with a quantity, and is neither 0 nor out already."""
        program, seen, waiting = self.program, {target}, [target]
        while waiting:
            for n in program.rows_of[waiting.pop()]:
                fresh = {place for place in program.rows[n].places if place not in seen and place not in self.out}
                fresh = {place for place in fresh if program.values[place] > 0 or not self.told.state[place]}
                seen |= fresh
                waiting.extend(sorted(fresh))
        return [place for place in sorted(seen) if self.told.state[place]]

    def _worth(self, figure: int) -> float:
        """What a reader loses with a figure: more with a total than with a cell, more with a large number."""
        key = self.program.figures[figure]
        size = max((self._size(place) for place in self.program.gives[figure]), default=0.0)
        depth = 2 if key.breakdown_2 else 1 if key.breakdown_1 else 0
        return WORTH[depth] * float((1 + size) ** 0.25)

    def _size(self, place: int) -> float:
        """How many records a quantity is, or is worth."""
        return abs(self.program.values[place]) / (TYPICAL_MONEY if is_money(self.program.names[place]) else 1.0)

    def price(self, place: int) -> float:
        """What a reader loses with a quantity: the figures that fall with it, of those still shown."""
        group = group_of(self.program.names[place])
        places = [place] if group is None else [self.program.place[key] for key in self.groups[group]]
        lost = {figure for one in places for figure in self.falls[one] if self.told.shown[figure]}
        return sum(self.worths[figure] for figure in sorted(lost)) or 0.25

    def _hide(self, key: Key, because: int) -> None:
        """Hide a quantity for another's sake; a group's answers to a question go together."""
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

    def _close(self, figure: int, because: int) -> None:
        """Withhold a figure for what its value says of others; one that is a quantity must not be worked out either."""
        key = self.program.figures[figure]
        if key in self.program.model.gives[key]:
            self._hide(key, because)
        else:
            self.hidden.closed.setdefault(key, SECONDARY)

    def _relax(self) -> None:
        """Take back, dearest first, each quantity without which all the others are still open enough."""
        self.told = self._told()
        mine = [key for key, why in self.hidden.why.items() if why == SECONDARY]
        tried: set[tuple[str, str] | Key] = set()
        for key in sorted(mine, key=lambda key: (-self._gain(key), key)):
            together = group_of(key) or key
            if self.proofs.asked > MOST_ASKED:
                self.hidden.stopped = True
                return
            if key in self.hidden.why and together not in tried:
                tried.add(together)
                self._try(key)
        for figure in [figure for figure, why in self.hidden.closed.items() if why == SECONDARY]:
            del self.hidden.closed[figure]
            proofs, after = self.proofs.copy(), self._told()
            if proofs.short(after, self._required(), self._shown(after), NEARBY):
                self.hidden.closed[figure] = SECONDARY
            else:
                self.told, self.proofs = after, proofs

    def _gain(self, key: Key) -> float:
        """What a reader gains when a quantity is shown again."""
        return sum(self.worths[figure] for figure in self.falls[self.program.place[key]])

    def _try(self, key: Key) -> None:
        """Show a quantity again, with what was hidden for its sake; not where a primary one becomes too narrow."""
        kept: list[tuple[Key, Required]] = []
        proofs, names = self.proofs.copy(), self.program.names
        waiting = {key}
        while waiting:
            for one in sorted(waiting):
                for other in self._together(one):
                    kept.append((other, self.hidden.needs[other]))
                    self.hidden.show(other)
            after = self._told()
            waiting = self._left_alone(after) or {
                names[place]
                for _, _, place in proofs.short(
                    after, self._required(), self._shown(after), NEARBY, self._sufferer(key)
                )
            }
            if any(self.hidden.why[one] == PRIMARY for one in waiting):
                for one, need in kept:
                    self.hidden.hide(one, need, SECONDARY)
                self.proofs.asked = proofs.asked
                return
        self.told, self.proofs = after, proofs

    def _shown(self, after: Known) -> set[int]:
        """The quantities of which more is told than before: themselves, or by a limit of a figure shown again."""
        shown = {place for place, known in enumerate(after.state) if known != self.told.state[place]}
        for figure, there in enumerate(after.shown):
            if there and not self.told.shown[figure]:
                shown.update(place for n in self.program.told_with[figure] for place in self.program.rows[n].places)
        return shown

    def _sufferer(self, key: Key) -> int | None:
        """The quantity for whose sake another was hidden, where it is hidden still."""
        place = self.because.get(key)
        name = None if place is None else self.program.names[place]
        return place if name is not None and self.hidden.needs.get(name) else None

    def _together(self, key: Key) -> list[Key]:
        """What is shown with a quantity: a group's answers go together."""
        group = group_of(key)
        if group is None:
            return [key] if key in self.hidden.why else []
        return [other for other in self.groups[group] if self.hidden.why.get(other) == SECONDARY]

    def _left_alone(self, after: Known) -> set[Key]:
        """The hidden quantities that an equation of what is told anew leaves alone: seen without a program."""
        needs, found = self._required(), set()
        fresh = [place for place, known in enumerate(after.state) if known and not self.told.state[place]]
        for n in {n for place in fresh for n in self.program.rows_of[place]}:
            row = self.program.rows[n]
            unknown = [place for place in row.places if after.spans[place] is not None]
            if row.slack is None and len(unknown) == 1 and unknown[0] in needs and not after.state[unknown[0]]:
                found.add(self.program.names[unknown[0]])
        return found


MANY: Final = 5000
"""A year of more numbers takes long enough to say how far it is."""


def _ways(need: Required, room: Room, times: int) -> tuple[float, ...]:
    """How far from its exact value a quantity must be able to lie: on the side that lacks most, else on either."""
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
    """Hide the cheapest further quantities until every hidden one is open enough, for any reader and from each seat."""
    Search(program, hidden, statistics, out, seats).run(say)
