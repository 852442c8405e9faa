"""What is wrong with a tag that cannot be read, and where: brackets, ends, words that are nearly right.

Goes in: a template's lines and the parser's message. Comes out: an explanation with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, Literal

from jinja2 import TemplateSyntaxError

from reportgen.language.mistakes import short
from reportgen.language.tagged_text import Tag, tags

if TYPE_CHECKING:
    from jinja2 import Environment


TAGS: Final = (
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "needs",
    "panel",
    "endpanel",
)
NEAR: Final = 0.5
"""How alike a tag must be to one that there is: tags are short."""


def faulty_tag(env: Environment, line: str) -> Tag | None:
    """The first tag of a line that cannot be read by itself."""
    for tag in tags(line):
        name, rest = parts_of(tag)
        if tag.text.startswith("{{"):
            alone = tag.text
        elif name in ("if", "elif", "needs"):
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


def parts_of(tag: Tag) -> tuple[str, str]:
    """The name of a tag and what stands after it; of double brackets the name is empty."""
    inside = tag.text[2:-2].strip("+- \n")
    if not tag.text.startswith("{%"):
        return "", inside
    name, _, rest = inside.partition(" ")
    return name, rest.strip()


OPENING: Final = {
    "if": "if has_last_year",
    "for": "for one in questions()",
    "panel": "panel",
    "elif": "elif has_last_year",
    "else": "else",
}
"""What stands in the place of a tag that cannot be read, so that the rest can be."""


INNER: Final = ("elif", "else")


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
        "not-closed",
        "The block “{open}” is not closed before “{word}”.",
        "Close it with {{% end{open} %}}.",
        "block",
    ),
    Form(
        r"Encountered unknown tag '(?P<word>(?:end\w+|else|elif))'",
        "unexpected-tag",
        "“{word}” does not belong here: nothing before it is open.",
        "Take it out, or open its block before it.",
    ),
    Form(r"Encountered unknown tag '(?P<word>[^']*)'", "unknown-tag", "There is no tag “{word}”.", "{near}"),
    Form(
        r"Unexpected end of template.*block that needs to be closed is '(?P<word>\w+)'",
        "not-closed",
        "The block “{word}” is opened but never closed.",
        "Close it with {{% end{word} %}}.{inner}",
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
        'Names of categories have straight double quotes: penalties.issued(role="driver").',
    ),
    Form(
        r"[Uu]nexpected end of template|Missing end of|end of (?:statement|print)|Expected an expression",
        "tag-incomplete",
        "Something is missing in this tag.",
        "Write it whole: {{{{ penalties.issued }}}}, {{% if has_last_year %}}; see templates/README.md.",
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
    form, words = found[0], {"word": "", "open": "", "want": "", "inner": ""} | found[1].groupdict(default="")
    near = get_close_matches(words["word"], TAGS, 1, NEAR)
    words["near"] = f"Did you mean “{near[0]}”?" if near else f"Tags are: {', '.join(TAGS)}."
    place: int
    if form.at == "block":
        name = words["open"] or words["word"]
        line, place = _opened(lines[:line] if words["open"] else lines, name)
        if inner := _inside(lines, line, name):
            words["inner"] = f" Or one inside it is not closed, opened in line {inner}."
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


def _inside(lines: list[str], opened: int, name: str) -> str:
    """The lines below in which blocks of the same name are opened, before the next heading of a section."""
    found = []
    for number, text in enumerate(lines[opened:], opened + 1):
        if text.startswith("## ") and number > opened + 1:
            break
        if re.search(rf"\{{%[-+]?\s*{name}\b", text):
            found.append(str(number))
    return " or ".join(found)


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
