"""The door: exact statistics become figures that may be printed.

Goes in: ``Statistics``. Comes out: ``ProtectedStatistics`` and what the audit found. Nothing passes that is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from reportgen.disclosure.attack_model.contributors import contributor_views
from reportgen.disclosure.attack_model.linear_program import LinearProgram
from reportgen.disclosure.attack_model.published_figures import describe
from reportgen.disclosure.attack_model.quantities import (
    CLOSING,
    HALF_PENNY,
    OPENING,
    SUMS,
    AttackModel,
    named,
)
from reportgen.disclosure.audit import counted, examine, stopped, unjoined
from reportgen.disclosure.free_text.screening import office_words, screened
from reportgen.disclosure.group_disclosure import alike, hide_alike
from reportgen.disclosure.primary_suppression import Hidden, displayed, money_need, primary
from reportgen.disclosure.prior_publications import PriorFigures, Rows, compared, prior_figures
from reportgen.disclosure.secondary_suppression import Say, secondary
from reportgen.measures import intervals
from reportgen.model.figure import Key
from reportgen.model.formatting import rounded
from reportgen.model.problem import Found, Problem, serious
from reportgen.model.protected import HIDDEN, Figure, ProtectedStatistics

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics
    from reportgen.model.records import Comment, Quote
    from reportgen.model.release import Release

RANKED: Final = "registered_in"
"""The breakdown whose categories are in the order of their size."""
LAST: Final = ("Other", "not recorded")


def protect(
    statistics: Statistics,
    release: Release,
    *,
    references: frozenset[str] = frozenset(),
    names: frozenset[str] = frozenset(),
    published: Rows = (),
    previous: Callable[[], Found[ProtectedStatistics]] | None = None,
    say: Say | None = None,
) -> Found[ProtectedStatistics]:
    """Every figure of the year, displayed or hidden, and last year's by the same rules.

    ``references`` (of notices and incidents) and ``names`` (of firms and people) are words of the inputs that no quote
    may hold. ``published`` are rows of ``statistics.csv`` files that are out already: a hidden figure that stands there
    is a problem. ``previous`` gives what this function makes of last year's statistics, where somebody is at work on
    it; it is asked late. ``say`` hears how far a long search is, without numbers of records.
    """
    then, before, last = statistics.previous, None, tuple[Problem, ...]()
    if then is not None and previous is None:
        undecided = replace(release, quotes={})  # last year's comments are not quoted
        before, last = protect(then, undecided, references=references, names=names, published=published, say=say)
    # While last year is under way its closing balance is taken to be displayed; if it is not, the search begins again.
    closing = _closing(then.cells if then is not None and before is None else before.figures if before else {})
    searched = _Searched.of(statistics, closing, published, say)
    if then is not None and previous is not None:
        before, last = previous()
        if before is None or _closing(before.figures) != closing:
            searched = _Searched.of(statistics, _closing(before.figures if before else {}), published, say)
    problems = list[Problem]()
    made = _year(statistics, searched, before, (references, names), (release, published), problems)
    # Last year's comments are not quoted, so what is wrong with them is no news.
    return Found(made, (*serious(last), *problems))


@dataclass(frozen=True)
class _Searched:
    """A year with all that must be hidden found: what the slow search needs and gives."""

    model: AttackModel
    hidden: Hidden
    out: PriorFigures
    program: LinearProgram

    @classmethod
    def of(cls, statistics: Statistics, closing: float | None, published: Rows, say: Say | None) -> _Searched:
        """Search; ``closing`` is what was owed at the end of last year, where last year's figures tell it."""
        model = describe(statistics)
        hidden = primary(statistics, model)
        if statistics.settings.hide_groups:
            hide_alike(statistics, model, hidden)
        out = _carried(model, hidden, closing, prior_figures(statistics, model, published))
        program = LinearProgram(model)
        known_before = frozenset(program.place[key] for key in out.told)
        secondary(program, hidden, statistics, known_before, contributor_views(program, statistics), say)
        return cls(model, hidden, out, program)


