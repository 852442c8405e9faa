"""The grammar of templates: which parts of Jinja the words may use, and what a fault of form means.

Goes in: a template's text. Comes out: a tree that holds only what is allowed, with ``not`` and ``or`` made to know that
nobody may be able to say; and every fault, each faulty line left out for the next try. Hides Jinja's parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from jinja2 import TemplateSyntaxError, nodes

from reportgen.language.mistakes import short
from reportgen.language.tag_faults import (
    INNER,
    NEAR,
    OPENING,
    TAGS,
    explained,
    faulty_tag,
    parts_of,
)
from reportgen.language.tagged_text import Tag
from reportgen.model.problem import did_you_mean

if TYPE_CHECKING:
    from jinja2 import Environment

    from reportgen.language.mistakes import Mistakes
    from reportgen.language.source_map import Passage

DEEPEST: Final = 2
"""Loops inside loops."""
REPAIRS: Final = 20
LONGEST_WORD: Final = 500
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
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.CondExpr,
    nodes.CallBlock,
    nodes.ExtensionAttribute,
)
TOO_DEEP: Final = ("too-deep", "Brackets or blocks are nested too deeply.", "Write it more simply.")


def parsed(env: Environment, passage: Passage, mistakes: Mistakes) -> nodes.Template | None:
    """The tree of a template. Each tag that cannot be parsed is a mistake, and is left out for the next try."""
    text = passage.text
    for _ in range(REPAIRS):
        try:
            return env.parse(without_tag_lines(text))
        except TemplateSyntaxError as fault:
            lines = text.split("\n")
            line = min(max(fault.lineno or 1, 1), len(lines))
            faulty = faulty_tag(env, lines[line - 1])
            found = explained(fault.message or "", lines, line, faulty)
            place, start = passage.line(found.line)
            mistakes.add(passage.file, place, found.code, found.said, found.hint, at=found.column + start - 1)
            if not lines[line - 1].strip() or found.code == "not-closed":
                return None
            lines[line - 1] = _without(lines[line - 1], faulty, text)
            text = "\n".join(lines)
        except RecursionError:
            mistakes.add(passage.file, passage.line(1)[0], *TOO_DEEP)
            return None
        except Exception:  # noqa: BLE001 - a number of a million digits, for one
            said = "Something here is not part of the template language."
            mistakes.add(passage.file, None, "template-syntax", said, "Take out what was added last.")
            return None
    return None


TAG_LINE: Final = re.compile(
    r"^[ \t]*(\{%(?:[^%\n]|%(?!\}))*%\}(?:[ \t]*\{%(?:[^%\n]|%(?!\}))*%\})*)[ \t]*\n", re.MULTILINE
)


def without_tag_lines(text: str) -> str:
    """The text with lines of nothing but tags leaving nothing behind, so that each sentence can have a line of its own.

    The end of such a line moves inside its last tag, where it is not printed; every line keeps its number.
    """

    def moved(match: re.Match[str]) -> str:
        tags_alone = re.sub(r"%\}[ \t]+\{%", "%}{%", match[1])
        ends = -3 if tags_alone.endswith(("-%}", "+%}")) else -2
        return f"{tags_alone[:ends]}\n{tags_alone[ends:]}"

    return TAG_LINE.sub(moved, text)


def _without(line: str, faulty: Tag | None, text: str) -> str:
    """A line for the next try: a block that opens stays open, so that its end has something to close."""
    if faulty is None:
        return ""
    name, _ = parts_of(faulty)
    meant = name if name in TAGS else next(iter(get_close_matches(name, OPENING, 1, NEAR)), "")
    stands = f"{{% {OPENING[meant]} %}}" if meant in OPENING and (meant in INNER or f"end{meant}" in text) else ""
    return line[: faulty.start] + stands + line[faulty.end :]


@dataclass
class Allowed:
    """Whether a tree holds only what the words may use; every part that is not is a mistake."""

    passage: Passage
    mistakes: Mistakes
    loops: tuple[str, ...]
    fine: bool = True

    def refuse(self, node: nodes.Node, code: str, said: str, hint: str, at: str = "") -> None:
        """Keep a mistake at a part of the tree."""
        self.fine = False
        place, start = self.passage.line(node.lineno or 1)
        self.mistakes.add(self.passage.file, place, code, said, hint, at=at, start=start)

    def walk(self, node: nodes.Node, depth: int = 0) -> None:
        """Look at a part and all its parts."""
        if isinstance(node, nodes.Filter):
            hint = 'Give the form to the word itself, as in stat("…", as="words").'
            said = f"There is no filter “{short(node.name)}”."
            self.refuse(node, "unknown-filter", said, hint, node.name)
            return
        if not isinstance(node, ALLOWED):
            said, at = _name(node)
            hint = "Words, not calculations: use what templates/README.md lists."
            self.refuse(node, "not-in-vocabulary", f"{said} is not part of the vocabulary.", hint, at)
            return
        self._part(node)
        if isinstance(node, (nodes.For, nodes.CallBlock)):
            depth += 1
            self._loop(node, depth)
        for child in node.iter_child_nodes():
            self.walk(child, depth)

    def _part(self, node: nodes.Node) -> None:
        name = node.name if isinstance(node, nodes.Name) else node.attr if isinstance(node, nodes.Getattr) else ""
        if name.startswith("_"):
            said = f"“{short(name)}” is not part of the vocabulary."
            self.refuse(node, "not-in-vocabulary", said, "Names do not begin with _.", name)
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and len(node.value) > LONGEST_WORD:
            self.refuse(node, "too-long", "This text in quotation marks is too long.", "Shorten it.", node.value[:20])
        if isinstance(node, nodes.Call) and (node.dyn_args is not None or node.dyn_kwargs is not None):
            self.refuse(node, "not-in-vocabulary", "“*” is not part of the vocabulary.", "Name each option.", "*")
        if isinstance(node, nodes.Call) and not isinstance(node.node, (nodes.Name, nodes.ExtensionAttribute)):
            self.refuse(
                node, "not-in-vocabulary", "Only words can have brackets.", "Use a word of the vocabulary.", "("
            )
        if isinstance(node, nodes.Output):
            for child in node.nodes:
                self._printed(child)

    def _printed(self, node: nodes.Node) -> None:
        """What stands in double brackets must be a word that prints; a text in quotation marks is none."""
        if isinstance(node, nodes.CondExpr):
            self._printed(node.expr1)
            if node.expr2 is not None:
                self._printed(node.expr2)
        elif isinstance(node, nodes.Const) and node.value == "":
            return
        elif not isinstance(node, (nodes.TemplateData, nodes.Call, nodes.Getattr, nodes.Name)) and isinstance(
            node, ALLOWED
        ):
            hint = "Print a figure by its name, as in {{ penalties.issued }}, and write words outside the brackets."
            said = "This cannot be printed: it is not one of the words that print something."
            self.refuse(node, "cannot-be-printed", said, hint, "{{")

    def _loop(self, node: nodes.For | nodes.CallBlock, depth: int) -> None:
        if depth > DEEPEST or (isinstance(node, nodes.For) and node.recursive):
            said = "Loops are nested too deeply."
            self.refuse(node, "too-deep", said, f"At most {DEEPEST} loops inside each other.", "{%")
        if isinstance(node, nodes.CallBlock):
            inner = next(iter(node.find_all(nodes.For)), None)
            if inner is not None:
                self.refuse(inner, "loop-in-panel", "A panel of key figures has no loop.", "Write each line.", "for")
            return
        call = node.iter
        known = isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and call.node.name in self.loops
        if self.loops == PAGE_LOOPS:
            known = isinstance(call, nodes.Getattr) or (isinstance(call, nodes.Name) and call.name in self.loops)
        if not known:
            name = call.node.name if isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) else ""
            hint = did_you_mean(name, self.loops) or f"Loops go over {', '.join(f'{one}()' for one in self.loops)}."
            self.refuse(node, "loop-over-nothing", "This loop goes over something that is no list.", hint, "for")
        if not isinstance(node.target, nodes.Name):
            self.refuse(
                node, "loop-over-nothing", "A loop has one name.", "Write {% for question in questions() %}.", "for"
            )


PAGE_LOOPS: Final = ("chapters",)


def allowed(tree: nodes.Template, passage: Passage, mistakes: Mistakes, loops: tuple[str, ...]) -> bool:
    """Whether the tree holds only what the words may use."""
    looked = Allowed(passage, mistakes, loops)
    try:
        looked.walk(tree)
    except RecursionError:
        mistakes.add(passage.file, passage.line(1)[0], *TOO_DEEP)
        return False
    return looked.fine


def reasoned(node: nodes.Node) -> None:
    """Make ``not`` and ``or`` know of answers that nobody can give. The tree is changed in place."""
    for name, child in [*node.iter_fields()]:
        if isinstance(child, nodes.Node):
            reasoned(child)
            setattr(node, name, _three_valued(child))
        elif isinstance(child, list):
            for part in child:
                if isinstance(part, nodes.Node):
                    reasoned(part)
            setattr(node, name, [_three_valued(part) if isinstance(part, nodes.Node) else part for part in child])


def _three_valued(node: nodes.Node) -> nodes.Node:
    if isinstance(node, nodes.Not):
        return _call("__opposite__", [node.node], node.lineno)
    if isinstance(node, nodes.Or):
        return _call("__either__", [node.left, node.right], node.lineno)
    return node


def _call(name: str, args: list[nodes.Expr], line: int) -> nodes.Call:
    call = nodes.Call(nodes.Name(name, "load"), args, [], None, None)
    call.set_lineno(line)
    return call


_NAMES: Final = {
    "Compare": ("A comparison", ""),
    "Add": ("Adding", "+"),
    "Sub": ("Subtracting", "-"),
    "Mul": ("Multiplying", "*"),
    "Div": ("Dividing", "/"),
    "FloorDiv": ("Dividing", "/"),
    "Mod": ("“%”", "%"),
    "Pow": ("A power", "**"),
    "Concat": ("Joining text", "~"),
    "Assign": ("“set”", "set"),
    "AssignBlock": ("“set”", "set"),
    "Include": ("“include”", "include"),
    "Import": ("“import”", "import"),
    "FromImport": ("“import”", "import"),
    "Macro": ("“macro”", "macro"),
    "Extends": ("“extends”", "extends"),
    "Block": ("“block”", "block"),
    "Getitem": ("A part in square brackets", "["),
    "Slice": ("A part in square brackets", "["),
    "Test": ("“is”", "is"),
    "FilterBlock": ("“filter”", "filter"),
    "With": ("“with”", "with"),
    "Dict": ("A list in curly brackets", "{"),
    "List": ("A list in square brackets", "["),
    "Tuple": ("A list in brackets", "("),
    "ScopedEvalContextModifier": ("“autoescape”", "autoescape"),
    "EvalContextModifier": ("“autoescape”", "autoescape"),
    "Scope": ("“with”", "with"),
}


def _name(node: nodes.Node) -> tuple[str, str]:
    """A part of the language in a reviewer's words, and the sign that stands for it."""
    return _NAMES.get(type(node).__name__, ("This", "{"))
