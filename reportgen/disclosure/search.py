"""Secondary suppression: the least else that must be hidden so that nothing hidden can be worked out.

Goes in: the programme of a year and what is hidden already. Comes out: the same with more hidden. Hides what a cell is
worth to a reader, the search, and the taking back of what was hidden for nothing.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.opening import Opening, opening
from reportgen.disclosure.programme import TYPICAL_MONEY, Programme, Told
from reportgen.disclosure.ranges import SLACK, spans
from reportgen.disclosure.suppression import (
    LEAST_MONEY,
    PRIMARY,
    SECONDARY,
    Hidden,
    answer_need,
    group_of,
    known,
    least_count,
)
from reportgen.disclosure.surface import is_money
from reportgen.figures import Key

if TYPE_CHECKING:
    from reportgen.release import Disclosure

ROUNDS: Final = 200
"""Each round hides at least one quantity more; no year has as many rounds to go."""
PUSHES: Final = 4
"""How often more room is asked for, where the room that there is holds too few tables in whole numbers."""
WORTH: Final = (40.0, 6.0, 1.0)
"""What a figure of the whole, of one breakdown and of two breakdowns is worth."""


class Search:
    """The search over one year."""

    def __init__(self, programme: Programme, hidden: Hidden, settings: Disclosure, out: AbstractSet[Key]) -> None:
        self.programme, self.hidden, self.settings, self.out = programme, hidden, settings, out
        surface = programme.surface
        self.falls: dict[Key, list[Key]] = {}
        for figure, given in surface.gives.items():
            for key in given:
                self.falls.setdefault(key, []).append(figure)
        self.groups: dict[tuple[str, str], list[Key]] = {}
        for key in surface.values:
            group = group_of(key)
            if group is not None:
                self.groups.setdefault(group, []).append(key)
        self.worths = {figure: self._worth(figure) for figure in surface.gives}
        self.shown: set[Key] = set()

    def run(self) -> None:
        """Hide the cheapest further quantities until every hidden one is open enough; take back what is not needed."""
        stuck: set[Key] = set()
        for _ in range(ROUNDS):
            short = self._short(stuck)
            if not short:
                break
            for target in short:
                self._open(target, stuck)
        self._relax()

    def _told(self) -> Told:
        told = known(self.programme.surface, self.hidden, self.settings, self.out)
        self.shown = {*told.figures}
        return told

    def _short(self, stuck: set[Key]) -> list[Key]:
        """The hidden quantities whose range is narrower than it must be, narrowest first."""
        needs = self.hidden.needs
        found = spans(self.programme, self._told(), {key: need for key, need in needs.items() if key not in stuck})
        lacking = {key: needs[key] - span.width for key, span in found.items()}
        return sorted((key for key, by in lacking.items() if by > SLACK), key=lambda key: (-lacking[key], key))

    def _open(self, target: Key, stuck: set[Key]) -> None:
        """Hide what gives one quantity the room that it needs."""
        told, need = self._told(), self.hidden.needs[target]
        span = spans(self.programme, told, {target: need})[target]
        lacking = need - span.width
        if lacking <= SLACK:
            return
        made = None
        for times in range(1, PUSHES + 1):
            ways = (span.above + lacking * times, -span.below - lacking * times)
            made = opening(self.programme, told, target, ways, self.price, self.worths.__getitem__)
            if made is None or made.quantities or made.figures:
                break
        if made is None or not (made.quantities or made.figures):
            made = self._everything(target, told)
        if not (made.quantities or made.figures):
            stuck.add(target)
            return
        for figure in made.figures:
            self.hidden.closed.setdefault(figure, SECONDARY)
        for key in made.quantities:
            self._hide(key)

    def _everything(self, target: Key, told: Told) -> Opening:
        """The last resort: all that hangs together with a quantity, and is neither 0 nor out already."""
        surface = self.programme.surface
        nothing = Told(frozenset(), told.figures)
        for piece in self.programme.pieces(nothing):
            if self.programme.place[target] in piece.places:
                keys = [self.programme.names[place] for place in piece.places]
                keys = [key for key in keys if key in told.exactly or key in told.nearly]
                return Opening(tuple(key for key in keys if key not in self.out and surface.values[key] > 0), (), 0.0)
        return Opening((), (), 0.0)

    def _worth(self, figure: Key) -> float:
        """What a reader loses with a figure: more with a total than with a cell, more with a large number."""
        size = max((self._size(key) for key in self.programme.surface.gives.get(figure, ())), default=0.0)
        depth = 2 if figure.breakdown_2 else 1 if figure.breakdown_1 else 0
        return WORTH[depth] * float((1 + size) ** 0.25)

    def _size(self, key: Key) -> float:
        """How many records a quantity is, or is worth."""
        return abs(self.programme.surface.values[key]) / (TYPICAL_MONEY if is_money(key) else 1.0)

    def price(self, key: Key) -> float:
        """What a reader loses with a quantity: the figures that fall with it, of those still shown."""
        group = group_of(key)
        keys = [key] if group is None else self.groups[group]
        lost = {figure for one in keys for figure in self.falls.get(one, ()) if figure in self.shown}
        return sum(self.worths[figure] for figure in sorted(lost)) or 0.25

    def _hide(self, key: Key) -> None:
        """Hide a quantity for another's sake; a group's answers to a question go together."""
        surface, least = self.programme.surface, least_count(self.settings)
        group = group_of(key)
        if group is not None:
            question, role = group
            base = int(surface.values[Key(f"{question}#base", *(("role", role) if role else ()))])
            for other in self.groups[group]:
                answer = other.measure.endswith("#n")
                self.hidden.hide(other, answer_need(surface, other, base, least) if answer else 0.0, SECONDARY)
        elif key.measure.endswith("#base"):
            self.hidden.hide(key, 0.0, SECONDARY)
        elif is_money(key):
            self.hidden.hide(key, LEAST_MONEY, SECONDARY)
        else:
            self.hidden.hide(key, least, SECONDARY)

    def _relax(self) -> None:
        """Take back, dearest first, each quantity without which all the others are still open enough."""
        told = self._told()
        mine = [key for key, why in self.hidden.why.items() if why == SECONDARY]
        for key in sorted(mine, key=lambda key: (-self._gain(key), key)):
            if key in self.hidden.why:
                told = self._try(key, told)
        for figure in [figure for figure, why in self.hidden.closed.items() if why == SECONDARY]:
            del self.hidden.closed[figure]
            if self._narrow(self._told(), None):
                self.hidden.closed[figure] = SECONDARY

    def _gain(self, key: Key) -> float:
        """What a reader gains when a quantity is shown again."""
        return sum(self.worths[figure] for figure in self.falls.get(key, ()))

    def _try(self, key: Key, told: Told) -> Told:
        """Show a quantity again, with what was hidden for its sake; not where a primary one becomes too narrow."""
        kept: list[tuple[Key, float]] = []
        waiting = {key}
        while waiting:
            for one in sorted(waiting):
                for other in self._together(one):
                    kept.append((other, self.hidden.needs[other]))
                    self.hidden.show(other)
            after = self._told()
            waiting = self._narrow(after, told)
            if any(self.hidden.why[one] == PRIMARY for one in waiting):
                for one, need in kept:
                    self.hidden.hide(one, need, SECONDARY)
                return told
        return after

    def _together(self, key: Key) -> list[Key]:
        """What is shown with a quantity: a group's answers go together."""
        group = group_of(key)
        if group is None:
            return [key] if key in self.hidden.why else []
        return [other for other in self.groups[group] if self.hidden.why.get(other) == SECONDARY]

    def _narrow(self, after: Told, before: Told | None) -> set[Key]:
        """The hidden quantities that are too narrow, of those that what is told anew can touch."""
        needs = self.hidden.needs
        if before is None:
            found = spans(self.programme, after, needs)
        else:
            fresh = (after.exactly | {*after.nearly}) - (before.exactly | {*before.nearly})
            near = {self.programme.place[key] for key in fresh}
            touched = [piece for piece in self.programme.pieces(before) if not near.isdisjoint(piece.places)]
            places = {place for piece in touched for place in piece.places}
            pieces = [piece for piece in self.programme.pieces(after) if not places.isdisjoint(piece.places)]
            found = spans(self.programme, after, needs, pieces)
        return {key for key, span in found.items() if needs[key] - span.width > SLACK}


def secondary(programme: Programme, hidden: Hidden, settings: Disclosure, out: AbstractSet[Key] = frozenset()) -> None:
    """Hide the cheapest further quantities until every hidden one is open enough."""
    Search(programme, hidden, settings, out).run()
