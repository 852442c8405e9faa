"""What a placeholder puts into the words: a token on its way through Markdown, and the piece it stands for.

Goes in: text of ours or of the inputs. Comes out: tokens made of private characters, which Markdown leaves alone, and
each piece as HTML for the web and for print, as Govspeak and as plain text. Text can therefore never become markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

OPEN: Final = "\ue000"
CLOSE: Final = "\ue001"
TOKEN: Final = re.compile(f"{OPEN}(\\d+){CLOSE}")
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]|<>$])")
"""What the publisher's Markdown takes for markup wherever it stands, and shows when a backslash stands before it."""
_UNESCAPABLE: Final = re.compile(r"[\^~]|&(?=#?\w+;)")
"""What it takes for markup and cannot be told otherwise: such a sign is written by its number."""
_FIRST: Final = re.compile(r"[#+=:-]|\d+(?=\.\s)|[%@]")
"""What begins a heading, a list, a rule, a definition or a callout at the start of a line."""


def escape(text: str) -> str:
    """Text as HTML."""
    return html.escape(text, quote=True)


def govspeak(text: str) -> str:
    """Text as Govspeak that shows it as it is. The rules are those of kramdown, on which Govspeak stands."""
    made = _UNESCAPABLE.sub(lambda sign: f"&#{ord(sign[0])};", _MARKUP.sub(r"\\\1", text))
    first = _FIRST.match(made)
    if first is None:
        return made
    if first[0] in "%@":
        return f"&#{ord(first[0])};{made[1:]}"
    return f"{first[0]}\\{made[first.end() :]}" if first[0].isdigit() else f"\\{made}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A printed number, for the words beside it: its displayed value, whether it is known to be zero or the whole."""

    value: float
    unit: str
    zero: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class FragmentForms:
    """One thing to print, in each form; a block stands on a line of its own; a raw one is a style of ours."""

    text: str
    web: str
    paper: str
    gov: str
    block: bool = False
    raw: bool = False
    counted: Counted | None = None


class Fragment(str):
    """A token in the words; carries the plain text of its piece. ``value`` is the displayed number, if it is one.

    ``category`` is the category that the words name, if they name one, as the figures know it.
    """

    __slots__ = ("category", "piece", "unit", "value")

    piece: FragmentForms
    value: float | None
    unit: str
    category: str


@dataclass
class FragmentStore:
    """The pieces of one rendering, by number."""

    pieces: list[FragmentForms] = field(default_factory=list)

    def put(self, piece: FragmentForms, value: float | None = None, unit: str = "") -> Fragment:
        """A token for a piece."""
        self.pieces.append(piece)
        token = Fragment(f"{OPEN}{len(self.pieces) - 1}{CLOSE}")
        token.piece, token.value, token.unit, token.category = piece, value, unit, ""
        return token

    def text(self, words: str, *, web: str | None = None, counted: Counted | None = None) -> Fragment:
        """Words on their line; ``web`` where the HTML is more than the words."""
        shown = escape(words) if web is None else web
        return self.put(FragmentForms(words, shown, shown, govspeak(words), counted=counted))

    def block(self, text: str, web: str, paper: str, gov: str) -> Fragment:
        """A block, which stands alone between blank lines."""
        return self.put(FragmentForms(text, web, paper, gov, block=True))

    def fill(self, made: str, form: Callable[[FragmentForms], str]) -> str:
        """Put every piece in the place of its token, in one of its forms; a block takes its paragraph's place."""

        def piece(match: re.Match[str]) -> str:
            return form(self.pieces[int(match[1])])

        def block(match: re.Match[str]) -> str:
            found = self.pieces[int(match[1])]
            return form(found) if found.block else match[0]

        made = re.sub(f"<p>\\s*{OPEN}(\\d+){CLOSE}\\s*</p>", block, made)
        return TOKEN.sub(piece, made)
