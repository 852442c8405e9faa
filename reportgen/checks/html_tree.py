"""Parse HTML into a tree of elements.

Input: the text of a page. Output: ``Element``. Hides the parser; knows nothing of the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset(re.findall(r"\S+", "area base br col embed hr img input link meta source track wbr"))
BLOCKS: Final = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer h1 h2 h3"
        " h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
    )
)
UNREAD: Final = frozenset({"style", "script", "svg", "template", "head"})


@dataclass(slots=True)
class Element:
    """An element: tag, attributes, children, and the line on which it starts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    line: int = 0

    def get(self, name: str) -> str:
        """Return an attribute's value; "" if missing."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Element]:
        """Yield the element and all its descendants, in order."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [child for child in reversed(element.children) if isinstance(child, Element)]

    def all(self, *tags: str) -> list[Element]:
        """Return every element with one of the tags, in order."""
        return [element for element in self.walk() if element.tag in tags]

    def first(self, *tags: str) -> Element | None:
        """Return the first element with one of the tags; None if there is none."""
        return next((element for element in self.walk() if element.tag in tags), None)

    def held(self) -> str:
        """Return the text directly in the element, unchanged, as for a title or style."""
        return "".join(child for child in self.children if isinstance(child, str))

    def text(self) -> str:
        """Return the visible text with single spaces; blocks separate words. Styles, scripts and SVGs are left out."""
        return " ".join("".join(self._visible_texts()).split())

    def lines(self) -> list[str]:
        """Return the visible text, one line per block."""
        text = "".join(self._visible_texts())
        return [line for line in (" ".join(part.split()) for part in text.split("\n\n")) if line]

    def _visible_texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield _SPACE.sub(" ", child)
            elif child.tag == "br":
                yield " "
            elif child.tag not in UNREAD:
                edge = "\n\n" if child.tag in BLOCKS else ""
                yield edge
                yield from child._visible_texts()  # noqa: SLF001 - the same class
                yield edge


_SPACE: Final = re.compile(r"\s+")


class _Reader(HTMLParser):
    """Builds the tree, and records end tags without start tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, line=self.getpos()[0])
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                for left in self.open[depth + 1 :]:
                    self.root.children.append(Element("#unclosed", {"tag": left.tag}, line=left.line))
                del self.open[depth:]
                return
        if tag not in VOID:
            self.root.children.append(Element("#unopened", {"tag": tag}, line=self.getpos()[0]))

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(text: str) -> Element:
    """Parse a page; nesting errors become elements ``#unclosed`` and ``#unopened`` at the end."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    for left in reader.open[1:]:
        reader.root.children.append(Element("#unclosed", {"tag": left.tag}, line=left.line))
    return reader.root


def grid(table: Element) -> list[list[str]]:
    """Return a table's visible cell texts, row by row."""
    return [
        [cell.text() for cell in row.children if isinstance(cell, Element) and cell.tag in {"th", "td"}]
        for row in table.all("tr")
    ]
