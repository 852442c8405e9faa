"""The template language: which parts of Jinja the words may use, in a sandbox, every mistake kept.

Goes in: a template's text and the vocabulary. Comes out: its text with tokens. Hides Jinja. A template is parsed, its
tree is compared with the short list of what is allowed, and only then run; so there is nothing to escape to.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, TemplateSyntaxError, Undefined, nodes
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.narrative.printed import Printed
from reportgen.problems import did_you_mean

if TYPE_CHECKING:
    from jinja2.parser import Parser

    from reportgen.narrative.mistakes import Mistakes

DEEPEST: Final = 2
"""Loops inside loops."""
MOST: Final = 400_000
"""Characters of one chapter."""
ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.Name,
    nodes.Const,
    nodes.Call,
    nodes.Keyword,
    nodes.Getattr,
    nodes.Compare,
    nodes.Operand,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Neg,
    nodes.CondExpr,
    nodes.Filter,
    nodes.CallBlock,
    nodes.ExtensionAttribute,
)
TAGS: Final = (
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "claim",
    "otherwise",
    "endclaim",
    "needs",
    "panel",
    "endpanel",
)
REPAIRS: Final = 20
LONGEST_WORD: Final = 5_000


class Claims(Extension):
    """``{% claim condition %}…{% otherwise %}…{% endclaim %}``, ``{% needs "table" %}``, ``{% panel %}…{% endpanel %}``."""

    tags = {"claim", "needs", "panel"}  # noqa: RUF012 - Jinja's own form

    def parse(self, parser: Parser) -> nodes.Node:
        """One of the three tags."""
        tag = next(parser.stream)
        line = nodes.Const(tag.lineno)
        if tag.value == "needs":
            what = parser.parse_expression()
            return nodes.Output([self.call_method("_needs", [what, line])]).set_lineno(tag.lineno)
        if tag.value == "panel":
            body = parser.parse_statements(("name:endpanel",), drop_needle=True)
            return nodes.CallBlock(self.call_method("_panel", [line]), [], [], body).set_lineno(tag.lineno)
        condition = parser.parse_expression()
        body = parser.parse_statements(("name:otherwise", "name:endclaim"))
        other: list[nodes.Node] = []
        if next(parser.stream).value == "otherwise":
            other = parser.parse_statements(("name:endclaim",), drop_needle=True)
        holds = self.call_method("_holds", [condition, line, nodes.Const(bool(other))])
        return nodes.If(holds, body, [], other).set_lineno(tag.lineno)

    def _needs(self, what: object, line: int) -> str:
        return self._words.needs(what, line)

    def _panel(self, line: int, caller: Callable[[], str]) -> str:
        return self._words.panel(caller(), line)

    def _holds(self, condition: object, line: int, other: bool) -> bool:
        return self._words.holds(condition, line, has_other=other)

    @property
    def _words(self) -> Any:  # noqa: ANN401 - the vocabulary, which stands above this module
        return self.environment.globals["__words__"]


@dataclass
class Place:
    """Where in which template the rendering is."""

    file: str = ""
    offset: int = 0

    def line(self) -> int | None:
        """The line of the template that is being run, from the frames of the call."""
        frame = sys._getframe(1)  # noqa: SLF001 - the only way to a template's line
        while frame is not None:
            template = frame.f_globals.get("__jinja_template__")
            if template is not None:
                return int(template.get_corresponding_lineno(frame.f_lineno)) + self.offset
            frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
        return None


def environment(words: Mapping[str, object], holder: object, mistakes: Mistakes, place: Place) -> Environment:
    """Jinja with our vocabulary and nothing else."""

    class Missing(Undefined):
        """A word that there is not: a mistake where it is used, nothing more."""

        def _tell(self) -> None:
            name = str(self._undefined_name)
            if isinstance(self._undefined_obj, (Missing, str, int)) or self._undefined_name is None:
                return
            known: Iterable[str] = words
            said = f"There is no word “{name}”."
            obj = self._undefined_obj
            if hasattr(obj, "names"):
                known = obj.names()
                said = f"There is no “{name}” there."
            hint = did_you_mean(name, known) or "The words that there are stand in templates/README.md."
            mistakes.add(place.file, place.line(), "unknown-word", said, hint, at=name)

        def __call__(self, *_args: object, **_kwargs: object) -> object:
            self._tell()
            return ""

        def __getattr__(self, name: str) -> object:
            if name.startswith("__"):
                raise AttributeError(name)
            self._tell()
            return Missing()

        def _quiet(self, *_args: object) -> bool:
            self._tell()
            return False

        __bool__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _quiet
        __hash__ = Undefined.__hash__

        def __iter__(self) -> Iterator[Any]:
            self._tell()
            return iter(())

        def __str__(self) -> str:
            self._tell()
            return ""

    def finalize(value: object) -> object:
        if isinstance(value, (Printed, Missing)) or value == "":
            return value
        hint = "Print a number with stat(…) or change(…), and write words outside the brackets."
        said = "This cannot be printed: it is not one of the words that print something."
        mistakes.add(place.file, place.line(), "cannot-be-printed", said, hint, at="{{")
        return ""

    made = ImmutableSandboxedEnvironment(
        undefined=Missing,
        finalize=finalize,
        extensions=[Claims],
        autoescape=False,
        cache_size=0,
        keep_trailing_newline=True,
    )
    made.globals.clear()
    made.globals.update(words)
    made.globals["__words__"] = holder
    made.filters.clear()
    made.tests.clear()
    return made


def render(env: Environment, text: str, file: str, mistakes: Mistakes, place: Place, *, offset: int = 0) -> str:
    """The text of a template; its mistakes are kept. A template with a faulty line is run without that line."""
    place.file, place.offset = file, offset
    tree = _parsed(env, text, file, mistakes, offset)
    if tree is None or not _allowed(tree, file, mistakes, offset):
        return ""
    try:
        template = env.from_string(tree)
        pieces: list[str] = []
        length = 0
        for piece in template.generate():
            pieces.append(piece)
            length += len(piece)
            if length > MOST:
                mistakes.add(file, None, "chapter-too-long", "This chapter grows without end.", "Take out the loop.")
                break
        return "".join(pieces)
    except RecursionError:
        mistakes.add(file, None, "too-deep", "Brackets or blocks are nested too deeply.", "Write it more simply.")
    except Exception as fault:  # noqa: BLE001 - whatever a template brings about is its writer's to mend
        line = _line_of(fault)
        hint = "Compare it with the example in templates/README.md."
        said = "This cannot be worked out."
        mistakes.add(file, line + offset if line else None, "cannot-be-worked-out", said, hint, at="{")
    return ""


def _line_of(fault: BaseException) -> int | None:
    """The template line that a fault came from; Jinja rewrites the frames of templates."""
    found, trace = None, fault.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in ("<template>", "<unknown>"):
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _parsed(env: Environment, text: str, file: str, mistakes: Mistakes, offset: int) -> nodes.Template | None:
    """The tree of a template. Each line that cannot be parsed is a mistake, and is left out for the next try."""
    lines = text.split("\n")
    for _ in range(REPAIRS):
        try:
            return env.parse("\n".join(lines))
        except TemplateSyntaxError as fault:
            line = min(max(fault.lineno or 1, 1), len(lines))
            code, said, hint, at = _explained(fault.message or "", lines, line)
            mistakes.add(file, line + offset, code, said, hint, at=at)
            if not lines[line - 1].strip() or code == "not-closed":
                return None
            lines[line - 1] = ""
        except RecursionError:
            mistakes.add(file, None, "too-deep", "Brackets or blocks are nested too deeply.", "Write it more simply.")
            return None
        except Exception:  # noqa: BLE001 - a number of a million digits, for one
            mistakes.add(
                file,
                None,
                "cannot-be-read",
                "Something here is not part of the template language.",
                "Take out what was added last.",
            )
            return None
    return None


_SYNTAX: Final = (
    (
        r"Encountered unknown tag '(?P<word>[^']*)'\. (?:You probably|Jinja was looking for).*innermost block that needs to be closed is '(?P<open>\w+)'",
        "unexpected-tag",
        "“{word}” does not belong here: the block “{open}” before it is still open.",
        "Close it with {{% end{open} %}} first.",
    ),
    (r"Encountered unknown tag '(?P<word>[^']*)'", "unknown-tag", "There is no tag “{word}”.", ""),
    (
        r"Unexpected end of template.*block that needs to be closed is '(?P<word>\w+)'",
        "not-closed",
        "The block “{word}” is opened but never closed.",
        "Close it with {{% end{word} %}}.",
    ),
    (
        r"Unexpected end of template",
        "not-closed",
        "Something is opened but never closed.",
        "Look for a {{% or {{{{ without its end.",
    ),
    (
        r"unexpected '(?P<word>[%}})\]]+)'",
        "unexpected-sign",
        "“{word}” does not belong here.",
        "Look for a missing or doubled bracket or quotation mark.",
    ),
    (
        r"unexpected char '(?P<word>.)'",
        "unexpected-sign",
        "“{word}” does not belong here.",
        'Names stand in straight double quotes: "penalties.issued".',
    ),
    (
        r"expected token '(?P<want>[^']*)', got '(?P<word>[^']*)'",
        "unexpected-sign",
        "“{word}” does not belong here.",
        "Look for a missing comma, bracket or quotation mark before it.",
    ),
    (
        r"Missing end of (?:comment|raw)",
        "not-closed",
        "Something is opened but never closed.",
        "Look for a {{# without its end.",
    ),
    (
        r"unexpected end of template|end of (?:statement|print)",
        "not-closed",
        "A bracket or quotation mark is missing.",
        "Close it on the same line.",
    ),
)


def _explained(message: str, lines: list[str], line: int) -> tuple[str, str, str, str | int]:
    """Jinja's words for a fault of form in a reviewer's: code, what, hint, where in the line."""
    for pattern, code, said, hint in _SYNTAX:
        found = re.search(pattern, message, re.DOTALL)
        if not found:
            continue
        words = {"word": "", "open": "", "want": ""} | found.groupdict()
        if words["word"] in ("end of statement block", "end of print statement", "eof"):
            words["word"] = "%}" if "statement" in words["word"] else "}}"
        if code == "unknown-tag":
            hint = did_you_mean(words["word"], TAGS) or f"Tags are: {', '.join(TAGS)}."
        at: str | int = words["word"] if words["word"] in lines[line - 1] else _tag_at(lines[line - 1])
        return code, said.format(**words), hint.format(**words), at
    return (
        "template-syntax",
        "This cannot be read as a template.",
        "Compare it with the examples in templates/README.md.",
        _tag_at(lines[line - 1]),
    )


def _tag_at(line: str) -> int:
    """The column of the last tag of a line; 1 where it has none."""
    return max(line.rfind("{{"), line.rfind("{%"), 0) + 1


def _allowed(tree: nodes.Template, file: str, mistakes: Mistakes, offset: int) -> bool:
    """Whether the tree holds only what the words may use."""
    fine = True

    def refuse(node: nodes.Node, code: str, said: str, hint: str, at: str | int = "") -> None:
        nonlocal fine
        fine = False
        mistakes.add(file, node.lineno + offset, code, said, hint, at=at)

    def walk(node: nodes.Node, depth: int) -> None:
        if not isinstance(node, ALLOWED):
            said = f"{_name(node)} is not part of the vocabulary."
            refuse(node, "not-in-vocabulary", said, "Words, not calculations: use what templates/README.md lists.", "{")
            return
        if isinstance(node, (nodes.Name, nodes.Getattr)):
            name = node.name if isinstance(node, nodes.Name) else node.attr
            if name.startswith("_"):
                refuse(
                    node,
                    "not-in-vocabulary",
                    f"“{name}” is not part of the vocabulary.",
                    "Names do not begin with _.",
                    name,
                )
        if isinstance(node, nodes.Filter):
            hint = 'Give the form to the word itself, as in stat(…, as="words").'
            refuse(node, "unknown-filter", f"There is no filter “{node.name}”.", hint, node.name)
        if isinstance(node, nodes.Const) and isinstance(node.value, (str, bytes)) and len(node.value) > LONGEST_WORD:
            refuse(node, "too-long", "This text is too long.", "Shorten it.")
        if isinstance(node, nodes.For):
            if depth >= DEEPEST or node.recursive:
                refuse(
                    node,
                    "too-deep",
                    "Loops are nested too deeply.",
                    f"At most {DEEPEST} loops inside each other.",
                    "{%",
                )
                return
            depth += 1
        for child in node.iter_child_nodes():
            walk(child, depth)

    walk(tree, 0)
    return fine


_NAMES: Final = {
    "Add": "Adding",
    "Sub": "Subtracting",
    "Mul": "Multiplying",
    "Div": "Dividing",
    "FloorDiv": "Dividing",
    "Mod": "Dividing",
    "Pow": "A power",
    "Concat": "Joining text",
    "Assign": "set",
    "Include": "include",
    "Import": "import",
    "FromImport": "import",
    "Macro": "macro",
    "Extends": "extends",
    "Block": "block",
    "Getitem": "A part in square brackets",
    "Test": "“is”",
    "FilterBlock": "filter",
    "With": "with",
    "Dict": "A list in curly brackets",
    "List": "A list in square brackets",
    "Tuple": "A list in brackets",
}


def _name(node: nodes.Node) -> str:
    """A part of the language in a reviewer's words."""
    return _NAMES.get(type(node).__name__, "This")
