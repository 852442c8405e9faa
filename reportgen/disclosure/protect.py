"""The door: exact statistics become figures that may be printed.

Goes in: ``Statistics``. Comes out: ``ProtectedStatistics`` and what the audit found. Nothing passes that is not here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen import survey
from reportgen.disclosure.ranges import ranges
from reportgen.disclosure.suppression import SLACK, Hidden, displayed, known, primary, secondary
from reportgen.disclosure.surface import SHARES, SUMS, Surface, describe, named
from reportgen.disclosure.text import quotes
from reportgen.disclosure.types import HIDDEN, Audit, Figure, ProtectedStatistics
from reportgen.figures import Key
from reportgen.formats import rounded
from reportgen.problems import Found, Problem, Stage

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics
    from reportgen.release import Release

Rows = Sequence[Mapping[str, str]]


def protect(
    statistics: Statistics,
    release: Release,
    *,
    references: frozenset[str] = frozenset(),
    published: Rows = (),
) -> Found[ProtectedStatistics]:
    """Every figure of the year, displayed or hidden, and last year's by the same rules.

    ``references`` are words of the inputs that no quote may hold (notices, incidents, firms). ``published`` are rows of
    ``statistics.csv`` files that are out already: a hidden figure that stands there is a problem.
    """
    problems: list[Problem] = []
    before = None
    if statistics.previous is not None:
        before = _year(statistics.previous, release, problems, published, None, references)
    return Found(_year(statistics, release, problems, published, before, references), tuple(problems))


def _year(
    statistics: Statistics,
    release: Release,
    problems: list[Problem],
    published: Rows,
    before: ProtectedStatistics | None,
    references: frozenset[str],
) -> ProtectedStatistics:
    """One year on its own, so that a year's figures are the same in its own report and in the next."""
    surface = describe(statistics)
    hidden = primary(statistics, surface)
    secondary(statistics, surface, hidden)
    audit, faults = examine(statistics, surface, hidden, published)
    problems.extend(faults)
    shown = {*displayed(surface, hidden)}
    figures: dict[Key, Figure] = {}
    for key, statistic in statistics.cells.items():
        definition = statistics.definitions[key.measure]
        if definition.kind == "change":
            open_ = _comparable(key, figures, before)
        else:
            open_ = not definition.personal or key in shown
        figures[key] = _figure(statistics, surface, hidden, statistic, release, displayed=open_)
    figures = {key: figures[key] for key in statistics.cells}
    groups = {figure.key.category_1: figure for key, figure in figures.items() if key.measure == "survey.responses"}
    named_roles = frozenset(role for role, figure in groups.items() if not figure.hidden)
    return ProtectedStatistics(
        period=statistics.period,
        figures=figures,
        definitions=statistics.definitions,
        categories=statistics.categories,
        records=replace(statistics.records, comments=(), quotes=quotes(statistics.records, named_roles, references)),
        settings=statistics.settings,
        audit=audit,
        breaks=statistics.breaks,
        previous=before,
    )


def _comparable(key: Key, figures: Mapping[Key, Figure], before: ProtectedStatistics | None) -> bool:
    """A change is displayed only where both years are: it says nothing new then."""
    share = named(key, key.measure.removesuffix(".change"))
    both = (figures.get(share), before.figures.get(share) if before else None)
    return all(figure is not None and not figure.hidden for figure in both)


def _figure(
    statistics: Statistics,
    surface: Surface,
    hidden: Hidden,
    statistic: Statistic,
    release: Release,
    *,
    displayed: bool,
) -> Figure:
    """One figure as it may be printed."""
    definition = statistics.definitions[statistic.key.measure]
    figure = Figure(statistic.key, definition.unit, None, HIDDEN)
    if not displayed:
        return figure
    rests = surface.rests.get(statistic.key)
    base = None if rests is not None and rests in hidden.why else statistic.base
    figure = replace(
        figure,
        value=statistic.value,
        marker="",
        lower=statistic.lower,
        upper=statistic.upper,
        base=base,
        numerator=statistic.numerator if definition.unit == "proportion" else None,
    )
    to = statistics.settings.round_to
    return figure if to == 1 or not definition.personal else _rounded(statistics, statistic, figure, to, release)


