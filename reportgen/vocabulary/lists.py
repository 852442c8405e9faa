"""Words that give a thing with parts, or several for a loop: the extreme questions, the series of others.

Goes in: protected statistics, the tables and charts of the year. Comes out: things whose parts a template may name.
Hides when a question may be called the most or the least positive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from reportgen.vocabulary import comparisons, series
from reportgen.vocabulary.objects import QuestionWords

if TYPE_CHECKING:
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.records import Question
    from reportgen.vocabulary.blocks import Blocks
    from reportgen.vocabulary.provenance import Provenance


@dataclass(frozen=True)
class Lists:
    """These words of one rendering."""

    statistics: ProtectedStatistics
    blocks: Blocks
    trace: Provenance

    WORDS: ClassVar[tuple[str, ...]] = ("most_positive", "least_positive", "widest_gap", "published", "related")

    def most_positive(self) -> QuestionWords | str:
        """The question with the largest positive share; nothing in a tie, or where a hidden one may be larger."""
        return self._question(comparisons.extreme_question(self.statistics, 1))

    def least_positive(self) -> QuestionWords | str:
        """The question with the smallest positive share; nothing in a tie, or where a hidden one may be smaller."""
        return self._question(comparisons.extreme_question(self.statistics, -1))

    def widest_gap(self) -> QuestionWords | str:
        """The question on which drivers and owners lie furthest apart; nothing in a tie, or where one is hidden."""
        return self._question(comparisons.divided_question(self.statistics))

    def _question(self, found: Question | None) -> QuestionWords | str:
        return QuestionWords(found, self.statistics, self.trace) if found else ""

    def published(self) -> tuple[series.PublishedWords, ...]:
        """The series that others published, in the order of the file, for a loop."""
        charts, tables = frozenset(self.blocks.charts), frozenset(self.blocks.tables)
        return series.published(self.statistics.records.published, self.trace.tray, charts, tables)

    def related(self, *, first: int | None = None) -> tuple[series.RelatedWords, ...]:
        """The related statistics of others, a series each, for a loop; ``first`` so many of them."""
        return series.related(self.statistics.records.context, self.trace.tray)[:first]
