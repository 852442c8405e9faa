"""What is wrong with words before any number is known: digits typed by hand, claims without a condition, broken form.

Goes in: the text of a template. Comes out: mistakes with line and column. Every branch is read, also those that this
year does not print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from reportgen.language.lint.claims import claims, reported
from reportgen.language.lint.literals import typed
from reportgen.language.mistakes import short
from reportgen.language.tagged_text import (
    PRINTED,
    Stretch,
    masked,
    sentence_stretches,
    stretches,
    tags,
    without_markers,
)

if TYPE_CHECKING:
    from reportgen.language.mistakes import Mistakes
    from reportgen.language.source_map import Passage

MOST_BLOCKS: Final = 1_000
"""Blocks under a condition in one chapter: ten times what a shipped chapter has."""
MOST_MISTAKES: Final = 1_000
"""Mistakes of one kind in one passage: a reader is shown 20 and told how many there are."""
SAME: Final = 3
"""The figures that are offered for a typed number; one displayed alike more often is seldom the one that is meant."""
HTML: Final = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]*)?/?>|<!--|<[!?]|</?(?:script|style|iframe|img|svg|object|embed)\b",
    re.IGNORECASE,
)
ENTITY: Final = re.compile(r"&(?:#\w{1,8}|(?!(?:amp|lt|gt|quot|nbsp);)[A-Za-z]\w{1,30});")
LINK: Final = re.compile(r"(!?)\[([^\[\]\n]*)\]\(([^)\n]*)(\)?)")
SAFE: Final = re.compile(r"(?:https://[^\s]+|mailto:[^\s]+|#[\w-]+)\Z")
UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
FOOTNOTE: Final = re.compile(r"\[\^[^\[\]\n]{1,40}\]")
OPENED: Final = re.compile(r"\{[{%#]")
STRAY: Final = re.compile(r"\}\}|%\}|#\}")
PAIRED: Final = re.compile(rf"{OPENED.pattern}|{STRAY.pattern}")
CODE: Final = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S| {0,3}(?:```|~~~)")
ITEM: Final = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
SINGLE: Final = re.compile(r"(?<!\\)[{}]")
MERGE: Final = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$|^={7}$", re.MULTILINE)
"""What a program that joins two versions of a file leaves where it could not."""
BULLET: Final = re.compile(r"^[ \t]*(?P<sign>[•·●○◦▪▫■□➢✓✔‣⁃–—]|o(?=\t))[ \t]*(?=\S)", re.MULTILINE)
"""What word processors put before the items of a list."""
RAW: Final = re.compile(r"\{%[-+]?\s*(raw)\b")


def lint(
    passage: Passage,
    mistakes: Mistakes,
    allowed: Iterable[str] = (),
    *,
    chapter: bool = True,
    source: bool = False,
    claims: bool = True,
    printing: Callable[[str], Sequence[str]] = lambda _: (),
) -> None:
    """Everything of form that a reader of the words can see. ``source`` lets digits stand (a title of others).

    ``claims`` is False where a block is not closed: then nobody knows which sentences stand under which condition.
    ``printing`` gives the words that print a figure displayed as a typed number is.
    """
    text = passage.text
    plain = without_markers(masked(text, allowed))
    looked = WordLint(passage, mistakes)
    looked.marks(text, plain)
    if not source:
        looked.numbers(plain, printing)
        under = [*stretches(text), *sentence_stretches(text)]
        if len(under) > MOST_BLOCKS:
            hint = "Cut it into several chapters."
            looked.tell(0, "chapter-too-long", f"This chapter has over {MOST_BLOCKS} blocks.", hint)
        elif claims:
            looked.claims(plain, under, titles=not chapter)
    looked.links(plain)
    looked.pasted(text, plain)
    if chapter:
        looked.headings(plain)
        looked.code(text.split("\n"), plain.split("\n"))
        looked.tables(plain.split("\n"))


class WordLint:
    """One look at the words of a passage."""

    def __init__(self, passage: Passage, mistakes: Mistakes) -> None:
        self.passage, self.mistakes = passage, mistakes
        self.faulty: list[int] = []

    def tell(self, place: int, code: str, said: str, hint: str, value: str | None = None) -> None:
        """Keep a mistake at a character of the passage."""
        line, column = self.passage.at(place)
        self.mistakes.add(self.passage.file, line, code, said, hint, at=column, value=value)

    def line(self, number: int, code: str, said: str, hint: str) -> None:
        """Keep a mistake at a line of the passage."""
        line, column = self.passage.line(number)
        self.mistakes.add(self.passage.file, line, code, said, hint, at=column)

    def numbers(self, plain: str, printing: Callable[[str], Sequence[str]]) -> None:
        """Numbers typed by hand."""
        words = FOOTNOTE.sub(lambda mark: " " * len(mark[0]), plain)
        for place, shown, digits in islice(typed(words), MOST_MISTAKES):
            said = f"“{short(shown)}” is typed by hand." if digits else f"“{short(shown)}” is a number typed in words."
            hint = "Print it by its name, as in {{ penalties.issued }}, or give a reason in [allow] of release.toml."
            if same := printing(shown) if digits else ():
                said = f"“{short(shown)}” is typed by hand, and a figure of this year is displayed like it."
                some = " or ".join(same[:SAME])
                hint = f"If it is that figure, write {some}. If not, give a reason in [allow] of release.toml."
            self.faulty.append(place)
            self.tell(place, "untraced-figure", said, hint, shown)

    def claims(self, plain: str, under: list[Stretch], *, titles: bool) -> None:
        """Words that claim something that no condition asks, and sentences that say what happened without a figure."""
        found = [*islice(claims(plain, under), MOST_MISTAKES)]
        opposite = {place for place, _, asked in found if asked}
        for place, shown, asked in found:
            if not asked and place in opposite:
                continue
            if asked:
                said = f"“{shown}” says the opposite of “{asked}” in the same sentence."
                self.tell(place, "claim-says-otherwise", said, "Change one of the two.", shown)
                continue
            self.faulty.append(place)
            hint = (
                "Let a word say it, such as {{ rose(…) }} or {{ most(…) }}, which print themselves while they are true."
            )
            said = f"“{shown}” claims something that may not be true every year."
            self.tell(place, "claim-without-condition", said, hint, shown)
        for place, end, verb in islice(reported(self.passage.text, plain, under, titles=titles), MOST_MISTAKES):
            if any(place <= one < end for one in self.faulty):
                continue
            said = f"This sentence says what happened (“{short(verb)}”), with no figure to show it."
            hint = (
                "Print a figure in it, let it stand with “and:” beside one, or give a reason in release.toml, [allow]."
            )
            self.tell(place, "event-without-figure", said, f"{hint} What always holds is in the present tense.", verb)

    def pasted(self, text: str, plain: str) -> None:
        """What other programs leave in a file: marks of a merge, bullets of a word processor."""
        for match in islice(MERGE.finditer(text), MOST_MISTAKES):
            said = "Two versions of this file were joined here, and nobody chose between them."
            hint = "Keep one of the two versions and delete the marks <<<<<<<, ======= and >>>>>>>."
            self.tell(match.start(), "merge-mark", said, hint, short(match[0]))
        for match in islice(BULLET.finditer(plain), MOST_MISTAKES):
            said = f"“{match['sign']}” at the start of a line is no list here."
            hint = "Begin each item with “- ”, or with “1. ” where the order counts."
            self.tell(match.start("sign"), "pasted-bullet", said, hint, match["sign"])

    def marks(self, text: str, plain: str) -> None:
        """HTML, signs by number, signs that cannot be seen, text that escapes the tags."""
        for match in islice(HTML.finditer(plain), MOST_MISTAKES):
            hint = "Write Markdown: **bold**, lists, links. HTML is shown as text."
            self.tell(match.start(), "html-in-words", f"“{short(match[0])}” is HTML.", hint, match[0])
        for match in islice(ENTITY.finditer(plain), MOST_MISTAKES):
            hint = "Write the sign itself, such as é or –."
            self.tell(match.start(), "sign-by-number", f"“{match[0]}” is a sign in code.", hint, match[0])
        for match in islice(FOOTNOTE.finditer(plain), MOST_MISTAKES):
            hint = "Say it in the sentence or in brackets; notes of tables and charts stand in captions.toml."
            self.tell(match.start(), "footnote-in-words", "The words have no footnotes.", hint, match[0])
        for match in islice(UNSEEN.finditer(text), MOST_MISTAKES):
            hint = "Take it out: delete the words around it and type them again."
            said = f"There is a sign here that cannot be seen (U+{ord(match[0]):04X})."
            self.tell(match.start(), "unseen-sign", said, hint, f"U+{ord(match[0]):04X}")
        # after a tag that is not closed nothing can be said of what closes
        for match in islice(STRAY.finditer(plain) if not OPENED.search(plain) else (), MOST_MISTAKES):
            hint = "Take it out, or look for a missing {{ or {% before it."
            self.tell(match.start(), "unexpected-sign", f"“{match[0]}” closes nothing.", hint, match[0])
        # one bracket where two belong would be printed with all that stands in it
        for match in islice(SINGLE.finditer(plain) if not PAIRED.search(plain) else (), MOST_MISTAKES):
            hint = "Words of the vocabulary stand in two: {{ penalties.issued }}, {% if … %}."
            self.tell(match.start(), "unexpected-sign", f"“{match[0]}” stands alone.", hint, match[0])
        for tag in tags(text):
            raw = RAW.match(tag.text)
            if raw:
                hint = "Take it out: text in chapters is shown as it is."
                self.tell(tag.start + raw.start(1), "unknown-tag", "There is no tag “raw”.", hint, "raw")

    def links(self, plain: str) -> None:
        """Links that are not closed, lead elsewhere, or have no words; pictures."""
        for match in islice(LINK.finditer(plain), MOST_MISTAKES):
            target = match[3].replace(PRINTED, "").strip()
            if not match[4]:
                self.tell(
                    match.start(), "link-not-closed", "This link has no closing bracket.", "Write [words](https://…)."
                )
            elif match[1]:
                hint = "Put a chart with chart(…); pictures are not part of the words."
                self.tell(match.start(), "picture-in-words", "This is a picture.", hint)
            elif PRINTED not in match[3] and not SAFE.match(target):
                hint = "Links begin with https://, mailto: or # and an id of this report."
                said = f"This link goes to “{short(target)}”." if target else "This link goes nowhere."
                self.tell(match.start(), "link-form", said, hint, target)
            elif not match[2].strip():
                self.tell(match.start(), "link-without-words", "This link has no words.", "Say where it leads.")

    def headings(self, plain: str) -> None:
        """One title first, then no level skipped."""
        level = titles = 0
        for number, line in enumerate(plain.split("\n"), 1):
            match = re.match(r" {0,3}(#{1,6})(\s*)(.*)", line)
            if not match:
                if not titles and line.strip(f"{PRINTED} "):
                    hint = "The first words of a chapter are its title: # Title."
                    self.line(number, "no-title", "This chapter does not begin with its title.", hint)
                    titles = 1
                continue
            depth = len(match[1])
            if not match[2] and match[3]:
                hint = f"Write “{match[1]} {short(match[3])}”."
                self.line(number, "heading-form", "A heading needs a space after #.", hint)
            elif not match[3].strip():
                self.line(number, "heading-empty", "This heading has no words.", "Write it, or take the # out.")
            if depth == 1:
                titles += 1
                if titles > 1:
                    self.line(
                        number, "second-title", "A chapter has one title.", "Use ## for headings inside a chapter."
                    )
            elif depth > max(level, 1) + 1 or not titles:
                hint = f"Use {'#' * (max(level, 1) + 1)} here."
                self.line(number, "heading-skipped", "This heading skips a level.", hint)
            level = depth
        if not titles and not level:
            hint = "Write it, its title first (# Title), or take the file away."
            self.line(1, "no-title", "This chapter is empty.", hint)

    def code(self, lines: Sequence[str], plain: Sequence[str]) -> None:
        """Words that Markdown would take for program code: after a blank line and four spaces or a tab, or fenced."""
        blank, item = True, False
        for number, (line, words) in enumerate(zip(lines, plain, strict=True), 1):
            if not words.strip():  # a line of nothing but tags leaves nothing behind
                blank = blank or not line.strip()
                continue
            code, indented = CODE.match(line) is not None, line[:1] in " \t"
            if code and not item and (blank or not indented):
                hint = "Take the spaces or the tab before it out." if indented else "Take these signs out."
                self.line(number, "code-in-words", "This would be set as program code.", hint)
            item = ITEM.match(line) is not None or (item and (indented or not blank))
            blank = False

    def tables(self, lines: Sequence[str]) -> None:
        """Tables written by hand: as many cells in each row as in the head, a line of dashes under it."""
        for start, rows in _runs(lines):
            cells = [len(re.findall(r"(?<!\\)\|", row.strip().strip("|"))) + 1 for row in rows]
            if len(rows) < 2 or not re.fullmatch(r"[\s|:-]+", rows[1]):  # head and dashes
                hint = "Under the head of a table stands a line of dashes: | --- | --- |."
                self.line(start, "table-form", "This table has no line of dashes under its head.", hint)
                continue
            for number, count in enumerate(cells):
                if count != cells[0]:
                    hint = f"Every row of this table has {cells[0]} cells."
                    self.line(start + number, "table-form", f"This row has {count} cells.", hint)


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    run: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip().startswith("|"):
            run.append(line)
        elif run:
            yield number - len(run), run
            run = []
