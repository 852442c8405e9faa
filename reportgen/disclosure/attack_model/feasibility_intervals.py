"""Feasibility intervals: the values that each suppressed quantity could have, given what is published.

Input: the linear program of a year, the published information, the interval that each quantity requires. Output: an
interval for each, with two feasible tables as proof. To minimise solver time, only the quantities near the target may
change: a table feasible there is feasible for the whole year. Larger neighbourhoods are solved only if that proves too
little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.linear_program import ENOUGH, Component, Known, LinearProgram, View
from reportgen.disclosure.attack_model.quantities import is_money
from reportgen.disclosure.attack_model.required_interval import Required
from reportgen.disclosure.attack_model.solver import Block

if TYPE_CHECKING:
    from reportgen.disclosure.attack_model.linear_program import Floats, Places

NEIGHBOURS: Final = (24, 96, 400)
"""Sizes of neighbourhoods tried before the whole connected component."""
BLOCK: Final = 1500
"""Columns of one solver call. Independent problems are batched, because a call costs more than a column."""
WHOLE: Final = 400
"""The largest neighbourhood solved in integers."""
NEAR: Final = 1e-4
"""Tolerance for treating a solver's number as an integer."""

Moves = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Room:
    """A feasibility interval, as distances below and above the exact value; each is proved by a table of differences.

    ``exact`` means that the interval cannot be wider; otherwise it has at least the width asked for.
    """

    below: float = 0.0
    above: float = 0.0
    proofs: tuple[Moves, ...] = field(default=(), compare=False)
    exact: bool = False

    def moves(self, places: AbstractSet[int]) -> bool:
        """Return whether a proof changes any of these quantities."""
        return bool(places) and not all(places.isdisjoint(one) for one in self.proofs)


@dataclass
class _Problem:
    """An interval problem: one quantity in its neighbourhood."""

    place: int
    required: Required
    piece: Component
    complete: bool

    @property
    def column(self) -> int:
        return int(self.piece.places.searchsorted(self.place))


def rooms(
    program: LinearProgram, told: Known, required: Mapping[int, Required], *, widest: int | None = None
) -> dict[int, Room]:
    """Find the interval of each unpublished quantity: at least the required one, or its exact width.

    ``widest`` limits the neighbourhoods; an interval not proved within them is returned as found and may be too narrow.
    """
    waiting = [place for place in required if told.spans[place] is not None]
    found: dict[int, Room] = {place: Room(exact=True) for place in required if told.spans[place] is None}
    view = View(program, told) if waiting else None
    sizes: list[int | None] = [size for size in NEIGHBOURS if widest is None or size <= widest]
    for size in [*sizes, *([None] if widest is None else [])]:
        if view is None:
            break
        questions = [_Problem(place, required[place], *view.near(place, size)) for place in waiting]
        for question, room in zip(questions, _solve(program, questions), strict=True):
            found[question.place] = room
        waiting = [
            question.place
            for question in questions
            if not question.required.enough(found[question.place].below, found[question.place].above)
            and not question.complete
        ]
        if not waiting:
            break
    return found


def proved(program: LinearProgram, told: Known, room: Room) -> bool:
    """Return whether an interval's proofs are still feasible with what is published now."""
    return all(_is_feasible(program, told, moves) for moves in room.proofs)


def _is_feasible(program: LinearProgram, told: Known, moves: Moves) -> bool:
    for place, by in moves.items():
        span = told.spans[place]
        if span is None or by < span[0] - ENOUGH or by > span[1] + ENOUGH:
            return False
    for n in {n for place in moves for n in program.conditional.get(place, ())}:
        row = program.rows[n]
        if row.told_by is not None and told.shown[row.told_by] and row.slack is not None:
            terms = zip(row.places, row.signs, strict=True)
            if sum(sign * moves.get(place, 0.0) for place, sign in terms) > row.slack + ENOUGH:
                return False
    return True


def _solve(program: LinearProgram, questions: Sequence[_Problem]) -> Iterator[Room]:
    """Maximise, then minimise each quantity; repeat in integers if the solution is fractional."""
    for some in _batches(questions):
        block, columns = Block([question.piece for question in some]), [question.column for question in some]
        up = block.furthest(columns, [max(q.required.above, q.required.width) for q in some], 1.0)
        low = [max(q.required.below, q.required.width - _reached(q, by)) for q, by in zip(some, up, strict=True)]
        down = block.furthest(columns, low, -1.0)
        for question, high, deep in zip(some, up, down, strict=True):
            made = _room(question, high, deep)
            if question.required.enough(made.below, made.above) and _in_whole_numbers(program, question):
                yield _integer_room(program, question, high, deep)
            else:
                yield made


def _batches(questions: Sequence[_Problem]) -> Iterator[list[_Problem]]:
    """Group problems into batches for one solver call."""
    block: list[_Problem] = []
    size = 0
    for question in questions:
        if block and size + len(question.piece.places) > BLOCK:
            yield block
            block, size = [], 0
        block.append(question)
        size += len(question.piece.places)
    if block:
        yield block


def _room(question: _Problem, high: Floats, deep: Floats) -> Room:
    proofs = tuple(
        {int(question.piece.places[n]): float(moved[n]) for n in (abs(moved) > ENOUGH).nonzero()[0]}
        for moved in (high, deep)
        if bool((abs(moved) > ENOUGH).any())
    )
    return Room(-_reached(question, deep), _reached(question, high), proofs, question.complete)


def _reached(question: _Problem, moved: Floats) -> float:
    return float(moved[question.column])


def _in_whole_numbers(program: LinearProgram, question: _Problem) -> bool:
    """Return whether the quantity is a count in a neighbourhood small enough to solve in integers.

    A count needs an integer table: one that only fractions allow is not feasible.
    """
    return not is_money(program.names[question.place]) and len(question.piece.places) <= WHOLE


def _integer_room(program: LinearProgram, question: _Problem, high: Floats, deep: Floats) -> Room:
    """Return the interval proved by integer tables, solving again only if the ones found are fractional."""
    import numpy as np

    places = question.piece.places.tolist()
    counts = np.array([n for n, place in enumerate(places) if not is_money(program.names[place])], dtype=np.int64)
    values = np.array([program.values[places[n]] for n in counts])
    required, block = question.required, None
    if not _is_whole(high, counts, values):
        block = Block([question.piece], counts)
        high = block.furthest([question.column], [max(required.above, required.width)], 1.0)[0]
    low = max(required.below, required.width - _reached(question, high))
    if low > 0 and (not _is_whole(deep, counts, values) or -_reached(question, deep) < low - NEAR):
        block = block or Block([question.piece], counts)
        deep = block.furthest([question.column], [low], -1.0)[0]
    return _room(question, high, deep)


def _is_whole(moved: Floats, counts: Places, values: Floats) -> bool:
    there = values + moved[counts]
    return bool((abs(there - there.round()) < NEAR).all())
