"""Audit disclosure: how narrowly each suppressed quantity can be estimated from everything published.

Input: the linear program of a year, what is suppressed, what was published before. Output: the audit's summary, and a
problem for each suppressed figure that can be inferred too closely. Never discloses a value or an interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.disclosure.attack_model.contributors import contributor_views
from reportgen.disclosure.attack_model.feasibility_intervals import Room
from reportgen.disclosure.attack_model.linear_program import Known, LinearProgram
from reportgen.disclosure.attack_model.quantities import CLOSING, OPENING, is_money
from reportgen.disclosure.primary_suppression import PRIMARY, Hidden, known
from reportgen.disclosure.prior_publications import PriorFigures
from reportgen.disclosure.secondary_suppression import Proofs, sensitive
from reportgen.model.figure import Key
from reportgen.model.formatting import pounds, rounded
from reportgen.model.problem import Problem, Stage
from reportgen.model.protected import Audit, Figure, ProtectedStatistics

if TYPE_CHECKING:
    from reportgen.measures import Statistics

NAMED = 6
"""Most published figures named next to a suppressed one."""


def examine(
    statistics: Statistics, program: LinearProgram, hidden: Hidden, before: PriorFigures
) -> tuple[Audit, list[Problem]]:
    """Check every suppressed quantity against everything published."""
    out = frozenset(program.place[key] for key in before.told)
    told = known(program, hidden, statistics.settings, out)
    required = {program.place[key]: need for key, need in hidden.needs.items() if need}
    problems = [_published_before(key, before.told[key]) for key in sorted(before.told) if hidden.needs.get(key)]
    proofs = Proofs(
        program, contributor_views(program, statistics), sensitive(program, hidden)
    )  # separate proofs: those of the suppression search are not trusted
    narrow = {place for _, _, place in proofs.short(told, required)}
    problems += [_too_narrow(program, key, told) for key in sorted(program.names[place] for place in narrow)]
    return _counted(statistics, program, hidden, told, proofs.rooms), problems


def _counted(
    statistics: Statistics, program: LinearProgram, hidden: Hidden, told: Known, found: Mapping[int, Room]
) -> Audit:
    model, kinds = program.model, statistics.definitions
    counts = [(program.names[place], room) for place, room in found.items() if not is_money(program.names[place])]
    least = min(((room.below + room.above, key) for key, room in counts), default=None)
    unseen = [
        key
        for key, shown in zip(program.figures, told.shown, strict=True)
        if not shown and kinds[key.measure].kind != "change"
    ]
    first = sum(
        hidden.closed.get(key) == PRIMARY or any(hidden.why.get(quantity) == PRIMARY for quantity in model.gives[key])
        for key in unseen
    )
    return Audit(
        published=len(statistics.cells) - len(unseen),
        hidden_primary=first,
        hidden_secondary=len(unseen) - first,
        narrowest=None if least is None else round(least[0], 6),
        narrowest_of=None if least is None else least[1],
    )


def counted(audit: Audit, figures: Mapping[Key, Figure]) -> Audit:
    """Update the audit's counts to include suppressed figures derived from others, such as changes."""
    hidden = sum(figure.hidden for figure in figures.values())
    return replace(audit, published=len(figures) - hidden, hidden_secondary=hidden - audit.hidden_primary)


def unjoined(
    statistics: Statistics, figures: Mapping[Key, Figure], before: ProtectedStatistics | None
) -> list[Problem]:
    """Return a notice if the opening balance differs from last year's closing balance.

    The amounts are included only if both are displayed.
    """
    then = statistics.previous
    start, end = statistics.cells.get(OPENING), then.cells.get(CLOSING) if then else None
    if start is None or end is None or rounded(start.value) == rounded(end.value):
        return []
    told = figures[OPENING].value, before.figures[CLOSING].value if before else None
    amounts = [pounds(value) for value in told if value is not None]
    said = f"{amounts[0]} and {amounts[1]}" if len(amounts) == len(told) else "at least one of them is hidden"
    return [
        Problem(
            Stage.DISCLOSURE,
            "balance-not-carried",
            "What the ledger leaves owed at the start of the year is not what last year’s ledger leaves owed at its "
            f"end: {said}.",
            "Export the ledger and the notices again, with every notice that was not settled when the year began. If "
            "both are right, find out which earlier notices were corrected and say so in the change note.",
            "notice",
        )
    ]


def stopped(hidden: Hidden) -> list[Problem]:
    """Return a notice if the suppression search stopped early."""
    if not hidden.stopped:
        return []
    return [
        Problem(
            Stage.DISCLOSURE,
            "protection-stopped",
            "Very many figures hang together, so the search for those that need not be hidden was ended early. "
            "Nothing can be worked out, but more may be hidden than necessary.",
            "Merge small categories, such as places with few incidents, if too much is hidden.",
            "notice",
        )
    ]


def _published_before(key: Key, by: Key) -> Problem:
    return Problem(
        Stage.DISCLOSURE,
        "published-before",
        f"{in_words(key)} must be hidden, but an earlier publication discloses it: its figure {by} gives it away.",
        "Keep the inputs and settings of the published report, or ask the statistician how to correct it.",
        value=str(key),
    )


def _too_narrow(program: LinearProgram, key: Key, told: Known) -> Problem:
    """Name the suppressed figure and the published ones that disclose it; never its value or interval."""
    rows = [program.rows[n] for n in program.rows_of[program.place[key]]]
    rows = [row for row in rows if row.told_by is None or told.shown[row.told_by]]
    near = {place for row in rows for place in row.places if told.state[place]}
    named = sorted(in_words(program.names[place]) for place in near)[:NAMED]
    by = ", ".join(named) or "the figures beside it"
    return Problem(
        Stage.DISCLOSURE,
        "hidden-figure-given-away",
        f"{in_words(key)} is hidden, but can be estimated too closely from {by}.",
        "Publish fewer breakdowns of this measure, or merge small categories in the inputs.",
        value=in_words(key),
    )


def in_words(key: Key) -> str:
    """Describe a quantity: the figure itself, or what it stands for, such as a base."""
    measure, _, part = key.measure.partition("#")
    words = {
        "n": "the number behind ",
        "base": "the base of ",
        "days": "part of ",
        "others": "other responses of ",
        "joint": "cells of ",
        "unprinted": "what is not printed of ",
        "coded": "any theme of ",
        "n#joint": "cells of the number behind ",
    }
    return f"{words.get('days' if part.startswith('days') else part, '')}{str(key).replace(key.measure, measure, 1)}"
