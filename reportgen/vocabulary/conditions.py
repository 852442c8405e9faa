"""The words that ask: is a figure there, hidden, above, below, the largest; did it rise or fall.

Goes in: the names of figures. Comes out: answers; of a hidden or absent figure nobody can say whether it rose, nor
whether it did not. All by the displayed figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reportgen.language.mistakes import Wrong, said_key, short
from reportgen.language.three_valued import UNKNOWN, ComparableValue, Tell, ThreeValued
from reportgen.model.problem import did_you_mean
from reportgen.scheme import law
from reportgen.vocabulary import comparisons
from reportgen.vocabulary.figure_lookup import Lookup, check_year, figure_id
from reportgen.vocabulary.numbers import check_category_form, check_rank

if TYPE_CHECKING:
    from reportgen.model.figure import Period
    from reportgen.model.protected import Figure


@dataclass
class Conditions:
    """Words that ask, over one lookup."""

    find: Lookup
    period: Period
    tell: Tell

    WORDS: ClassVar[tuple[str, ...]] = (
        "value",
        "is_there",
        "is_hidden",
        "is_zero",
        "can_compare",
        "rose",
        "fell",
        "level_with_last_year",
        "hardly_changed",
        "more_than_half",
        "less_than_half",
        "is_all",
        "significantly",
        "is_there_largest",
        "has_all_months",
        "in_force",
    )

    def _look(self, id_: object, options: dict[str, object]) -> Figure | None:
        return self.find.look(id_, options, options.pop("year", "this"))

    def value(self, id_: object, /, **options: object) -> ComparableValue:
        """A displayed figure to compare with a number or another figure."""
        year = options.get("year", "this")
        figure = self._look(id_, options)
        if figure is None:
            return ComparableValue(None, None, str(id_), self.tell)
        number = None if figure.value is None else comparisons.displayed(figure.value, figure.unit)
        statistics = self.find.year(year)
        nought, blurred = comparisons.nought(figure, statistics), comparisons.blurred(figure, statistics)
        return ComparableValue(number, figure.unit, said_key(figure.key), self.tell, nought=nought, blurred=blurred)

    def is_hidden(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether disclosure control withholds a figure."""
        figure = self._look(id_, options)
        return ThreeValued(figure is not None and figure.hidden)

    def is_zero(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether a figure is nought: one that may only round to nought is not known to be."""
        year = options.get("year", "this")
        figure = self._look(id_, options)
        return UNKNOWN if figure is None else ThreeValued(comparisons.nought(figure, self.find.year(year)))

    def is_there(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether there is such a figure this year, and it may be quoted."""
        figure = self._look(id_, options)
        return ThreeValued(figure is not None and figure.value is not None)

    def can_compare(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether this year's and last year's figures may both be quoted."""
        return ThreeValued(self._both(id_, options) is not None)

    def _both(self, id_: object, options: Mapping[str, object]) -> tuple[float, float, Figure] | None:
        now, then = self.find.look(id_, options), self.find.look(id_, options, "last")
        if now is None or then is None or now.value is None or then.value is None:
            return None
        return comparisons.displayed(now.value, now.unit), comparisons.displayed(then.value, now.unit), now

    def _way(self, id_: object, options: Mapping[str, object]) -> int | None:
        both = self._both(id_, options)
        return None if both is None else (both[0] > both[1]) - (both[0] < both[1])

    def rose(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether the displayed figure is above last year's."""
        way = self._way(id_, options)
        return UNKNOWN if way is None else ThreeValued(way > 0)

    def fell(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether the displayed figure is below last year's."""
        way = self._way(id_, options)
        return UNKNOWN if way is None else ThreeValued(way < 0)

    def level_with_last_year(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether the displayed figure is the same as last year's."""
        way = self._way(id_, options)
        return UNKNOWN if way is None else ThreeValued(way == 0)

    def hardly_changed(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether the displayed figure is another than last year's, but within 2% of it (a share: one point)."""
        both = self._both(id_, options)
        if both is None:
            return UNKNOWN
        now, then, figure = both
        return ThreeValued(now != then and comparisons.near(now, then, share=figure.unit == "proportion"))

    def more_than_half(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether a displayed share, or a category's part of the whole, is over a half."""
        above = self._above_half(id_, options)
        return UNKNOWN if above is None else ThreeValued(above > 0)

    def less_than_half(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether a displayed share, or a category's part of the whole, is under a half."""
        above = self._above_half(id_, options)
        return UNKNOWN if above is None else ThreeValued(above < 0)

    def _above_half(self, id_: object, options: dict[str, object]) -> float | None:
        year = options.pop("year", "this")
        figure = self.find.look(id_, options, year)
        if figure is None or figure.value is None:
            return None
        if figure.unit == "proportion":
            return comparisons.displayed(figure.value, figure.unit) - 0.5
        self._check_part(figure, [*options], id_, year)
        whole = self.find.look(id_, {}, year)
        share = None if whole is None or whole.value is None else comparisons.share(figure, whole)
        return None if share is None else share - 0.5

    def is_all(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether a share is the whole, or a category has everything.

        What is printed does not tell alone: 99.6% is printed as 100%, and two rounded counts that look the same may
        differ. Where counts are rounded, every other category is a nought then.
        """
        year = options.pop("year", "this")
        figure = self.find.look(id_, options, year)
        if figure is None or figure.value is None:
            return UNKNOWN
        statistics = self.find.year(year)
        if figure.unit == "proportion":
            return UNKNOWN if comparisons.blurred(figure, statistics) else ThreeValued(figure.value >= 1)
        self._check_part(figure, [*options], id_, year)
        whole = self.find.look(id_, {}, year)
        return ThreeValued(whole is not None and comparisons.alone(statistics, figure, whole, [*options]))

    def _check_part(self, figure: Figure, names: list[str], id_: object, year: object) -> None:
        """A mistake where the categories do not add up to a whole."""
        if not comparisons.additive(self.find.year(year), figure.key.measure, names):
            hint = "Use value(…) to compare other figures."
            raise Wrong("no-share", f"“{said_key(figure.key)}” is no share and no part of a whole.", hint, str(id_))

    def significantly(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether a survey share differs from last year's by more than chance may explain."""
        name = figure_id(id_).removesuffix(".change")
        if not name.startswith("survey.") or not name.endswith(".positive"):
            hint = 'Such as significantly("survey.clarity.positive"): only shares of survey answers have an interval.'
            if not name.startswith("survey."):
                self.find.check(name, {})
            raise Wrong(
                "not-a-survey-share", f"“{short(name)}” is not a positive share of a survey question.", hint, name
            )
        self.find.check(name, {one: str(word) for one, word in options.items()})
        figure = (
            self.find.look(f"{name}.change", options) if f"{name}.change" in self.find.statistics.definitions else None
        )
        if figure is None or figure.lower is None or figure.upper is None:
            return UNKNOWN
        return ThreeValued(figure.lower > 0 or figure.upper < 0)

    def is_there_largest(self, id_: object, /, *, by: object = "", rank: object = 1, **options: object) -> ThreeValued:
        """Whether one category alone has this rank, above 0, and no hidden figure can be as large."""
        check_category_form(options)
        measure, name, place = self.find.check_by(id_, by), str(by), check_rank(rank)
        if measure not in self.find.statistics.definitions:
            return UNKNOWN
        found = comparisons.ranked(self.find.statistics, measure, name, place)
        return UNKNOWN if found is None else ThreeValued(len(found) == 1)

    def has_all_months(self, id_: object, /, *, year: object = "this") -> ThreeValued:
        """Whether every month of the year has its figure, and each may be quoted."""
        measure = self.find.check_by(id_, "month")
        check_year(year)
        self.find.seen.append(f"{measure} by month")
        statistics = self.find.statistics if year == "this" else self.find.statistics.previous
        if statistics is None:
            return ThreeValued(truth=False)
        given = {figure.key.category_1 for figure in statistics.of(measure, "month") if figure.value is not None}
        return ThreeValued({*statistics.period.months()} <= given)

    def in_force(self, regime: object, *, day: object = "last") -> ThreeValued:
        """Whether a regime of the law was in force on the first or last day of the period."""
        if regime not in law.REGIMES:
            hint = did_you_mean(str(regime), law.REGIMES) or f"Regimes are: {', '.join(law.REGIMES)}."
            raise Wrong("unknown-regime", f"There is no regime “{short(str(regime))}”.", hint, str(regime))
        if day not in ("first", "last"):
            raise Wrong("wrong-use", "The day is “first” or “last”, of the period.", 'Write day="first".', str(day))
        return ThreeValued(law.regime_of(self.period.first if day == "first" else self.period.last) == regime)
