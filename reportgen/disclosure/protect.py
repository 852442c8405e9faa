"""Protect statistics: the only way from exact statistics to printable figures.

Input: ``Statistics``. Output: ``ProtectedStatistics`` and the audit's problems.
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
from reportgen.scheme import measure_ids as ids

if TYPE_CHECKING:
    from reportgen.measures import Statistic, Statistics
    from reportgen.model.records import Comment, Quote
    from reportgen.model.release import Release

RANKED: Final = "registered_in"
"""The breakdown whose categories are ordered by size."""
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
    """Protect every figure of the year, and last year's by the same rules.

    ``references`` (notices and incidents) and ``names`` (firms and people) are words that no quote may contain.
    ``published`` are rows of ``statistics.csv`` already published: a suppressed figure among them is a problem.
    ``previous`` waits for last year's result from another process, if there is one; it is called as late as possible.
    ``say`` receives progress messages, which contain no numbers of records.
    """
    then, before, last = statistics.previous, None, tuple[Problem, ...]()
    if then is not None and previous is None:
        undecided = replace(release, quotes={})  # last year's comments are not quoted
        before, last = protect(then, undecided, references=references, names=names, published=published, say=say)
    # Assume last year's closing balance is displayed while last year is being calculated; if not, search again.
    closing = _closing(then.cells if then is not None and before is None else before.figures if before else {})
    searched = _Suppressed.of(statistics, closing, published, say)
    if then is not None and previous is not None:
        before, last = previous()
        if before is None or _closing(before.figures) != closing:
            searched = _Suppressed.of(statistics, _closing(before.figures if before else {}), published, say)
    problems = list[Problem]()
    made = _year(statistics, searched, before, (references, names), (release, published), problems)
    # Last year's comments are not quoted, so notices about them are left out.
    return Found(made, (*serious(last), *problems))


@dataclass(frozen=True)
class _Suppressed:
    """The result of the suppression search, the slow part of protecting a year."""

    model: AttackModel
    hidden: Hidden
    out: PriorFigures
    program: LinearProgram

    @classmethod
    def of(cls, statistics: Statistics, closing: float | None, published: Rows, say: Say | None) -> _Suppressed:
        """Run the search; ``closing`` is last year's closing balance, None if it is not displayed."""
        model = describe(statistics)
        hidden = primary(statistics, model)
        if statistics.settings.hide_groups:
            hide_alike(statistics, model, hidden)
        out = _with_opening_balance(model, hidden, closing, prior_figures(statistics, model, published))
        program = LinearProgram(model)
        known_before = frozenset(program.place[key] for key in out.told)
        secondary(program, hidden, statistics, known_before, contributor_views(program, statistics), say)
        return cls(model, hidden, out, program)


def _year(
    statistics: Statistics,
    searched: _Suppressed,
    before: ProtectedStatistics | None,
    telling: tuple[frozenset[str], frozenset[str]],
    out: tuple[Release, Rows],
    problems: list[Problem],
) -> ProtectedStatistics:
    """Protect one year independently, so that its figures are the same in its own report and in the next."""
    audit, faults = examine(statistics, searched.program, searched.hidden, searched.out)
    problems.extend(faults)
    figures = _Display(statistics, searched.model, searched.hidden, before).figures()
    problems.extend(compared(statistics, figures, *out))
    problems.extend(unjoined(statistics, figures, before))
    problems.extend(stopped(searched.hidden))
    quotes, refused = screened(statistics.records, _may_name_role(figures), *telling, out[0].quotes)
    problems.extend((*refused, *office_words(statistics.records)))
    return ProtectedStatistics(
        period=statistics.period,
        figures=figures,
        definitions=statistics.definitions,
        categories=_categories(statistics, figures),
        records=replace(statistics.records, comments=(), quotes=_limit_themes(quotes, figures)),
        settings=statistics.settings,
        audit=counted(audit, figures),
        groups=alike(statistics, {key for key, figure in figures.items() if not figure.hidden}),
        breaks=statistics.breaks,
        previous=before,
    )


