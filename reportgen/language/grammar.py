"""The grammar of templates: which parts of Jinja the words may use, and what a fault of form means.

Goes in: a template's text. Comes out: a tree that holds only what is allowed, with ``not`` and ``or`` made to know that
nobody may be able to say; and every fault, each faulty line left out for the next try. Hides Jinja's parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Literal

from jinja2 import TemplateSyntaxError, nodes

from reportgen.language.mistakes import short
from reportgen.language.tagged_text import Tag, tags
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
    nodes.Compare,
    nodes.Operand,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Neg,
    nodes.CondExpr,
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
NEAR: Final = 0.5
"""How alike a tag must be to one that there is: tags are short."""
ORDERS: Final = ("eq", "ne", "lt", "lteq", "gt", "gteq")
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
            faulty = _faulty(env, lines[line - 1])
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


def _faulty(env: Environment, line: str) -> Tag | None:
    """The first tag of a line that cannot be read by itself."""
    for tag in tags(line):
        name, rest = _parts(tag)
        if tag.text.startswith("{{"):
            alone = tag.text
        elif name in ("if", "elif", "claim", "needs") or (name == "otherwise" and rest):
            alone = f"{{{{ {rest} }}}}"
        elif name == "for":
            alone = f"{tag.text}{{% endfor %}}"
        elif name in TAGS:
            continue
        else:
            return tag
        try:
            env.parse(alone)
        except (TemplateSyntaxError, RecursionError, ValueError):
            return tag
    return None


def _parts(tag: Tag) -> tuple[str, str]:
    """The name of a tag and what stands after it; of double brackets the name is empty."""
    inside = tag.text[2:-2].strip("+- \n")
    if not tag.text.startswith("{%"):
        return "", inside
    name, _, rest = inside.partition(" ")
    return name, rest.strip()


def _without(line: str, faulty: Tag | None, text: str) -> str:
    """A line for the next try: a block that opens stays open, so that its end has something to close."""
    if faulty is None:
        return ""
    name, _ = _parts(faulty)
    meant = name if name in TAGS else next(iter(get_close_matches(name, OPENING, 1, NEAR)), "")
    stands = f"{{% {OPENING[meant]} %}}" if meant in OPENING and (meant in INNER or f"end{meant}" in text) else ""
    return line[: faulty.start] + stands + line[faulty.end :]


OPENING: Final = {
    "if": "if has_last_year",
    "for": "for one in questions()",
    "claim": "claim has_last_year",
    "panel": "panel",
    "elif": "elif has_last_year",
    "otherwise": "otherwise",
    "else": "else",
}
"""What stands in the place of a tag that cannot be read, so that the rest can be."""
INNER: Final = ("elif", "otherwise", "else")


@dataclass(frozen=True, slots=True)
class Explained:
    """A fault of form in a reviewer's words, with its line and column."""

    code: str
    said: str
    hint: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Form:
    """A fault of form: Jinja's words for it, ours, and what is marked: a sign, its tag, or where its block opens."""

    pattern: str
    code: str
    said: str
    hint: str
    at: Literal["sign", "tag", "block"] = "sign"


