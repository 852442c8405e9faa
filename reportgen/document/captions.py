"""Captions: the words around every table and chart, each of them a template of ``captions.toml``.

Goes in: the captions as written and this year's tables and charts. Comes out: ``Caption`` by kind and id. Hides which
entry serves which table (``survey-*``), and where in the file each text stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reportgen.document.markdown import inline_html, plain
from reportgen.language.sentences import LEFT
from reportgen.language.source_map import Passage, Spot, WrittenText, texts
from reportgen.model.narrative import Caption
from reportgen.model.problem import did_you_mean
from reportgen.vocabulary.objects import QuestionWords
from reportgen.vocabulary.series import PublishedWords

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from reportgen.document.run_template import Rendering
    from reportgen.language.mistakes import Mistakes
    from reportgen.model.records import Question

CAPTIONS: Final = "captions.toml"
PARTS: Final = ("title", "subtitle", "alt", "source")
NEEDED: Final = {"table": ("title", "source"), "chart": ("title", "source", "alt")}
SHORTEST_ALT, LONGEST_ALT = 60, 250


@dataclass
class CaptionFile:
    """``captions.toml`` as it is written: where each text stands."""

    text: str
    mistakes: Mistakes

    def passages(self, kind: str, entry: str, given: Mapping[str, object]) -> list[tuple[str, Passage]]:
        """Every text of an entry with its place; a mistake for what is not part of a caption."""
        found = []
        for part, value in given.items():
            lines = [value] if isinstance(value, str) and part != "notes" else value
            if part in (*PARTS, "notes") and isinstance(lines, list) and all(isinstance(one, str) for one in lines):
                found.append((part, self._passage(kind, entry, part, lines)))
            elif part in (*PARTS, "notes"):
                hint = f'Write {part} = ["…", "…"]' + ("." if part == "notes" else f', or {part} = "…".')
                self.tell(kind, entry, part, "caption-form", f"“{part}” has another form.", hint, part)
            else:
                hint = did_you_mean(part, (*PARTS, "notes")) or f"A caption has {', '.join(PARTS)} and notes."
                self.tell(kind, entry, part, "unknown-caption-part", f"“{part}” is not part of a caption.", hint, part)
        return found

    def _passage(self, kind: str, entry: str, part: str, lines: Sequence[str]) -> Passage:
        """The sentences of a part with their places in the file: the first texts after its name that say the same."""
        begins = self.place(kind, entry, part) or 0
        spots: list[Spot] = []
        for line in lines:
            same = [one for one in self._texts if one.text == line]
            found = next((one for one in same if one.start >= begins), same[0] if same else None)
            own = found.spots if found else ((1, 1),)
            spots += [*own[: len(line)], own[min(len(line), len(own) - 1)]]
            begins = found.start + 1 if found else begins
        return Passage(CAPTIONS, "\n".join(lines), tuple(spots))

    @cached_property
    def _texts(self) -> tuple[WrittenText, ...]:
        return texts(self.text)

    def place(self, kind: str, entry: str, part: str = "") -> int | None:
        """Where an entry, or one of its parts, begins."""
        name = re.escape(entry)
        header = re.compile(rf"^[ \t]*\[\s*{kind}s\s*\.\s*(?:\"{name}\"|'{name}'|{name})\s*\]", re.MULTILINE)
        begins = header.search(self.text)
        if not begins:
            return None
        ends = re.compile(r"^[ \t]*\[", re.MULTILINE).search(self.text, begins.end())
        if not part:
            return begins.start()
        pattern = re.compile(rf"^[ \t]*{re.escape(part)}[ \t]*=", re.MULTILINE)
        found = pattern.search(self.text, begins.end(), ends.start() if ends else len(self.text))
        return found.start() if found else begins.start()

    def tell(self, kind: str, entry: str, part: str, code: str, said: str, hint: str, at: str = "") -> None:
        """Keep a mistake at an entry or one of its parts."""
        place = self.place(kind, entry, part)
        line = None if place is None else Passage(CAPTIONS, self.text).at(place)[0]
        self.mistakes.add(CAPTIONS, line, code, said, hint, at=at, value=at or entry)


@dataclass
class Captioning:
    """The captions of one rendering."""

    given: Mapping[str, Mapping[str, Mapping[str, object]]]
    file: CaptionFile
    rendering: Rendering
    markdown: MarkdownIt
    questions: tuple[Question, ...]
    captions: dict[str, Caption] = field(default_factory=dict)

    def write(self, kind: str, made: Mapping[str, object], known: frozenset[str]) -> None:
        """The caption of every table or chart (``kind``) of this year; those of other years are read too."""
        given = self.given.get(f"{kind}s", {})
        used = {name: name if name in given else f"{name.partition('-')[0]}-*" for name in made}
        for name in given:
            if name not in made and name not in known and "*" not in name:
                hint = did_you_mean(name, {*made, *known}) or "“reportgen figures” lists every table and chart."
                self.file.tell(kind, name, "", "unknown-caption", f"There is no {kind} “{name}”.", hint, name)
            elif name not in used.values():
                self._check_unrun(kind, name, given[name])
        for name, entry in used.items():
            if entry in given:
                self.captions[f"{kind}s.{name}"] = self._caption(kind, name, entry, given[entry])
            else:
                parts = ", ".join(NEEDED[kind])
                hint = f"Add [{kind}s.{name}] with {parts}."
                self.rendering.mistakes.add(
                    CAPTIONS, None, "no-caption", f"The {kind} “{name}” has no caption.", hint, value=name
                )

    def _caption(self, kind: str, name: str, entry: str, given: Mapping[str, object]) -> Caption:
        """One caption."""
        before = len(self.rendering.mistakes.found)
        more = {**self._question(name, entry), **self._series(name, entry)}
        made: dict[str, str] = {}
        notes: list[str] = []
        for part, passage in self.file.passages(kind, entry, given):
            text = self.rendering.text(passage, chapter=False, source=part == "source", more=more)
            lines = [" ".join(line.split()) for line in text.split("\n") if line.strip() and LEFT not in line]
            if part == "notes":
                notes += lines
            else:
                made[part] = " ".join(lines)
        told = len(self.rendering.mistakes.found) > before
        for part in NEEDED[kind]:
            if part not in given or not (told or made[part].strip()):
                said, hint = f"The {kind} “{name}” has no {part}.", f'Add {part} = "…" under [{kind}s.{entry}].'
                self.file.tell(kind, entry, "", "caption-incomplete", said, hint)
        tray = self.rendering.tray
        html = {part: inline_html(text, tray, self.markdown) for part, text in made.items() if part != "alt"}
        html |= {f"notes{n}": inline_html(note, tray, self.markdown) for n, note in enumerate(notes)}
        shown = {part: plain(text, tray) for part, text in made.items()}
        alt = shown.get("alt", "") if kind == "chart" else ""
        if alt and not SHORTEST_ALT <= len(alt) <= LONGEST_ALT:
            hint = f"Say what the chart shows in {SHORTEST_ALT} to {LONGEST_ALT} characters."
            fault = f"The alternative text of “{name}” has {len(alt)} characters."
            self.file.tell(kind, entry, "alt", "alt-length", fault, hint, "alt")
        return Caption(
            shown.get("title", name),
            shown.get("subtitle", ""),
            alt,
            shown.get("source", ""),
            tuple(plain(note, tray) for note in notes),
            html,
        )

    def _question(self, name: str, entry: str) -> dict[str, object]:
        """The word “question” for the entry that serves every question of the survey."""
        asked = {f"survey-{one.name}": one for one in self.questions}
        if entry == name or name not in asked:
            return {}
        return {"question": QuestionWords(asked[name], self.rendering.statistics, self.rendering.words.trace)}

    def _series(self, name: str, entry: str) -> dict[str, object]:
        """The word “series” for the entry that serves every series that others published."""
        found = [one for one in self.rendering.words.lists.published() if name in (one.table, one.chart)]
        return {"series": found[0]} if found and entry != name else {}

    def _check_unrun(self, kind: str, entry: str, given: Mapping[str, object]) -> None:
        """A caption that no table or chart of this year uses: its form and its words are read, not its numbers."""
        for part, passage in self.file.passages(kind, entry, given):
            more = {"question": QuestionWords, "series": PublishedWords} if "*" in entry else {}
            self.rendering.look(passage, chapter=False, source=part == "source", more=more)

    def alike(self) -> None:
        """No two charts may have the same alternative text, no two of a kind the same title."""
        for part, word in (("alt", "alternative text"), ("title", "title")):
            seen: dict[tuple[str, str], str] = {}
            for name, caption in self.captions.items():
                text = getattr(caption, part)
                kind, _, id_ = name.partition(".")
                if text and (kind, text) in seen:
                    said = f"“{id_}” and “{seen[kind, text]}” have the same {word}."
                    self.file.tell(
                        kind.removesuffix("s"), id_, part, "captions-alike", said, "Say what is different.", part
                    )
                seen[kind, text] = id_