def _year(
    statistics: Statistics,
    searched: _Searched,
    before: ProtectedStatistics | None,
    telling: tuple[frozenset[str], frozenset[str]],
    out: tuple[Release, Rows],
    problems: list[Problem],
) -> ProtectedStatistics:
    """One year on its own, so that a year's figures are the same in its own report and in the next."""
    audit, faults = examine(statistics, searched.program, searched.hidden, searched.out)
    problems.extend(faults)
    figures = _Display(statistics, searched.model, searched.hidden, before).figures()
    problems.extend(compared(statistics, figures, *out))
    problems.extend(unjoined(statistics, figures, before))
    problems.extend(stopped(searched.hidden))
    quotes, refused = screened(statistics.records, _nameable(figures), *telling, out[0].quotes)
    problems.extend((*refused, *office_words(statistics.records)))
    return ProtectedStatistics(
        period=statistics.period,
        figures=figures,
        definitions=statistics.definitions,
        categories=_categories(statistics, figures),
        records=replace(statistics.records, comments=(), quotes=_sorted_out(quotes, figures)),
        settings=statistics.settings,
        audit=counted(audit, figures),
        groups=alike(statistics, {key for key, figure in figures.items() if not figure.hidden}),
        breaks=statistics.breaks,
        previous=before,
    )


def _nameable(figures: Mapping[Key, Figure]) -> Callable[[Comment], bool]:
    """Whether a quote may tell its role: where the role's group is displayed.

    Where the role's number within a theme is hidden, one quote of the theme may: that there is one is known from the
    marker, and more quotes would begin to count them.
    """
    groups = {
        (key.category_1, "") if key.breakdown_1 == "role" else (key.category_2, key.category_1.casefold()): figure
        for key, figure in figures.items()
        if key.measure in ("survey.responses", "survey.themes") and "role" in (key.breakdown_1, key.breakdown_2)
    }
    told: set[tuple[str, str]] = set()

    def may(comment: Comment) -> bool:
        whole = groups.get((comment.role, ""))
        cells = {(comment.role, theme.casefold()) for theme in comment.themes}
        hidden = {cell for cell in cells if cell not in groups or groups[cell].hidden}
        if whole is None or whole.hidden or not told.isdisjoint(hidden):
            return False
        told.update(hidden)
        return True

    return may


def _sorted_out(quotes: Iterable[Quote], figures: Mapping[Key, Figure]) -> tuple[Quote, ...]:
    """The quotes with the themes by which they are found: one of a theme whose number is hidden, else they count it."""
    closed = {
        key.category_1.casefold()
        for key, figure in figures.items()
        if key.measure == "survey.themes" and key.breakdown_1 == "theme" and not key.breakdown_2 and figure.hidden
    }
    made: list[Quote] = []
    told: set[str] = set()
    for quote in quotes:
        made.append(replace(quote, themes=tuple(theme for theme in quote.themes if theme.casefold() not in told)))
        told.update(closed.intersection(theme.casefold() for theme in quote.themes))
    return tuple(made)


def _closing(cells: Mapping[Key, Figure] | Mapping[Key, Statistic]) -> float | None:
    """What was owed at the end of the year; None where it is hidden or not known."""
    last = cells.get(CLOSING)
    return None if last is None else last.value


def _carried(model: AttackModel, hidden: Hidden, closing: float | None, out: PriorFigures) -> PriorFigures:
    """What is owed at the start of a year is what was owed at the end of the last, which its figures may tell.

    A balance that differs a little from the last tells as much as the same one; an opening that rests on few is told
    by the same one alone, since nobody would know that the two are near.
    """
    opening = model.values.get(OPENING)
    if closing is None or opening is None:
        return out
    near = HALF_PENNY if OPENING in hidden.why else money_need(opening)
    if abs(closing - opening) >= near:
        return out
    return replace(out, told={OPENING: CLOSING} | dict(out.told))


def _categories(statistics: Statistics, figures: Mapping[Key, Figure]) -> dict[str, tuple[str, ...]]:
    """Each breakdown's categories in order; where they are in the order of size, hidden ones by name at the end.

    Else a hidden figure would be known to lie between the two that are printed around it.
    """
    categories = dict(statistics.categories)
    words = categories.get(RANKED, ())
    hidden = {key.category_1 for key, figure in figures.items() if key.breakdown_1 == RANKED and figure.hidden}
    kept = [word for word in words if word not in hidden and word not in LAST]
    closed = sorted(word for word in words if word in hidden and word not in LAST)
    if words:
        categories[RANKED] = (*kept, *closed, *(word for word in words if word in LAST))
    return categories


