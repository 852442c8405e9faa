"""What the definitions say about the survey: shares with bases are counts of people.

Goes in: a reporting year's cells. Comes out: relations in a ``System``. Options of a question with one answer add up to
its base, roles add up to the whole, a base is no more than the responses, a change ties two years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from .breakdowns import TOTAL, Counted, enter
from .published import Cell, Where, Year, where
from .system import System

INVITED: Final = ("direct", "trade body")


def questions(year: Year) -> list[str]:
    """The questions with options: measures of shares by option."""
    return [
        measure
        for measure in year.measures()
        if measure.startswith("survey.")
        and any(name == "option" for cell in year.of(measure) for name, _ in cell.name.where)
    ]


def relate(system: System, year: Year, years: Sequence[Year]) -> None:
    """Everything about the survey in one reporting year; ``survey.responses`` and themes are entered as counts."""
    for question in questions(year):
        _question(system, year, question, years)
    _invited(system, year)
    for cell in [name for name in system.names if isinstance(name, tuple) and name[0] == year.label]:
        _within_responses(system, year.label, cell)


def changes(system: System, year: Year, before: Year) -> None:
    """The change of a positive share ties this year's people to last year's."""
    for cell in year.cells.values():
        measure = cell.name.measure
        if not measure.endswith(".positive.change") or cell.value is None:
            continue
        one = before.cells.get(type(cell.name)(measure.removesuffix(".change"), cell.name.where))
        other = year.cells.get(type(cell.name)(measure.removesuffix(".change"), cell.name.where))
        if one is None or other is None:
            continue
        for known, unknown, label, sign in ((one, other, year.label, 1), (other, one, before.label, -1)):
            if known.value is not None and unknown.value is None:
                share = known.value + sign * cell.value / 100
                question = measure.removesuffix(".positive.change")
                part, base = (
                    (label, f"{question}.positive#n", cell.name.where),
                    (label, f"{question}#base", _role(cell)),
                )
                if part in system and base in system:
                    system.relate([(1.0, part), (-share, base)], -1e-6, 1e-6, "change of a share")


def _role(cell: Cell) -> Where:
    return tuple(pair for pair in cell.name.where if pair[0] == "role")


def _single(question: str, years: Iterable[Year]) -> bool:
    """Whether each person gives one answer: wherever all options are shown they add up to the base."""
    seen = False
    for year in years:
        rows: dict[Where, list[Cell]] = {}
        for cell in year.of(question):
            rows.setdefault(_role(cell), []).append(cell)
        for cells in rows.values():
            if all(cell.value is not None and cell.base for cell in cells):
                seen = True
                if abs(sum(cell.value or 0 for cell in cells) - 1) > 1e-6:
                    return False
    return seen


def _question(system: System, year: Year, question: str, years: Sequence[Year]) -> None:
    base = Counted(f"{question}#base")
    chosen = Counted(f"{question}#n")
    positive = Counted(f"{question}.positive#n")
    for cell in (*year.of(question), *year.of(f"{question}.positive")):
        role = _role(cell)
        if base.known.get(role) is None:
            base.known[role] = None if cell.base is None else float(cell.base)
        counted = chosen if cell.name.measure == question else positive
        told = cell.value is not None and cell.base is not None
        counted.known[cell.name.where] = float(round((cell.value or 0) * (cell.base or 0))) if told else None
    for role in _silent(year, base):
        base.known[role] = 0.0
    single = _single(question, years)
    options = list(dict.fromkeys(dict(cell)["option"] for cell in chosen.known))
    roles = [cell for cell in base.known if cell]
    chosen.known |= {where(*role, ("option", o)): 0.0 for role in roles if base.known[role] == 0 for o in options}
    enter(system, year.label, base)
    enter(system, year.label, positive)
    _options(system, year.label, chosen, base, options, single=single)
    for cell in positive.known:
        terms = [(1.0, (year.label, positive.measure, cell)), (-1.0, (year.label, base.measure, cell))]
        if terms[1][1] in system:
            system.at_most(terms, 0.0, "positive answers are answers")
    _positive(system, year, chosen, positive, options, single=single)


def _silent(year: Year, base: Counted) -> list[Where]:
    """Roles without a row: nobody in them answered."""
    roles = [cell.name.where for cell in year.of("survey.responses") if dict(cell.name.where).keys() == {"role"}]
    return [role for role in roles if role not in base.known]


def _options(
    system: System, label: str, chosen: Counted, base: Counted, options: Sequence[str], *, single: bool
) -> None:
    """Each option adds up over roles; the options of one answer add up to the base, of several cover it."""
    for cell, value in chosen.known.items():
        system.variable((label, chosen.measure, cell), *((0.0,) if value is None else (value, value)))
    for role in base.known:
        parts = [(label, chosen.measure, where(*role, ("option", option))) for option in options]
        there = [part for part in parts if part in system]
        whole = (label, base.measure, role)
        for part in there:
            system.at_most([(1.0, part), (-1.0, whole)], 0.0, "an option is chosen by some of those who answer")
        if there and len(there) == len(parts):
            terms = [*((1.0, part) for part in there), (-1.0, whole)]
            (system.equal if single else system.at_least)(terms, 0.0, "options and base")
    roles = [role for role in base.known if role]
    for option in options:
        total = (label, chosen.measure, where(("option", option)))
        parts = [(label, chosen.measure, where(*role, ("option", option))) for role in roles]
        if total in system and parts and all(part in system for part in parts):
            system.equal([*((1.0, part) for part in parts), (-1.0, total)], 0.0, "an option over roles")


def _positive(
    system: System, year: Year, chosen: Counted, positive: Counted, options: Sequence[str], *, single: bool
) -> None:
    """The first options are the positive ones, as many as the shown figures agree on."""
    if not single:
        return
    complete = [
        cell
        for cell in positive.known
        if positive.known[cell] is not None
        and all(chosen.known.get(where(*cell, ("option", option))) is not None for option in options)
    ]
    fitting = [
        number
        for number in range(1, len(options))
        if complete
        and all(
            sum(chosen.known[where(*cell, ("option", option))] or 0 for option in options[:number])
            == positive.known[cell]
            for cell in complete
        )
    ]
    if len(fitting) != 1:
        return
    for cell in positive.known:
        parts = [(year.label, chosen.measure, where(*cell, ("option", option))) for option in options[: fitting[0]]]
        if all(part in system for part in parts):
            terms = [*((1.0, part) for part in parts), (-1.0, (year.label, positive.measure, cell))]
            system.equal(terms, 0.0, "positive options")


def _invited(system: System, year: Year) -> None:
    """A response rate with its public number of invitations is a count of invited responses."""
    rates = year.of("survey.response_rate")
    if not rates:
        return
    came = Counted("#invited")
    for cell in rates:
        told = cell.value is not None and cell.base is not None
        came.known[cell.name.where] = float(round((cell.value or 0) * (cell.base or 0))) if told else None
    enter(system, year.label, came)
    routes = [(year.label, "survey.responses", where(("invited_through", route))) for route in INVITED]
    roles = {cell.name.where for cell in year.of("survey.responses") if dict(cell.name.where).keys() == {"role"}}
    if all(route in system for route in routes):
        terms = [*((1.0, route) for route in routes), (-1.0, (year.label, "#invited", TOTAL))]
        relation = system.equal if roles <= set(came.known) else system.at_least
        relation(terms, 0.0, "responses to invitations")


def _within_responses(system: System, label: str, name: tuple[str, str, Where]) -> None:
    """Who answered a question, or came by invitation, or was coded to a theme, responded."""
    _, measure, cell = name
    survey = measure == "#invited" or measure.endswith("#base") or measure == "survey.themes"
    if survey and measure.startswith(("survey.", "#invited")):
        whole = (label, "survey.responses", tuple(pair for pair in cell if pair[0] == "role"))
        if whole in system:
            system.at_most([(1.0, name), (-1.0, whole)], 0.0, f"{measure} is a part of the responses")
