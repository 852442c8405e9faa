"""A style sheet as the tokens and declarations that a browser would see.

Goes in: text. Comes out: ``CssToken`` and ``CssDeclaration`` in order, each with its place. Hides tinycss2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, NamedTuple

import tinycss2

Kind = Literal["comment", "string", "url", "at", "function", "bracket", "end", "unmatched", "other"]
"""``unmatched`` is the end of a bracket that was not opened, or holds another that is not closed."""
_KINDS: Final[dict[str, Kind]] = {
    "comment": "comment",
    "string": "string",
    "url": "url",
    "at-keyword": "at",
    "function": "function",
    "() block": "bracket",
    "[] block": "bracket",
    "{} block": "bracket",
}
_FAULTS: Final[dict[str, Kind]] = {
    "bad-string": "string",
    "eof-in-string": "string",
    "bad-url": "url",
    "eof-in-url": "url",
    ")": "unmatched",
    "]": "unmatched",
    "}": "unmatched",
}
DEEPEST: Final = 100
"""Brackets inside each other; no style sheet has more than a few."""
_LAST: Final = "\n;"
"""Put behind the text, where it is seen: a function, bracket or comment that holds it has no end."""


class CssToken(NamedTuple):
    """What kind, where, as it is written, what it says without quotation marks and escapes; ``open`` without its end.

    An ``end`` has the place of the function or bracket that it ends.
    """

    kind: Kind
    place: int
    text: str = ""
    value: str = ""
    open: bool = False


class CssDeclaration(NamedTuple):
    """A property that is set."""

    place: int
    name: str


def tokens(text: str) -> list[CssToken]:
    """Every token in order: a function or bracket, what it holds, its end."""
    places = _Places(text + _LAST)
    walked = [
        (node, places.of(node), begun) for node, begun in _walk(tinycss2.parse_component_value_list(text + _LAST))
    ]
    begins = [place for _, place, begun in walked if begun]
    following = iter((*begins[1:], len(text)))
    made = []
    for node, place, begun in walked:
        if not begun:
            made.append(CssToken("end", place))
        elif place > len(text):
            break
        elif place < (until := next(following)):  # the same place: the fault of this one comes next
            made.append(_token(node, place, text[place:until], last=place == begins[-1]))
    return made


def _walk(nodes: Iterable[Any]) -> Iterator[tuple[Any, bool]]:
    """Every node, and again with False after what it holds; what is nested too deep is not read and has no end."""
    waiting: list[tuple[Any, Iterator[Any]]] = [(None, iter(nodes))]
    while waiting:
        holder, rest = waiting[-1]
        if (node := next(rest, None)) is None:
            waiting.pop()
            if holder is not None:
                yield holder, False
            continue
        yield node, True
        held = node.arguments if node.type == "function" else getattr(node, "content", None)
        if held is not None and len(waiting) <= DEEPEST:
            waiting.append((node, iter(held)))


def _token(node: Any, place: int, text: str, *, last: bool) -> CssToken:
    """One token; its ``text`` reaches to the next, so ends of brackets are cut off."""
    if node.type == "error":
        kind = _FAULTS[node.kind]
        return CssToken(
            kind, place, text[0] if kind == "unmatched" else text, open=kind == "string" or "eof" in node.kind
        )
    kind = _KINDS.get(node.type, "other")
    if kind == "function":
        return CssToken(kind, place, text[: text.index("(") + 1], node.name)
    if kind == "bracket":
        return CssToken(kind, place, text[0])
    if kind == "at":
        text = text.rstrip(")]}")
    return CssToken(kind, place, text, str(getattr(node, "value", "")), open=kind == "comment" and last)


def declarations(text: str) -> list[CssDeclaration]:
    """Every property that is set in a rule, in order."""
    places = _Places(text)
    found: list[CssDeclaration] = []
    waiting: list[Any] = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    while waiting:
        node = waiting.pop()
        if node.type == "declaration":
            found.append(CssDeclaration(places.of(node), node.name))
        elif node.type in ("qualified-rule", "at-rule") and node.content:
            waiting += tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    return sorted(found, key=lambda one: one.place)


def addresses(text: str) -> Iterator[str]:
    """What a style sheet fetches: the addresses in ``url(…)``, and imports as they are written."""
    url, until = False, 0
    for one in tokens(text):
        if one.kind == "at" and one.value.casefold() == "import":
            fetched = text[one.place :].partition(";")[0]
            until = one.place + len(fetched)
            yield fetched
        elif one.place >= until and (one.kind == "url" or (one.kind == "string" and url)):
            yield one.value or one.text
        url = (one.kind == "function" and one.value.casefold() == "url") or (url and one.kind == "other")


class _Places:
    """Where the lines and columns of tinycss2 are in a text."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(match.end() for match in re.finditer("\r\n|[\r\n\f]", text))]

    def of(self, node: Any) -> int:
        """The place of a node."""
        place: int = self.starts[node.source_line - 1] + node.source_column - 1
        return place
