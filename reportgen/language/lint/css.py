"""The style sheet: brackets and quotation marks that close, properties that exist, and nothing that is fetched.

Goes in: ``report.css``. Comes out: mistakes with line and column; a property that browsers do not know is a notice.
Hides how CSS is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportgen.language.lint.css_properties import PROPERTIES
from reportgen.language.mistakes import short
from reportgen.model.problem import did_you_mean

if TYPE_CHECKING:
    from reportgen.language.mistakes import Mistakes
    from reportgen.language.source_map import Passage

SIGNS: Final = re.compile(
    r"""(?P<comment>/\*(?:[^*]|\*(?!/))*+(?P<closed>\*/)?)
      | (?P<string>"(?:[^"\\\n]|\\.)*+(?P<quote>")?|'(?:[^'\\\n]|\\.)*+(?P<apostrophe>')?)
      | (?P<at>@[\w-]+)
      | (?P<function>[\w-]+\()
      | (?P<sign>[{}()\[\];:\\<])
    """,
    re.VERBOSE | re.DOTALL,
)
PAIRS: Final = {"{": "}", "(": ")", "[": "]"}
RULES: Final = (
    "@page",
    "@media",
    "@supports",
    "@font-feature-values",
    "@layer",
    "@container",
    *(
        f"@{side}-{place}"
        for side in ("top", "bottom")
        for place in ("left", "center", "right", "left-corner", "right-corner")
    ),
    *(f"@{side}-{place}" for side in ("left", "right") for place in ("top", "middle", "bottom")),
    "@footnote",
)
FUNCTIONS: Final = (
    *("var", "calc", "min", "max", "clamp", "rgb", "rgba", "hsl", "hsla", "oklch", "color-mix", "light-dark"),
    *(
        "counter",
        "counters",
        "target-counter",
        "target-text",
        "string",
        "content",
        "attr",
        "leader",
        "element",
        "running",
    ),
    *("linear-gradient", "repeating-linear-gradient", "repeat", "minmax", "fit-content", "format", "local"),
    *("translate", "translatex", "translatey", "rotate", "scale", "cubic-bezier", "symbols"),
    *("not", "is", "where", "has", "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type", "lang", "nth"),
)
_DECLARED: Final = re.compile(r"([\w-]+)\s*:")


@dataclass(frozen=True, slots=True)
class Sign:
    """A part of the style sheet that means something: what kind, where, how it stands there."""

    kind: str
    place: int
    text: str


def style(passage: Passage, mistakes: Mistakes) -> bool:
    """Whether the style sheet may be used; every mistake is kept."""
    before = len(mistakes.found)
    look = CssLint(passage, mistakes)
    look.signs()
    look.properties()
    return not any(one.severity == "problem" for one in [*mistakes.found.values()][before:])


class CssLint:
    """One look through the style sheet."""

    def __init__(self, passage: Passage, mistakes: Mistakes) -> None:
        self.passage, self.mistakes = passage, mistakes

    def tell(self, place: int, code: str, said: str, hint: str, value: str = "", *, notice: bool = False) -> None:
        """Keep a mistake at a character."""
        line, column = self.passage.at(place)
        self.mistakes.add(self.passage.file, line, code, said, hint, at=column, value=value, notice=notice)

    def signs(self) -> None:
        """Brackets and quotation marks that close; rules and functions that fetch nothing."""
        opened: list[Sign] = []
        every = [*signs(self.passage.text)]
        for one in every:
            self.refuse(one)
            if one.kind == "function" or one.text in PAIRS:
                opened.append(one)
            elif one.text in PAIRS.values() and one.kind == "sign":
                self.close(one, opened)
        if not any(one.kind == "open" for one in every):
            for one in opened:
                self.not_closed(one)

    def close(self, sign: Sign, opened: list[Sign]) -> None:
        """Take away what a bracket closes; what stands open inside it was not closed."""
        if not any(PAIRS[one.text[-1]] == sign.text for one in opened):
            hint = "Take it out, or look for a missing bracket before it."
            self.tell(sign.place, "style-not-closed", f"“{sign.text}” closes nothing.", hint, sign.text)
            return
        while PAIRS[opened[-1].text[-1]] != sign.text:
            self.not_closed(opened.pop())
        opened.pop()

    def not_closed(self, one: Sign) -> None:
        """A bracket without its end."""
        hint = f"Close it with “{PAIRS[one.text[-1]]}”."
        self.tell(one.place, "style-not-closed", f"“{short(one.text)}” is not closed.", hint, one.text)

    def refuse(self, one: Sign) -> None:
        """What may not stand in a style sheet of a report."""
        if one.kind == "open":
            said = f"“{one.text[:2].strip()}” is not closed."
            self.tell(one.place, "style-not-closed", said, "Close it.", one.text[:20])
        elif one.kind == "at" and one.text.casefold() not in RULES:
            hint = did_you_mean(one.text, RULES) or "Nothing is fetched or imported: write the rules here."
            self.tell(one.place, "style-rule", f"“{short(one.text)}” is not for this style sheet.", hint, one.text)
        elif one.kind == "function" and one.text[:-1].casefold() not in FUNCTIONS:
            hint = did_you_mean(one.text[:-1], FUNCTIONS) or "Pictures and fonts come with the report."
            said = f"“{short(one.text)}…)” is not for this style sheet."
            self.tell(one.place, "style-fetches", said, hint, one.text)
        elif one.text in ("\\", "<"):
            hint = "Take it out; a backslash belongs in quotation marks, HTML on the page."
            self.tell(one.place, "style-sign", f"“{one.text}” does not belong here.", hint, one.text)

    def properties(self) -> None:
        """Properties that nobody knows: shown as they would be without them."""
        text = bare(self.passage.text)
        for match in re.finditer(r"[{;]\s*(--)?([A-Za-z][\w-]*)\s*:(?!:)[^{};]*(?=[;}])", text):
            name = match[2].casefold()
            if match[1] or name in PROPERTIES or name.startswith("-"):
                continue
            hint = did_you_mean(name, PROPERTIES) or "Take it out: it does nothing."
            said = f"There is no property “{short(match[2])}”."
            self.tell(match.start(2), "style-property", said, hint, match[2], notice=True)


def signs(text: str) -> Iterator[Sign]:
    """Everything in a style sheet that means something, in order; "open" is a comment or text that has no end."""
    for match in SIGNS.finditer(text):
        kind = match.lastgroup or ""
        if match["comment"] is not None:
            if match["closed"] is None:
                yield Sign("open", match.start(), match[0])
        elif match["string"] is not None:
            if match["quote"] is None and match["apostrophe"] is None:
                yield Sign("open", match.start(), match[0])
            elif "</" in match[0]:
                yield Sign("sign", match.start() + match[0].index("</"), "<")
        else:
            kind = "at" if match["at"] else "function" if match["function"] else "sign"
            yield Sign(kind, match.start(), match[0])


def bare(text: str) -> str:
    """The style sheet with comments and texts blanked, every character in its place."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0]) if match["comment"] or match["string"] else match[0]

    return SIGNS.sub(blank, text)


def css_text(text: str) -> str:
    """Text inside quotation marks of a style sheet."""
    return re.sub(r"[\\\"'<>&\n{}@/*]", lambda sign: f"\\{ord(sign[0]):x} ", text)
