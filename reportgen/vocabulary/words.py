"""The vocabulary: every word that a chapter may use.

Goes in: protected statistics, tables, charts, the release. Comes out: the words by name, each of which answers a
mistake with a sentence and lets the rest go on; claims; and what a chapter needs.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from reportgen.language.fragment import FragmentStore
from reportgen.language.mistakes import Mistakes, Omitted, Wrong, misused, short
from reportgen.language.three_valued import truth
from reportgen.model.figure import Key
from reportgen.model.problem import did_you_mean
from reportgen.scheme import measure_ids as ids
from reportgen.vocabulary import format_value
from reportgen.vocabulary.conditions import Conditions
from reportgen.vocabulary.figure_lookup import Lookup, word_of
from reportgen.vocabulary.legal_terms import Legal
from reportgen.vocabulary.lists import Lists
from reportgen.vocabulary.numbers import PrintingWords
from reportgen.vocabulary.objects import AuditWords, QuestionWords, ReleaseWords, ThemeWords
from reportgen.vocabulary.provenance import Provenance
from reportgen.vocabulary.reference import example

if TYPE_CHECKING:
    from reportgen.language.sandbox import Place
    from reportgen.model.figure import Definition
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.vocabulary.blocks import Blocks

MOST_CALLS: Final = 20_000
"""Words in one rendering: a hundred times what the shipped report uses."""


@dataclass
class Vocabulary:
    """The vocabulary of one rendering."""

    statistics: ProtectedStatistics
    release: Release
    tray: FragmentStore
    mistakes: Mistakes
    place: Place
    blocks: Blocks
    known: Mapping[str, Definition]
    trace: Provenance = field(init=False)
    find: Lookup = field(init=False)
    lists: Lists = field(init=False)
    missing: str = ""
    claims: int = 0
    calls: int = 0

    WORDS: ClassVar[tuple[str, ...]] = (
        "table",
        "chart",
        "is_there_table",
        "is_there_chart",
        "is_there_action",
        "quote",
        "actions",
        "you_said_we_did",
        "questions",
        "themes",
    )

    def __post_init__(self) -> None:
        self.trace = Provenance(self.tray, self.place)
        self.find = Lookup(self.statistics, self.known)
        self.lists = Lists(self.statistics, self.blocks, self.trace)

    def names(self) -> dict[str, object]:
        """Every word, as the templates know it."""
        owners = (
            PrintingWords(self.find, self.trace, self.tray),
            Conditions(self.find, self.release.period, self.tell),
            Legal(self.release.period, self.trace),
            self.lists,
            self,
        )
        words: dict[str, object] = {
            name: self._guarded(name, getattr(owner, name)) for owner in owners for name in owner.WORDS
        }
        words["has_last_year"] = self.statistics.previous is not None
        words["release"] = ReleaseWords(self.release, self.statistics, self.tray)
        words["audit"] = AuditWords(self.statistics, self.tray)
        return words

    def _guarded(self, name: str, word: Callable[..., object]) -> Callable[..., object]:
        """A word that answers wrong use with a mistake and goes on."""
        form = inspect.signature(word)

        @functools.wraps(word)
        def call(*args: object, **options: object) -> object:
            self.calls += 1
            if self.calls > MOST_CALLS:
                raise Wrong("too-much", "This report uses more words than can be worked out.", "Take out the loop.")
            try:
                form.bind(*args, **options)
            except TypeError:
                self.tell(misused(name, form, options, example(name)))
                return ""
            try:
                return word(*args, **options)
            except Wrong as wrong:
                self.tell(wrong)
            return ""

        return call

    def tell(self, wrong: Wrong) -> None:
        """Keep a mistake where the rendering is."""
        if wrong.said:
            line, start = self.place.spot()
            self.mistakes.add(
                self.place.file, line, wrong.code, wrong.said, wrong.hint, at=wrong.at, start=start, notice=wrong.notice
            )

    # claims

    def asks(self) -> None:
        """A claim's condition begins: the figures looked up from here on are those that it asks for."""
        self.find.seen = []

    def holds(self, condition: object, line: int, *, has_other: bool) -> bool:
        """Whether a claim's sentence may stand; one that is not true, without another sentence, is a mistake."""
        self.claims += 1
        told = self.find.seen
        answer = truth(condition)
        if answer or has_other:
            return bool(answer)
        figures = "; ".join(dict.fromkeys(self._now(name) for name in told if name)) or "no figure was asked for"
        hint = "Change the sentence, or give another after {% otherwise %} for years like this."
        said = "This claim is not true" if answer is False else "Nobody can say whether this claim is true"
        spot, start = self.place.passage.line(line)
        self.mistakes.add(
            self.place.file, spot, "claim-not-true", f"{said}: {figures}.", hint, at="{% claim", start=start
        )
        return False

    def _now(self, name: str) -> str:
        """A figure that a condition asked for, as it is now."""
        id_, *pairs = name.split(", ")
        key = Key(id_, *(part for pair in pairs for part in pair.split(" ", 1)))
        texts = []
        for year, statistics in (("", self.statistics), ("last year ", self.statistics.previous)):
            figure = statistics.figures.get(key) if statistics else None
            if figure is not None:
                texts.append(
                    year + (format_value.plain(figure.value, figure.unit) if figure.value is not None else "hidden")
                )
        return f"{name} is {', '.join(texts)}" if texts else name

    def needs(self, what: object, line: int) -> str:
        """Leave the chapter out where a table of the inputs, or all its figures, are absent."""
        there = {
            "ledger": self.statistics.has(ids.MONEY_ISSUED),
            "recommendations": bool(self.statistics.records.recommendations),
            "team": any(name.startswith("team.") for name in self.statistics.definitions),
            "published": bool(self.statistics.records.published),
            "context": bool(self.statistics.records.context),
        }
        if what not in there:
            hint = did_you_mean(str(what), there) or f"Such tables are: {', '.join(there)}."
            said = f"“{short(str(what))}” is not a table that may be absent."
            spot, start = self.place.passage.line(line)
            self.mistakes.add(self.place.file, spot, "unknown-table", said, hint, at=str(what), start=start)
        elif not there[str(what)]:
            self.missing = str(what)
            raise Omitted
        return ""

    def panel(self, body: str) -> str:
        """Key figures: each line of the block is one."""
        return self.blocks.panel([text.strip() for text in body.splitlines() if text.strip()])

    # blocks

    def table(self, id_: object) -> object:
        """A table, on a line of its own."""
        return self.blocks.table(id_)

    def chart(self, id_: object) -> object:
        """A chart, on a line of its own."""
        return self.blocks.chart(id_)

    def is_there_table(self, id_: object) -> bool:
        """Whether this year has a table."""
        return self.blocks.has_table(id_)

    def is_there_chart(self, id_: object) -> bool:
        """Whether this year has a chart."""
        return self.blocks.has_chart(id_)

    def quote(self, *, theme: object = "", role: object = "") -> object:
        """What somebody said on a theme, or nothing where nothing may be quoted."""
        return self.blocks.quote(word_of("theme", theme), word_of("role", role))

    def actions(
        self,
        *,
        quick_win: object = None,
        status: object = "",
        theme: object = "",
        audience: object = "",
        first: object = None,
        short: object = False,
    ) -> object:
        """The actions of the engagement plan as a list: all of them, or those asked for, or the first of them."""
        asked = (word_of("status", status), word_of("theme", theme), word_of("audience", audience))
        return self.blocks.actions(quick_win, *asked, first, brief=short)

    def is_there_action(
        self, *, quick_win: object = None, status: object = "", theme: object = "", audience: object = ""
    ) -> bool:
        """Whether the engagement plan has such an action; a theme of other years is no mistake."""
        about = word_of("theme", theme)
        themes = {one.theme.casefold() for one in self.statistics.records.actions}
        if about and about.casefold() not in themes:
            if near := did_you_mean(about, themes):
                said = f"There is no action on a theme “{short(about)}” this year."
                self.tell(Wrong("unknown-theme", said, near, about, notice=True))
            return False
        return bool(self.blocks.asked(quick_win, word_of("status", status), about, word_of("audience", audience)))

    def you_said_we_did(self) -> object:
        """What people said beside what was done about it, by theme, quick wins first."""
        return self.blocks.you_said_we_did()

    def questions(self) -> tuple[QuestionWords, ...]:
        """The survey's questions in order, for a loop."""
        return tuple(QuestionWords(one, self.statistics, self.trace) for one in self.statistics.records.questions)

    def themes(self, *, first: int | None = None) -> tuple[ThemeWords, ...]:
        """The themes of comments, largest displayed first, for a loop; ``first`` so many of them."""
        figures = [figure for figure in self.statistics.of(ids.SURVEY_THEMES, "theme") if figure.value is not None]
        figures.sort(key=lambda figure: -(figure.value or 0))
        return tuple(ThemeWords(figure.key.category_1, self.tray) for figure in figures[:first])
