"""What one rendering leaves for the next of the same figures: chapters and captions whose words have not changed.

Input: what stood before a part was rendered, and what it added. Output: a record that adds the same again. A chapter is
taken from memory if its text is the same and so is all that came before it: the tables and charts that have their
number, the comments that are quoted.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template

    from reportgen.document.run_template import Rendering
    from reportgen.language.source_map import Passage
    from reportgen.model.narrative import LeftOutSentence, QuotedFigure
    from reportgen.model.problem import Problem
    from reportgen.vocabulary.blocks import State


@dataclass(frozen=True)
class Record:
    """What a part gave, and what it added to the rendering."""

    made: Any
    quoted: Mapping[Any, tuple[QuotedFigure, tuple[str, ...]]]
    problems: Mapping[Any, Problem]
    left_out: tuple[LeftOutSentence, ...]
    claims: int
    state: State
    read: Mapping[Passage, Template | None]


@dataclass
class Memory:
    """Records by what they depend on. Valid for one set of figures, tables, charts and one release."""

    records: dict[Hashable, Record] = field(default_factory=dict)
    fresh: dict[Hashable, Record] = field(default_factory=dict)

    def next(self) -> None:
        """Forget what the rendering that has just ended did not use."""
        self.records, self.fresh = self.fresh, {}


@dataclass(frozen=True)
class Start:
    """Where a rendering stands before a part."""

    quoted: Mapping[Any, int]
    problems: frozenset[Any]
    left_out: int
    claims: int
    read: frozenset[Passage]

    @classmethod
    def of(cls, rendering: Rendering) -> Start:
        """Note where a rendering stands."""
        words = rendering.words
        return cls(
            dict(words.trace.state()),
            frozenset(words.mistakes.found),
            len(words.left_out),
            words.claims,
            frozenset(rendering.read),
        )

    def record(self, rendering: Rendering, made: Any) -> Record:
        """Record what was added since."""
        words = rendering.words
        quoted = {
            key: (figure, tuple(where[self.quoted.get(key, 0) :]))
            for key, (figure, where) in words.trace.quoted.items()
            if len(where) > self.quoted.get(key, 0)
        }
        return Record(
            made,
            quoted,
            {key: one for key, one in words.mistakes.found.items() if key not in self.problems},
            tuple(words.left_out[self.left_out :]),
            words.claims - self.claims,
            words.blocks.state(),
            {passage: one for passage, one in rendering.read.items() if passage not in self.read},
        )


def add_again(record: Record, rendering: Rendering) -> None:
    """Add what a part added when it was rendered."""
    words = rendering.words
    for key, (figure, where) in record.quoted.items():
        known = words.trace.quoted.setdefault(key, (figure, []))[1]
        known += [one for one in where if one not in known]
    for key, problem in record.problems.items():
        words.mistakes.found.setdefault(key, replace(problem))
    words.left_out += record.left_out
    words.claims += record.claims
    words.blocks.restore(record.state)
    rendering.read.update(record.read)
