"""One way for all words: chapters, captions, alternative texts and the page are linted, foreseen and run by this.

Goes in: a passage. Comes out: its text with tokens; every mistake is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.narrative import engine
from reportgen.narrative.foresee import Foresight
from reportgen.narrative.lint import lint

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

    from reportgen.disclosure import ProtectedStatistics
    from reportgen.narrative.mistakes import Mistakes
    from reportgen.narrative.passages import Passage
    from reportgen.narrative.printed import Tray
    from reportgen.narrative.words import Words


@dataclass
class Rendering:
    """What every passage of one report shares."""

    words: Words
    allowed: tuple[str, ...]

    def __post_init__(self) -> None:
        self.names = self.words.names()
        self.env: Environment = engine.environment(self.names, self.words, self.mistakes, self.words.place)

    @property
    def mistakes(self) -> Mistakes:
        """Every mistake so far."""
        return self.words.mistakes

    @property
    def tray(self) -> Tray:
        """Everything that was printed so far."""
        return self.words.tray

    @property
    def statistics(self) -> ProtectedStatistics:
        """The figures of the report."""
        return self.words.statistics

    def look(
        self, passage: Passage, *, chapter: bool, source: bool = False, more: Mapping[str, object] | None = None
    ) -> nodes.Template | None:
        """What is wrong with a passage before it is run; its tree, where it can be run."""
        lint(passage, self.mistakes, self.allowed, chapter=chapter, source=source)
        tree = engine.tree_of(self.env, passage, self.mistakes)
        if tree is not None:
            Foresight(self.words, {**self.names, **(more or {})}, passage, self.mistakes).look(tree)
        return tree

    def text(
        self, passage: Passage, *, chapter: bool, source: bool = False, more: Mapping[str, object] | None = None
    ) -> str:
        """The text of a passage, with tokens; "" where it cannot be run."""
        tree = self.look(passage, chapter=chapter, source=source, more=more)
        if tree is None:
            return ""
        self.env.globals.update(more or {})
        made = engine.render(self.env, tree, passage, self.mistakes, self.words.place)
        for name in more or {}:
            del self.env.globals[name]
        return made
