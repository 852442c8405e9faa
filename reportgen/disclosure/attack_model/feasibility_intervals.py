"""Feasibility intervals: how narrowly each hidden quantity can be placed by what is told.

Goes in: the program of a year, what is told, how much room each quantity needs. Comes out: the room that each has,
with two tables that prove it. Minimises solver time: a table that fits near the quantity fits everywhere, since
whatever lies further away may stay as it is; only where the neighbourhood does not suffice is more asked for.
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
"""Quantities in the neighbourhoods that are tried before all that hang together with one."""
BLOCK: Final = 1500
"""Columns of one solver call: independent questions are asked together, since a call costs more than a column."""
WHOLE: Final = 400
"""The largest neighbourhood that is asked for tables in whole numbers."""
NEAR: Final = 1e-4
"""A solver's number this near a whole one is meant to be it."""

Moves = Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Room:
    """How far a quantity may lie below and above its exact value, each proved by a table: what differs, by number.

    ``exact`` says that it can be no further; otherwise it is at least so far as was asked.
    """

    below: float = 0.0
    above: float = 0.0
    proofs: tuple[Moves, ...] = field(default=(), compare=False)
    exact: bool = False

    def moves(self, places: AbstractSet[int]) -> bool:
        """Whether its proofs rest on any of these."""
        return bool(places) and not all(places.isdisjoint(one) for one in self.proofs)


@dataclass
class _Question:
    """One quantity in its neighbourhood."""

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
    """The room of each quantity that is not told: at least what is required, or exactly what it has.

    ``widest`` bounds the neighbourhoods: what is not proved within is given as the room found, which may be too little.
    """
    waiting = [place for place in required if told.spans[place] is not None]
    found: dict[int, Room] = {place: Room(exact=True) for place in required if told.spans[place] is None}
    view = View(program, told) if waiting else None
    sizes: list[int | None] = [size for size in NEIGHBOURS if widest is None or size <= widest]
    for size in [*sizes, *([None] if widest is None else [])]:
        if view is None:
            break
        questions = [_Question(place, required[place], *view.near(place, size)) for place in waiting]
        for question, room in zip(questions, _answers(program, questions), strict=True):
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
    """Whether a room found before still holds with what is told now."""
    return all(_possible(program, told, moves) for moves in room.proofs)


def _possible(program: LinearProgram, told: Known, moves: Moves) -> bool:
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


def _answers(program: LinearProgram, questions: Sequence[_Question]) -> Iterator[Room]:
    """Ask how far up each may go, then how far down, then in whole numbers where the answer is in fractions."""
    for some in _blocks(questions):
        block, columns = Block([question.piece for question in some]), [question.column for question in some]
        up = block.furthest(columns, [max(q.required.above, q.required.width) for q in some], 1.0)
        low = [max(q.required.below, q.required.width - _reached(q, by)) for q, by in zip(some, up, strict=True)]
        down = block.furthest(columns, low, -1.0)
        for question, high, deep in zip(some, up, down, strict=True):
            made = _room(question, high, deep)
            if question.required.enough(made.below, made.above) and _in_whole_numbers(program, question):
                yield _whole(program, question, high, deep)
            else:
                yield made


def _blocks(questions: Sequence[_Question]) -> Iterator[list[_Question]]:
    """The questions that are asked together."""
    block: list[_Question] = []
    size = 0
    for question in questions:
        if block and size + len(question.piece.places) > BLOCK:
            yield block
            block, size = [], 0
        block.append(question)
        size += len(question.piece.places)
    if block:
        yield block


def _room(question: _Question, high: Floats, deep: Floats) -> Room:
    proofs = tuple(
        {int(question.piece.places[n]): float(moved[n]) for n in (abs(moved) > ENOUGH).nonzero()[0]}
        for moved in (high, deep)
        if bool((abs(moved) > ENOUGH).any())
    )
    return Room(-_reached(question, deep), _reached(question, high), proofs, question.complete)


def _reached(question: _Question, moved: Floats) -> float:
    return float(moved[question.column])


def _in_whole_numbers(program: LinearProgram, question: _Question) -> bool:
    """Whether counts must be whole here: a count that only fractions leave room has none."""
    return not is_money(program.names[question.place]) and len(question.piece.places) <= WHOLE


def _whole(program: LinearProgram, question: _Question, high: Floats, deep: Floats) -> Room:
    """The room in tables of whole numbers: those found where they are whole, else asked for."""
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