FORMS: Final = (
    Form(
        r"Encountered unknown tag '(?P<word>[^']*)'.*innermost block that needs to be closed is '(?P<open>\w+)'",
        "unexpected-tag",
        "“{word}” does not belong here: the block “{open}” before it is still open.",
        "Close it with {{% end{open} %}} first.",
    ),
    Form(
        r"Encountered unknown tag '(?P<word>(?:end\w+|else|elif|otherwise))'",
        "unexpected-tag",
        "“{word}” does not belong here: nothing before it is open.",
        "Take it out, or open its block before it.",
    ),
    Form(r"Encountered unknown tag '(?P<word>[^']*)'", "unknown-tag", "There is no tag “{word}”.", "{near}"),
    Form(
        r"Unexpected end of template.*block that needs to be closed is '(?P<word>\w+)'",
        "not-closed",
        "The block “{word}” is opened but never closed.",
        "Close it with {{% end{word} %}}.",
        "block",
    ),
    Form(
        r"unexpected '(?P<word>[%}})\]]+)'",
        "unexpected-sign",
        "“{word}” does not belong here.",
        "Look for a missing or doubled bracket or quotation mark.",
    ),
    Form(
        r"unexpected char (?:'(?P<word>\")'|\"'\")",
        "not-closed",
        "This quotation mark is not closed.",
        "Close it on the same line.",
    ),
    Form(
        r"unexpected char '(?P<word>.)'",
        "unexpected-sign",
        "“{word}” does not belong here.",
        'Names stand in straight double quotes: "penalties.issued".',
    ),
    Form(
        r"got '(?P<word>=)'",
        "unexpected-sign",
        "“=” compares nothing.",
        "Write == to compare.",
    ),
    Form(
        r"[Uu]nexpected end of template|Missing end of|end of (?:statement|print)|Expected an expression",
        "tag-incomplete",
        "Something is missing in this tag.",
        'Write it whole: {{% if rose("…") %}}, {{{{ stat("…") }}}}; see templates/README.md.',
        "tag",
    ),
    Form(
        r"expected token '(?P<want>[^']*)', got '(?P<word>[^']*)'",
        "unexpected-sign",
        "“{word}” does not belong here.",
        "Look for a missing comma, bracket or quotation mark before it.",
    ),
    Form(
        r"invalid syntax for function call expression|non-default",
        "unexpected-sign",
        "Something is missing here.",
        'Write each option as name="value", with commas between them.',
    ),
    Form(r"", "template-syntax", "This cannot be read as a template.", "Compare it with templates/README.md."),
)
NO_END: Final = Form(
    "",
    "not-closed",
    "A bracket, a quotation mark or the end of the tag is missing.",
    "Write {{{{ word(…) }}}} and {{% tag %}} whole, each bracket and quotation mark closed.",
    "tag",
)


def explained(message: str, lines: list[str], line: int, faulty: Tag | None) -> Explained:
    """Jinja's words for a fault of form in a reviewer's."""
    found = next((form, match) for form in FORMS if (match := re.search(form.pattern, message, re.DOTALL)))
    form, words = found[0], {"word": "", "open": "", "want": ""} | found[1].groupdict(default="")
    near = get_close_matches(words["word"], TAGS, 1, NEAR)
    words["near"] = f"Did you mean “{near[0]}”?" if near else f"Tags are: {', '.join(TAGS)}."
    place: int
    if form.at == "block":
        line, place = _opened(lines, words["word"])
    elif form.at == "tag" and faulty is None:
        form, (line, place) = NO_END, _unclosed(lines, line)
    else:
        place = _sign_at(lines[line - 1], words["word"] if form.at == "sign" else "", faulty)
    words["word"] = short(words["word"])
    return Explained(form.code, form.said.format(**words), form.hint.format(**words), line, place)


def _sign_at(line: str, sign: str, faulty: Tag | None) -> int:
    """The column of a sign, in the tag at fault where that is known; else that of the tag."""
    begins = faulty.start if faulty else 0
    found = line.find(sign, begins) if sign else -1
    if found >= 0:
        return found + 1
    return faulty.start + 1 if faulty else _tag_at(line)


def _opened(lines: list[str], word: str) -> tuple[int, int]:
    """Where the block that is still open begins: the last opening that no end answers."""
    opened: list[tuple[int, int]] = []
    for number, text in enumerate(lines, 1):
        for tag in re.finditer(rf"\{{%[-+]?\s*(end)?{word}\b", text):
            if not tag[1]:
                opened.append((number, tag.start() + 1))
            elif opened:
                opened.pop()
    return opened[-1] if opened else (len(lines), 1)


def _unclosed(lines: list[str], line: int) -> tuple[int, int]:
    """Where the tag begins that has no end: the last opening on or before the line."""
    for number in range(line, 0, -1):
        places = [lines[number - 1].rfind(sign) for sign in ("{{", "{%", "{#")]
        if max(places) >= 0:
            return number, max(places) + 1
    return line, 1


def _tag_at(line: str) -> int:
    """The column of the last tag of a line; 1 where it has none."""
    return max(line.rfind("{{"), line.rfind("{%"), 0) + 1


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
        if isinstance(node, nodes.Operand) and node.op not in ORDERS:
            hint = "Figures are compared with ==, !=, <, <=, > and >=."
            self.refuse(node, "not-in-vocabulary", "“in” is not part of the vocabulary.", hint, "in")
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
            hint = "Print a number with stat(…) or change(…), and write words outside the brackets."
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
