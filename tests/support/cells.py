"""Statistics made cell by cell, for the rules of disclosure control.

``year(*cells)`` is a reporting year with these cells; ``count``, ``share``, ``money`` and ``rests`` make them.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from reportgen import disclosure
from reportgen.measures import Statistic, Statistics
from reportgen.measures.aggregation import largest
from reportgen.measures.cliques import cliques
from reportgen.measures.intervals import wilson
from reportgen.measures.statistics import Contribution
from reportgen.model.edition import Edition
from reportgen.model.figure import Key
from reportgen.model.records import Question, Records
from reportgen.model.release import Disclosure, Release
from reportgen.scheme.measure_definitions import definitions

QUESTION = Question("clear", "Was it clear?", "scale", ("Yes", "Partly", "No"), ("Yes", "Partly"))
SETTINGS = Disclosure()


def key(measure, **breakdowns):
    return Key(measure, *(part for pair in breakdowns.items() for part in pair))


def count(measure, number, **breakdowns):
    """A number of records."""
    return Statistic(key(measure, **breakdowns), float(number), numerator=number, base=number)


def share(measure, part, base, **breakdowns):
    """A share of records."""
    here = key(measure, **breakdowns)
    lower, upper = (
        wilson(part, base) if measure.startswith("survey.") and measure != "survey.response_rate" else (None, None)
    )
    return Statistic(here, part / base, numerator=part, denominator=base, base=base, lower=lower, upper=upper)


def money(measure, amounts, base=None, **breakdowns):
    """A sum of pounds, one amount a notice."""
    pence = [round(amount * 100) for amount in amounts]
    return Statistic(
        key(measure, **breakdowns),
        sum(pence) / 100,
        numerator=sum(pence),
        base=len(amounts) if base is None else base,
        contributors=sum(amount > 0 for amount in pence),
        top=largest(Contribution(who, amount) for who, amount in enumerate(pence) if amount > 0),
    )


def rests(measure, value, base, **breakdowns):
    """A mean, a median, a percentile, a sum of people: a value on so many records."""
    number = int(value) if measure == "incidents.entrants" else None
    return Statistic(key(measure, **breakdowns), float(value), numerator=number, base=base)


def year(
    *cells, starts="04-01", settings=SETTINGS, invitations=None, previous=None, questions=(QUESTION,), number=2025
):
    """A reporting year with these cells and nothing else, and a table behind its two-way tables that fits them."""
    return Statistics(
        period=Edition(number).period(starts),
        cells={cell.key: cell for cell in cells},
        definitions=definitions(questions),
        categories={},
        records=Records(questions=questions),
        settings=settings,
        invitations=invitations or {},
        objection_days=42,
        joints=joints({cell.key: cell.numerator for cell in cells}),
        previous=previous,
    )


def joints(numbers):
    """Tables behind the two-way tables of notices and of objections, in whole numbers, where all their cells are given.

    Any that fits will do: only what differs from it is asked for.
    """
    made = {}
    for measure, least, base in (("penalties.issued", 3, ""), ("objections.rate", 2, "penalties.issued")):
        mine = {here: number for here, number in numbers.items() if here.measure == measure}
        pairs = dict.fromkeys(
            (here.breakdown_1, here.breakdown_2)
            for here in numbers
            if here.measure == (base or measure) and here.breakdown_2
        )
        names = dict.fromkeys(here.breakdown_1 for here in mine) if base else None
        pairs = [pair for pair in pairs if names is None or {*pair} <= {*names}]
        for clique in cliques(pairs):
            cells = _fitting(clique.names, mine, numbers, base) if len(clique.names) >= least else None
            if cells is not None:
                made.setdefault(measure, {})[clique.names] = cells
    return made


def _fitting(names, mine, numbers, base):
    words = {name: {} for name in names}
    for here in [*mine, *(here for here in numbers if here.measure == base)]:
        for name, category in ((here.breakdown_1, here.category_1), (here.breakdown_2, here.category_2)):
            if name in words:
                words[name][category] = None
    cells = [dict(zip(names, some, strict=True)) for some in product(*words.values())]
    rows, totals, most = [], [], [np.inf] * len(cells)
    for here, number in mine.items():
        fixed = {here.breakdown_1: here.category_1, **({here.breakdown_2: here.category_2} if here.breakdown_2 else {})}
        if here.breakdown_1 and {*fixed} <= {*names}:
            rows.append([float(all(cell[name] == word for name, word in fixed.items())) for cell in cells])
            totals.append(number)
    for n, cell in enumerate(cells) if base else ():
        most[n] = next(
            number
            for here, number in numbers.items()
            if here.measure == base and {here.breakdown_1: here.category_1, here.breakdown_2: here.category_2} == cell
        )
    found = milp(
        np.zeros(len(cells)),
        integrality=np.ones(len(cells)),
        bounds=Bounds(0, most),
        constraints=LinearConstraint(np.array(rows), totals, totals),
    )
    return None if found.x is None else {tuple(cell.values()): round(x) for cell, x in zip(cells, found.x, strict=True)}


def release(statistics):
    return Release(
        Edition(statistics.period.year), statistics.period, statistics.period.last, disclosure=statistics.settings
    )


def protected(*cells, **more):
    """The protected statistics and the problems."""
    statistics = year(*cells, **more)
    return disclosure.protect(statistics, release(statistics))


def hidden(*cells, **more):
    """The keys of the hidden figures; nothing may be wrong."""
    found = protected(*cells, **more)
    assert not found.problems, found.problems
    return {str(one.key) for one in found.value.figures.values() if one.hidden}


def changed(statistics, **settings):
    return replace(statistics, settings=replace(statistics.settings, **settings))
