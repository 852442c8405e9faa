"""What can be known before a template is run, in every branch, also in those that this year does not print.

Goes in: the tree of a template. Comes out: mistakes: words, figures, breakdowns, categories, tables and charts that no
year has; questions that are printed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from jinja2 import nodes

from reportgen.language.mistakes import Mistakes, Wrong, misused, short
from reportgen.language.parts import Parts
from reportgen.language.sandbox import LOOPS, unknown_hint
from reportgen.vocabulary import format_value
from reportgen.vocabulary.assertions import Assertions
from reportgen.vocabulary.conditions import Conditions
from reportgen.vocabulary.figure_lookup import check_year
from reportgen.vocabulary.legal_terms import Legal
from reportgen.vocabulary.numbers import PrintingWords, check_category_form, check_rank
from reportgen.vocabulary.objects import QuestionWords, ThemeWords
from reportgen.vocabulary.reference import example
from reportgen.vocabulary.series import PublishedWords, RelatedWords

if TYPE_CHECKING:
    from reportgen.language.source_map import Passage
    from reportgen.vocabulary.words import Vocabulary

RANKED: Final = ("largest", "only", "rose_most", "fell_most")
UNLIKE: Final = (*RANKED, "first_in_each", "in_force", "significantly", "by_chance")
"""Words that do not name one figure by its categories."""
ASKING: Final = (*Conditions.WORDS, "is_there_table", "is_there_chart", "is_there_action")
FIGURES: Final = {
    *(name for name in (*PrintingWords.WORDS, *Assertions.WORDS, *Conditions.WORDS) if name not in UNLIKE),
}
THINGS: Final = ("most_positive", "least_positive", "widest_gap")
"""Words that give a thing with parts."""
PARTS: Final[Mapping[str, type[Parts]]] = {
    "questions": QuestionWords,
    "themes": ThemeWords,
    "published": PublishedWords,
    "related": RelatedWords,
}


class _Unknown:
    """What only the run will tell."""


UNKNOWN: Final = _Unknown()


@dataclass
class Foresight:
    """One look through a tree."""

    words: Vocabulary
    names: Mapping[str, object]
    passage: Passage
    mistakes: Mistakes
    kinds: Mapping[str, type[Parts]] = field(default_factory=lambda: PARTS)
    marked: dict[tuple[int, str], int] = field(default_factory=dict)
    called: set[int] = field(default_factory=set)

    def look(self, node: nodes.Node, loops: Mapping[str, type[Parts]] = {}) -> None:
        """Everything in a part of the tree; ``loops`` are the names of the loops around it."""
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            self.look(node.iter, loops)
            kind = node.iter.attr if isinstance(node.iter, nodes.Getattr) else _word(node.iter)
            inner = {**loops, node.target.name: self.kinds.get(kind, Parts)}
            for child in (*node.body, *node.else_):
                self.look(child, inner)
            return
        self._node(node, loops)
        for child in node.iter_child_nodes():
            self.look(child, loops)

    def _node(self, node: nodes.Node, loops: Mapping[str, type[Parts]]) -> None:
        if isinstance(node, nodes.Name):
            self._name(node, loops)
        elif isinstance(node, nodes.Getattr):
            self._part(node, loops)
        elif isinstance(node, nodes.Output):
            for child in node.nodes:
                self._printed(child)
        elif isinstance(node, nodes.Call):
            self._call(node)

    def _tell(self, node: nodes.Node, wrong: Wrong) -> None:
        if not wrong.said:
            return
        line, start = self.passage.line(node.lineno or 1)
        start = max(start, self.marked.get((line, wrong.at), 0) + 1)
        column = self.mistakes.add(
            self.passage.file, line, wrong.code, wrong.said, wrong.hint, at=wrong.at, start=start, notice=wrong.notice
        )
        if column:
            self.marked[line, wrong.at] = column

    def _name(self, node: nodes.Name, loops: Mapping[str, object]) -> None:
        known, word = {*self.names, *loops}, self.names.get(node.name)
        is_word = callable(word) and not isinstance(word, type)  # the kind of a thing with parts is no word
        if node.name not in loops and is_word and id(node) not in self.called:
            said, hint = f"“{node.name}” needs its brackets.", f"Such as {example(node.name)}."
            self._tell(node, Wrong("wrong-use", said, hint, node.name))
        if node.ctx == "load" and node.name not in known and not node.name.startswith("_"):
            said = f"There is no word “{short(node.name)}”."
            self._tell(node, Wrong("unknown-word", said, self._meant(node.name, known), node.name))

    def _meant(self, name: str, known: Iterable[str]) -> str:
        """What to do about a word that there is not: it may be a figure or a category without its quotation marks."""
        figures, find = {*self.words.find.known}, self.words.find.statistics
        dotted = name.replace("_", ".", 1)
        if any(one == dotted or one.startswith(f"{name}.") for one in figures):
            return f"A figure has its whole name: {{{{ {dotted if dotted in figures else f'{name}.…'} }}}}."
        if any(name in words for words in find.categories.values()):
            return f'A category stands in double quotes: "{name}".'
        return unknown_hint(name, {*known, *self.words.figure_names().families})

    def _part(self, node: nodes.Getattr, loops: Mapping[str, type[Parts]]) -> None:
        if not isinstance(node.node, nodes.Name):
            if not (isinstance(node.node, nodes.Call) and _word(node.node) in THINGS):
                said = f"“{short(node.attr)}” is not a part of anything."
                self._tell(
                    node, Wrong("unknown-word", said, "Things with parts are release, audit and question.", node.attr)
                )
            return
        thing = loops.get(node.node.name) or self.names.get(node.node.name)
        if thing is None:
            return
        if not (isinstance(thing, Parts) or (isinstance(thing, type) and issubclass(thing, Parts))):
            said, hint = f"“{node.node.name}” has no parts.", "Names of figures stand in double quotes."
            self._tell(node, Wrong("unknown-word", said, hint, node.attr))
        elif node.attr not in thing.PARTS:
            said = f"There is no “{short(node.attr)}” there."
            self._tell(node, Wrong("unknown-word", said, unknown_hint(node.attr, thing.PARTS), node.attr))

    def _printed(self, node: nodes.Node) -> None:
        name = _word(node)
        if name in ASKING or name in LOOPS or name == "has_last_year":
            asked = name if name == "has_last_year" else f"{name}(…)"
            hint = f"Write {{% for one in {asked} %}}." if name in LOOPS else f"Write {{% if {asked} %}}."
            self._tell(node, Wrong("cannot-be-printed", f"“{name}” asks; it prints nothing.", hint, name))
        if isinstance(node, nodes.CondExpr):
            for one in (node.expr1, node.expr2):
                if one is not None:
                    self._printed(one)

    def _call(self, node: nodes.Call) -> None:
        if isinstance(node.node, nodes.ExtensionAttribute):
            return
        self.called.add(id(node.node))
        name = _word(node)
        word = self.names.get(name)
        if not callable(word):
            if word is not None:
                hint = f"Write {name} alone." if name == "has_last_year" else f"Write {name}.name."
                self._tell(node, Wrong("wrong-use", f"“{name}” has no brackets.", hint, name))
            return
        args = [_constant(one) for one in node.args]
        options = {one.key: _constant(one.value) for one in node.kwargs}
        try:
            self._check(name, word, args, options)
        except Wrong as wrong:
            self._tell(node, wrong)

    def _check(self, name: str, word: Callable[..., object], args: list[object], options: dict[str, object]) -> None:
        form = inspect.signature(word)
        try:
            form.bind(*args, **options)
        except TypeError:
            raise misused(name, form, options, example(name)) from None
        if name == "has_all_months" and args[0] is not UNKNOWN:
            self.words.find.check_by(args[0], "month")
        if name in FIGURES or name in ("significantly", "by_chance"):
            self._figure(name, args[0], options)
        elif name in RANKED:
            self._ranked(args[0], options)
        elif name == "first_in_each":
            ways = args[0], options.pop("by", ""), options.pop("each", "")
            check_category_form(options)
            if not any(one is UNKNOWN for one in ways):
                self.words.find.check_both(*ways)
        elif name in (*Legal.WORDS, "in_force"):
            if not any(one is UNKNOWN for one in (*args, *options.values())):
                inspect.unwrap(word)(*args, **options)
        elif name in ("table", "chart", "is_there_table", "is_there_chart") and args[0] is not UNKNOWN:
            kind = name.removeprefix("is_there_")
            self.words.blocks.known_id(kind, args[0])

    def _figure(self, name: str, id_: object, options: dict[str, object]) -> None:
        if id_ is UNKNOWN:
            return
        if not isinstance(id_, str):
            raise Wrong("not-in-quotes", "A figure is named in double quotes.", 'Such as "penalties.issued".', name)
        year, form, than = options.pop("year", "this"), options.pop("as", ""), options.pop("than", "")
        if year is not UNKNOWN:
            check_year(year)
        if isinstance(form, str):
            format_value.check_form(form)
        categories = {one: _category(one, word) for one, word in options.items()}
        self.words.find.check(id_, categories)
        if isinstance(than, str) and than:
            self._other_side(id_, than, categories)
        if near := self.words.find.near_miss(id_, categories):
            raise near

    def _other_side(self, id_: str, than: str, categories: Mapping[str, str | None]) -> None:
        """Raise Wrong if the other side of a comparison is no figure and no category."""
        if self.words.find.is_figure(than):
            return
        if not categories:
            hint = 'Such as more(penalties.issued, place="Calais", than="Coquelles").'
            raise Wrong("wrong-use", f"“{short(than)}” is neither a figure nor a category here.", hint, than)
        self.words.find.check(id_, {**categories, [*categories][-1]: than})

    def _ranked(self, id_: object, options: dict[str, object]) -> None:
        by, rank = options.pop("by", ""), options.pop("rank", 1)
        if id_ is not UNKNOWN and by is not UNKNOWN:
            self.words.find.check_by(id_, by)
        check_category_form(options)
        if rank is not UNKNOWN:
            check_rank(rank)


def _word(node: nodes.Node) -> str:
    """The name of the word that a part of the tree uses; "" where it uses none."""
    if isinstance(node, nodes.Call):
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""


def _constant(node: nodes.Node) -> object:
    return node.value if isinstance(node, nodes.Const) else UNKNOWN


def _category(name: str, word: object) -> str | None:
    if word is UNKNOWN:
        return None
    if not isinstance(word, str):
        raise Wrong("not-in-quotes", f"“{name}” needs a category in double quotes.", 'Such as role="driver".', name)
    return word
