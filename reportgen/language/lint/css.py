"""The style sheet: brackets and quotation marks that close, properties that exist, and nothing that is fetched.

Goes in: ``report.css``. Comes out: mistakes with line and column; a property that browsers do not know is a notice.
Hides which rules, functions and properties there are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reportgen.language.css_tokens import CssToken, declarations, tokens
from reportgen.language.lint.css_properties import PROPERTIES
from reportgen.language.mistakes import short
from reportgen.model.problem import did_you_mean

if TYPE_CHECKING:
    from reportgen.language.mistakes import Mistakes
    from reportgen.language.source_map import Passage

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


def style(passage: Passage, mistakes: Mistakes) -> bool:
    """Whether the style sheet may be used; every mistake is kept."""
    before = len(mistakes.found)
    look = CssLint(passage, mistakes)
    look.signs()
    fine = len(mistakes.found) == before
    if fine:
        look.properties()
    return fine


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
        opened: list[CssToken] = []
        every = tokens(self.passage.text)
        for one in every:
            self.refuse(one)
            if one.kind in ("function", "bracket"):
                opened.append(one)
            elif one.kind == "unmatched":
                self.close(one, opened)
            elif one.kind == "end" and opened and opened[-1].place == one.place:
                opened.pop()
        if not any(one.open for one in every):
            for one in opened:
                self.not_closed(one)

    def close(self, sign: CssToken, opened: list[CssToken]) -> None:
        """Take away what a bracket closes; what stands open inside it was not closed."""
        if not any(PAIRS[one.text[-1]] == sign.text for one in opened):
            hint = "Take it out, or look for a missing bracket before it."
            self.tell(sign.place, "style-not-closed", f"“{sign.text}” closes nothing.", hint, sign.text)
            return
        while PAIRS[opened[-1].text[-1]] != sign.text:
            self.not_closed(opened.pop())
        opened.pop()

    def not_closed(self, one: CssToken) -> None:
        """A bracket without its end."""
        hint = f"Close it with “{PAIRS[one.text[-1]]}”."
        self.tell(one.place, "style-not-closed", f"“{short(one.text)}” is not closed.", hint, one.text)

    def refuse(self, one: CssToken) -> None:
        """What may not stand in a style sheet of a report."""
        if one.open:
            said = f"“{one.text[:2].strip()}” is not closed."
            self.tell(one.place, "style-not-closed", said, "Close it.", one.text[:20])
        elif one.kind == "at" and f"@{one.value.casefold()}" not in RULES:
            hint = did_you_mean(one.text, RULES) or "Nothing is fetched or imported: write the rules here."
            self.tell(one.place, "style-rule", f"“{short(one.text)}” is not for this style sheet.", hint, one.text)
        elif one.kind == "url" or (one.kind == "function" and one.value.casefold() not in FUNCTIONS):
            name = one.text.partition("(")[0]
            hint = did_you_mean(name, FUNCTIONS) or "Pictures and fonts come with the report."
            said = f"“{short(name)}(…)” is not for this style sheet."
            self.tell(one.place, "style-fetches", said, hint, f"{name}(")
        self.refuse_signs(one)

    def refuse_signs(self, one: CssToken) -> None:
        """Signs that could end the style sheet, or hide what it says."""
        if one.open or not ("<" in one.text or "\\" in one.text):
            return
        hint = "Take it out; a backslash belongs in quotation marks, HTML on the page."
        for match in re.finditer("</" if one.kind in ("string", "comment") else r"[\\<]", one.text):
            sign = match[0][0]
            self.tell(one.place + match.start(), "style-sign", f"“{sign}” does not belong here.", hint, sign)

    def properties(self) -> None:
        """Properties that nobody knows: shown as they would be without them."""
        for one in declarations(self.passage.text):
            name = one.name.casefold()
            if name in PROPERTIES or name.startswith("-"):
                continue
            hint = did_you_mean(name, PROPERTIES) or "Take it out: it does nothing."
            said = f"There is no property “{short(one.name)}”."
            self.tell(one.place, "style-property", said, hint, one.name, notice=True)


def css_text(text: str) -> str:
    """Text inside quotation marks of a style sheet."""
    return re.sub(r"[\\\"'<>&\n{}@/*]", lambda sign: f"\\{ord(sign[0]):x} ", text)