def _rounded(statistics: Statistics, statistic: Statistic, figure: Figure, to: int, release: Release) -> Figure:
    """Counts to the nearest multiple; shares and means made again from rounded counts."""
    definition = statistics.definitions[statistic.key.measure]

    def near(number: float | None) -> int | None:
        return None if number is None else int(rounded(number / to, 0)) * to

    base = near(figure.base)
    if definition.kind in ("count", "sum") and definition.unit != "pounds":
        return replace(figure, value=float(near(statistic.value) or 0), base=base)
    if definition.kind in ("share", "survey share") and statistic.key.measure != "value.collected_share":
        part, whole = near(statistic.numerator) or 0, near(statistic.denominator) or 0
        if not whole:
            return Figure(statistic.key, definition.unit, None, HIDDEN)
        part = min(part, whole)
        made = replace(figure, value=part / whole, numerator=part, base=base)
        if definition.kind != "survey share":
            return made
        key = statistic.key
        role = key.category_1 if key.breakdown_1 == "role" else ""
        population = release.population.get(role) if statistics.previous is not None or role else None
        lower, upper = survey.wilson(part, whole, population)
        return replace(made, lower=lower, upper=upper)
    if statistic.key.measure in SUMS and base:
        return replace(figure, value=statistic.value * (statistic.base or 0) / base, base=base)
    return replace(figure, base=base)


def examine(
    statistics: Statistics, surface: Surface, hidden: Hidden, published: Rows = ()
) -> tuple[Audit, list[Problem]]:
    """The audit: from what is displayed alone, how narrowly can each hidden quantity be placed?"""
    told = known(surface, hidden)
    problems: list[Problem] = []
    out = _out_already(statistics, surface, published)
    for key in sorted(out & {*hidden.why}):
        problems.append(_told_before(key))
    told |= out
    wanted = {key for key, need in hidden.needs.items() if need > 0 and key not in told}
    found = ranges(surface, told, wanted)
    narrowest: tuple[float, Key] | None = None
    for key in sorted(found):
        width = found[key][1] - found[key][0]
        if width < hidden.needs[key] - SLACK:
            problems.append(_narrow(surface, key, found[key], told))
        if not key.measure.startswith(("value.", "money.")) and (narrowest is None or (width, key) < narrowest):
            narrowest = (width, key)
    shown = {*displayed(surface, hidden)}
    not_shown = [
        key for key in surface.gives if key not in shown and statistics.definitions[key.measure].kind != "change"
    ]
    first = sum(
        key in hidden.closed or any(hidden.why.get(q) == "primary" for q in surface.gives[key]) for key in not_shown
    )
    unpublished = len(not_shown)
    audit = Audit(
        published=len(statistics.cells) - unpublished,
        hidden_primary=first,
        hidden_secondary=unpublished - first,
        constraints=len(surface.equations) + len(surface.bounds),
        narrowest=None if narrowest is None or math.isinf(narrowest[0]) else narrowest[0],
        narrowest_of=None if narrowest is None or math.isinf(narrowest[0]) else narrowest[1],
    )
    return audit, problems


def _out_already(statistics: Statistics, surface: Surface, published: Rows) -> set[Key]:
    """The quantities of this year that an earlier publication gives with their exact value."""
    found: set[Key] = set()
    for row in published:
        key = Key(
            *(row.get(name, "") for name in ("measure", "breakdown_1", "category_1", "breakdown_2", "category_2"))
        )
        if row.get("period") != statistics.period.label or not row.get("value") or key not in surface.values:
            continue
        if key.measure not in SHARES and abs(float(row["value"]) - surface.values[key]) < 0.005:  # noqa: PLR2004 - half a penny
            found.add(key)
    return found


def _told_before(key: Key) -> Problem:
    return Problem(
        Stage.DISCLOSURE,
        "published-before",
        f"{key} must be hidden, but a copy that was published gives its value.",
        "Keep the inputs and settings of the published report, or ask the statistician how to correct it.",
        value=str(key),
    )


def _narrow(surface: Surface, key: Key, span: tuple[float, float], told: set[Key]) -> Problem:
    """Names the hidden figure and the published numbers that give it away; never its value or its range."""
    del span
    near = [
        str(other) for terms in surface.equations if key in terms for other in terms if other != key and other in told
    ]
    by = ", ".join(sorted(set(near))[:6]) or "the figures beside it"
    return Problem(
        Stage.DISCLOSURE,
        "hidden-figure-given-away",
        f"{key} is hidden, but can be worked out too closely from {by}.",
        "Publish fewer breakdowns of this measure, or merge small categories in the inputs.",
        value=str(key),
    )
