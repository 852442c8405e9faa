"""One rendering of all templates, in order: captions, chapters, page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from reportgen.document import page
from reportgen.document.captions import CAPTIONS, CaptionFile, Captioning
from reportgen.document.markdown import RenderedChapter, parser, write
from reportgen.document.memory import Memory, Start, add_again
from reportgen.document.run_template import Rendering
from reportgen.document.typography import typeset
from reportgen.language import sandbox
from reportgen.language.closing_up import closed_up
from reportgen.language.fragment import FragmentStore, govspeak
from reportgen.language.mistakes import Mistakes
from reportgen.language.source_map import Passage
from reportgen.model import formatting
from reportgen.model.narrative import Caption, Chapter, LeftOutSentence, Narrative, Section, Templates
from reportgen.vocabulary.blocks import Blocks
from reportgen.vocabulary.words import Vocabulary

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from reportgen.model.chart import Chart
    from reportgen.model.figure import Definition
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.model.release import Release
    from reportgen.model.table import Table

REASONS: Final = {
    "ledger": "There is no ledger this year.",
    "recommendations": "There is no table of recommendations this year.",
    "team": "There are no figures of the team this year.",
    "published": "There is no table of published figures this year.",
    "context": "There are no related statistics this year.",
}
"""Why a chapter that needs a table leaves itself out."""
ILLUSTRATIVE: Final = "Illustrative: the figures in this report are made up. They say nothing about the scheme."
NAMED: Final = re.compile(r'\b(table|chart)\(\s*"([^"]*)"')
DRAFT: Final = "Draft: this report has not been released. It must not be published or quoted."


@dataclass(frozen=True)
class KnownNames:
    """What other years have: absent this year, but no mistake."""

    tables: frozenset[str] = frozenset()
    charts: frozenset[str] = frozenset()
    figures: Mapping[str, Definition] = field(default_factory=dict)


@dataclass
class Writing:
    """The work of one rendering."""

    templates: Templates
    statistics: ProtectedStatistics
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    release: Release
    known: KnownNames
    mistakes: Mistakes = field(init=False)
    tray: FragmentStore = field(default_factory=FragmentStore)
    captions: dict[str, Caption] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    paper: bool = True
    """Whether the page for print is wanted."""

    def __post_init__(self) -> None:
        sources = {one.file: one.text for one in self.templates.chapters}
        pages = {page.PAGE: self.templates.page, page.STYLE: self.templates.css}
        self.mistakes = Mistakes({CAPTIONS: self.templates.captions_text, **sources, **pages})

    def write(self, *, draft: bool) -> Narrative:
        """Render everything, or all but the page for print; mistakes are in ``mistakes``."""
        place = sandbox.Place()
        asked = {f"survey-{one.name}" for one in self.statistics.records.questions}
        blocks = Blocks(
            self.statistics,
            self.tables,
            self.charts,
            self.known.tables | asked,
            self.known.charts | asked,
            self.captions,
            self.tray,
            place,
            final=not draft,
        )
        words = Vocabulary(self.statistics, self.release, self.tray, self.mistakes, place, blocks, self.known.figures)
        rendering = Rendering(words, tuple(one.text for one in self.release.allow))
        markdown = parser()
        captions = ("captions", self.templates.captions_text)
        self.captions.update(self._remembered(captions, rendering, lambda: self._caption_all(rendering, markdown)))
        chapters, omitted = self._chapters(rendering, blocks, markdown)
        self._unplaced(rendering, blocks, {file for file, _ in omitted})
        sections = [
            (
                Section(one.id, made.title, made.web, made.headings),
                Section(one.id, made.title, made.paper, made.headings),
            )
            for one, made in chapters
        ]
        frame = page.Frame(self.templates.page, self.templates.css, rendering, draft=draft)
        frame.fit = bool(self._remembered(("page", self.templates.page, self.templates.css), rendering, frame.look))
        self.memory.next()
        return Narrative(
            html=frame.whole([web for web, _ in sections], paper=False),
            print_html=frame.whole([print_ for _, print_ in sections], paper=True) if self.paper else "",
            govspeak=self._govspeak([made for _, made in chapters], draft=draft),
            captions={
                name.partition(".")[2] if name.startswith("tables.") else name: one
                for name, one in self.captions.items()
            },
            quoted=words.trace.all(),
            chapters=tuple((one.id, made.title) for one, made in chapters),
            omitted=tuple(omitted),
            placed=dict(blocks.placed),
            claims=words.claims,
            unreleased=tuple(sorted(blocks.unreleased)),
            left_out=tuple(words.left_out),
        )

    def _chapters(
        self, rendering: Rendering, blocks: Blocks, markdown: MarkdownIt
    ) -> tuple[list[tuple[Chapter, RenderedChapter]], list[tuple[str, str]]]:
        """The chapters of this year, and those that leave themselves out with the reason."""
        chapters: list[tuple[Chapter, RenderedChapter]] = []
        omitted: list[tuple[str, str]] = []
        for chapter in self.templates.chapters:
            made = self._remembered(
                ("chapter", chapter.file, chapter.text, self.templates.captions_text, *self._named_elsewhere(chapter)),
                rendering,
                partial(self._chapter, chapter, rendering, blocks, markdown),
            )
            if isinstance(made, RenderedChapter):
                chapters.append((chapter, made))
            else:
                omitted.append((chapter.file, str(made)))
        return chapters, omitted

    def _chapter(
        self, chapter: Chapter, rendering: Rendering, blocks: Blocks, markdown: MarkdownIt
    ) -> RenderedChapter | str:
        """One chapter, or why it leaves itself out."""
        words = rendering.words
        words.missing = ""
        kept, so_far = blocks.state(), len(words.left_out)
        text, headings = closed_up(rendering.text(Passage(chapter.file, chapter.text), chapter=True))
        if words.missing:
            blocks.restore(kept)
            words.trace.forget(chapter.file)
            del words.left_out[so_far:]
            return REASONS[words.missing]
        words.left_out += [self._heading_left_out(chapter, heading) for heading in headings]
        text += self._left_over(chapter, rendering, blocks)
        made = write(text, chapter.id, self.tray, markdown)
        return replace(made, web=typeset(made.web), paper=typeset(made.paper) if self.paper else "")

    def _remembered(self, what: tuple[str, ...], rendering: Rendering, make: Callable[[], Any]) -> Any:
        """A part as it was rendered before, where nothing that it depends on has changed; else rendered now."""
        placed, numbers, quoted, waiting = rendering.words.blocks.state()
        key = (what, tuple(placed), tuple(numbers.items()), frozenset(quoted), frozenset(waiting))
        record = self.memory.records.get(key)
        if record is None:
            start = Start.of(rendering)
            record = start.record(rendering, make())
        else:
            add_again(record, rendering)
        self.memory.fresh[key] = record
        return record.made

    def _named_elsewhere(self, chapter: Chapter) -> tuple[str, ...]:
        """The tables and charts that this chapter names and another names too: they are not put at its end."""
        return tuple(sorted(" ".join(name) for name in self._named[chapter.file] if self._often[name] > 1))

    @cached_property
    def _named(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """The tables and charts that each chapter names."""
        return {one.file: frozenset(NAMED.findall(one.text)) for one in self.templates.chapters}

    @cached_property
    def _often(self) -> Counter[tuple[str, str]]:
        """In how many chapters each table and chart is named."""
        return Counter(name for names in self._named.values() for name in names)

    def _heading_left_out(self, chapter: Chapter, heading: str) -> LeftOutSentence:
        """A heading that went because nothing is left under it."""
        lines = chapter.text.split("\n")
        shown = self.tray.fill(heading, lambda piece: piece.text)
        line = next((n for n, one in enumerate(lines, 1) if one.startswith("#") and one.lstrip("# ") == shown), None)
        return LeftOutSentence(chapter.file, line, shown, "nothing is left under this heading")

    def _left_over(self, chapter: Chapter, rendering: Rendering, blocks: Blocks) -> str:
        """Tables and charts of the year that this chapter alone names and has not placed: they stand at its end.

        A condition around a place may be about something else than what stands there; what exists is printed all the
        same.
        """
        others = "\n".join(one.text for one in self.templates.chapters if one is not chapter)
        text = ""
        for kind, made in (("table", self.tables), ("chart", self.charts)):
            for name in made:
                named = re.compile(rf'\{{\{{-?\s*{kind}\(\s*"{re.escape(name)}"')
                annex = kind == "table" and self.tables[name].annex
                if annex or f"{kind}-{name}" in blocks.placed or not named.search(chapter.text) or named.search(others):
                    continue
                text += "\n\n" + rendering.text(Passage(chapter.file, f'{{{{ {kind}("{name}") }}}}\n'), chapter=False)
        return text

    def _caption_all(self, rendering: Rendering, markdown: MarkdownIt) -> dict[str, Caption]:
        """The captions of every table and chart of the year, by kind and name."""
        captioning = Captioning(
            self.templates.captions,
            CaptionFile(self.templates.captions_text, self.mistakes),
            rendering,
            markdown,
            self.statistics.records.questions,
            self.captions,
        )
        captioning.write("table", self.tables, self.known.tables)
        captioning.write("chart", self.charts, self.known.charts)
        captioning.alike()
        return dict(self.captions)

    def _unplaced(self, rendering: Rendering, blocks: Blocks, omitted: set[str]) -> None:
        """Every table and chart of the year must stand somewhere; one that only an omitted chapter places may not."""
        if any(rendering.broken(Passage(one.file, one.text)) for one in self.templates.chapters):
            return  # what such a chapter places is not known
        every = "\n".join(one.text for one in self.templates.chapters)
        for kind, made in (("table", self.tables), ("chart", self.charts)):
            for name in made:
                if f"{kind}-{name}" in blocks.placed or (kind == "table" and self.tables[name].annex):
                    continue
                if omitted and re.search(rf'{kind}\(\s*"{re.escape(name)}"', every):
                    continue
                last = self.templates.chapters[-1].file
                said = f"The {kind} “{name}” stands nowhere."
                hint = f'Put {{{{ {kind}("{name}") }}}} on a line of its own into a chapter.'
                self.mistakes.add(last, None, "never-placed", said, hint, value=name)

    def _govspeak(self, chapters: list[RenderedChapter], *, draft: bool) -> str:
        """The whole report for the Whitehall publisher: no first heading, since the publisher makes the title."""
        release = self.release
        marks = [f"^{ILLUSTRATIVE}^"] if release.illustrative else []
        marks += [f"^{DRAFT}^"] if draft else []
        publication = release.publication
        facts = [
            f"Reporting period: {formatting.span(release.period.first, release.period.last)}",
            f"Outcomes and payments as at {formatting.day(release.as_at)}",
            f"Status: {publication.status}",
            *([f"Published: {formatting.day(publication.published)}"] if publication.published else []),
            *([f"Reference: {publication.unique_reference}"] if publication.unique_reference else []),
        ]
        said = govspeak(f"{'. '.join(facts)}.")
        return "\n\n".join([*marks, said, *(one.govspeak.strip() for one in chapters)]) + "\n"
