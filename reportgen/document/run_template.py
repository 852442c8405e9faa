"""One way for all words: chapters, captions, alternative texts and the page are linted, foreseen and run by this.

Goes in: a passage. Comes out: its text with tokens; every mistake is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from reportgen.language import sandbox
from reportgen.language.lint.prose import lint
from reportgen.language.tagged_text import MARKERS
from reportgen.vocabulary.static_check import Foresight
from reportgen.vocabulary.subject_check import check_subjects

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from reportgen.language.fragment import FragmentStore
    from reportgen.language.mistakes import Mistakes
    from reportgen.language.source_map import Passage
    from reportgen.model.protected import ProtectedStatistics
    from reportgen.vocabulary.words import Vocabulary


MOST_BRACKETS: Final = 500
"""Square brackets in a chapter: each may begin a link, and a reader of Markdown looks for the end of each."""


@dataclass
class Rendering:
    """What every passage of one report shares."""

    words: Vocabulary
    allowed: tuple[str, ...]
    read: dict[Passage, Template | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = self.words.names()
        self.env: Environment = sandbox.environment(self.names, self.words, self.mistakes, self.words.place)

    @property
    def mistakes(self) -> Mistakes:
        """Every mistake so far."""
        return self.words.mistakes

    @property
    def tray(self) -> FragmentStore:
        """Everything that was printed so far."""
        return self.words.tray

    @property
    def statistics(self) -> ProtectedStatistics:
        """The figures of the report."""
        return self.words.statistics

    def look(
        self, passage: Passage, *, chapter: bool, source: bool = False, more: Mapping[str, object] | None = None
    ) -> Template | None:
        """What is wrong with a passage before it is run; how to run it, where it can be. Each passage is read once."""
        if passage not in self.read:
            template = self._template(passage, more or {}) if _runs(passage) else None
            whole = template is not None or not _runs(passage)
            lint(
                passage,
                self.mistakes,
                self.allowed,
                chapter=chapter,
                source=source,
                claims=whole,
                printing=self.words.find.printing,
            )
            self.read[passage] = template
        return self.read[passage]

    def broken(self, passage: Passage) -> bool:
        """Return whether a passage was read and cannot be run, or is empty: what it places is not known."""
        return not passage.text.strip() or (_runs(passage) and self.read.get(passage) is None)

    def _template(self, passage: Passage, more: Mapping[str, object]) -> Template | None:
        tree = sandbox.tree_of(self.env, passage, self.mistakes, self.words.figure_names())
        if tree is None:
            return None
        Foresight(self.words, {**self.names, **more}, passage, self.mistakes).look(tree)
        check_subjects(tree, passage, self.mistakes, self.words.find.breakdowns)
        return sandbox.compiled(self.env, tree, passage, self.mistakes)

    def text(
        self, passage: Passage, *, chapter: bool, source: bool = False, more: Mapping[str, object] | None = None
    ) -> str:
        """The text of a passage, with tokens; "" where it cannot be run."""
        template = self.look(passage, chapter=chapter, source=source, more=more)
        if template is None:
            return "" if _runs(passage) else self._readable(passage.text, passage)
        self.env.globals.update(more or {})
        made = sandbox.run(template, passage, self.mistakes, self.words.place)
        for name in more or {}:
            del self.env.globals[name]
        return self._readable(made, passage)

    def _readable(self, made: str, passage: Passage) -> str:
        """The text, where Markdown can be read in reasonable time."""
        if made.count("[") <= MOST_BRACKETS:
            return made
        said, hint = f"Over {MOST_BRACKETS} square brackets are too many.", "Take out those that are no links."
        line, column = passage.at(max(passage.text.find("["), 0))
        self.mistakes.add(passage.file, line, "too-many-brackets", said, hint, at=column)
        return ""


def _runs(passage: Passage) -> bool:
    """Whether there is anything to run in a passage."""
    return "{" in passage.text or MARKERS.search(passage.text) is not None
