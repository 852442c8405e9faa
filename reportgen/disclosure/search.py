"""Secondary suppression: the least else that must be hidden so that nothing hidden can be worked out.

Goes in: the programme of a year and what is hidden already. Comes out: the same with more hidden. Hides what a cell is
worth to a reader, the search, and the taking back of what was hidden for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """The search over one year; quantities by number, as the programme has them."""

    def __init__(self, programme: Programme, hidden: Hidden, settings: Disclosure, out: frozenset[int]) -> None:
        self.programme, self.hidden, self.settings, self.out = programme, hidden, settings, out
        self.falls: list[list[int]] = [[] for _ in programme.names]
        for figure, given in enumerate(programme.gives):
            for place in given:
                self.falls[place].append(figure)
        self.limits: list[list[int]] = [[] for _ in programme.figures]
        for n, row in enumerate(programme.rows):
            if row.told_by is not None:
                self.limits[row.told_by].append(n)
        self.groups: dict[tuple[str, str], list[Key]] = {}
        for key in programme.names:
            group = group_of(key)
            if group is not None:
                self.groups.setdefault(group, []).append(key)
        self.worths = [self._worth(figure) for figure in range(len(programme.figures))]
        self.because: dict[Key, int] = {}
        self.told = self._told()

    def run(self) -> None:
        """Hide the cheapest further quantities until every hidden one is open enough; take back what is not needed."""
        stuck: set[int] = set()
        for _ in range(ROUNDS):
            short = self._short(stuck)
            if not short:
                break
            for target in short:
                self._open(target, stuck)
        self._relax()

    def _told(self) -> Told:
        return known(self.programme, self.hidden, self.settings, self.out)

    def _needs(self) -> dict[int, float]:
        return {self.programme.place[key]: need for key, need in self.hidden.needs.items() if need > 0}

    def _short(self, stuck: set[int]) -> list[int]:
        """The hidden quantities whose range is narrower than it must be, narrowest first."""
        self.told = self._told()
        needs = {place: need for place, need in self._needs().items() if place not in stuck}
        lacking = {place: needs[place] - span.width for place, span in spans(self.programme, self.told, needs).items()}
        names = self.programme.names
        return sorted((n for n, by in lacking.items() if by > SLACK), key=lambda n: (-lacking[n], names[n]))

    def _open(self, target: int, stuck: set[int]) -> None:
        """Hide what gives one quantity the room that it needs."""
        self.told = self._told()
        need = self.hidden.needs[self.programme.names[target]]
        span = spans(self.programme, self.told, {target: need}, [target])[target]
        lacking = need - span.width
        if lacking <= SLACK:
            return
        made = None
        for times in range(1, PUSHES + 1):
            ways = (span.above + lacking * times, -span.below - lacking * times)
            made = opening(self.programme, self.told, target, ways, self.price, self.worths.__getitem__)
            if made is None or made.quantities or made.figures:
                break
        if made is None or not (made.quantities or made.figures):
            made = Opening(tuple(self._everything(target)), (), 0.0)
        if not (made.quantities or made.figures):
            stuck.add(target)
        for figure in made.figures:
            self._close(figure, target)
        for place in made.quantities:
            self._hide(self.programme.names[place], target)

    def _everything(self, target: int) -> list[int]:
        """The last resort: all that hangs together with a quantity, and is neither 0 nor out already."""
        programme, seen, waiting = self.programme, {target}, [target]
        while waiting:
            for n in programme.rows_of[waiting.pop()]:
                fresh = {place for place in programme.rows[n].places if place not in seen and place not in self.out}
                fresh = {place for place in fresh if programme.values[place] > 0 or not self.told.state[place]}
                seen |= fresh
                waiting.extend(sorted(fresh))
        return [place for place in sorted(seen) if self.told.state[place]]

    def _worth(self, figure: int) -> float:
        """What a reader loses with a figure: more with a total than with a cell, more with a large number."""
        key = self.programme.figures[figure]
        size = max((self._size(place) for place in self.programme.gives[figure]), default=0.0)
        depth = 2 if key.breakdown_2 else 1 if key.breakdown_1 else 0
        return WORTH[depth] * float((1 + size) ** 0.25)

    def _size(self, place: int) -> float:
        """How many records a quantity is, or is worth."""
        return abs(self.programme.values[place]) / (TYPICAL_MONEY if is_money(self.programme.names[place]) else 1.0)

    def price(self, place: int) -> float:
        """What a reader loses with a quantity: the figures that fall with it, of those still shown."""
        group = group_of(self.programme.names[place])
        places = [place] if group is None else [self.programme.place[key] for key in self.groups[group]]
        lost = {figure for one in places for figure in self.falls[one] if self.told.shown[figure]}
        return sum(self.worths[figure] for figure in sorted(lost)) or 0.25

    def _hide(self, key: Key, because: int) -> None:
        """Hide a quantity for another's sake; a group's answers to a question go together."""
        self.because.setdefault(key, because)
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
        else:
            self.hidden.hide(key, LEAST_MONEY if is_money(key) else least, SECONDARY)

    def _close(self, figure: int, because: int) -> None:
        """Withhold a figure for what its value says of others; one that is a quantity must not be worked out either."""
        key = self.programme.figures[figure]
        if key in self.programme.surface.gives[key]:
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
            if key in self.hidden.why and together not in tried:
                tried.add(together)
                self._try(key)
        for figure in [figure for figure, why in self.hidden.closed.items() if why == SECONDARY]:
            del self.hidden.closed[figure]
            needs, after = self._needs(), self._told()
            if any(span.width < needs[place] - SLACK for place, span in spans(self.programme, after, needs).items()):
                self.hidden.closed[figure] = SECONDARY

    def _gain(self, key: Key) -> float:
        """What a reader gains when a quantity is shown again."""
        return sum(self.worths[figure] for figure in self.falls[self.programme.place[key]])

    def _try(self, key: Key) -> None:
        """Show a quantity again, with what was hidden for its sake; not where a primary one becomes too narrow."""
        kept: list[tuple[Key, float]] = []
        waiting = {key}
        while waiting:
            for one in sorted(waiting):
                for other in self._together(one):
                    kept.append((other, self.hidden.needs[other]))
                    self.hidden.show(other)
            after = self._told()
            waiting = self._narrow(after, key)
            if any(self.hidden.why[one] == PRIMARY for one in waiting):
                for one, need in kept:
                    self.hidden.hide(one, need, SECONDARY)
                return
        self.told = after

    def _together(self, key: Key) -> list[Key]:
        """What is shown with a quantity: a group's answers go together."""
        group = group_of(key)
        if group is None:
            return [key] if key in self.hidden.why else []
        return [other for other in self.groups[group] if self.hidden.why.get(other) == SECONDARY]

    def _narrow(self, after: Told, key: Key) -> set[Key]:
        """The hidden quantities that have too little room with what is told anew; its own sufferer first."""
        names, needs, before = self.programme.names, self._needs(), self.told
        fresh = {place for place, known in enumerate(after.state) if known and not before.state[place]}
        narrow = self._left_alone(after, fresh, needs)
        if narrow:
            return narrow
        sufferer = self.because.get(key)
        if sufferer is not None and not after.state[sufferer] and sufferer in needs:
            span = spans(self.programme, after, {sufferer: needs[sufferer]}, [sufferer])[sufferer]
            if span.width < needs[sufferer] - SLACK and self.hidden.why[names[sufferer]] == PRIMARY:
                return {names[sufferer]}
        told = [n for n, shown in enumerate(after.shown) if shown and not before.shown[n]]
        limited = {place for figure in told for n in self.limits[figure] for place in self.programme.rows[n].places}
        limited = {place for place in limited if before.spans[place] is not None}
        starts = {place for piece in self.programme.pieces(before, fresh | limited) for place in piece.places}
        found = spans(self.programme, after, needs, starts)
        return {names[place] for place, span in found.items() if span.width < needs[place] - SLACK}

    def _left_alone(self, after: Told, fresh: Iterable[int], needs: Mapping[int, float]) -> set[Key]:
        """The hidden quantities that an equation of what is told anew leaves alone: seen without a programme."""
        found = set()
        for n in {n for place in fresh for n in self.programme.rows_of[place]}:
            row = self.programme.rows[n]
            unknown = [place for place in row.places if after.spans[place] is not None]
            if row.slack is None and len(unknown) == 1 and unknown[0] in needs and not after.state[unknown[0]]:
                found.add(self.programme.names[unknown[0]])
        return found


def secondary(programme: Programme, hidden: Hidden, settings: Disclosure, out: frozenset[int] = frozenset()) -> None:
    """Hide the cheapest further quantities until every hidden one is open enough."""
    Search(programme, hidden, settings, out).run()
