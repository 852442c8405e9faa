"""Templates run: our vocabulary in Jinja's sandbox, nothing else, every mistake kept.

Goes in: a template's text and the vocabulary. Comes out: its text with tokens. A template is parsed, its tree is
compared with the short list of what is allowed, and only then run; so there is nothing to escape to.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, Template, Undefined, nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.language import grammar, sentences
from reportgen.language.figure_names import NO_FIGURES, FigureNames, named
from reportgen.language.fragment import Fragment
from reportgen.language.mistakes import Omitted, Wrong, short
from reportgen.language.parts import Parts
from reportgen.language.source_map import Passage, Spot
from reportgen.language.three_valued import UNKNOWN, Assertion, ThreeValued, either, opposite
from reportgen.model.problem import did_you_mean

if TYPE_CHECKING:
    from jinja2.parser import Parser

    from reportgen.language.mistakes import Mistakes

MOST: Final = 400_000
"""Characters of one chapter."""
LOOPS: Final = ("questions", "themes", "published", "related")
"""Words that a loop may go over."""


class Tags(Extension):
    """The tags that are ours: ``{% needs "table" %}`` and ``{% panel %}…{% endpanel %}``."""

    tags = {"needs", "panel"}  # noqa: RUF012 - Jinja's own form

    def parse(self, parser: Parser) -> nodes.Node:
        """Parse one of the two tags."""
        tag = next(parser.stream)
        line = nodes.Const(tag.lineno)
        if tag.value == "needs":
            what = parser.parse_expression()
            return nodes.Output([self.call_method("_needs", [what, line])]).set_lineno(tag.lineno)
        body = parser.parse_statements(("name:endpanel",), drop_needle=True)
        return nodes.CallBlock(self.call_method("_panel"), [], [], body).set_lineno(tag.lineno)

    def _needs(self, what: object, line: int) -> str:
        return str(self._words.needs(what, line))

    def _panel(self, caller: Callable[[], str]) -> str:
        words = self._words
        words.digits = True
        try:
            return str(words.panel(caller()))
        finally:
            words.digits = False

    @property
    def _words(self) -> Any:
        return self.environment.globals["__words__"]


NOWHERE: Final = Passage("", "")


@dataclass
class Place:
    """Where in which template the rendering is."""

    passage: Passage = NOWHERE

    @property
    def file(self) -> str:
        """The file that is being run."""
        return self.passage.file

    def spot(self) -> Spot | tuple[None, int]:
        """The line that is being run, and the column where it begins, from the frames of the call."""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the only way to a template's line
        while frame is not None:
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                return self.passage.line(int(template.get_corresponding_lineno(frame.f_lineno)))
            frame = frame.f_back
        return None, 1

    def line(self) -> int | None:
        """The line that is being run."""
        return self.spot()[0]


def environment(words: Mapping[str, object], holder: Any, mistakes: Mistakes, place: Place) -> Environment:
    """Jinja with our vocabulary and nothing else."""

    def finalize(value: object) -> object:
        if isinstance(value, Assertion):
            return holder.asserted(value)
        if value is None or value is UNKNOWN or (isinstance(value, str) and not value):
            holder.take_out("something that it prints is not given this year")
            return ""
        if isinstance(value, Undefined) and is_empty(value):
            holder.take_out("something that it prints is not there this year")
        if isinstance(value, (Fragment, Undefined)):
            return value
        hint = "Print a figure by its name, as in {{ penalties.issued }}, and write words outside the brackets."
        said = "This cannot be printed: it is not one of the words that print something."
        line, start = place.spot()
        if not mistakes.has(place.file, line):
            mistakes.add(place.file, line, "cannot-be-printed", said, hint, at="{{", start=start)
        return ""

    made = ImmutableSandboxedEnvironment(
        undefined=_missing(words, mistakes, place),
        finalize=finalize,
        extensions=[Tags],
        autoescape=False,
        cache_size=0,
        optimized=False,  # there is nothing to fold; templates are compiled anew at each save
        keep_trailing_newline=True,
    )
    made.globals.clear()
    made.globals.update(words)
    made.globals |= {"__words__": holder, "__opposite__": opposite, "__either__": either}
    if holder is not None:
        made.globals[sentences.RUN] = holder.sentence
    made.filters.clear()
    made.tests.clear()
    return made


def is_empty(missing: Undefined) -> bool:
    """Return whether something is a part of what this year does not have, such as most_positive().wording in a tie."""
    return isinstance(missing._undefined_obj, str) and not missing._undefined_obj  # noqa: SLF001 - Jinja's own record


def _missing(words: Mapping[str, object], mistakes: Mistakes, place: Place) -> type[Undefined]:
    """What stands for a word that there is not."""

    def tell(name: str, obj: object) -> None:
        known: Iterable[str] = obj.names() if isinstance(obj, Parts) else words
        said = f"There is no “{short(name)}” there." if isinstance(obj, Parts) else f"There is no word “{short(name)}”."
        line, start = place.spot()
        mistakes.add(place.file, line, "unknown-word", said, unknown_hint(name, known), at=name, start=start)

    class Missing(Undefined):
        """A word that there is not: a mistake where it is used, nothing more."""

        def _tell(self, *_args: object, **_kwargs: object) -> ThreeValued:
            name, obj = self._undefined_name, self._undefined_obj
            if name is not None and not isinstance(obj, (Missing, str, int)):
                tell(str(name), obj)
            return UNKNOWN

        def __getattr__(self, name: str) -> object:
            if name.startswith("__"):
                raise AttributeError(name)
            self._tell()
            return Missing()

        def __bool__(self) -> bool:
            return bool(self._tell())

        def __iter__(self) -> Iterator[Any]:
            self._tell()
            return iter(())

        def __str__(self) -> str:
            self._tell()
            return ""

        __call__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _tell  # type: ignore[assignment]  # three values
        __hash__ = Undefined.__hash__

    return Missing


def unknown_hint(name: str, known: Iterable[str]) -> str:
    """What to do about a word that there is not."""
    return did_you_mean(name, known) or "The words that there are stand in templates/README.md."


def tree_of(
    env: Environment, passage: Passage, mistakes: Mistakes, figures: FigureNames = NO_FIGURES
) -> nodes.Template | None:
    """Return the tree of a template that holds only what is allowed; None, with every mistake of form, if not."""
    tree = grammar.parsed(env, passage, mistakes)
    try:
        if tree is not None:
            named(tree, figures.families, figures.words)
    except RecursionError:
        mistakes.add(passage.file, passage.line(1)[0], *grammar.TOO_DEEP)
        return None
    if tree is None or not grammar.allowed(tree, passage, mistakes, LOOPS):
        return None
    return tree


def compiled(
    env: Environment, tree: nodes.Template, passage: Passage, mistakes: Mistakes, *, lines: bool = True
) -> Template | None:
    """Compile a template, its lines as sentences if ``lines``; None, with a mistake, where that cannot be."""
    try:
        grammar.reasoned(tree)
        if lines:
            split = sentences.Split()
            split.tree(tree)
            for number, kind in split.alone:
                spot, start = passage.line(number)
                said = f"“{kind}:” has no sentence above it."
                hint = "Write it directly under the sentence that it belongs to, without a blank line."
                mistakes.add(passage.file, spot, "alone", said, hint, at=start)
        return env.from_string(tree)
    except RecursionError:
        mistakes.add(passage.file, passage.line(1)[0], *grammar.TOO_DEEP)
    except Exception as fault:  # noqa: BLE001 - whatever a template brings about is its writer's to mend
        _not_worked_out(fault, passage, mistakes)
    return None


def run(template: Template, passage: Passage, mistakes: Mistakes, place: Place, *, most: int = MOST) -> str:
    """The text of a template; its mistakes are kept."""
    place.passage = passage
    pieces: list[str] = []
    length = 0
    try:
        for piece in template.generate():
            pieces.append(piece)
            length += len(piece)
            if length > most:
                said, hint = "This chapter grows without end.", "Take out the loop."
                mistakes.add(passage.file, place.line(), "chapter-too-long", said, hint)
                break
        return "".join(pieces)
    except Omitted:
        return ""
    except Wrong as wrong:
        mistakes.add(passage.file, None, wrong.code, wrong.said, wrong.hint)
    except RecursionError:
        mistakes.add(passage.file, passage.line(1)[0], *grammar.TOO_DEEP)
    except Exception as fault:  # noqa: BLE001 - whatever a template brings about is its writer's to mend
        _not_worked_out(fault, passage, mistakes)
    return ""


def _not_worked_out(fault: BaseException, passage: Passage, mistakes: Mistakes) -> None:
    line, start = passage.line(_line_of(fault) or 1)
    if mistakes.has(passage.file, line):
        return
    hint = "Compare it with the example in templates/README.md."
    mistakes.add(passage.file, line, "cannot-be-worked-out", "This cannot be worked out.", hint, at="{", start=start)


def _line_of(fault: BaseException) -> int | None:
    """The template line that a fault came from; Jinja rewrites the frames of templates."""
    found, trace = None, fault.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