def _may_name_role(figures: Mapping[Key, Figure]) -> Callable[[Comment], bool]:
    """Return whether a quote may name its role: only if the role's group is displayed.

    If the role's number within a theme is suppressed, only one quote of that theme may name the role: the marker
    already discloses that there is at least one, and more quotes would begin to count them.
    """
    groups = {
        (key.category_1, "") if key.breakdown_1 == "role" else (key.category_2, key.category_1.casefold()): figure
        for key, figure in figures.items()
        if key.measure in (ids.SURVEY_RESPONSES, ids.SURVEY_THEMES) and "role" in (key.breakdown_1, key.breakdown_2)
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


def _limit_themes(quotes: Iterable[Quote], figures: Mapping[Key, Figure]) -> tuple[Quote, ...]:
    """Limit a theme whose number is suppressed to one quote, because more would begin to count it."""
    closed = {
        key.category_1.casefold()
        for key, figure in figures.items()
        if key.measure == ids.SURVEY_THEMES and key.breakdown_1 == "theme" and not key.breakdown_2 and figure.hidden
    }
    made: list[Quote] = []
    told: set[str] = set()
    for quote in quotes:
        made.append(replace(quote, themes=tuple(theme for theme in quote.themes if theme.casefold() not in told)))
        told.update(closed.intersection(theme.casefold() for theme in quote.themes))
    return tuple(made)


def _closing(cells: Mapping[Key, Figure] | Mapping[Key, Statistic]) -> float | None:
    """Return the closing balance; None if it is suppressed or missing."""
    last = cells.get(CLOSING)
    return None if last is None else last.value


def _with_opening_balance(model: AttackModel, hidden: Hidden, closing: float | None, out: PriorFigures) -> PriorFigures:
    """Treat the opening balance as published if it equals last year's displayed closing balance.

    A balance that differs a little discloses as much, except that a suppressed opening balance is disclosed only by an
    equal one, because nobody would know that the two are close.
    """
    opening = model.values.get(OPENING)
    if closing is None or opening is None:
        return out
    near = HALF_PENNY if OPENING in hidden.why else money_need(opening)
    if abs(closing - opening) >= near:
        return out
    return replace(out, told={OPENING: CLOSING} | dict(out.told))


def _categories(statistics: Statistics, figures: Mapping[Key, Figure]) -> dict[str, tuple[str, ...]]:
    """Return each breakdown's categories in order; suppressed ones of a ranked breakdown come last, by name.

    Otherwise a suppressed figure would be known to lie between its displayed neighbours.
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
    """The displayed figures of a year."""

    statistics: Statistics
    model: AttackModel
    hidden: Hidden
    before: ProtectedStatistics | None

    def figures(self) -> dict[Key, Figure]:
        """Return all figures in print order."""
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
        """Calculate a change from two displayed figures, which discloses nothing new; suppressed if either is."""
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
        """Return a displayed figure; its base only if the base is not suppressed."""
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
        """Round counts to the nearest multiple, and recalculate shares and means from rounded counts."""
        definition = self.statistics.definitions[statistic.key.measure]
        base = near(figure.base, to)
        figure = replace(figure, base=base)
        if definition.kind in ("count", "sum") and definition.unit != "pounds":
            return replace(figure, value=float(near(statistic.value, to) or 0))
        if definition.kind == "survey share" or (
            definition.kind == "share" and definition.id != ids.VALUE_COLLECTED_SHARE
        ):
            part, whole = near(statistic.numerator, to) or 0, near(statistic.denominator, to) or 0
            if not whole:
                return Figure(statistic.key, definition.unit, None, HIDDEN)
            return self._share(replace(figure, numerator=min(part, whole)), min(part, whole), whole)
        if definition.unit == "days":  # a fraction of a day would disclose whether the exact count is even
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
    """Return the nearest multiple, halves away from zero."""
    return None if number is None else int(rounded(number / to, 0)) * to


def _limits(figure: Figure) -> tuple[float, float]:
    if figure.lower is None or figure.upper is None:
        raise AssertionError(f"{figure.key} has no interval")
    return figure.lower, figure.upper


def _ranked(figures: dict[Key, Figure], place: Mapping[str, int]) -> dict[Key, Figure]:
    """Put figures in print order, those of the ranked breakdown in the order of its categories."""
    by_rank = iter(sorted((key for key in figures if key.breakdown_1 == RANKED), key=lambda key: place[key.category_1]))
    order = [next(by_rank) if key.breakdown_1 == RANKED else key for key in figures]
    return {key: figures[key] for key in order}
