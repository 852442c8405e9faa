"""Statistics made cell by cell, for the rules of disclosure control.

``year(*cells)`` is a reporting year with these cells; ``count``, ``share``, ``money`` and ``rests`` make them.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen import disclosure
from reportgen.figures import Key
from reportgen.measures import Statistic, Statistics, definitions
from reportgen.records import Question, Records
from reportgen.release import Disclosure, Release, period_of
from reportgen.survey import wilson

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
        largest=max([0, *pence]),
    )


def rests(measure, value, base, **breakdowns):
    """A mean, a median, a percentile, a sum of people: a value on so many records."""
    number = int(value) if measure == "incidents.entrants" else None
    return Statistic(key(measure, **breakdowns), float(value), numerator=number, base=base)


def year(
    *cells, starts="04-01", settings=SETTINGS, invitations=None, previous=None, questions=(QUESTION,), number=2025
):
    """A reporting year with these cells and nothing else."""
    return Statistics(
        period=period_of(number, starts),
        cells={cell.key: cell for cell in cells},
        definitions=definitions(questions),
        categories={},
        records=Records(questions=questions),
        settings=settings,
        invitations=invitations or {},
        objection_days=42,
        previous=previous,
    )


def release(statistics):
    return Release(statistics.period.year, statistics.period, statistics.period.last, disclosure=statistics.settings)


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
