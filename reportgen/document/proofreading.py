"""What is wrong with the words whatever the numbers are: for a run whose inputs give none.

Goes in: templates, and where they are known the release and what any year may have. Comes out: every mistake of form of
every chapter, caption, of the page and the style sheet; words, figures, breakdowns, tables and charts that no year has.
Nothing is run. What hangs on the year's own inputs (questions, categories, series) is taken to be there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.document import page
from reportgen.document.captions import CAPTIONS, CaptionFile
from reportgen.language import grammar, sandbox
from reportgen.language.figure_names import NO_FIGURES
from reportgen.language.fragment import FragmentStore
from reportgen.language.lint.css import style
from reportgen.language.lint.prose import lint
from reportgen.language.mistakes import Mistakes
from reportgen.language.source_map import Passage
from reportgen.vocabulary.blocks import Blocks
from reportgen.vocabulary.figure_lookup import Lookup, figure_id
from reportgen.vocabulary.objects import QuestionWords
from reportgen.vocabulary.series import PublishedWords
from reportgen.vocabulary.static_check import Foresight
from reportgen.vocabulary.subject_check import check_subjects
from reportgen.vocabulary.words import Vocabulary

if TYPE_CHECKING:
    from jinja2 import Environment

    from reportgen.model.figure import Definition
    from reportgen.model.narrative import Templates
    from reportgen.model.problem import Problem
    from reportgen.model.release import Release

OWN: Final = ("survey-", "published-")
"""Tables and charts that are made for each question and series of the year's inputs."""


@dataclass(frozen=True)
class Ever:
    """What any year may have, whatever its inputs."""

    release: Release
    figures: Mapping[str, Definition]
    tables: frozenset[str]
    charts: frozenset[str]


class _Names(Lookup):
    """Figures by name alone: those of survey questions and all categories are the year's own, and not known."""

    def check(self, name: str, breakdowns: Mapping[str, str | None]) -> None:
        if name in self.known or not name.startswith("survey."):
            super().check(name, dict.fromkeys(breakdowns))

    def check_by(self, id_: object, name: object) -> str:
        measure = figure_id(id_)
        known = measure in self.known or not measure.startswith("survey.")
        return super().check_by(id_, name) if known else measure


class _Ids(Blocks):
    """Tables and charts by name alone."""

    def known_id(self, kind: str, id_: object) -> str | None:
        return None if isinstance(id_, str) and id_.startswith(OWN) else super().known_id(kind, id_)


@dataclass
class _Reader:
    """Looks at trees for names that no year has; without ``ever`` at none."""

    mistakes: Mistakes
    ever: Ever | None
    words: Vocabulary | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.ever is None:
            return
        from reportgen.model.protected import Audit, ProtectedStatistics
        from reportgen.model.records import Records

        release = self.ever.release
        none = ProtectedStatistics(release.period, {}, {}, {}, Records(), release.disclosure, Audit(0, 0, 0))
        tray, place = FragmentStore(), sandbox.Place()
        blocks = _Ids(none, {}, {}, self.ever.tables, self.ever.charts, {}, tray, place)
        self.words = Vocabulary(none, release, tray, self.mistakes, place, blocks, self.ever.figures)
        self.words.find = _Names(none, self.ever.figures)
        self.names = self.words.names()

    def read(self, env: Environment, passage: Passage, more: Mapping[str, object] | None = None) -> bool:
        """Look at the form of a passage, then at its names; return whether it can be read as a template."""
        figures = self.words.figure_names() if self.words is not None else NO_FIGURES
        tree = sandbox.tree_of(env, passage, self.mistakes, figures)
        if tree is not None and self.words is not None:
            Foresight(self.words, {**self.names, **(more or {})}, passage, self.mistakes).look(tree)
            check_subjects(tree, passage, self.mistakes, self.words.find.breakdowns)
        return tree is not None


def proofread(templates: Templates, allowed: tuple[str, ...], ever: Ever | None = None) -> tuple[Problem, ...]:
    """All mistakes at once."""
    chapters = {one.file: one.text for one in templates.chapters}
    files = {CAPTIONS: templates.captions_text, **chapters, page.PAGE: templates.page, page.STYLE: templates.css}
    mistakes = Mistakes(files)
    env = sandbox.environment({}, None, mistakes, sandbox.Place())
    reader = _Reader(mistakes, ever)
    for file, text in chapters.items():
        whole = reader.read(env, Passage(file, text))
        lint(Passage(file, text), mistakes, allowed, claims=whole)
    captions = CaptionFile(templates.captions_text, mistakes)
    for kinds, entries in templates.captions.items():
        for entry, given in entries.items():
            for part, passage in captions.passages(kinds.removesuffix("s"), entry, given):
                whole = reader.read(env, passage, {"question": QuestionWords, "series": PublishedWords})
                lint(passage, mistakes, allowed, chapter=False, source=part == "source", claims=whole)
    frame = Passage(page.PAGE, templates.page)
    page.lint_page(frame, mistakes, allowed)
    tree = grammar.parsed(env, frame, mistakes)
    if tree is not None:
        grammar.allowed(tree, frame, mistakes, grammar.PAGE_LOOPS)
    style(Passage(page.STYLE, templates.css), mistakes)
    return mistakes.problems()
