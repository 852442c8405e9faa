"""Words that ask, for choices of content: is there such a figure, has every month one, was a regime in force.

Input: the names of figures and regimes. Output: answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reportgen.language.mistakes import Wrong, short
from reportgen.language.three_valued import ThreeValued
from reportgen.model.problem import did_you_mean
from reportgen.scheme import law
from reportgen.vocabulary.figure_lookup import Lookup, check_year

if TYPE_CHECKING:
    from reportgen.model.figure import Period
    from reportgen.model.protected import Figure


@dataclass
class Conditions:
    """Words that ask, over one lookup."""

    find: Lookup
    period: Period

    WORDS: ClassVar[tuple[str, ...]] = ("is_there", "has_all_months", "in_force")

    def _look(self, id_: object, options: dict[str, object]) -> Figure | None:
        return self.find.look(id_, options, options.pop("year", "this"))

    def is_there(self, id_: object, /, **options: object) -> ThreeValued:
        """Whether there is such a figure this year, and it may be quoted."""
        figure = self._look(id_, options)
        return ThreeValued(figure is not None and figure.value is not None)

    def has_all_months(self, id_: object, /, *, year: object = "this") -> ThreeValued:
        """Whether every month of the year has its figure, and each may be quoted."""
        measure = self.find.check_by(id_, "month")
        check_year(year)
        return ThreeValued(self.find.has_all_months(measure, year))

    def in_force(self, regime: object, *, day: object = "last") -> ThreeValued:
        """Whether a regime of the law was in force on the first or last day of the period."""
        if regime not in law.REGIMES:
            hint = did_you_mean(str(regime), law.REGIMES) or f"Regimes are: {', '.join(law.REGIMES)}."
            raise Wrong("unknown-regime", f"There is no regime “{short(str(regime))}”.", hint, str(regime))
        if day not in ("first", "last"):
            raise Wrong("wrong-use", "The day is “first” or “last”, of the period.", 'Write day="first".', str(day))
        return ThreeValued(law.regime_of(self.period.first if day == "first" else self.period.last) == regime)