@dataclass(frozen=True)
class _Display:
    """The figures of a year as they may be printed."""

    statistics: Statistics
    model: AttackModel
    hidden: Hidden
    before: ProtectedStatistics | None

    def figures(self) -> dict[Key, Figure]:
        """All of them in print order."""
        shown = displayed(self.model, self.hidden)
        made: dict[Key, Figure] = {}
        for key, statistic in self.statistics.cells.items():
            definition = self.statistics.definitions[key.measure]
            if definition.kind == "change":
                made[key] = self._change(statistic, made)
            elif definition.personal and key not in shown:
                made[key] = Figure(key, definition.unit, None, HIDDEN)
            else:
                made[key] = self._figure(statistic)
        place = {word: n for n, word in enumerate(_categories(self.statistics, made).get(RANKED, ()))}
        return _ranked(made, place)

    def _change(self, statistic: Statistic, made: Mapping[Key, Figure]) -> Figure:
        """The difference of two displayed figures, which says nothing new; hidden where either is."""
        key, definition = statistic.key, self.statistics.definitions[statistic.key.measure]
        share = named(key, key.measure.removesuffix(".change"))
        now, then = made.get(share), self.before.figures.get(share) if self.before else None
        if now is None or then is None or now.value is None or then.value is None:
            return Figure(key, definition.unit, None, HIDDEN)
        lower, upper = intervals.newcombe(now.value, _limits(now), then.value, _limits(then))
        base = min((figure.base for figure in (now, then) if figure.base is not None), default=None)
        return Figure(
            key, definition.unit, (now.value - then.value) * 100, lower=lower * 100, upper=upper * 100, base=base
        )

    def _figure(self, statistic: Statistic) -> Figure:
        """One figure that is displayed, with the base printed beside it where that may be told."""
        definition = self.statistics.definitions[statistic.key.measure]
        rests = self.model.rests.get(statistic.key)
        figure = Figure(
            statistic.key,
            definition.unit,
            statistic.value,
            lower=statistic.lower,
            upper=statistic.upper,
            base=None if rests is not None and rests in self.hidden.why else statistic.base,
            numerator=statistic.numerator if definition.unit == "proportion" else None,
        )
        to = self.statistics.settings.round_to
        return figure if to == 1 or not definition.personal else self._rounded(statistic, figure, to)

    def _rounded(self, statistic: Statistic, figure: Figure, to: int) -> Figure:
        """Counts to the nearest multiple; shares and means made again from rounded counts."""
        definition = self.statistics.definitions[statistic.key.measure]
        base = near(figure.base, to)
        figure = replace(figure, base=base)
        if definition.kind in ("count", "sum") and definition.unit != "pounds":
            return replace(figure, value=float(near(statistic.value, to) or 0))
        if definition.kind == "survey share" or (
            definition.kind == "share" and definition.id != "value.collected_share"
        ):
            part, whole = near(statistic.numerator, to) or 0, near(statistic.denominator, to) or 0
            if not whole:
                return Figure(statistic.key, definition.unit, None, HIDDEN)
            return self._share(replace(figure, numerator=min(part, whole)), min(part, whole), whole)
        if definition.unit == "days":  # a fraction of a day would tell whether the exact count is even
            return replace(figure, value=float(rounded(statistic.value, 0)))
        if statistic.key.measure in SUMS and base:
            return replace(figure, value=statistic.value * (statistic.base or 0) / base)
        return figure

    def _share(self, figure: Figure, part: int, whole: int) -> Figure:
        if figure.lower is None:
            return replace(figure, value=part / whole)
        role = figure.key.category_1 if figure.key.breakdown_1 == "role" else ""
        lower, upper = intervals.wilson(part, whole, self.statistics.populations.get(role))
        return replace(figure, value=part / whole, lower=lower, upper=upper)


def near(number: float | None, to: int) -> int | None:
    """The nearest multiple, halves away from 0."""
    return None if number is None else int(rounded(number / to, 0)) * to


def _limits(figure: Figure) -> tuple[float, float]:
    if figure.lower is None or figure.upper is None:
        raise AssertionError(f"{figure.key} has no interval")
    return figure.lower, figure.upper


def _ranked(figures: dict[Key, Figure], place: Mapping[str, int]) -> dict[Key, Figure]:
    """The figures in print order, those of the ranked breakdown in the order of its categories."""
    by_rank = iter(sorted((key for key in figures if key.breakdown_1 == RANKED), key=lambda key: place[key.category_1]))
    order = [next(by_rank) if key.breakdown_1 == RANKED else key for key in figures]
    return {key: figures[key] for key in order}
