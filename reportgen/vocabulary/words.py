"""The vocabulary: every word that a chapter may use.

Input: protected statistics, tables, charts, the release. Output: the words by name, each of which answers a mistake
with a message and lets the rest go on; sentences that stand or are left out; and what a chapter needs.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Final

from reportgen.language.agreement import agreed
from reportgen.language.figure_names import FigureNames
from reportgen.language.fragment import TOKEN, Fragment, FragmentStore
from reportgen.language.left_out import Absent, LeftOut
from reportgen.language.mistakes import Mistakes, Omitted, Wrong, misused, short
from reportgen.language.sentences import LEFT
from reportgen.language.tagged_text import PRINTED, masked, without_markers
from reportgen.language.three_valued import Assertion
from reportgen.model import formatting
from reportgen.model.narrative import LeftOutSentence
from reportgen.model.problem import did_you_mean
from reportgen.scheme import measure_ids as ids
from reportgen.vocabulary.assertions import Assertions
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
    left_out: list[LeftOutSentence] = field(default_factory=list)
    missing: str = ""
    claims: int = 0
    calls: int = 0
    depth: int = 0
    """How many sentences are being tried, one inside another."""
    digits: bool = False
    """Whether noughts are printed in digits, as in a panel and in a title."""

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
            Assertions(self.find),
            Conditions(self.find, self.release.period),
            Legal(self.release.period, self.trace),
            self.lists,
            self,
        )
        words: dict[str, object] = {
            name: self._guarded(name, getattr(owner, name)) for owner in owners for name in owner.WORDS
        }
        previous = self.statistics.previous
        words["has_last_year"] = previous is not None
        label = formatting.clean(self.release.period.label)
        before = formatting.clean(previous.period.label) if previous else ""
        words["period"] = self.tray.text(label)
        words["last_period"] = self.tray.text(before) if before else ""
        words["periods"] = self.tray.text(f"{before} and {label}" if before else label)
        words["as_at"] = self.tray.text(formatting.day(self.release.as_at))
        words["release"] = ReleaseWords(self.release, self.statistics, self.tray)
        words["audit"] = AuditWords(self.statistics, self.tray)
        return words

    def figure_names(self) -> FigureNames:
        """Return the names that templates may write without brackets and quotation marks."""
        ids = (*self.known, *self.statistics.definitions)
        words = {*PrintingWords.WORDS, *Assertions.WORDS} - {"stat", "definition"}
        return FigureNames(frozenset(id_.partition(".")[0] for id_ in ids), frozenset(words))

    def _guarded(self, name: str, word: Callable[..., object]) -> Callable[..., object]:
        """A word that answers wrong use with a mistake and goes on."""
        form = functools.cache(lambda: inspect.signature(word))  # of the few words that a chapter uses

        @functools.wraps(word)
        def call(*args: object, **options: object) -> object:
            self.calls += 1
            if self.calls > MOST_CALLS:
                raise Wrong("too-much", "This report uses more words than can be worked out.", "Take out the loop.")
            try:
                form().bind(*args, **options)
            except TypeError:
                self.tell(misused(name, form(), options, example(name)))
                return ""
            try:
                return word(*args, **options)
            except Absent as absent:
                self.take_out(absent.said.rstrip("."))
                self.tell(absent)
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

    # sentences

    def sentence(self, lines: tuple[tuple[str, int, str], ...], caller: Callable[[int], str]) -> str:
        """Print the first of a sentence's alternatives that stands, with what stands only beside it.

        Each line is its kind (first, or, and, needed), its number and its mark, such as “- ”.
        """
        printed: list[str] = []
        done = stands = False
        why = ""
        for number, (kind, line, _) in enumerate(lines):
            if kind == "and":
                if stands:
                    text, reason = self._attempt(number, caller)
                    printed += [text] if text else []
                    self._leave_out(line, reason, other=False)
                continue
            stands = False
            if done:
                continue
            text, reason = self._attempt(number, caller)
            done = stands = not reason
            printed += [text] if text else []
            why = why or reason
        kind, first, mark = lines[0]
        if not done:
            self._leave_out(first, why, other=False, needed=kind == "needed")
        elif why:
            self._leave_out(first, why, other=True)
        if not printed:
            return mark + LEFT if not done else ""
        indent = " " * len(mark) if mark.strip()[:1] in ("", "-", "*", "+") else ""
        return mark + f"\n{indent}".join(printed)

    def _attempt(self, number: int, caller: Callable[[int], str]) -> tuple[str, str]:
        """A line's text, and why it does not stand; "" where it does."""
        quoted, blocks = self.trace.state(), self.blocks.state()
        self.depth += 1
        try:
            return self.blocks_apart(agreed(caller(number).strip(), self.tray, digits=self.digits)), ""
        except LeftOut as left:
            self.trace.restore(quoted)
            waiting = self.blocks.unreleased  # a comment that nobody has released is waited for all the same
            self.blocks.restore(blocks)
            self.blocks.unreleased |= waiting
            return "", left.why
        finally:
            self.depth -= 1

    def blocks_apart(self, text: str) -> str:
        """Return a line with each block in it on a line of its own: “Actions still open: …” introduces a list."""
        if not any(self.tray.pieces[int(found[1])].block for found in TOKEN.finditer(text)):
            return text
        made = TOKEN.sub(
            lambda found: f"\n\n{found[0]}\n\n" if self.tray.pieces[int(found[1])].block else found[0], text
        )
        return "\n\n".join(part.strip() for part in made.split("\n\n") if part.strip())

    def _leave_out(self, line: int, why: str, *, other: bool, needed: bool = False) -> None:
        """Keep that a sentence was left out, and why; a mistake where it is needed."""
        if not why:
            return
        spot, start = self.place.passage.line(line)
        words = self.mistakes.line(self.place.file, spot)
        if re.search(r"\w", without_markers(masked(words)).replace(PRINTED, " ")):  # not the place of a block alone
            self.left_out.append(LeftOutSentence(self.place.file, spot, words, why, other))
        if needed:
            said = f"This sentence is needed and does not stand this year: {why}."
            hint = "Write another below it that begins with “or:”."
            self.mistakes.add(self.place.file, spot, "needed-sentence", said, hint, at=start)

    def asserted(self, word: Assertion) -> Fragment | str:
        """Print an asserting word that is true; one that is not takes its sentence out."""
        if word.truth is not True:
            self.take_out(word.why)
            return ""
        self.claims += 1
        return self.tray.text(word.text)

    def take_out(self, why: str) -> None:
        """Take out the sentence that is being printed; outside of sentences nothing happens."""
        if self.depth:
            raise LeftOut(why)

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
        return self.blocks.panel([text.strip() for text in body.splitlines() if text.strip() and LEFT not in text])

    # blocks

    def table(self, id_: object) -> object:
        """Return a table; it takes its line out where the year has none."""
        return self.blocks.table(id_) or self._nothing(f"there is no table “{_id(id_)}” this year")

    def chart(self, id_: object) -> object:
        """Return a chart; it takes its line out where the year has none."""
        return self.blocks.chart(id_) or self._nothing(f"there is no chart “{_id(id_)}” this year")

    def _nothing(self, why: str) -> str:
        self.take_out(why)
        return ""

    def is_there_table(self, id_: object) -> bool:
        """Whether this year has a table."""
        return self.blocks.has_table(id_)

    def is_there_chart(self, id_: object) -> bool:
        """Whether this year has a chart."""
        return self.blocks.has_chart(id_)

    def quote(self, *, theme: object = "", role: object = "") -> object:
        """What somebody said on a theme, or nothing where nothing may be quoted."""
        found = self.blocks.quote(word_of("theme", theme), word_of("role", role))
        return found or self._nothing("there is no comment to quote")

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
        found = self.blocks.actions(quick_win, *asked, first, brief=short) if self._is_theme(asked[1]) else ""
        return found or self._nothing("the engagement plan has no such action")

    def is_there_action(
        self, *, quick_win: object = None, status: object = "", theme: object = "", audience: object = ""
    ) -> bool:
        """Whether the engagement plan has such an action; a theme of other years is no mistake."""
        about = word_of("theme", theme)
        if not self._is_theme(about):
            return False
        return bool(self.blocks.asked(quick_win, word_of("status", status), about, word_of("audience", audience)))

    def _is_theme(self, about: str) -> bool:
        """Whether this year's actions have such a theme; one of other years is no mistake."""
        themes = {one.theme.casefold() for one in self.statistics.records.actions}
        if not about or about.casefold() in themes:
            return True
        if near := did_you_mean(about, themes):
            said = f"There is no action on a theme “{short(about)}” this year."
            self.tell(Wrong("unknown-theme", said, near, about, notice=True))
        return False

    def you_said_we_did(self) -> object:
        """What people said beside what was done about it, by theme, quick wins first."""
        return self.blocks.you_said_we_did() or self._nothing("the engagement plan has no actions")

    def questions(self) -> tuple[QuestionWords, ...]:
        """The survey's questions in order, for a loop."""
        return tuple(QuestionWords(one, self.statistics, self.trace) for one in self.statistics.records.questions)

    def themes(self, *, first: int | None = None) -> tuple[ThemeWords, ...]:
        """The themes of comments, largest displayed first, for a loop; ``first`` so many of them."""
        figures = [figure for figure in self.statistics.of(ids.SURVEY_THEMES, "theme") if figure.value is not None]
        figures.sort(key=lambda figure: -(figure.value or 0))
        return tuple(ThemeWords(figure.key.category_1, self.tray) for figure in figures[:first])


def _id(id_: object) -> str:
    """The name of a table or chart as it is written, for a message."""
    return short(id_.piece.text if isinstance(id_, Fragment) else str(id_))
