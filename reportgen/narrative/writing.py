"""One rendering of all templates, in order: captions as they are needed, chapters, page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from reportgen.narrative import engine, page
from reportgen.narrative.blocks import Blocks
from reportgen.narrative.document import Written, inline_html, parser, plain, write
from reportgen.narrative.lint import lint
from reportgen.narrative.mistakes import Mistakes
from reportgen.narrative.objects import QuestionWords
from reportgen.narrative.printed import Tray, govspeak
from reportgen.narrative.types import Caption, Narrative, Section, Templates
from reportgen.narrative.words import Words
from reportgen.problems import did_you_mean

if TYPE_CHECKING:
    from reportgen.charts import Chart
    from reportgen.disclosure import ProtectedStatistics
    from reportgen.release import Release
    from reportgen.tables import Table

CAPTIONS: Final = "captions.toml"
PARTS: Final = ("title", "subtitle", "alt", "source")
SHORTEST_ALT, LONGEST_ALT = 60, 250


@dataclass
class Writing:
    """The work of one rendering."""

    templates: Templates
    statistics: ProtectedStatistics
    tables: Mapping[str, Table]
    charts: Mapping[str, Chart]
    release: Release
    known_tables: frozenset[str]
    known_charts: frozenset[str]
    mistakes: Mistakes = field(init=False)
    tray: Tray = field(default_factory=Tray)
    place: engine.Place = field(default_factory=engine.Place)
    captions: dict[str, Caption] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sources = {one.file: one.text for one in self.templates.chapters}
        self.mistakes = Mistakes({CAPTIONS: self.templates.captions_text, page.PAGE: self.templates.page, **sources})

    def write(self, *, draft: bool) -> Narrative:
        """All of it; mistakes stand in ``mistakes``."""
        markdown = parser()
        blocks = Blocks(
            self.statistics, self.tables, self.charts, self.known_tables, self.known_charts, self.captions, self.tray
        )
        words = Words(self.statistics, self.release, self.tray, self.mistakes, self.place, blocks)
        names = words.names()
        env = engine.environment(names, words, self.mistakes, self.place)
        allowed = [one.text for one in self.release.allow]
        self._caption_all(env, words, markdown, allowed)
        chapters: list[tuple[str, str, Written]] = []
        omitted: list[tuple[str, str]] = []
        for chapter in self.templates.chapters:
            lint(chapter.text, chapter.file, self.mistakes, allowed)
            words.missing = ""
            placed, numbers = dict(blocks.placed), dict(blocks.numbers)
            text = engine.render(env, chapter.text, chapter.file, self.mistakes, self.place)
            if words.missing:
                from reportgen.narrative import REASONS

                blocks.placed.clear()
                blocks.placed.update(placed)
                blocks.numbers.clear()
                blocks.numbers.update(numbers)
                self._forget(words, chapter.file)
                omitted.append((chapter.file, REASONS[words.missing]))
                continue
            chapters.append((chapter.file, chapter.id, write(text, chapter.id, self.tray, markdown)))
        self._unplaced(blocks, {file for file, _ in omitted})
        release = names["release"]
        made = {
            paper: page.whole(
                self.templates.page,
                self.templates.css,
                [Section(id_, one.title, one.paper if paper else one.web, one.headings) for _, id_, one in chapters],
                release,  # type: ignore[arg-type]  # the vocabulary's release
                self.mistakes,
                paper=paper,
                draft=draft,
            )
            for paper in (False, True)
        }
        return Narrative(
            html=made[False],
            print_html=made[True],
            govspeak=self._govspeak([one for _, _, one in chapters], draft=draft),
            captions={
                name.partition(".")[2] if name.startswith("tables.") else name: one
                for name, one in self.captions.items()
            },
            quoted=tuple(replace(figure, where=tuple(where)) for figure, where in words.quoted.values()),
            chapters=tuple((id_, one.title) for _, id_, one in chapters),
            omitted=tuple(omitted),
            placed=dict(blocks.placed),
            claims=words.claims,
        )

    def _forget(self, words: Words, file: str) -> None:
        """What an omitted chapter quoted is quoted nowhere."""
        for key, (_, where) in list(words.quoted.items()):
            where[:] = [place for place in where if not place.startswith(f"{file}:")]
            if not where:
                del words.quoted[key]

    def _unplaced(self, blocks: Blocks, omitted: set[str]) -> None:
        """Every table and chart of the year must stand somewhere; one that only an omitted chapter places may not."""
        every = "\n".join(one.text for one in self.templates.chapters)
        for kind, made in (("table", self.tables), ("chart", self.charts)):
            for name in made:
                if f"{kind}-{name}" in blocks.placed:
                    continue
                if omitted and re.search(rf'{kind}\(\s*"{re.escape(name)}"', every):
                    continue
                last = self.templates.chapters[-1].file
                said = f"The {kind} “{name}” stands nowhere."
                hint = f'Put {{{{ {kind}("{name}") }}}} on a line of its own into a chapter.'
                self.mistakes.add(last, None, "never-placed", said, hint, value=name)

    def _caption_all(self, env: object, words: Words, markdown: object, allowed: list[str]) -> None:
        """Every caption of a table or chart of this year."""
        questions = {f"survey-{one.name}": one for one in self.statistics.records.questions}
        for kind, made, known in (
            ("tables", self.tables, self.known_tables),
            ("charts", self.charts, self.known_charts),
        ):
            given = self.templates.captions.get(kind, {})
            for name in given:
                if name not in made and name not in known and "*" not in name:
                    line = self._line(kind, name)
                    hint = did_you_mean(name, {*made, *known}) or "“reportgen figures” lists every table and chart."
                    self.mistakes.add(
                        CAPTIONS, line, "unknown-caption", f"There is no {kind[:-1]} “{name}”.", hint, at=name
                    )
            for name in made:
                entry = name if name in given else f"{name.partition('-')[0]}-*"
                if entry not in given:
                    hint = f"Add [{kind}.{name}] with title, subtitle and source" + (
                        ", alt." if kind == "charts" else "."
                    )
                    self.mistakes.add(
                        CAPTIONS, None, "no-caption", f"The {kind[:-1]} “{name}” has no caption.", hint, value=name
                    )
                    continue
                extra = {}
                if name in questions and entry != name:
                    extra["question"] = QuestionWords(questions[name], self.statistics, self.tray)
                env.globals.update(extra)  # type: ignore[attr-defined]  # Jinja's environment
                caption = self._caption(env, kind, name, entry, given[entry], markdown, allowed, words)
                for key in extra:
                    del env.globals[key]  # type: ignore[attr-defined]  # Jinja's environment
                self.captions[f"{kind}.{name}"] = caption
        self._alike()

    def _caption(
        self,
        env: object,
        kind: str,
        name: str,
        entry: str,
        given: Mapping[str, object],
        markdown: object,
        allowed: list[str],
        words: Words,
    ) -> Caption:
        """One caption, each of its texts a template."""
        texts: dict[str, str] = {}
        notes: list[str] = []
        for part, value in given.items():
            line = self._line(kind, entry, part)
            if part == "notes" and isinstance(value, list) and all(isinstance(note, str) for note in value):
                notes = [kept for note in value if (kept := self._rendered(env, note, line, allowed, source=False))]
            elif part in PARTS and isinstance(value, str):
                texts[part] = self._rendered(env, value, line, allowed, source=part == "source")
            else:
                hint = did_you_mean(part, (*PARTS, "notes")) or f"A caption has {', '.join(PARTS)} and notes."
                self.mistakes.add(
                    CAPTIONS, line, "unknown-caption-part", f"“{part}” is not part of a caption.", hint, at=part
                )
        for part in ("title", "source", *(("alt",) if kind == "charts" else ())):
            if not texts.get(part, "").strip():
                line = self._line(kind, entry)
                hint = f'Add {part} = "…" under [{kind}.{entry}].'
                self.mistakes.add(
                    CAPTIONS, line, "caption-incomplete", f"The {kind[:-1]} “{name}” has no {part}.", hint
                )
        made = {part: plain(text, self.tray) for part, text in texts.items()}
        html = {part: inline_html(text, self.tray, markdown) for part, text in texts.items() if part != "alt"}  # type: ignore[arg-type]  # the parser
        html |= {f"notes{n}": inline_html(note, self.tray, markdown) for n, note in enumerate(notes)}  # type: ignore[arg-type]  # the parser
        alt = made.get("alt", "")
        if kind == "charts" and alt and not SHORTEST_ALT <= len(alt) <= LONGEST_ALT:
            hint = f"Say what the chart shows in {SHORTEST_ALT} to {LONGEST_ALT} characters."
            self.mistakes.add(
                CAPTIONS,
                self._line(kind, entry, "alt"),
                "alt-length",
                f"The alternative text of “{name}” has {len(alt)} characters.",
                hint,
                at="alt",
            )
        del words
        return Caption(
            made.get("title", name),
            made.get("subtitle", ""),
            alt,
            made.get("source", ""),
            tuple(plain(n, self.tray) for n in notes),
            html,
        )

    def _rendered(self, env: object, text: str, line: int | None, allowed: list[str], *, source: bool) -> str:
        offset = (line or 1) - 1
        lint(text, CAPTIONS, self.mistakes, allowed, chapter=False, offset=offset, source=source)
        made = engine.render(env, text, CAPTIONS, self.mistakes, self.place, offset=offset)  # type: ignore[arg-type]  # Jinja's environment
        return " ".join(made.split())

    def _line(self, kind: str, name: str, part: str = "") -> int | None:
        """The line of a caption, or of one of its parts."""
        lines = self.templates.captions_text.split("\n")
        header = re.compile(rf'\s*\[{kind}\.(?:"{re.escape(name)}"|{re.escape(name)})\]')
        for number, line in enumerate(lines, 1):
            if header.match(line):
                if not part:
                    return number
                for later, text in enumerate(lines[number:], number + 1):
                    if text.lstrip().startswith("["):
                        break
                    if re.match(rf"\s*{re.escape(part)}\s*=", text):
                        return later
                return number
        return None

    def _alike(self) -> None:
        """No two charts may have the same alternative text, no two of a kind the same title."""
        for part in ("alt", "title"):
            seen: dict[tuple[str, str], str] = {}
            for name, caption in self.captions.items():
                text = getattr(caption, part)
                kind, _, id_ = name.partition(".")
                if not text or (part == "alt" and kind == "tables"):
                    continue
                if (kind, text) in seen:
                    said = f"“{id_}” and “{seen[kind, text]}” have the same {'title' if part == 'title' else 'alternative text'}."
                    self.mistakes.add(
                        CAPTIONS,
                        self._line(kind, id_, part),
                        "captions-alike",
                        said,
                        "Say what is different.",
                        at=part,
                        value=id_,
                    )
                seen[kind, text] = id_

    def _govspeak(self, chapters: list[Written], *, draft: bool) -> str:
        """The whole report for the Whitehall publisher: no first heading, since the publisher makes the title."""
        marks = []
        if self.release.illustrative:
            marks.append("^Illustrative: the figures in this report are made up. They say nothing about the scheme.^")
        if draft:
            marks.append("^Draft: this report has not passed all its checks. It must not be published or quoted.^")
        from reportgen import formats

        period, publication = self.release.period, self.release.publication
        facts = [
            f"Reporting period: {formats.span(period.first, period.last)}",
            f"Outcomes and payments as at {formats.day(self.release.as_at)}",
            f"Status: {publication.status}",
            *([f"Published: {formats.day(publication.published)}"] if publication.published else []),
            *([f"Reference: {publication.unique_reference}"] if publication.unique_reference else []),
        ]
        said = govspeak(". ".join(facts) + ".")
        return "\n\n".join([*marks, said, *(one.govspeak.strip() for one in chapters)]) + "\n"
